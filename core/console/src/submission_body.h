// Where the body of a submission goes: into memory while it is small, else piece by piece into the kept
// bytes.
#pragma once

#include <memory>
#include <string>

#include "musubi/net/http.h"
#include "musubi/pipeline/hub.h"

namespace musubi::console {

/// Threads: as of BodySink.
class SubmissionBody final : public net::BodySink {
 public:
  explicit SubmissionBody(pipeline::Hub& hub) : hub_(hub) {}
  base::Status write(std::string_view piece) noexcept override;
  base::Status finish() noexcept override;
  bool empty() const noexcept { return small_.empty() && !kept_; }
  /// What arrived, to be handed to the hub. Once, after finish().
  pipeline::Incoming take() { return {{}, {}, std::move(small_), std::move(kept_), {}}; }

 private:
  base::Status spill();

  pipeline::Hub& hub_;
  std::string small_;
  std::unique_ptr<ledger::Incoming> large_;
  std::optional<ledger::KeptBytes> kept_;
};

}  // namespace musubi::console
