#include "sample/sample.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <iconv.h>

#include <algorithm>
#include <boost/json.hpp>
#include <map>
#include <set>
#include <sstream>

#include "musubi/base/japanese_date.h"
#include "musubi/base/text.h"

namespace musubi::app::sample {
namespace {

using testing::HasSubstr;
using Rows = std::vector<std::vector<std::string>>;

std::string sample_of(const std::string& source, std::uint64_t rows, std::uint64_t seed,
                      unsigned edition = 1) {
  std::ostringstream out;
  const auto written = write_sample({source, rows, seed, edition}, out);
  EXPECT_TRUE(written.has_value());
  return out.str();
}

/// A small reader of CSV (RFC 4180), so that the test does not lean on the one it serves to test.
Rows rows_of(std::string_view text) {
  Rows rows(1, std::vector<std::string>(1));
  bool quoted = false;
  for (std::size_t place = 0; place < text.size(); ++place) {
    const char byte = text[place];
    if (byte == '"') {
      quoted = !quoted;
    } else if (!quoted && byte == ',') {
      rows.back().emplace_back();
    } else if (!quoted && byte == '\n') {
      rows.emplace_back(1);
    } else if (quoted || byte != '\r') {
      rows.back().back() += byte;
    }
  }
  rows.pop_back();
  return rows;
}

std::string from_cp932(std::string text) {
  std::string output(text.size() * 2, '\0');
  char *from = text.data(), *to = output.data();
  std::size_t left = text.size(), room = output.size();
  const iconv_t converter = ::iconv_open("UTF-8", "CP932");
  EXPECT_NE(::iconv(converter, &from, &left, &to, &room), static_cast<std::size_t>(-1));
  ::iconv_close(converter);
  output.resize(output.size() - room);
  return output;
}

std::string weekday_of(base::PartialDate date) {
  constexpr const char* kNames[] = {"日", "月", "火", "水", "木", "金", "土"};
  return kNames[std::chrono::weekday(base::day_of(date).value()).c_encoding()];
}

std::set<std::string> words_in(const Rows& rows, std::size_t column) {
  std::set<std::string> words;
  for (std::size_t row = 1; row < rows.size(); ++row) words.insert(rows[row][column]);
  return words;
}

/// Takes a number of bytes and then no more, as a full disk does.
class FullDisk : public std::streambuf {
 protected:
  std::streamsize xsputn(const char*, std::streamsize size) override {
    room_ -= size;
    return room_ < 0 ? 0 : size;
  }
  int_type overflow(int_type) override { return traits_type::eof(); }

