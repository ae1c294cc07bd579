#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <set>
#include <stdexcept>

#include "definitions.h"

namespace musubi::fhir::generator {

namespace {

constexpr std::array<std::string_view, 9> kSystemTypes = {
    "Any", "Boolean", "Date", "DateTime", "Decimal", "Integer", "Quantity", "String", "Time"};

/// Lists that many elements share, each stored once: the place of a list in `all`.
template <class Item>
struct Pool {
  std::vector<Item> all{};
  std::map<std::vector<Item>, std::size_t> places{};

  std::size_t place_of(const std::vector<Item>& list) {
    const auto [found, is_new] = places.try_emplace(list, all.size());
    if (is_new) all.insert(all.end(), list.begin(), list.end());
    return found->second;
  }
};

struct NumberedType {
  int type = 0;
  std::size_t target_count = 0;
  std::size_t first_target = 0;
  friend auto operator<=>(const NumberedType&, const NumberedType&) = default;
};

class TableWriter {
 public:
  explicit TableWriter(const Definitions& definitions)
      : definitions_(definitions), numbers_(type_numbers(definitions)) {
    std::set<std::string> urls;
    for (const auto& [name, type] : definitions) {
      for (const ElementDefinition& element : type.elements) urls.insert(element.value_set);
    }
    urls.erase("");
    value_sets_.assign(urls.begin(), urls.end());
  }

  std::string text() {
    for (const auto& [name, type] : definitions_) write_type(name, type);
    write_system_types();
    std::string value_sets;
    for (const std::string& url : value_sets_) value_sets += fmt::format("    \"{}\",\n", url);
    return fmt::format(
        "// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.\n"
        "// clang-format off\n"
        "constexpr std::size_t kSystemTypes = {};\n\n"
        "constexpr TypeInfo kTypes[] = {{\n{}{}}};\n\n"
        "constexpr ElementInfo kElements[] = {{\n{}}};\n\n"
        "constexpr std::uint16_t kElementsByName[] = {{\n{}}};\n\n"
        "constexpr ElementType kElementTypes[] = {{\n{}}};\n\n"
        "constexpr TypeIndex kTargets[] = {{\n{}}};\n\n"
        "constexpr std::string_view kValueSets[] = {{\n{}}};\n"
        "// clang-format on\n",
        kSystemTypes.size(), system_types_, types_, elements_, wrapped(order_), wrapped(element_types()),
        wrapped(targets_.all), value_sets);
  }

 private:
  template <class Item>
  static std::string wrapped(const std::vector<Item>& items) {
    constexpr std::size_t kWidth = 110;
    std::string text;
    std::string line = "   ";
    for (const Item& item : items) {
      const std::string cell = fmt::format(" {},", item);
      if (line.size() + cell.size() > kWidth) {
        text += line + "\n";
        line = "   ";
      }
      line += cell;
    }
    return text + line + "\n";
  }

  std::string number_of(const std::string& name) const {
    return name.empty() ? "kNone" : std::to_string(numbers_.at(name));
  }

  static std::string system_number(std::string_view name) {
    const auto found = std::ranges::find(kSystemTypes, name);
    if (found == kSystemTypes.end()) throw std::runtime_error("unknown System type");
    return std::to_string(found - kSystemTypes.begin());
  }

  /// Of the outermost primitive base: a positiveInt is an integer, a code a string. Quantity has one of its
  /// own.
  std::string system_type_of(const std::string& name) const {
    if (name == "Quantity") return system_number("Quantity");
    const TypeDefinition& type = definitions_.at(name);
    const bool has_base = !type.base.empty() && type.base != "Element" && definitions_.contains(type.base);
    if (has_base) return system_type_of(type.base);
    return type.kind == "primitive" ? system_number(type.value_type) : "kNone";
  }

  void write_system_types() {
    for (const std::string_view name : kSystemTypes) {
      const std::string base = name == "Any" ? "kNone" : system_number("Any");
      system_types_ += fmt::format("    {{\"{}\", {}, {}, system, {}, 0, 0}},\n", name, base,
                                   system_number(name), name == "Any" ? 1 : 0);
    }
  }

  void write_type(const std::string& name, const TypeDefinition& type) {
    types_ += fmt::format("    {{\"{}\", {}, {}, {}, {}, {}, {}}},\n", name, number_of(type.base),
                          system_type_of(name), type.kind, int{type.is_abstract}, element_count_,
                          type.elements.size());
    elements_ += fmt::format("    // {}\n", name);
    std::vector<std::size_t> order(type.elements.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, {}, [&](std::size_t place) { return type.elements[place].name; });
    for (const std::size_t place : order) order_.push_back(element_count_ + place);
    for (const ElementDefinition& element : type.elements) write_element(element);
    element_count_ += type.elements.size();
  }

  void write_element(const ElementDefinition& element) {
    std::vector<NumberedType> types;
    types.reserve(element.types.size());
    for (const ElementTypeDefinition& type : element.types) types.push_back(numbered(type));
    elements_ +=
        fmt::format("    {{\"{}\", {}, {}, {}, {}, {}, {}, {}", element.name,
                    types_of_elements_.place_of(types), types.size(), element.minimum, int{element.many},
                    int{element.is_choice}, int{element.is_modifier}, int{element.is_summary});
    if (!element.strength.empty()) {
      const auto place = std::ranges::lower_bound(value_sets_, element.value_set) - value_sets_.begin();
      elements_ += fmt::format(", {}, {}", element.strength, place);
    }
    elements_ += "},\n";
  }

  /// Targets that are no types (profiles on a resource) are left out.
  NumberedType numbered(const ElementTypeDefinition& type) {
    std::vector<int> targets;
    for (const std::string& target : type.targets) {
      const auto found = numbers_.find(target);
      if (found != numbers_.end()) targets.push_back(found->second);
    }
    return {numbers_.at(type.name), targets.size(), targets.empty() ? 0 : targets_.place_of(targets)};
  }

  std::vector<std::string> element_types() const {
    std::vector<std::string> texts;
    texts.reserve(types_of_elements_.all.size());
    for (const NumberedType& type : types_of_elements_.all) {
      texts.push_back(type.target_count == 0
                          ? fmt::format("{{{}}}", type.type)
                          : fmt::format("{{{}, {}, {}}}", type.type, type.target_count, type.first_target));
    }
    return texts;
  }

  const Definitions& definitions_;
  const std::map<std::string, int> numbers_;
  std::vector<std::string> value_sets_{};
  Pool<NumberedType> types_of_elements_{};
  Pool<int> targets_{};
  std::vector<std::size_t> order_{};
  std::size_t element_count_ = 0;
  std::string system_types_{};
  std::string types_{};
  std::string elements_{};
};

}  // namespace

std::map<std::string, int> type_numbers(const Definitions& definitions) {
  std::map<std::string, int> numbers;
  int number = static_cast<int>(kSystemTypes.size());
  for (const auto& [name, type] : definitions) numbers[name] = number++;
  return numbers;
}

std::string table_text(const Definitions& definitions) { return TableWriter(definitions).text(); }

}  // namespace musubi::fhir::generator
