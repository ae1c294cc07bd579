// The tables by which the models are read and written.
#include <fmt/format.h>

#include "model_names.h"
#include "models.h"

namespace musubi::fhir::generator {

namespace {

constexpr std::string_view kNotice =
    "// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.\n"
    "// clang-format off\n";
constexpr std::size_t kResourceTables = 4;

class TableOfModels {
 public:
  TableOfModels(const ModelSet& set, const Definitions& definitions)
      : set_(set), numbers_(type_numbers(definitions)), definitions_(definitions) {}

  std::map<std::string, std::string> texts() {
    std::size_t resource_members = 0, members = 0;
    for (const auto& file : set_.files) resource_members += is_resource(file) ? members_of(file) : 0;
    for (const auto& file : set_.files) {
      if (!is_resource(file)) {
        add(file, "r4_data_types.inc");
        continue;
      }
      add(file, fmt::format("r4_resources_{}.inc", 1 + members * kResourceTables / resource_members));
      members += members_of(file);
    }
    for (const auto& name : set_.boxed)
      tables_["r4_data_types.inc"].body += "template class Box<" + name + ">;\n";
    std::map<std::string, std::string> texts;
    for (const auto& [name, table] : tables_)
      texts["models/src/" + name] = std::string(kNotice) + table.includes +
                                    "\nnamespace musubi::fhir::r4 {\n\n" + table.body +
                                    "\n}  // namespace musubi::fhir::r4\n";
    texts["models/src/r4_codes.inc"] = codes();
    texts["models/src/r4_primitives.inc"] = primitives();
    texts["models/src/r4_numbers.inc"] = numbers();
    return texts;
  }

 private:
  struct Table {
    std::string includes, body;
  };

  static bool is_resource(const ModelFile& file) { return file.models.back().definition->kind == "resource"; }
  static std::size_t members_of(const ModelFile& file) {
    std::size_t count = 0;
    for (const auto& model : file.models) count += model.members.size();
    return count;
  }

  void add(const ModelFile& file, const std::string& table_name) {
    auto& table = tables_[table_name];
    table.includes += fmt::format("#include \"musubi/fhir/r4/{}.h\"\n", member_name(file.type));
    for (const auto& model : file.models) table.body += entry(model);
  }

  std::string entry(const Model& model) const {
    const auto number = numbers_.at(model.type);
    const auto& kind = model.definition->kind;
    auto text = kind == "backbone"
                    ? fmt::format("MUSUBI_GROUP({}, \"{}\", {}", model.name, model.type, number)
                    : fmt::format("MUSUBI_MODEL({}, \"{}\", {}, {}", model.name, model.type,
                                  kind == "resource" ? "resource" : "group", number);
    for (const auto& member : model.members)
      text += fmt::format(",\n    MUSUBI_MEMBER({}, {})", model.name, member.name);
    return text + ")\n";
  }

  std::string codes() const {
    std::string includes, body;
    for (const auto& [name, codes] : set_.enums) {
      includes += fmt::format("#include \"musubi/fhir/r4/codes/{}.h\"\n", member_name(name));
      body += fmt::format("MUSUBI_CODES({}", name);
      for (const auto& code : codes.codes) body += fmt::format(", \"{}\"", code);
      body += ")\n";
    }
    return std::string(kNotice) + includes + "\nnamespace musubi::fhir::r4 {\n\n" + body +
           "\n}  // namespace musubi::fhir::r4\n";
  }

  /// Of the outermost primitive base.
  std::string kind_of(const std::string& primitive) const {
    const auto& type = definitions_.at(primitive);
    const auto base = definitions_.find(type.base);
    if (base != definitions_.end() && base->second.kind == "primitive") return kind_of(type.base);
    if (type.value_type == "Boolean") return "boolean";
    return type.value_type == "Integer" || type.value_type == "Decimal" ? "number" : "text";
  }

  std::string primitives() const {
    std::string text(kNotice);
    for (const auto& [name, type] : definitions_)
      if (type.kind == "primitive")
        text += fmt::format("MUSUBI_PRIMITIVE({}, \"{}\", {}, {})\n", class_name(name), name, kind_of(name),
                            numbers_.at(name));
    return text;
  }

  /// Those that can stand alone, by number.
  std::string numbers() const {
    std::map<int, std::string> names;
    for (const auto& [name, type] : definitions_)
      if (type.kind == "primitive") names[numbers_.at(name)] = class_name(name);
    for (const auto& file : set_.files) names[numbers_.at(file.type)] = class_name(file.type);
    std::string text(kNotice);
    for (const auto& [number, name] : names) text += fmt::format("{{{}, model_type<{}>}},\n", number, name);
    return text;
  }

  const ModelSet& set_;
  const std::map<std::string, int> numbers_;
  const Definitions& definitions_;
  std::map<std::string, Table> tables_;
};

}  // namespace

std::map<std::string, std::string> model_tables(const ModelSet& set, const Definitions& definitions) {
  return TableOfModels(set, definitions).texts();
}

}  // namespace musubi::fhir::generator
