// Disclosures for sinks to take: made as the hub makes them, with policies that release everything.
#pragma once

#include <map>
#include <numeric>
#include <string>
#include <vector>

#include "musubi/base/clock.h"
#include "musubi/plugin/sink.h"
#include "small_catalogue.h"

namespace musubi::test {

using Fields = std::map<std::string, model::Value>;

struct Said {
  model::DisclosureKey key;
  Fields fields;
};

class FixedClock final : public base::Clock {
 public:
  base::Instant now() const noexcept override {
    return base::Instant{std::chrono::microseconds(1'587'343'500'000'000)};
  }
};

inline model::DisclosureKey key(std::int64_t record, std::uint32_t version = 1, std::int32_t as_of = 18'000,
                                model::Position position = model::Position::current) {
  return {record, version, position, as_of};
}

class Discloser {
 public:
  explicit Discloser(std::shared_ptr<const model::Catalogue> known = catalogue_of())
      : catalogue(std::move(known)), protector_(policies_of(kReleaseAll, catalogue), kToCentral, "central") {}

  /// One disclosure of records of one layout: the fields of `layout`, in any order.
  model::Disclosure disclose(const std::vector<std::string>& layout, const std::vector<Said>& said,
                             std::string_view mapping_version = "1") {
    std::vector<model::FieldNumber> fields;
    for (const auto& id : layout) fields.push_back(catalogue->number_of(id));
    auto made = model::make_layout(catalogue, model::RecordKind::case_report, fields);
    made.mapping = "test/cases";
    made.mapping_version = mapping_version;
    auto batch =
        std::make_shared<model::RecordBatch>(std::make_shared<const model::RecordLayout>(std::move(made)));
    std::vector<model::DisclosureKey> keys;
    for (const auto& each : said) {
      const auto values = batch->add({});
      for (const auto& [id, value] : each.fields)
        values[static_cast<std::size_t>(batch->layout().slot(catalogue->number_of(id)))] = value;
      keys.push_back(each.key);
    }
    std::vector<std::uint32_t> chosen(keys.size());
    std::iota(chosen.begin(), chosen.end(), 0U);
    auto disclosures = protector_.protect(batch, chosen, keys, "tokyo", 7, model::kNoField, day(2020, 4, 1));
    return std::move(disclosures.at(0));
  }

  std::shared_ptr<const model::Catalogue> catalogue;

 private:
  privacy::Protector protector_;
};

/// "patient.sex=male" or "patient.sex!unknown" of all fields that are not silent, in order of the catalogue.
inline std::vector<std::string> described(const model::RecordLayout& layout,
                                          std::span<const model::Value> values) {
  std::vector<std::string> all;
  for (std::size_t slot = 0; slot < values.size(); ++slot) {
    const auto& id = layout.catalogue->at(layout.slots[slot]).id;
    if (values[slot].is_absent())
      all.push_back(id + "!" + std::string(name_of(values[slot].absent_reason())));
    else if (!values[slot].silent())
      all.push_back(id + "=" + model::to_text(values[slot]));
  }
  return all;
}

}  // namespace musubi::test
