#include <gmock/gmock.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <boost/json.hpp>
#include <csignal>
#include <fstream>
#include <iterator>

#include "disclosures.h"
#include "record_file.h"

namespace musubi::file_sink {
namespace {

using model::AbsentReason;
using model::Value;
using test::key;
using test::Said;
using testing::HasSubstr;
using testing::Not;

class Writing : public ::testing::Test {
 protected:
  test::TemporaryFolder folder;
  test::Discloser discloser;
  std::filesystem::path path = folder.path() / "records.out";

  std::unique_ptr<Format> csv(bool mark = false) {
    return csv_format(discloser.catalogue, model::RecordKind::case_report, mark);
  }
  std::unique_ptr<RecordFile> open(std::unique_ptr<Format> format = ndjson_format()) {
    auto opened = RecordFile::open(path, std::move(format));
    if (opened.has_error()) {
      ADD_FAILURE() << base::describe(base::Language::english, opened.error());
      return nullptr;
    }
    return std::move(*opened);
  }
  std::string open_error(std::unique_ptr<Format> format = ndjson_format()) {
    const auto opened = RecordFile::open(path, std::move(format));
    return opened.has_error() ? opened.error().code() : "opened";
  }
  model::Disclosure visits(std::int64_t first, std::int64_t last, std::uint32_t version = 1) {
    std::vector<Said> said;
    for (auto record = first; record <= last; ++record)
      said.push_back({key(record, version), {{"patient.visits", Value::integer(record * 10)}}});
    return discloser.disclose({"patient.visits"}, said);
  }
  plugin::Receipt deliver(RecordFile& file, const model::Disclosure& disclosure) {
    const auto receipt = file.deliver(disclosure);
    if (receipt.has_error()) {
      ADD_FAILURE() << base::describe(base::Language::english, receipt.error());
      return {};
    }
    return *receipt;
  }
  std::string bytes() const { return bytes_of(path); }
  static std::string bytes_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  std::vector<std::string> lines() const {
    std::vector<std::string> all;
    std::istringstream in(bytes());
    for (std::string line; std::getline(in, line);) all.push_back(line);
    return all;
  }
};

TEST_F(Writing, NdjsonHasOneObjectPerRecord) {
  const auto file = open();
  deliver(*file, discloser.disclose({"patient.name", "patient.onset", "patient.visits"},
                                    {{key(3, 2, 18'353),
                                      {{"patient.name", Value::text("\"結\"\n=1")},
                                       {"patient.onset", Value::absent(AbsentReason::unknown)}}},
                                     {key(4, 1, 18'353, model::Position::historical), {}}}));
  ASSERT_EQ(lines().size(), 2U);
  EXPECT_EQ(
      lines()[0],
      R"({"meta":{"record":3,"version":2,"position":"current","as_of":"2020-04-01","source":"tokyo","submission":7},)"
      R"("patient.name":"\"結\"\n=1","patient.onset":{"absent":"unknown"}})");
  EXPECT_EQ(
      lines()[1],
      R"({"meta":{"record":4,"version":1,"position":"historical","as_of":"2020-04-01","source":"tokyo","submission":7}})");
  for (const auto& line : lines()) EXPECT_NO_THROW(boost::json::parse(line)) << line;
}

TEST_F(Writing, CsvHasAColumnForEveryFieldAndNoFormula) {
  const Value travel[] = {Value::date({2020, 3, 1}), Value::date({2020, 3, 5})};
  const auto file = open(csv(true));
  deliver(*file, discloser.disclose({"patient.name", "patient.visits", "patient.onset",
                                     "patient.travel_dates", "patient.age"},
                                    {{key(3, 2, 18'353),
                                      {{"patient.name", Value::text("=HYPERLINK(\"x\")")},
                                       {"patient.visits", Value::integer(-3)},
                                       {"patient.onset", Value::absent(AbsentReason::unknown)},
                                       {"patient.travel_dates", Value::list(travel)},
                                       {"patient.age", Value::age({11, true})}}}}));
  deliver(*file, discloser.disclose({"patient.occupation"},
                                    {{key(4), {{"patient.occupation", Value::text("＝a")}}}}));
  EXPECT_EQ(
      bytes(),
      "\xEF\xBB\xBFrecord,version,position,as_of,source,submission,absent,report.published_on,report."
      "received_at,"
      "patient.name,patient.phone,patient.birth_date,patient.age,patient.municipality,patient.occupation,"
      "patient.onset,patient.pregnant,patient.visits,patient.temperature,patient.travel_dates,contact\r\n"
      "3,2,current,2020-04-01,tokyo,7,patient.onset=unknown;,,,\"'=HYPERLINK(\"\"x\"\")\",,,11 "
      "months,,,,,-3,,"
      "\"[\"\"2020-03-01\"\",\"\"2020-03-05\"\"]\",\r\n"
      "4,1,current,2019-04-14,tokyo,7,,,,,,,,,'＝a,,,,,,\r\n");
}

TEST_F(Writing, AVersionSeenBeforeIsRecognisedAlsoAfterReopening) {
  auto file = open();
  EXPECT_EQ(deliver(*file, visits(1, 3)).stored, 3U);
  file.reset();
  file = open();
  const auto receipt = deliver(*file, visits(2, 5));
  EXPECT_EQ(receipt.stored, 2U);
  EXPECT_EQ(receipt.already_there, 2U);
  EXPECT_EQ(deliver(*file, visits(1, 1, 2)).stored, 1U);
  EXPECT_EQ(lines().size(), 6U);
  const auto twice = discloser.disclose({"patient.visits"}, {{key(9), {}}, {key(9), {}}});
  EXPECT_EQ(deliver(*file, twice).already_there, 1U);
}

TEST_F(Writing, WhateverACrashLeavesIsCutBackToTheLastWholeDelivery) {
  auto file = open();
  deliver(*file, visits(1, 3));
  const auto good = bytes(), good_index = bytes_of(path.string() + ".index");
  deliver(*file, visits(4, 6));
  const auto whole = bytes(), whole_index = bytes_of(path.string() + ".index");
  file.reset();
  // The records are written before the index, so every prefix of this kind may be what is left.
  for (std::size_t index_bytes = good_index.size(); index_bytes <= whole_index.size(); ++index_bytes) {
    const auto left = index_bytes == good_index.size() ? whole.substr(0, good.size() + 7) : whole;
    folder.write("records.out", left);
    folder.write("records.out.index", std::string_view(whole_index).substr(0, index_bytes));
    file = open();
    const bool complete = index_bytes == whole_index.size();
    EXPECT_EQ(bytes(), complete ? whole : good) << index_bytes;
    EXPECT_EQ(deliver(*file, visits(4, 6)).stored, complete ? 0U : 3U);
    EXPECT_EQ(bytes(), whole);
    file.reset();
  }
}

TEST_F(Writing, AChangedIndexCountsOnlyAsFarAsItIsRight) {
  auto file = open();
  deliver(*file, visits(1, 3));
  const auto good = bytes();
  deliver(*file, visits(4, 6));
  file.reset();
  auto index = bytes_of(path.string() + ".index");
  index[index.rfind("v 5 1")] = 'w';
  folder.write("records.out.index", index);
  file = open();
  EXPECT_EQ(bytes(), good);
}

TEST_F(Writing, WhenNothingMoreCanBeWrittenTheFileIsAsBefore) {
  std::signal(SIGXFSZ, SIG_IGN);
  const auto file = open();
  deliver(*file, visits(1, 3));
  const auto before = bytes();
  rlimit old{};
  getrlimit(RLIMIT_FSIZE, &old);
  const rlimit small{before.size() + 100, old.rlim_max};
  setrlimit(RLIMIT_FSIZE, &small);
  const auto failed = file->deliver(visits(4, 60));
  setrlimit(RLIMIT_FSIZE, &old);
  ASSERT_TRUE(failed.has_error());
  EXPECT_EQ(failed.error().kind(), base::ErrorKind::environment);
  EXPECT_EQ(bytes(), before);
  EXPECT_EQ(deliver(*file, visits(4, 60)).stored, 57U);
  EXPECT_EQ(lines().size(), 60U);
}

TEST_F(Writing, AFileThatIsNotOursIsSpared) {
  folder.write("records.out", "precious\n");
  EXPECT_EQ(open_error(), "adapter.file_not_ours");
  EXPECT_EQ(bytes(), "precious\n");
  EXPECT_FALSE(std::filesystem::exists(path.string() + ".index"));
}

TEST_F(Writing, AFileThatGotShorterIsToldNotRepaired) {
  auto file = open();
  deliver(*file, visits(1, 3));
  file.reset();
  std::filesystem::resize_file(path, 10);
  EXPECT_EQ(open_error(), "adapter.file_shortened");
}

TEST_F(Writing, LinksPipesFoldersAndMissingFoldersAreRefused) {
  folder.write("target", "");
  std::filesystem::create_symlink(folder.path() / "target", path);
  EXPECT_EQ(open_error(), "file.not_regular");
  std::filesystem::remove(path);
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  EXPECT_EQ(open_error(), "file.not_regular");
  path = folder.path();
  EXPECT_EQ(open_error(), "file.is_directory");
  path = folder.path() / "none" / "records.out";
  EXPECT_EQ(open_error(), "file.not_found");
}

TEST_F(Writing, OnlyOneWriterAtATime) {
  const auto file = open();
  const auto second = RecordFile::open(path, ndjson_format());
  ASSERT_TRUE(second.has_error());
  EXPECT_EQ(second.error().code(), "adapter.file_in_use");
  EXPECT_EQ(second.error().kind(), base::ErrorKind::unavailable);
}

TEST_F(Writing, CsvKeepsTheColumnsItWasBegunWith) {
  auto file = open(csv());
  deliver(*file, visits(1, 1));
  file.reset();
  discloser =
      test::Discloser(test::catalogue_of(std::string(test::kSmallCatalogue) +
                                         "  a.new_field: {ja: 新, en: New, type: text, class: sensitive}\n"));
  file = open(csv());
  EXPECT_EQ(deliver(*file, visits(2, 2)).stored, 1U);
  const auto refused = file->deliver(discloser.disclose({"a.new_field"}, {{key(3), {}}}));
  ASSERT_TRUE(refused.has_error());
  EXPECT_EQ(refused.error().code(), "adapter.csv_column_missing");
  EXPECT_EQ(refused.error().path(), "a.new_field");
  EXPECT_EQ(lines().size(), 3U);
}

TEST_F(Writing, CsvWithAForeignHeaderIsRefused) {
  auto file = open(csv());
  file.reset();
  auto changed = bytes();
  changed.replace(changed.find("patient.name"), 12, "patient.nome");
  folder.write("records.out", changed);
  EXPECT_EQ(open_error(csv()), "adapter.csv_header_unknown");
}

TEST_F(Writing, CsvHoldsOneKindOfRecord) {
  const auto file = open(csv_format(discloser.catalogue, model::RecordKind::facility_report, false));
  const auto refused = file->deliver(visits(1, 1));
  ASSERT_TRUE(refused.has_error());
  EXPECT_EQ(refused.error().code(), "adapter.csv_other_kind");
}

TEST_F(Writing, DeliveringAfterClosingIsADefect) {
  const auto file = open();
  file->close();
  const auto late = file->deliver(visits(1, 1));
  ASSERT_TRUE(late.has_error());
  EXPECT_EQ(late.error().kind(), base::ErrorKind::defect);
}

TEST_F(Writing, OnlyItsOwnerMayReadIt) {
  const auto file = open();
  EXPECT_EQ(std::filesystem::status(path).permissions() & std::filesystem::perms::all,
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

}  // namespace
}  // namespace musubi::file_sink
