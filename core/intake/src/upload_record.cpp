#include "upload_record.h"

#include <simdjson.h>

#include "musubi/base/json_text.h"

namespace musubi::intake {
namespace {

namespace dom = simdjson::dom;

constexpr std::int64_t kFormat = 1;
constexpr base::Instant kLastMoment = std::chrono::sys_days(std::chrono::year(9999) / 1 / 1);
constexpr std::int64_t kFirstDay = -1'000'000;  // of the days since 1970 that an upload may speak of

base::Error unreadable() { return {base::ErrorKind::environment, "intake.upload_unreadable"}; }

void append_name(std::string& json, std::string_view name) {
  json += json.empty() ? '{' : ',';
  base::append_json_string(json, name);
  json += ':';
}
void append(std::string& json, std::string_view name, std::string_view text) {
  append_name(json, name);
  base::append_json_string(json, text);
}
void append_number(std::string& json, std::string_view name, std::int64_t number) {
  append_name(json, name);
  json += std::to_string(number);
}

/// Members of an object by name; what is missing, or of another kind, is noted.
class Members {
 public:
  explicit Members(dom::element object) : object_(object) {}

  std::string text(const char* name) {
    std::string_view value;
    good_ = object_[name].get(value) == simdjson::SUCCESS && good_;
    return std::string(value);
  }
  std::int64_t number(const char* name, std::int64_t least = 0) {
    std::int64_t value = least;
    good_ = object_[name].get(value) == simdjson::SUCCESS && value >= least && good_;
    return value;
  }
  std::optional<std::int64_t> number_if_there(const char* name, std::int64_t least = 0) {
    if (object_[name].error() == simdjson::NO_SUCH_FIELD) return std::nullopt;
    return number(name, least);
  }
  bool good() const { return good_; }

 private:
  dom::element object_;
  bool good_ = true;
};

}  // namespace

std::string to_json(const UploadRecord& record) {
  const auto& [upload, touched] = record;
  std::string json;
  append_number(json, "musubi_upload", kFormat);
  append(json, "id", upload.id);
  append(json, "source", upload.plan.source);
  append(json, "name", upload.plan.name);
  append(json, "sha256", upload.plan.digest);
  append_number(json, "offset", static_cast<std::int64_t>(upload.offset));
  append_number(json, "touched", touched.time_since_epoch().count());
  if (upload.plan.bytes) append_number(json, "bytes", static_cast<std::int64_t>(*upload.plan.bytes));
  if (upload.plan.stated_as_of)
    append_number(json, "as_of", upload.plan.stated_as_of->time_since_epoch().count());
  if (upload.submission) append_number(json, "submission", *upload.submission);
  return json + "}\n";
}

base::Result<UploadRecord> read_upload_record(std::string_view json) {
  dom::parser parser;
  dom::element document;
  if (parser.parse(json.data(), json.size()).get(document) != simdjson::SUCCESS || !document.is_object())
    return unreadable();
  Members members(document);
  if (members.number("musubi_upload") != kFormat) return unreadable();
  UploadRecord record;
  auto& [upload, touched] = record;
  upload.id = members.text("id");
  upload.plan.source = members.text("source");
  upload.plan.name = members.text("name");
  upload.plan.digest = members.text("sha256");
  upload.offset = static_cast<std::uint64_t>(members.number("offset"));
  touched = base::Instant(std::chrono::microseconds(members.number("touched")));
  if (const auto bytes = members.number_if_there("bytes")) upload.plan.bytes = *bytes;
  if (const auto day = members.number_if_there("as_of", kFirstDay))
    upload.plan.stated_as_of = std::chrono::sys_days(std::chrono::days(*day));
  upload.submission = members.number_if_there("submission");
  if (!members.good() || touched > kLastMoment) return unreadable();
  return record;
}

}  // namespace musubi::intake
