#include "models.h"

namespace musubi::fhir::generator {

std::map<std::string, std::string> generated_files(const std::filesystem::path& folder) {
  const auto definitions = read_definitions(folder);
  const auto rules = read_rules(folder, definitions);
  const auto models = plan_models(definitions, rules);
  auto files = model_headers(models);
  files.merge(model_tables(models, definitions));
  files["src/r4_types.inc"] = table_text(definitions);
  files["src/r4_profiles.inc"] = profiles_text(folder);
  files["src/r4_rules.inc"] = rules_text(definitions, rules);
  files["src/r4_extensions.inc"] = extensions_text(definitions, read_extensions(folder));
  return files;
}

}  // namespace musubi::fhir::generator
