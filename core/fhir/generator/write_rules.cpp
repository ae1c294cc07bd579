#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "definitions.h"

namespace musubi::fhir::generator {

namespace {

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '\n' || c == '\r')
      out += ' ';
    else
      out += c;
  }
  return out + '"';
}

/// Numbers types, elements and value sets as r4_types.inc does.
class RulesWriter {
 public:
  RulesWriter(const Definitions& definitions, const Rules& rules)
      : rules_(rules), types_(type_numbers(definitions)) {
    std::size_t element_number = 0;
    std::set<std::string> urls;
    for (const auto& [name, type] : definitions) {
      for (const auto& element : type.elements) {
        elements_[name + "." + element.name] = element_number++;
        urls.insert(element.value_set);
      }
    }
    urls.erase("");
    value_sets_.assign(urls.begin(), urls.end());
  }

  std::string text() {
    write_invariants();
    write_codes();
    return fmt::format(
        "// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.\n"
        "// clang-format off\n"
        "constexpr Invariant kInvariants[] = {{\n{}}};\n\n"
        "constexpr OfType kOfTypes[] = {{\n{}}};\n\n"
        "constexpr OfElement kOfElements[] = {{\n{}}};\n\n"
        "constexpr std::string_view kSystems[] = {{\n{}}};\n\n"
        "constexpr Code kCodes[] = {{\n{}}};\n\n"
        "constexpr CodeList kCodeLists[] = {{\n{}}};\n"
        "// clang-format on\n",
        invariants_, lines_of(of_types_), lines_of(of_elements_), systems_text_, codes_, lists_);
  }

 private:
  using Places = std::set<std::pair<std::size_t, std::size_t>>;

  static std::string lines_of(const Places& places) {
    std::string text;
    for (const auto& [place, invariant] : places) text += fmt::format("    {{{}, {}}},\n", place, invariant);
    return text;
  }

  void write_invariants() {
    std::map<InvariantDefinition, std::size_t> numbers;
    for (const auto& [path, invariants] : rules_.invariants)
      for (const auto& each : invariants) numbers.emplace(each, 0);
    for (auto& [invariant, number] : numbers) {
      number = invariant_count_++;
      invariants_ += fmt::format("    {{{}, {}, {}, {}}},\n", quoted(invariant.key), quoted(invariant.human),
                                 quoted(invariant.expression), int{invariant.is_error});
    }
    for (const auto& [path, invariants] : rules_.invariants)
      for (const auto& each : invariants) place(path, numbers.at(each));
  }

  void place(const std::string& path, std::size_t invariant) {
    if (const auto type = types_.find(path); type != types_.end())
      of_types_.emplace(type->second, invariant);
    else
      of_elements_.emplace(elements_.at(path.substr(0, path.find("[x]"))), invariant);
  }

  void write_codes() {
    std::set<std::string> systems;
    for (const auto& [url, codes] : rules_.codes)
      for (const auto& [system, list] : codes) systems.insert(system);
    for (const auto& system : systems) systems_text_ += fmt::format("    {},\n", quoted(system));
    std::size_t count = 0;
    for (const auto& [url, codes] : rules_.codes) {
      const auto first = count;
      for (const auto& [system, list] : codes) {
        const auto number = std::distance(systems.begin(), systems.find(system));
        std::set<std::string> sorted(list.begin(), list.end());
        for (const auto& code : sorted) codes_ += fmt::format("    {{{}, {}}},\n", number, quoted(code));
        count += sorted.size();
      }
      const auto value_set = std::ranges::lower_bound(value_sets_, url) - value_sets_.begin();
      lists_ += fmt::format("    {{{}, {}, {}}},\n", value_set, first, count - first);
    }
  }

  const Rules& rules_;
  const std::map<std::string, int> types_;
  std::map<std::string, std::size_t> elements_{};
  std::vector<std::string> value_sets_{};
  std::size_t invariant_count_ = 0;
  Places of_types_{}, of_elements_{};
  std::string invariants_{}, systems_text_{}, codes_{}, lists_{};
};

}  // namespace

std::string rules_text(const Definitions& definitions, const Rules& rules) {
  return RulesWriter(definitions, rules).text();
}

}  // namespace musubi::fhir::generator
