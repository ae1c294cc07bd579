#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "musubi/model/catalogue.h"

namespace musubi::model {

struct Catalogue::Tables {
  std::vector<Field> fields;
  std::unordered_map<std::string_view, FieldNumber> by_id;  ///< keys point into `fields`
  std::vector<std::vector<FieldNumber>> members;            ///< by number of the group
  std::vector<Term> purposes, tabs;
  std::string version;
};

/// Reads and checks the files. Errors: as Catalogue::load.
base::Result<std::unique_ptr<const Catalogue::Tables>> read_catalogue(
    const std::filesystem::path& folder, std::span<const std::filesystem::path> overlays);

std::optional<FieldType> field_type_named(std::string_view name) noexcept;
std::optional<PersonalClass> personal_class_named(std::string_view name) noexcept;
std::vector<std::string_view> field_type_names();
std::vector<std::string_view> personal_class_names();
std::vector<std::string_view> record_kind_names();

/// "P5Y", "P3M", "P90D", "P1Y6M".
bool is_iso_duration(std::string_view text) noexcept;
/// Lower-case words of letters, digits and underscores, joined by dots.
bool is_field_id(std::string_view text) noexcept;

}  // namespace musubi::model