 private:
  std::streamsize room_ = 3'000'000;
};

class EverySource : public ::testing::TestWithParam<const char*> {};

TEST_P(EverySource, MakesTheSameBytesFromTheSameSeed) {
  EXPECT_EQ(sample_of(GetParam(), 500, 7), sample_of(GetParam(), 500, 7));
  EXPECT_NE(sample_of(GetParam(), 500, 7), sample_of(GetParam(), 500, 8));
  EXPECT_NE(sample_of(GetParam(), 500, 7), sample_of(GetParam(), 500, 7, 2));
}

TEST_P(EverySource, SaysHowManyCasesThereAre) {
  for (const unsigned edition : {1U, 2U, 3U}) {
    std::ostringstream out;
    EXPECT_EQ(write_sample({GetParam(), 1000, 3, edition}, out).value(), 1000 + (edition - 1) * 125);
  }
}

TEST_P(EverySource, CanBeEmpty) {
  const std::string nothing = sample_of(GetParam(), 0, 1);
  EXPECT_FALSE(nothing.empty()) << "the header stays";
  EXPECT_TRUE(sample_of(GetParam(), 1, 1).starts_with(nothing.substr(0, nothing.size() - 2)));
}

TEST_P(EverySource, SaysWhenTheStreamIsFull) {
  FullDisk disk;
  std::ostream out(&disk);
  const auto written = write_sample({GetParam(), 200'000, 1, 1}, out);
  ASSERT_TRUE(written.has_error());
  EXPECT_EQ(written.error().kind(), base::ErrorKind::environment);
}

INSTANTIATE_TEST_SUITE_P(Sample, EverySource, testing::Values("tokyo", "osaka", "hersys"),
                         [](const auto& each) { return std::string(each.param); });

TEST(Sample, KnowsItsSources) {
  std::ostringstream out;
  const auto written = write_sample({"kyoto", 1, 1, 1}, out);
  ASSERT_TRUE(written.has_error());
  EXPECT_EQ(written.error().code(), "sample.unknown_source");
  EXPECT_EQ(written.error().kind(), base::ErrorKind::usage);
}

TEST(TokyoSample, HasTheLayoutOfTokyo) {
  const std::string text = sample_of("tokyo", 3000, 2);
  EXPECT_TRUE(text.starts_with("\uFEFFNo,全国地方公共団体コード,"));
  const Rows rows = rows_of(text);
  ASSERT_EQ(rows.size(), 3001U);
  for (const auto& row : rows) {
    ASSERT_EQ(row.size(), 16U);
    ASSERT_FALSE(base::malformed_utf8_at(row[7]).has_value());
  }
  EXPECT_EQ(rows[1][1], "130001");
}

TEST(TokyoSample, EndsLinesByTheSeed) {
  EXPECT_EQ(sample_of("tokyo", 10, 2).find('\r'), std::string::npos);
  const std::string windows = sample_of("tokyo", 10, 3);
  EXPECT_EQ(std::ranges::count(windows, '\r'), std::ranges::count(windows, '\n'));
}

TEST(TokyoSample, CountsUpwardsWithGapsOnDaysThatPass) {
  const Rows rows = rows_of(sample_of("tokyo", 20000, 5));
  int number = 0, gaps = 0, slips = 0;
  std::string day;
  for (std::size_t row = 1; row < rows.size(); ++row) {
    const auto date = base::parse_iso_date(rows[row][4]);
    if (!date || rows[row][0].empty() || rows[row][8] == "3O代") ++slips;
    if (date) {
      EXPECT_EQ(rows[row][5], weekday_of(*date));
      EXPECT_LE(day, rows[row][4]);
      day = rows[row][4];
    }
    if (rows[row][0].empty()) continue;
    gaps += std::stoi(rows[row][0]) > number + 1 ? 1 : 0;
    ASSERT_GT(std::stoi(rows[row][0]), number);
    number = std::stoi(rows[row][0]);
  }
  EXPECT_GT(gaps, 10);
  EXPECT_GT(slips, 0);
  EXPECT_LT(slips, 200) << "less than one in a hundred";
  EXPECT_LE(day, "2020-09-30");
}

TEST(TokyoSample, HasTheDirtOfTheRealLists) {
  const std::string text = sample_of("tokyo", 20000, 5);
  const Rows rows = rows_of(text);
  const auto residences = words_in(rows, 7), ages = words_in(rows, 8), sexes = words_in(rows, 9);
  for (const auto* word : {"都内", "都外", "調査中", "―", ""}) EXPECT_TRUE(residences.contains(word)) << word;
  for (const auto* word : {"10歳未満", "100歳以上", "不明", "-", "60", ""})
    EXPECT_TRUE(ages.contains(word)) << word;
  for (const auto* word : {"男性", "女性", "不明", ""}) EXPECT_TRUE(sexes.contains(word)) << word;
  EXPECT_THAT(words_in(rows, 15), testing::ElementsAre("", "1"));
  EXPECT_THAT(text, HasSubstr(",\"\","));
  EXPECT_TRUE(
      std::ranges::any_of(words_in(rows, 14), [](const auto& word) { return word.find('\n') != word.npos; }));
}

TEST(TokyoSample, HasALaterEditionThatUpdatesTheEarlier) {
  const Rows first = rows_of(sample_of("tokyo", 8000, 5)), second = rows_of(sample_of("tokyo", 8000, 5, 2));
  ASSERT_EQ(second.size(), 9001U);
  std::map<std::string, std::vector<std::string>> later;
  for (const auto& row : second) later[row[0]] = row;
  int discharged = 0, told = 0;
  for (const auto& row : first) {
    if (row[0].empty()) continue;
    const auto found = later.find(row[0]);
    ASSERT_NE(found, later.end()) << row[0];
    const auto& now = found->second;
    if (base::parse_iso_date(row[4])) {
      EXPECT_EQ(row[4], now[4]);
    }
    EXPECT_FALSE(row[15] == "1" && now[15].empty()) << "nobody returns to hospital";
    discharged += row[15] != now[15] ? 1 : 0;
    told += row[7] == "調査中" && now[7] != "調査中" ? 1 : 0;
  }
  EXPECT_GT(discharged, 20);
  EXPECT_GT(told, 5);
  EXPECT_GT(second.back()[4], "2020-09-30");
  for (std::size_t row = 1; row <= 8000; ++row) {
    ASSERT_FALSE(second[row][0].empty()) << "what was mistyped is mended";
    ASSERT_TRUE(base::parse_iso_date(second[row][4]).has_value());
  }
}

TEST(OsakaSample, IsCp932WithTheWordsOfOsaka) {
  const std::string bytes = sample_of("osaka", 20000, 4);
  EXPECT_EQ(bytes.find('\r'), std::string::npos);
  const Rows rows = rows_of(from_cp932(bytes));
  ASSERT_EQ(rows.size(), 20001U);
  EXPECT_THAT(rows[0], testing::ElementsAre("番号", "報道提供日", "年代", "性別", "居住地", "退院"));
  for (const auto& row : rows) ASSERT_EQ(row.size(), 6U);
  const auto ages = words_in(rows, 2), courses = words_in(rows, 5);
  for (const auto* word : {"20", "100", "未就学児", "就学児", "調査中"})
    EXPECT_TRUE(ages.contains(word)) << word;
  for (const auto* word : {"自宅療養解除", "宿泊療養調整中", "大阪府外", "その他(特殊事情)", "死亡", "入院中",
                           "退院", "入院もしくは療養方法の調整中", "宿泊療養解除", "宿泊療養", "自宅療養"}) {
    EXPECT_TRUE(courses.contains(word)) << word;
  }
  EXPECT_EQ(courses.size(), 11U);
}

TEST(OsakaSample, MovesCasesOnInALaterEdition) {
  const Rows first = rows_of(from_cp932(sample_of("osaka", 5000, 6))),
             second = rows_of(from_cp932(sample_of("osaka", 5000, 6, 2)));
  int changed = 0;
  for (std::size_t row = 1; row < first.size(); ++row) {
    if (!first[row][0].empty()) {
      ASSERT_EQ(first[row][0], second[row][0]);
    }
    changed += first[row][5] != second[row][5] ? 1 : 0;
    if (first[row][5] == "死亡") {
      EXPECT_EQ(second[row][5], "死亡");
    }
  }
  EXPECT_GT(changed, 20);
}

TEST(HersysSample, SaysThatItIsDummyDataAboveThreeHeaders) {
  const Rows rows = rows_of(sample_of("hersys", 2000, 9));
  ASSERT_EQ(rows.size(), 2005U);
  for (const auto& row : rows) ASSERT_EQ(row.size(), 29U) << row[0];
  EXPECT_THAT(rows[0][0], HasSubstr("ダミーデータ"));
  EXPECT_THAT(rows[1][0], HasSubstr("DUMMY DATA"));
  EXPECT_EQ(rows[2][0], "識別番号");
  EXPECT_EQ(rows[3][2], "患者の診断時年齢");
  EXPECT_EQ(rows[4][0], "identifier");
  EXPECT_EQ(rows[4][28], "vaccineSupplier");
}

TEST(HersysSample, WritesCodesWithLabelsAndPlausibleDates) {
  const Rows rows = rows_of(sample_of("hersys", 20000, 9));
  std::set<std::string> severities, types;
  int onset_late = 0, held = 0;
  for (std::size_t row = 5; row < rows.size(); ++row) {
    const auto& cells = rows[row];
    types.insert(cells[5]);
    severities.insert(cells[10]);
    const bool readable = base::parse_iso_date(cells[6]) && !cells[0].empty() && cells[2] != "4O";
    held += readable ? 0 : 1;
    onset_late += cells[8] > cells[1] ? 1 : 0;
    if (cells[5].starts_with('2')) {
      EXPECT_TRUE(cells[8].empty()) << "no symptoms, no onset";
    }
    EXPECT_LE(cells[7], cells[1]);
    if (!cells[9].empty()) {
      EXPECT_GT(cells[9], cells[1]);
    }
    EXPECT_EQ(cells[26] == "0", cells[27].empty());
  }
  EXPECT_THAT(types, testing::ElementsAre("1:患者", "2:無症状病原体保有者"));
  EXPECT_EQ(severities.size(), 5U);
  EXPECT_GT(onset_late, 0);
  EXPECT_GT(held, 0);
  EXPECT_LT(held, 200);
}

std::string fhir_of(const std::string& kind, std::uint64_t rows, std::uint64_t seed, unsigned edition = 1) {
  std::ostringstream out;
  EXPECT_TRUE(write_sample({"fhir", rows, seed, edition, kind}, out).has_value());
  return out.str();
}

std::vector<boost::json::value> documents_of(const std::string& lines) {
  std::vector<boost::json::value> documents;
  std::istringstream text(lines);
  for (std::string line; std::getline(text, line);) documents.push_back(boost::json::parse(line));
  return documents;
}

std::string text_at(const boost::json::value& document, std::string_view pointer) {
  boost::system::error_code none;
  const auto* found = document.find_pointer(pointer, none);
  return found == nullptr || !found->is_string() ? std::string() : std::string(found->as_string());
}

/// What the resources of this type say at the place, and how often.
std::map<std::string, int> said(const std::vector<boost::json::value>& bundles, std::string_view type,
                                std::string_view pointer) {
  std::map<std::string, int> counts;
  for (const auto& bundle : bundles)
    for (const auto& entry : bundle.at("entry").as_array()) {
      const auto& resource = entry.at("resource");
      if (resource.at("resourceType").as_string() == type) ++counts[text_at(resource, pointer)];
    }
  return counts;
}

struct FhirKind {
  const char* kind;
  const char* type;    ///< of the first document
  unsigned documents;  ///< of a case
};

class FhirSample : public ::testing::TestWithParam<FhirKind> {};

TEST_P(FhirSample, WritesADocumentALine) {
  const auto [kind, type, each] = GetParam();
  const auto documents = documents_of(fhir_of(kind, 400, 3));
  EXPECT_GE(documents.size(), 400U * each - 4) << "one or another was forgotten";
  EXPECT_LE(documents.size(), 400U * each);
  EXPECT_EQ(text_at(documents.front(), "/resourceType"), type);
  for (const auto& document : documents)
    ASSERT_EQ(text_at(document, "/meta/security/0/code"), "HTEST") << "all of it says that it is of nobody";
}

TEST_P(FhirSample, IsTheSameOfTheSameSeed) {
  const std::string kind = GetParam().kind;
  EXPECT_EQ(fhir_of(kind, 300, 7), fhir_of(kind, 300, 7));
  EXPECT_NE(fhir_of(kind, 300, 7), fhir_of(kind, 300, 8));
  EXPECT_EQ(fhir_of(kind, 0, 7), "");
}

TEST_P(FhirSample, HasAnEighthMoreInALaterEdition) {
  std::ostringstream out;
  EXPECT_EQ(write_sample({"fhir", 800, 3, 2, GetParam().kind}, out).value(), 900U);
}

TEST_P(FhirSample, SaysWhenTheStreamIsFull) {
  FullDisk disk;
  std::ostream out(&disk);
  const auto written = write_sample({"fhir", 50'000, 1, 1, GetParam().kind}, out);
  ASSERT_TRUE(written.has_error());
  EXPECT_EQ(written.error().kind(), base::ErrorKind::environment);
}

INSTANTIATE_TEST_SUITE_P(Sample, FhirSample,
                         testing::Values(FhirKind{"report", "Bundle", 1},
                                         FhirKind{"form", "QuestionnaireResponse", 1},
                                         FhirKind{"laboratory", "Bundle", 1}, FhirKind{"bulk", "Patient", 2},
                                         FhirKind{"beds", "Bundle", 1}),
                         [](const auto& each) { return std::string(each.param.kind); });

TEST(FhirReports, HaveTheDirtOfRealOnes) {
  const auto bundles = documents_of(fhir_of("report", 3000, 5));
  const auto sexes = said(bundles, "Patient", "/gender");
  for (const auto* sex : {"male", "female", "other", "unknown"}) EXPECT_TRUE(sexes.contains(sex)) << sex;
  EXPECT_GT(said(bundles, "Patient", "/birthDate").at(""), 5) << "some birth dates are not told";
  const auto certainty = said(bundles, "Condition", "/verificationStatus/coding/0/code");
  for (const auto* each : {"confirmed", "provisional", "refuted"})
    EXPECT_TRUE(certainty.contains(each)) << each;
  EXPECT_GT(certainty.at("confirmed"), 2800);
  const auto words = said(bundles, "Observation", "/valueString");
  EXPECT_TRUE(words.contains("陽性")) << "results in words";
  EXPECT_TRUE(words.contains("擬陽性")) << "and some that cannot be counted";
  EXPECT_GT(said(bundles, "Condition", "/identifier/0/value").at(""), 0) << "numbers that were forgotten";
  EXPECT_GT(said(bundles, "Condition", "/subject/identifier/value").size(), 1U) << "patients, too";
}

TEST(FhirReports, ReferToWhatTheyHold) {
  for (const auto& bundle : documents_of(fhir_of("report", 200, 5))) {
    std::set<std::string> names;
    for (const auto& entry : bundle.at("entry").as_array())
      EXPECT_TRUE(names.insert(text_at(entry, "/fullUrl")).second);
    const auto text = boost::json::serialize(bundle);
    for (auto at = text.find("\"reference\":\""); at != text.npos; at = text.find("\"reference\":\"", at + 1))
      EXPECT_TRUE(names.contains(text.substr(at + 13, text.find('"', at + 13) - at - 13)));
  }
}

TEST(FhirReports, MoveOnInALaterEdition) {
  const auto first = documents_of(fhir_of("report", 2000, 6)),
             second = documents_of(fhir_of("report", 2000, 6, 2));
  ASSERT_GT(second.size(), first.size());
  const auto before = said(first, "Condition", "/clinicalStatus/coding/0/code");
  const auto after =
      said({second.begin(), second.begin() + 2000}, "Condition", "/clinicalStatus/coding/0/code");
  EXPECT_LT(after.at("active"), before.at("active")) << "people recover";
  EXPECT_EQ(said({second.begin(), second.begin() + 2000}, "Condition", "/identifier/0/value").count(""), 0U)
      << "what was forgotten is added";
}

TEST(Sample, KnowsItsKinds) {
  for (const auto& [source, kind] : {std::pair("fhir", "beeds"), std::pair("tokyo", "report")}) {
    std::ostringstream out;
    const auto written = write_sample({source, 1, 1, 1, kind}, out);
    ASSERT_TRUE(written.has_error());
    EXPECT_EQ(written.error().code(), "sample.unknown_kind");
  }
}

}  // namespace
}  // namespace musubi::app::sample
