// The body of a FHIR request: in memory as long as it is small enough to be judged before the answer.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "../api.h"
#include "musubi/net/http.h"
#include "negotiation.h"

namespace musubi::console {

/// Larger bodies are kept as they come and judged afterwards.
inline constexpr std::size_t kMostJudgedAtOnce = std::size_t{4} << 20;

/// Threads: as of BodySink.
class FhirBody final : public net::BodySink {
 public:
  /// What becomes of a body beyond kMostJudgedAtOnce.
  enum class Large : std::uint8_t { kept, refused };
  FhirBody(pipeline::Hub& hub, Large large) : hub_(hub), keeps_large_(large == Large::kept) {}
  base::Status write(std::string_view piece) noexcept override;
  base::Status finish() noexcept override;

  bool is_large() const noexcept { return kept_.has_value(); }
  const std::string& text() const noexcept { return text_; }
  std::optional<ledger::KeptBytes> take_kept() { return std::move(kept_); }

 private:
  pipeline::Hub& hub_;
  const bool keeps_large_;
  std::string text_;
  std::unique_ptr<ledger::Incoming> large_;
  std::optional<ledger::KeptBytes> kept_;
};

bool is_compressed(const net::Request& request);
/// The bytes of a body that is not large, uncompressed. Errors: fhir.empty, net.gzip_*, fhir.gzip_large.
base::Result<std::string> bytes_of(const net::Request& request, const FhirBody& body);
/// Whether the bytes are what Content-Type says. Error: fhir.content_type_lies.
base::Status check_content_type(SentAs said, std::string_view bytes);

/// Something for the hub, of bytes of any size. Errors: those of keeping them.
base::Result<pipeline::Incoming> incoming(pipeline::Hub& hub, std::string bytes);

}  // namespace musubi::console
