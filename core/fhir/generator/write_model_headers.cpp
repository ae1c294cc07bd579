// Headers, as clang-format leaves them.
#include <fmt/format.h>

#include "model_names.h"
#include "models.h"

namespace musubi::fhir::generator {

namespace {

constexpr std::string_view kNotice =
    "// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.\n";
constexpr std::string_view kOpen = "namespace musubi::fhir::r4 {\n\n";
constexpr std::string_view kClose = "\n}  // namespace musubi::fhir::r4\n";
constexpr std::string_view kHeaders = "models/include/musubi/fhir/r4/";
constexpr std::size_t kWidth = 110;

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words(1);
  for (const char c : text) {
    if (c != ' ' && c != '\n' && c != '\r' && c != '\t')
      words.back() += c;
    else if (!words.back().empty())
      words.emplace_back();
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

/// A comment in lines of the width; a line never ends in a backslash.
std::string comment(std::string_view text, std::size_t indent) {
  const std::string begin = std::string(indent, ' ') + "///";
  std::string result, line = begin;
  for (const auto& word : words_of(text)) {
    if (line.size() + 1 + word.size() > kWidth && line != begin) {
      result += line + "\n";
      line = begin;
    }
    line += " " + word;
  }
  while (line.ends_with('\\')) line.pop_back();
  return result + line + "\n";
}

/// Types that do not fit into one line stand one below the other, as clang-format has them.
std::string declaration(const ModelMember& member) {
  const std::string initial = member.has_initial ? "{}" : "";
  std::string line = fmt::format("  {} {}{};\n", member.cpp_type, member.name, initial);
  if (line.size() <= kWidth + 1) return line;
  const auto open = member.cpp_type.find('<') + 1;
  std::string result, at = "  " + member.cpp_type.substr(0, open);
  const std::string begin(at.size(), ' ');
  bool first = true;
  for (auto& word : words_of(member.cpp_type.substr(open))) {
    if (at.size() + (first ? 0 : 1) + word.size() > kWidth) {
      result += at + "\n";
      at = begin + word;
    } else {
      at += (first ? "" : " ") + word;
    }
    first = false;
  }
  return result + at + fmt::format("\n      {}{};\n", member.name, initial);
}

std::string targets(const ElementDefinition& element) {
  std::string text;
  for (const auto& type : element.types)
    for (const auto& target : type.targets) text += (text.empty() ? "" : " | ") + target;
  return text;
}

std::string document(const ElementDefinition& element) {
  auto text = fmt::format("`{}{}` {}..{}. {}", element.name, element.is_choice ? "[x]" : "", element.minimum,
                          element.many ? "*" : "1", element.summary);
  if (!text.ends_with('.')) text += '.';
  if (const auto refers = targets(element); !refers.empty()) text += " Refers to: " + refers + ".";
  if (!element.value_set.empty() && element.strength != "example")
    text += fmt::format(" Codes ({}): {}.", element.strength, element.value_set);
  return text;
}

/// What stands before the sentence in the definitions of the data types.
std::string_view without_prefix(std::string_view summary) {
  constexpr std::string_view kPrefix = "Base StructureDefinition for ";
  const auto colon = summary.find(": ");
  return summary.starts_with(kPrefix) && colon != std::string_view::npos ? summary.substr(colon + 2)
                                                                         : summary;
}

/// [operation](operations.html) → operation.
std::string without_links(std::string_view markdown) {
  std::string text;
  while (!markdown.empty()) {
    const auto open = markdown.find('['), middle = markdown.find("](", open),
               close = markdown.find(')', middle);
    if (close == std::string_view::npos) break;
    text += markdown.substr(0, open);
    text += markdown.substr(open + 1, middle - open - 1);
    markdown.remove_prefix(close + 1);
  }
  return text += markdown;
}

std::string structure(const Model& model) {
  auto summary = without_links(without_prefix(model.definition->summary));
  if (model.definition->kind == "backbone") summary = "`" + model.type + "` " + summary;
  auto text = comment(summary, 0) + "struct " + model.name + " {\n";
  if (model.definition->kind == "resource")
    text += fmt::format("  static constexpr std::string_view kResourceType = \"{}\";\n\n", model.type);
  for (const auto& member : model.members)
    text += comment(document(*member.element), 2) + declaration(member);
  return text + "  UnknownElements unknown_elements{};\n};\n";
}

std::string header(const ModelFile& file) {
  std::string text = std::string(kNotice) + "#pragma once\n\n";
  for (const auto& include : file.includes) text += fmt::format("#include \"{}\"\n", include);
  text += "\n" + std::string(kOpen);
  for (std::size_t place = 0; place < file.models.size(); ++place)
    text += (place == 0 ? "" : "\n") + structure(file.models[place]);
  return text + std::string(kClose);
}

/// In one line where they fit into it, as clang-format has them.
std::string enumerators(const CodeEnum& codes, std::size_t width) {
  std::string line, lines;
  for (const auto& code : codes.codes) {
    line += (line.empty() ? " " : ", ") + enumerator_name(code);
    lines += (lines.empty() ? "\n  " : ",\n  ") + enumerator_name(code);
  }
  return line.size() + 3 <= width ? line + " " : lines + "\n";
}

std::string code_header(const std::string& name, const CodeEnum& codes) {
  const auto begin = fmt::format("enum class {} : std::uint{}_t {{", name, codes.codes.size() > 256 ? 16 : 8);
  return std::string(kNotice) +
         "#pragma once\n\n#include <cstdint>\n#include <span>\n#include <string_view>\n\n" +
         std::string(kOpen) + comment(codes.value_set, 0) + begin +
         enumerators(codes, kWidth - begin.size()) +
         "};\n/// As FHIR writes them, in the order of the enumerators.\n" +
         fmt::format("std::span<const std::string_view> codes_of({}) noexcept;\n", name) +
         std::string(kClose);
}

std::string forward_header(const ModelSet& set) {
  auto text = std::string(kNotice) + "#pragma once\n\n" + std::string(kOpen) + "struct ModelType;\n\n";
  for (const auto& file : set.files)
    for (const auto& model : file.models) text += fmt::format("struct {};\n", model.name);
  text += "\n/// The table that reads and writes a type.\n";
  for (const auto& file : set.files)
    for (const auto& model : file.models)
      text += fmt::format("const ModelType& model_of(const {}*) noexcept;\n", model.name);
  return text + std::string(kClose);
}

/// Every type, for those to whom the time of compiling does not matter.
std::string umbrella_header(const ModelSet& set) {
  auto text = std::string(kNotice) + "#pragma once\n\n";
  std::set<std::string> includes;
  for (const auto& file : set.files) includes.insert("musubi/fhir/r4/" + member_name(file.type) + ".h");
  for (const auto& include : includes) text += fmt::format("#include \"{}\"\n", include);
  return text;
}

}  // namespace

std::map<std::string, std::string> model_headers(const ModelSet& set) {
  const std::string folder(kHeaders);
  std::map<std::string, std::string> texts;
  for (const auto& file : set.files) texts[folder + member_name(file.type) + ".h"] = header(file);
  for (const auto& [name, codes] : set.enums)
    texts[folder + "codes/" + member_name(name) + ".h"] = code_header(name, codes);
  texts[folder + "forward.h"] = forward_header(set);
  texts[folder + "all.h"] = umbrella_header(set);
  return texts;
}

}  // namespace musubi::fhir::generator
