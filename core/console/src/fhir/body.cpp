#include "body.h"

#include <algorithm>
#include <utility>

#include "musubi/net/content_coding.h"

namespace musubi::console {

/// What the route lets through is gzip, however it is written.
bool is_compressed(const net::Request& request) {
  const auto* coding = request.headers.find("Content-Encoding");
  return coding != nullptr && coding->size() == std::string_view("gzip").size();
}

base::Status FhirBody::write(std::string_view piece) noexcept {
  if (large_) return large_->write(piece);
  text_.append(piece);
  if (text_.size() <= kMostJudgedAtOnce) return {};
  if (!keeps_large_)
    return base::Error(base::ErrorKind::limit_exceeded, "fhir.too_large_to_judge",
                       {{"limit", std::to_string(kMostJudgedAtOnce)}});
  MUSUBI_ASSIGN(large_, hub_.begin_incoming());
  const auto so_far = std::exchange(text_, {});
  return large_->write(so_far);
}

base::Status FhirBody::finish() noexcept {
  if (!large_) return {};
  MUSUBI_ASSIGN(kept_, large_->finish());
  large_.reset();
  return {};
}

base::Result<std::string> bytes_of(const net::Request& request, const FhirBody& body) {
  if (body.text().empty()) return base::Error(base::ErrorKind::bad_input, "fhir.empty");
  if (is_compressed(request)) return net::gunzip(body.text(), kMostJudgedAtOnce);
  return body.text();
}

base::Status check_content_type(SentAs said, std::string_view bytes) {
  if (said == SentAs::anything) return {};
  const auto first = bytes.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  const bool is_xml = first != bytes.npos && bytes[first] == '<';
  if (first == bytes.npos || is_xml == (said == SentAs::xml)) return {};
  return base::Error(base::ErrorKind::bad_input, "fhir.content_type_lies");
}

base::Result<pipeline::Incoming> incoming(pipeline::Hub& hub, std::string bytes) {
  pipeline::Incoming made;
  if (bytes.size() <= ledger::kMostSmallBytes) {
    made.bytes = std::move(bytes);
    return made;
  }
  MUSUBI_ASSIGN(const auto writing, hub.begin_incoming());
  MUSUBI_TRY(writing->write(bytes));
  MUSUBI_ASSIGN(made.kept, writing->finish());
  return made;
}

}  // namespace musubi::console
