#include "musubi/model/catalogue.h"

#include "catalogue_tables.h"
#include "musubi/base/nearest.h"

namespace musubi::model {

Catalogue::Catalogue(std::unique_ptr<const Tables> tables) : tables_(std::move(tables)) {}
Catalogue::~Catalogue() = default;

base::Result<std::shared_ptr<const Catalogue>> Catalogue::load(
    const std::filesystem::path& folder, std::span<const std::filesystem::path> overlays) {
  MUSUBI_ASSIGN(auto tables, read_catalogue(folder, overlays));
  return std::shared_ptr<const Catalogue>(new Catalogue(std::move(tables)));
}

std::span<const Field> Catalogue::fields() const noexcept { return tables_->fields; }
std::span<const Term> Catalogue::purposes() const noexcept { return tables_->purposes; }
std::span<const Term> Catalogue::tabs() const noexcept { return tables_->tabs; }
const std::string& Catalogue::version() const noexcept { return tables_->version; }
const Field& Catalogue::at(FieldNumber number) const noexcept { return tables_->fields[number]; }

const Field* Catalogue::find(std::string_view id) const noexcept {
  const auto number = number_of(id);
  return number == kNoField ? nullptr : &at(number);
}

FieldNumber Catalogue::number_of(std::string_view id) const noexcept {
  const auto found = tables_->by_id.find(id);
  return found == tables_->by_id.end() ? kNoField : found->second;
}

std::vector<FieldNumber> Catalogue::fields_of(RecordKind kind) const {
  std::vector<FieldNumber> numbers;
  for (const Field& field : tables_->fields)
    if (field.kind == kind) numbers.push_back(field.number);
  return numbers;
}

std::vector<FieldNumber> Catalogue::members_of(FieldNumber group) const { return tables_->members[group]; }

std::string Catalogue::suggest(std::string_view id) const {
  std::vector<std::string_view> known;
  known.reserve(tables_->fields.size());
  for (const Field& field : tables_->fields) known.push_back(field.id);
  return base::nearest(id, known);
}

}  // namespace musubi::model
