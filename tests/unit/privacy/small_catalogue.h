// A catalogue of a few fields of every type, policies written in a test, and a folder that goes away.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>

#include "musubi/base/messages.h"
#include "musubi/model/catalogue.h"
#include "musubi/privacy/policy.h"

namespace musubi::test {

class TemporaryFolder {
 public:
  TemporaryFolder() {
    static std::atomic<int> number{0};
    path_ = std::filesystem::temp_directory_path() /
            ("musubi-" + std::to_string(::getpid()) + "-" + std::to_string(++number));
    std::filesystem::create_directories(path_);
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path write(const std::string& name, std::string_view text) const {
    std::ofstream(path_ / name, std::ios::binary) << text;
    return path_ / name;
  }

 private:
  std::filesystem::path path_;
};

inline constexpr std::string_view kSmallCatalogue = R"(
purposes:
  surveillance: {ja: 発生動向調査, en: Surveillance}
  statistics: {ja: 統計, en: Statistics}
tabs:
  発生届: {ja: 発生届, en: Report}
  行動歴: {ja: 行動歴, en: Behaviour}
record: case
defaults: {tab: 発生届, purposes: [surveillance], retention: P5Y}
fields:
  report.published_on: {ja: 公表日, en: Published on, type: date, class: operational}
  report.received_at: {ja: 受信時刻, en: Received at, type: time, class: operational}
  patient.name: {ja: 氏名, en: Name, type: kanji, class: direct_identifier}
  patient.phone: {ja: 電話, en: Phone, type: phone, class: direct_identifier}
  patient.birth_date: {ja: 生年月日, en: Birth date, type: date, class: quasi_identifier}
  patient.age: {ja: 年齢, en: Age, type: age, class: quasi_identifier}
  patient.municipality: {ja: 住所地, en: Municipality, type: municipality_code, class: quasi_identifier}
  patient.occupation: {ja: 職業, en: Occupation, type: text, class: quasi_identifier}
  patient.onset: {ja: 発病日, en: Onset, type: date, class: sensitive}
  patient.pregnant: {ja: 妊娠, en: Pregnant, type: boolean, class: sensitive}
  patient.visits: {ja: 受診回数, en: Visits, type: integer, class: sensitive}
  patient.temperature: {ja: 体温, en: Temperature, type: decimal, class: sensitive}
  patient.travel_dates: {ja: 渡航日, en: Travel dates, type: date, class: quasi_identifier, repeats: true, tab: 行動歴}
  contact: {ja: 接触者, en: Contacts, type: group, class: operational, tab: 行動歴}
  contact.name: {ja: 接触者の氏名, en: Contact's name, type: kanji, class: direct_identifier, group: contact, tab: 行動歴}
  contact.met_on: {ja: 接触日, en: Met on, type: date, class: quasi_identifier, group: contact, tab: 行動歴}
  contact.age: {ja: 接触者の年齢, en: Contact's age, type: age, class: quasi_identifier, group: contact, tab: 行動歴}
)";

inline std::shared_ptr<const model::Catalogue> catalogue_of(std::string_view yaml = kSmallCatalogue) {
  const TemporaryFolder folder;
  folder.write("catalogue.yaml", yaml);
  auto loaded = model::Catalogue::load(folder.path());
  if (loaded.has_error()) {
    ADD_FAILURE() << base::describe(base::Language::english, loaded.error());
    std::abort();
  }
  return *loaded;
}

inline constexpr std::string_view kTokyo = R"(
jurisdiction: '130001'
name: {ja: 東京都, en: Tokyo}
recorded: 2020-01-01
)";

/// A pack "test" around the given rules, for every jurisdiction.
inline std::string pack_of(std::string_view rules, std::string_view id = "test") {
  return "policy: " + std::string(id) +
         "\ntitle: {ja: 試験, en: Test}\nlegal_basis: {ja: 試験, en: Test}\nrecorded: 2020-01-01\n"
         "jurisdictions: '*'\nrules:\n" +
         std::string(rules);
}

inline base::Result<std::shared_ptr<const privacy::Policies>> try_policies(
    std::string_view pack, const std::shared_ptr<const model::Catalogue>& catalogue,
    std::string_view jurisdiction = kTokyo) {
  const privacy::ConfigurationFile packs[] = {{"pack.yaml", std::string(pack)}};
  const privacy::ConfigurationFile files[] = {{"tokyo.yaml", std::string(jurisdiction)}};
  return privacy::Policies::parse(packs, files, catalogue);
}

inline std::shared_ptr<const privacy::Policies> policies_of(
    std::string_view rules, const std::shared_ptr<const model::Catalogue>& catalogue,
    std::string_view jurisdiction = kTokyo) {
  auto loaded = try_policies(pack_of(rules), catalogue, jurisdiction);
  if (loaded.has_error()) {
    ADD_FAILURE() << base::describe(base::Language::english, loaded.error());
    std::abort();
  }
  return *loaded;
}

inline constexpr std::string_view kReleaseAll = R"(
  - {id: all, effect: release, recipient: central-store, purpose: surveillance, basis: law,
     classes: [direct_identifier, quasi_identifier, sensitive, operational], because: {ja: 試験, en: test}}
)";
inline const privacy::Request kToCentral{"130001", "law", "surveillance", "central-store"};

inline std::chrono::sys_days day(int year, unsigned month, unsigned number) {
  return std::chrono::sys_days(std::chrono::year(year) / std::chrono::month(month) /
                               std::chrono::day(number));
}

}  // namespace musubi::test
