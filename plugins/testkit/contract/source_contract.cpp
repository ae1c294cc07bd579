// What holds for every source, whatever bytes it is given: an error in a catalogued sentence or parts that
// can be opened; the same each time; no crash, no endless work, no cell in a message or log.
#include <thread>

#include "contract.h"
#include "musubi/testkit/hostile_inputs.h"

namespace musubi::testkit {
namespace {

using document::Shape;
using plugin::Layout;
using plugin::Part;
using plugin::Submission;
using Parts = base::Result<std::vector<Part>>;

constexpr std::size_t kMostRowsRead = 20000;
constexpr auto kLongestWork = std::chrono::seconds(60);  // under sanitizers on a slow machine

std::vector<Layout> layouts() {
  std::vector<Layout> all;
  for (const auto shape : {Shape::csv, Shape::xlsx, Shape::json, Shape::xml}) {
    for (const auto* version : {"2020-01-01", "2020-04-01"}) {
      Layout layout;
      layout.mapping = "contract/table";
      layout.version = version;
      layout.shape = shape;
      layout.columns = {"番号", "公表日", "氏名"};
      layout.required_columns = {"番号"};
      layout.items = shape == Shape::xml ? "row" : "";
      all.push_back(layout);
    }
  }
  return all;
}

std::string summary_of(const Parts& parts) {
  if (parts.has_error()) return "error " + parts.error().code();
  std::string text;
  for (const auto& part : *parts) {
    text += part.name + "|" + std::to_string(part.layout) + "|" + std::string(name_of(part.shape)) + "|" +
            part.ignored_because + "|" + part.table.sheet +
            (part.as_of ? std::to_string(part.as_of->time_since_epoch().count()) : "-") + "\n";
  }
  return text;
}

class SourceContract : public AdapterContract, public ::testing::WithParamInterface<HostileInput> {
 protected:
  void SetUp() override {
    AdapterContract::SetUp();
    if (HasFatalFailure()) return;
    auto made = host_.make_source(info_.name, *services_, options());
    ASSERT_TRUE(made.has_value()) << base::describe(base::Language::english, made.error());
    source_ = std::move(*made);
  }

  static Submission submission() {
    // The reader's name for the bytes is harmless, so that a cell in a message can only come from a cell.
    return {.bytes = document::ByteSource::of_text(GetParam().bytes, "input"),
            .name = GetParam().file_name,
            .stated_as_of = std::nullopt};
  }

  void expect_opens_or_says_why(const Submission& given, const Part& part) {
    auto reader = source_->open(given, part);
    if (reader.has_error()) {
      EXPECT_EQ(fault_of(reader.error()), "");
      return;
    }
    ASSERT_NE(*reader, nullptr);
    read_through(**reader);
  }

  static void read_through(document::RowReader& reader) {
    document::RowBatch batch;
    for (std::size_t rows = 0; rows < kMostRowsRead;) {
      const auto read = reader.read(batch, 1000);
      if (read.has_error()) {
        EXPECT_EQ(fault_of(read.error()), "");
        return;
      }
      if (*read == 0) return;
      rows += *read;
    }
  }

  void expect_nothing_leaked() {
    for (const auto& line : services_->logged()) EXPECT_EQ(line.find(kCanary), std::string::npos);
  }

  std::unique_ptr<plugin::Source> source_;
};

TEST_P(SourceContract, AnswersInPartsOrInASentence) {
  const auto known = layouts();
  const auto given = submission();
  const auto started = std::chrono::steady_clock::now();
  const auto parts = source_->recognise(given, known);
  if (parts.has_error()) {
    EXPECT_EQ(fault_of(parts.error()), "");
  } else {
    EXPECT_FALSE(parts->empty()) << "neither a part nor an error";
    for (const auto& part : *parts) {
      ASSERT_LT(part.layout, known.size());
      if (part.ignored_because.empty()) expect_opens_or_says_why(given, part);
    }
  }
  EXPECT_LT(std::chrono::steady_clock::now() - started, kLongestWork);
  expect_nothing_leaked();
}

TEST_P(SourceContract, AnswersTheSameEachTimeAndOnAnyThread) {
  const auto known = layouts();
  const auto given = submission();
  const auto first = summary_of(source_->recognise(given, known));
  std::string second;
  std::thread([&] { second = summary_of(source_->recognise(given, known)); }).join();
  EXPECT_EQ(first, second);
}

TEST_P(SourceContract, AnswersWithoutLayouts) {
  const auto parts = source_->recognise(submission(), {});
  if (parts.has_error()) {
    EXPECT_EQ(fault_of(parts.error()), "");
    return;
  }
  for (const auto& part : *parts)
    EXPECT_FALSE(part.ignored_because.empty()) << "read as a layout that is not there";
}

INSTANTIATE_TEST_SUITE_P(Hostile, SourceContract, ::testing::ValuesIn(hostile_inputs()),
                         [](const auto& input) { return input.param.title; });

}  // namespace
}  // namespace musubi::testkit
