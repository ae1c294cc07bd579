#include "form_body.h"

#include <utility>

namespace musubi::console {

using base::Error;
using base::ErrorKind;

base::Result<std::shared_ptr<FormBody>> FormBody::open(std::string_view content_type, pipeline::Hub& hub) {
  const std::shared_ptr<FormBody> body(new FormBody(hub));
  MUSUBI_ASSIGN(body->reader_, net::FormReader::open(content_type, *body));
  return body;
}

base::Status FormBody::begin(const net::FormPart& part) {
  if (!part.file_name) return Error(ErrorKind::bad_input, "api.form_field");
  files_.push_back({*part.file_name, std::make_unique<SubmissionBody>(hub_)});
  return {};
}

base::Status FormBody::bytes(std::string_view piece) { return files_.back().body->write(piece); }

/// A browser sends a file without name and bytes where nobody chose one.
base::Status FormBody::end() {
  auto& file = files_.back();
  MUSUBI_TRY(file.body->finish());
  if (!file.body->empty()) return {};
  if (!file.name.empty())
    return Error(ErrorKind::bad_input, "api.form_empty_file", {{"number", std::to_string(files_.size())}});
  files_.pop_back();
  return {};
}

}  // namespace musubi::console
