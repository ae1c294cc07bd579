// Forms as browsers and curl send them, in pieces of every size, and forms that are not as they should be.
#include <gmock/gmock.h>

#include "form_head.h"
#include "musubi/net/form.h"

namespace musubi::net {
namespace {

using ::testing::ElementsAre;

constexpr std::string_view kType = "multipart/form-data; boundary=----abc";

/// Writes down what it is told: "name|file name|bytes".
class Listing final : public FormVisitor {
 public:
  base::Status begin(const FormPart& part) override {
    now_ = part.name + "|" + part.file_name.value_or("(none)") + "|";
    return refuses ? base::Error(base::ErrorKind::bad_input, "net.failed") : base::Status();
  }
  base::Status bytes(std::string_view piece) override {
    EXPECT_FALSE(piece.empty());
    now_ += piece;
    return {};
  }
  base::Status end() override {
    parts.push_back(now_);
    return {};
  }
  std::vector<std::string> parts;
  bool refuses = false;

 private:
  std::string now_;
};

std::string part(std::string_view disposition, std::string_view content) {
  return std::string("------abc\r\nContent-Disposition: ")
      .append(disposition)
      .append("\r\nContent-Type: text/csv\r\n\r\n")
      .append(content)
      .append("\r\n");
}
std::string file(std::string_view name, std::string_view content) {
  return part(std::string("form-data; name=\"file\"; filename=\"").append(name).append("\""), content);
}
const std::string kEnd = "------abc--\r\n";

/// The code of the error; empty: it was read whole.
std::string read(std::string_view form, Listing& listing, std::size_t piece = 1'000'000,
                 const FormLimits& limits = {}, std::string_view type = kType) {
  auto reader = FormReader::open(type, listing, limits);
  if (reader.has_error()) return reader.error().code();
  for (; !form.empty(); form.remove_prefix(std::min(piece, form.size())))
    if (const auto written = reader->write(form.substr(0, piece)); written.has_error())
      return written.error().code();
  const auto finished = reader->finish();
  return finished.has_error() ? finished.error().code() : std::string();
}
std::string fault_of(std::string_view form, const FormLimits& limits = {}) {
  Listing listing;
  return read(form, listing, 1'000'000, limits);
}

TEST(Form, is_told_part_by_part_in_pieces_of_every_size) {
  const auto form = "a preamble\r\n" + file("a.csv", "1,2\r\n3,4\r\n") + file("", "") +
                    file("b.csv", "\r\n-----ab\r\n------ab\r\n\r\n") + kEnd + "an epilogue\r\n------abc\r\n";
  for (std::size_t piece = 1; piece < form.size() + 1; ++piece) {
    Listing listing;
    EXPECT_EQ(read(form, listing, piece), "") << piece;
    EXPECT_THAT(listing.parts, ElementsAre("file|a.csv|1,2\r\n3,4\r\n", "file||",
                                           "file|b.csv|\r\n-----ab\r\n------ab\r\n\r\n"))
        << piece;
  }
}

TEST(Form, keeps_large_content_out_of_memory_and_bytes_as_they_are) {
  std::string content;
  for (int each = 0; each < 300'000; ++each) content += static_cast<char>(each * 7);
  Listing listing;
  EXPECT_EQ(read(file("a.bin", content) + kEnd, listing, 4'096), "");
  EXPECT_THAT(listing.parts, ElementsAre("file|a.bin|" + content));
}

TEST(Form, tells_fields_from_files) {
  Listing listing;
  EXPECT_EQ(read(part("form-data; name=source", "tokyo") + kEnd, listing), "");
  EXPECT_THAT(listing.parts, ElementsAre("source|(none)|tokyo"));
}

TEST(Form, may_have_no_parts_and_blanks_after_a_boundary) {
  EXPECT_EQ(fault_of(kEnd), "");
  Listing listing;
  EXPECT_EQ(read("------abc \t\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n------abc--", listing),
            "");
  EXPECT_THAT(listing.parts, ElementsAre("a|(none)|x"));
}

TEST(Form, that_did_not_arrive_whole_is_told_as_such) {
  const auto form = file("a.csv", "1,2\r\n") + "------abc--";
  for (std::size_t size = 0; size < form.size(); ++size)
    EXPECT_EQ(fault_of(form.substr(0, size)), "net.form_not_whole") << size;
  EXPECT_EQ(fault_of(form), "");
}

TEST(Form, that_can_be_understood_in_two_ways_is_refused) {
  const std::string start = "------abc\r\n", rest = "\r\n\r\nx\r\n" + kEnd;
  for (const std::string head :
       {"Content-Disposition: form-data", "Content-Disposition: attachment; name=a", "Content-Type: text/csv",
        "Content-Disposition: form-data; name=a; name=b", "Content-Disposition: form-data; name=\"a",
        "Content-Disposition: form-data; name=a\r\nContent-Disposition: form-data; name=b",
        "Content-Disposition: form-data;\r\n name=a", "Content-Disposition : form-data; name=a",
        "Content-Disposition: form-data; name=\"a\"b", "Content-Disposition: form-data; name", "name=a",
        "Content-Disposition: form-data; name=a\x01", "Content-Disposition: form-data; =a",
        "Content-Disposition: form-data; name=a\nX: y"})
    EXPECT_EQ(fault_of(start + head + rest), "net.form_broken") << head;
  EXPECT_EQ(fault_of("------abc\r\n\r\nx\r\n" + kEnd), "net.form_broken") << "no header";
  EXPECT_EQ(fault_of("------abcd\r\n"), "net.form_broken") << "goes on after the boundary";
  EXPECT_EQ(fault_of("------abc\nContent-Disposition: form-data; name=a"), "net.form_broken");
  EXPECT_EQ(fault_of("------abc" + std::string(200, ' ')), "net.form_broken");
  EXPECT_EQ(
      fault_of(start + "Content-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: base64" + rest),
      "net.form_encoding");
  EXPECT_EQ(
      fault_of(start + "Content-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: Binary" + rest),
      "");
}

TEST(Form, has_limits) {
  std::string many;
  for (int each = 0; each < 20; ++each) many += file("a.csv", "x");
  EXPECT_EQ(fault_of(many + kEnd), "");
  EXPECT_EQ(fault_of(many + file("a.csv", "x") + kEnd), "net.form_too_many_parts");
  EXPECT_EQ(fault_of(file(std::string(9'000, 'n'), "x") + kEnd), "net.form_head_too_large");
  EXPECT_EQ(fault_of("------abc\r\n" + std::string(9'000, 'n')), "net.form_head_too_large");
  EXPECT_EQ(fault_of(file(std::string(7'000, 'n'), std::string(20'000, 'x')) + kEnd), "");
}

TEST(Form, is_refused_by_its_visitor) {
  Listing listing;
  listing.refuses = true;
  EXPECT_EQ(read(file("a.csv", "x") + kEnd, listing), "net.failed");
}

TEST(Form, needs_a_boundary_of_at_most_seventy_characters) {
  Listing listing;
  const std::string seventy(70, 'b');
  for (const std::string type :
       {"multipart/form-data", "multipart/form-data; boundary", "multipart/form-data; boundary=",
        "multipart/form-data; boundary=\"\"", "multipart/form-data; boundary=\"a \"",
        "multipart/form-data; boundary=a; boundary=b", "multipart/form-data; boundary=\"a\x01\""})
    EXPECT_EQ(read("", listing, 1, {}, type), "net.form_boundary") << type;
  EXPECT_EQ(read("", listing, 1, {}, "multipart/form-data; boundary=b" + seventy), "net.form_boundary");
  EXPECT_EQ(read("--" + seventy + "--", listing, 1, {}, "multipart/form-data; boundary=" + seventy), "");
  EXPECT_EQ(read("--a b--", listing, 1, {}, "Multipart/Form-Data; charset=utf-8; Boundary=\"a b\""), "");
}

TEST(Form, is_told_by_its_content_type) {
  for (const auto* type : {"multipart/form-data", "Multipart/Form-Data ; boundary=x"})
    EXPECT_TRUE(is_form(type)) << type;
  for (const auto* type : {"", "multipart/mixed; boundary=x", "text/csv", "multipart/form-data-x"})
    EXPECT_FALSE(is_form(type)) << type;
}

struct NameCase {
  std::string written;
  std::string name;
};

class FormFileName : public ::testing::TestWithParam<NameCase> {};

TEST_P(FormFileName, is_understood) {
  const auto head =
      read_form_head("content-disposition: form-data; name=\"file\"; " + GetParam().written + "\r\n");
  ASSERT_FALSE(head.has_error()) << GetParam().written;
  EXPECT_EQ(head->file_name, GetParam().name);
}

INSTANTIATE_TEST_SUITE_P(
    Names, FormFileName,
    ::testing::Values(NameCase{R"(filename="list.csv")", "list.csv"},
                      NameCase{"filename=list.csv", "list.csv"},
                      NameCase{R"(filename="a\"b\\c.csv")", R"(a"b\c.csv)"},
                      NameCase{R"(filename="C:\temp\list.csv")", R"(C:\temp\list.csv)"},
                      NameCase{R"(filename="a;b=c.csv"; x=y)", "a;b=c.csv"}, NameCase{R"(filename="")", ""},
                      NameCase{R"(filename="陽性者.csv")", "陽性者.csv"},
                      NameCase{R"(filename="x"; filename*=UTF-8''%E9%99%BD%E6%80%A7.csv)", "陽性.csv"},
                      NameCase{"filename*=utf-8'ja'%41.csv; filename=x", "A.csv"},
                      NameCase{"filename*=ISO-8859-1''%41.csv; filename=x", "x"},
                      NameCase{"filename*=UTF-8''%4; filename=x", "x"},
                      NameCase{"filename*=UTF-8''%FF; filename=x", "x"},
                      NameCase{"filename*=UTF-8'%41", ""}));

}  // namespace
}  // namespace musubi::net
