#include "coding_check.h"

#include <algorithm>
#include <array>

#include "definition_nodes.h"
#include "musubi/fhir/r4_types.h"
#include "musubi/fhirpath/quantity.h"

namespace musubi::fhir {
namespace {

using fhirpath::kNoType;
using fhirpath::ResourceNode;

constexpr std::string_view kLoinc = "http://loinc.org";
constexpr std::string_view kSnomed = "http://snomed.info/sct";
constexpr std::string_view kUcum = "http://unitsofmeasure.org";

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
bool is_number(std::string_view text) noexcept {
  return !text.empty() && std::ranges::all_of(text, is_digit);
}

/// Every second digit from the right, beginning with the last, is doubled; the check digit fills up to ten.
int mod10_digit(std::string_view digits) noexcept {
  int sum = 0;
  bool doubled = true;
  for (auto each = digits.rbegin(); each != digits.rend(); ++each, doubled = !doubled) {
    const int value = (*each - '0') * (doubled ? 2 : 1);
    sum += value / 10 + value % 10;
  }
  return (10 - sum % 10) % 10;
}

/// Of Verhoeff, over the dihedral group of ten.
bool has_verhoeff_digit(std::string_view digits) noexcept {
  constexpr std::array<std::array<int, 10>, 8> kPermuted = {{{0, 1, 2, 3, 4, 5, 6, 7, 8, 9},
                                                             {1, 5, 7, 6, 2, 8, 3, 0, 9, 4},
                                                             {5, 8, 0, 3, 7, 9, 6, 1, 4, 2},
                                                             {8, 9, 1, 6, 0, 4, 3, 5, 2, 7},
                                                             {9, 4, 5, 3, 1, 2, 6, 8, 7, 0},
                                                             {4, 2, 8, 6, 5, 7, 3, 9, 0, 1},
                                                             {2, 7, 9, 3, 8, 0, 6, 4, 1, 5},
                                                             {7, 0, 4, 6, 9, 1, 3, 2, 5, 8}}};
  const auto product = [](int left, int right) {
    if (left < 5) return right < 5 ? (left + right) % 5 : 5 + (left + right - 5) % 5;
    return right < 5 ? 5 + (left - 5 + 5 - right) % 5 : (left - right + 5) % 5;
  };
  int check = 0;
  std::size_t place = 0;
  for (auto each = digits.rbegin(); each != digits.rend(); ++each, ++place)
    check = product(check, kPermuted[place % kPermuted.size()][static_cast<std::size_t>(*each - '0')]);
  return check == 0;
}

}  // namespace

bool is_loinc_code(std::string_view code) noexcept {
  if (code.starts_with("MTHU")) return is_number(code.substr(4));
  const bool is_part =
      code.size() > 2 && code[0] == 'L' && std::string_view("APLG").find(code[1]) != code.npos;
  if (is_part) code.remove_prefix(2);
  const auto dash = code.find('-');
  if (dash == code.npos || dash + 2 != code.size() || dash > 9 || !is_digit(code.back())) return false;
  const auto digits = code.substr(0, dash);
  return is_number(digits) && (is_part || mod10_digit(digits) == code.back() - '0');
}

bool is_snomed_code(std::string_view code) noexcept {
  if (code.find_first_of(":|+=<") != code.npos) return true;
  constexpr std::size_t kLeast = 6, kMost = 18;
  if (code.size() < kLeast || code.size() > kMost || !is_number(code) || code.front() == '0') return false;
  const auto partition = code.substr(code.size() - 3, 2);
  return (partition == "00" || partition == "10") && has_verhoeff_digit(code);
}

namespace {

/// "http://example.org/CodeSystem/a"
bool is_reserved(std::string_view system) noexcept {
  const auto begin = system.find("://");
  if (begin == system.npos) return false;
  const auto host = system.substr(begin + 3, system.find_first_of("/:", begin + 3) - begin - 3);
  const auto is_at_or_below = [&](std::string_view name) {
    return host == name || (host.ends_with(name) && host[host.size() - name.size() - 1] == '.');
  };
  return is_at_or_below("example.org") || is_at_or_below("example.com") || is_at_or_below("example.net") ||
         host.ends_with(".example") || host.ends_with(".invalid");
}

class CodingCheck {
 public:
  explicit CodingCheck(Issues& issues)
      : issues_(issues),
        resource_(issues.resource()),
        model_(*resource_.model()),
        coding_(model_.find("Coding")),
        quantity_(model_.find("Quantity")) {}

  void run() {
    for (std::uint32_t index = 0; index < resource_.size(); ++index) {
      const auto& node = resource_[index];
      if (node.type == kNoType || node.child_count < 2) continue;
      if (node.type == coding_ || model_.is_a(node.type, quantity_)) look_at(node);
    }
  }

 private:
  void look_at(const ResourceNode& node) {
    const auto* system = resource_.child(node, "system");
    const auto* code = resource_.child(node, "code");
    if (system == nullptr || code == nullptr || code->text.empty()) return;
    if (system->text == kLoinc && !is_loinc_code(code->text)) return tell(*code, "LOINC");
    if (system->text == kSnomed && !is_snomed_code(code->text)) return tell(*code, "SNOMED CT");
    if (system->text == kUcum && !fhirpath::is_unit(code->text)) return tell(*code, "UCUM");
    if (is_reserved(system->text))
      issues_.add(Severity::warning, IssueType::code_invalid, "fhir.system_reserved", *system);
  }

  /// A warning: the rest of the resource is as good as it was.
  void tell(const ResourceNode& code, std::string_view system) {
    issues_.add(Severity::warning, IssueType::code_invalid, "fhir.code_form", code,
                {{"system", std::string(system)}});
  }

  Issues& issues_;
  const fhirpath::Resource& resource_;
  const fhirpath::TypeTable& model_;
  const fhirpath::TypeIndex coding_, quantity_;
};

}  // namespace

void check_codings(Issues& issues) { CodingCheck(issues).run(); }

}  // namespace musubi::fhir
