#include "fhir_mapping.h"

#include <filesystem>
#include <stdexcept>

#include "musubi/base/messages.h"

namespace musubi::bench {
namespace {

/// A failed result ends the benchmark.
template <class T>
T take(base::Result<T> result) {
  if (result.has_error()) throw std::runtime_error(base::describe(base::Language::english, result.error()));
  return std::move(*result);
}

std::filesystem::path mappings() { return std::filesystem::path(MUSUBI_PROJECT_FOLDER) / "mappings"; }

mapping::Context context() {
  return {.catalogue = take(model::Catalogue::load(mappings() / "catalogue")),
          .value_sets = take(model::ValueSets::load(mappings() / "valuesets"))};
}

}  // namespace

FhirMapping::FhirMapping(const std::string& id)
    : mapping_(take(mapping::Mapping::load(mappings() / (id + ".yaml"), context()))),
      view_(take(fhir::View::compile(mapping_->head().view))) {}

std::shared_ptr<const fhir::Collection> FhirMapping::read(std::string bytes) {
  return take(fhir::Collection::of_text(std::move(bytes), "bench", {}));
}

std::size_t FhirMapping::map(const std::shared_ptr<const fhir::Collection>& collection) const {
  constexpr std::size_t kRows = 1000;
  auto rows = fhir::rows_of(*collection, *view_);
  if (rows.empty()) return 0;
  const auto reader = mapping_->items_of(fhir::open_view(collection, view_, {std::move(rows)}));
  const auto bound = take(mapping_->bind(reader->columns()));
  model::RecordBatch records(bound.layout());
  document::RowBatch batch;
  while (take(reader->read(batch, kRows)) != 0) bound.apply(batch, records);
  return records.size();
}

}  // namespace musubi::bench
