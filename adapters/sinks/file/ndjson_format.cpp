#include "format.h"
#include "musubi/base/json_text.h"
#include "musubi/base/partial_date.h"

namespace musubi::file_sink {
namespace {

class NdjsonFormat final : public Format {
 public:
  std::string beginning() const override { return {}; }
  base::Status resume(std::string_view /*first_bytes*/) override { return {}; }
  base::Status prepare(const model::RecordLayout& /*layout*/) override { return {}; }
  void append(std::string& out, const model::Disclosure& disclosure, std::size_t index) const override;
};

void append_meta(std::string& out, const model::Disclosure& disclosure, const model::DisclosureKey& key) {
  out.append(R"({"meta":{"record":)").append(std::to_string(key.record));
  out.append(R"(,"version":)").append(std::to_string(key.version));
  out.append(R"(,"position":")").append(name_of(key.position));
  out.append(R"(","as_of":")").append(day_text(key.as_of));
  out.append(R"(","source":)");
  base::append_json_string(out, disclosure.source());
  out.append(R"(,"submission":)").append(std::to_string(disclosure.submission())).append("}");
}

void NdjsonFormat::append(std::string& out, const model::Disclosure& disclosure, std::size_t index) const {
  append_meta(out, disclosure, disclosure.key(index));
  // The record's own object follows without its opening brace.
  const auto record = model::to_json(disclosure.layout(), disclosure.values(index));
  const auto fields = std::string_view(record).substr(1);
  if (fields != "}") out += ',';
  out.append(fields).append("\n");
}

}  // namespace

std::unique_ptr<Format> ndjson_format() { return std::make_unique<NdjsonFormat>(); }

std::string_view name_of(model::Position position) noexcept {
  return position == model::Position::current ? "current" : "historical";
}

std::string day_text(std::int32_t day) {
  return base::to_text(base::partial_date(std::chrono::sys_days(std::chrono::days(day))));
}

}  // namespace musubi::file_sink
