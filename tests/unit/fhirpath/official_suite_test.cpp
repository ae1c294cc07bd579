// The cases of the official FHIRPath suite (R4) that are at hand: value, type, order, and the stage at which
// an invalid expression is refused. What disagrees must stand in docs/fhirpath-conformance.md, and nothing
// else.
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "musubi/base/messages.h"
#include "musubi/fhir/r4_types.h"
#include "musubi/fhirpath/evaluation.h"

namespace musubi::fhirpath {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

fs::path data_folder() {
  if (const char* named = std::getenv("MUSUBI_SHARED_DATA")) return fs::path(named) / "fhirpath";
  return fs::path(MUSUBI_PROJECT_FOLDER) / "../shared/data/fhirpath";
}

std::string bytes_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

std::string text_in(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
}

bool flag_in(const json::object& object, std::string_view name, bool otherwise) {
  const auto* value = object.if_contains(name);
  return value != nullptr && value->is_bool() ? value->as_bool() : otherwise;
}

struct Expected {
  std::string type, value;
  friend auto operator<=>(const Expected&, const Expected&) = default;
};

struct Case {
  explicit Case(const json::object& object)
      : name(text_in(object, "group") + "/" + text_in(object, "name")),
        input(text_in(object, "input")),
        expression(text_in(object, "expression")),
        invalid(text_in(object, "invalid")),
        strict(text_in(object, "mode") == "strict"),
        predicate(flag_in(object, "predicate", false)),
        ordered(flag_in(object, "ordered", true)) {
    for (const auto& each : object.at("output").as_array()) {
      output.push_back({text_in(each.as_object(), "type"), text_in(each.as_object(), "value")});
    }
  }
  std::string name, input, expression, invalid;
  bool strict = false, predicate = false, ordered = true;
  std::vector<Expected> output;
};

std::vector<Case> all_cases() {
  std::vector<Case> cases;
  const auto document = json::parse(bytes_of(data_folder() / "cases.json"));
  for (const auto& each : document.as_array()) cases.emplace_back(each.as_object());
  return cases;
}

/// The stage that the code of an error names, in the words of the suite.
std::string stage_of(const base::Error& error) {
  if (error.code().starts_with("fhirpath.syntax.")) return "syntax";
  return error.code().starts_with("fhirpath.type.") ? "semantic" : "execution";
}

std::string without_at(std::string text) {
  if (text.starts_with("@T")) return text.substr(2);
  return text.starts_with('@') ? text.substr(1) : text;
}

class OfficialSuite : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!fs::exists(data_folder() / "cases.json"))
      GTEST_SKIP() << "skipped: no FHIRPath cases at " << data_folder();
  }

  const Resource* resource(const std::string& name) {
    if (name.empty()) return nullptr;
    if (const auto found = resources_.find(name); found != resources_.end()) return &found->second;
    const auto bytes = bytes_of(data_folder() / "input" / name);
    const bool xml = name.ends_with(".xml");
    auto read = xml ? Resource::from_xml(bytes, name, {}, &fhir::r4_types())
                    : Resource::from_json(bytes, name, {}, &fhir::r4_types());
    if (read.has_error()) {
      ADD_FAILURE() << base::describe(base::Language::english, read.error());
      return nullptr;
    }
    return &resources_.emplace(name, *read).first->second;
  }

  /// What differs; empty: it agrees.
  std::string difference(const Case& one) {
    const auto* input = resource(one.input);
    CompileOptions options{.model = &fhir::r4_types(), .strict = one.strict};
    if (input != nullptr) options.root_type = input->type_name();
    const auto expression = Expression::compile(one.expression, options);
    if (expression.has_error()) return refusal(one, expression.error());
    const auto values =
        input != nullptr ? evaluation_.run(*expression, *input) : evaluation_.run(*expression);
    if (values.has_error()) return refusal(one, values.error());
    if (!one.invalid.empty()) return "not refused; yields " + shown(*values);
    if (one.predicate) return predicate(*values, one);
    return compare(*values, one);
  }

  static std::string refusal(const Case& one, const base::Error& error) {
    if (stage_of(error) == one.invalid) return {};
    return "refused (" + stage_of(error) + "): " + base::describe(base::Language::english, error);
  }

  static std::string predicate(std::span<const Value> values, const Case& one) {
    const bool yes =
        values.size() == 1 && values[0].is(ValueKind::boolean) ? values[0].boolean() : !values.empty();
    const bool expected = one.output.size() == 1 && one.output[0].value == "true";
    return yes == expected ? std::string() : "predicate differs";
  }

  static std::string compare(std::span<const Value> values, const Case& one) {
    std::vector<Expected> found;
    for (const auto& value : values) found.push_back({type_name(value), to_text(value)});
    auto expected = one.output;
    if (found.size() != expected.size()) return "yields " + shown(values);
    if (!one.ordered) {
      std::ranges::sort(found);
      std::ranges::sort(expected);
    }
    for (std::size_t index = 0; index < found.size(); ++index) {
      if (!expected[index].type.empty() && expected[index].type != found[index].type)
        return "yields " + shown(values);
      if (!expected[index].value.empty() && without_at(expected[index].value) != found[index].value)
        return "yields " + shown(values);
    }
    return {};
  }

  static std::string shown(std::span<const Value> values) {
    std::string text = "{";
    for (const auto& value : values) text += " " + type_name(value) + " " + to_text(value);
    return text + " }";
  }

  std::map<std::string, Resource> resources_;
  Evaluation evaluation_;
};

/// The names of the cases in the table of the document.
std::set<std::string> documented() {
  std::set<std::string> names;
  std::istringstream lines(bytes_of(fs::path(MUSUBI_PROJECT_FOLDER) / "docs/fhirpath-conformance.md"));
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("| `")) continue;
    names.insert(line.substr(3, line.find('`', 3) - 3));
  }
  return names;
}

TEST_F(OfficialSuite, AgreesButForWhatIsDocumented) {
  const auto cases = all_cases();
  const auto excused = documented();
  std::size_t agreed = 0;
  for (const auto& one : cases) {
    const auto differs = difference(one);
    agreed += differs.empty() ? 1 : 0;
    if (differs.empty() == excused.contains(one.name)) {
      ADD_FAILURE() << one.name << ": " << one.expression << "\n  "
                    << (differs.empty() ? "agrees, yet is documented as not" : differs);
    }
  }
  RecordProperty("cases", static_cast<int>(cases.size()));
  RecordProperty("agreed", static_cast<int>(agreed));
  EXPECT_GE(agreed * 100, cases.size() * 99);
  std::cout << agreed << " of " << cases.size() << " official cases agree\n";
}

}  // namespace
}  // namespace musubi::fhirpath
