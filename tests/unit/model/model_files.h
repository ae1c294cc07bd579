// The real catalogue and value sets, loaded once for all tests; and small ones written by a test.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "musubi/base/messages.h"
#include "musubi/model/catalogue.h"
#include "musubi/model/value_set.h"
#include "temporary_folder.h"

namespace musubi::model::testing {

inline std::filesystem::path project(std::string_view path) {
  return std::filesystem::path(MUSUBI_PROJECT_FOLDER) / path;
}

inline std::shared_ptr<const Catalogue> real_catalogue() {
  static const auto loaded = Catalogue::load(project("mappings/catalogue"));
  if (loaded.has_error()) throw std::runtime_error(base::describe(base::Language::english, loaded.error()));
  return *loaded;
}

inline std::shared_ptr<const ValueSets> real_value_sets() {
  static const auto loaded = ValueSets::load(project("mappings/valuesets"));
  if (loaded.has_error()) throw std::runtime_error(base::describe(base::Language::english, loaded.error()));
  return *loaded;
}

/// "code@line:column" of an error and of each of its causes.
inline std::vector<std::string> places_of(const base::Error& error) {
  std::vector<std::string> places;
  for (const base::Error* each = &error; each != nullptr; each = each->cause())
    places.push_back(each->code() + "@" + std::to_string(each->place().line) + ":" +
                     std::to_string(each->place().column));
  return places;
}

inline constexpr std::string_view kVocabulary =
    "purposes: { surveillance: { ja: 動向, en: Surveillance } }\n"
    "tabs: { 発生届: { ja: 発生届, en: Notification } }\n";

/// A catalogue of the vocabulary above and the given file.
inline base::Result<std::shared_ptr<const Catalogue>> catalogue_of(
    const musubi::testing::TemporaryFolder& folder, std::string_view fields) {
  folder.write("00.yaml", kVocabulary);
  folder.write("10.yaml", fields);
  return Catalogue::load(folder.path());
}

}  // namespace musubi::model::testing
