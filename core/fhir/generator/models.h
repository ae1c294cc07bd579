// Which types become C++ models, and how: what the headers and the tables are written from.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "definitions.h"

namespace musubi::fhir::generator {

/// The codes of a required binding.
struct CodeEnum {
  std::string value_set;           ///< URL
  std::vector<std::string> codes;  ///< each once
};

struct ModelMember {
  std::string name;      ///< "birth_date"
  std::string cpp_type;  ///< "std::optional<Date>"
  const ElementDefinition* element = nullptr;
  bool has_initial = true;  ///< {}: not of a list whose type is not complete yet
};

struct Model {
  std::string type;  ///< "Patient.contact"
  std::string name;  ///< "PatientContact"
  const TypeDefinition* definition = nullptr;
  std::vector<ModelMember> members;
};

/// One header.
struct ModelFile {
  std::string type;                ///< "Patient"
  std::vector<Model> models;       ///< the groups before what contains them
  std::set<std::string> includes;  ///< of models/include
};

struct ModelSet {
  std::vector<ModelFile> files;           ///< by type
  std::map<std::string, CodeEnum> enums;  ///< by name
  std::set<std::string> boxed;            ///< names of classes that stand in a Box
};

/// The resources of a reporting hub with all data types they need. Throws std::runtime_error where two names
/// collide or a type cannot be said.
ModelSet plan_models(const Definitions& definitions, const Rules& rules);

/// Headers: their texts by their paths in core/fhir.
std::map<std::string, std::string> model_headers(const ModelSet& set);
/// Tables: likewise.
std::map<std::string, std::string> model_tables(const ModelSet& set, const Definitions& definitions);

}  // namespace musubi::fhir::generator
