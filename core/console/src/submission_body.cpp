#include "submission_body.h"

#include <utility>

namespace musubi::console {

base::Status SubmissionBody::spill() {
  MUSUBI_ASSIGN(large_, hub_.begin_incoming());
  const auto so_far = std::exchange(small_, {});
  return large_->write(so_far);
}

base::Status SubmissionBody::write(std::string_view piece) noexcept {
  if (!large_ && small_.size() + piece.size() > ledger::kMostSmallBytes) MUSUBI_TRY(spill());
  if (large_) return large_->write(piece);
  small_.append(piece);
  return {};
}

base::Status SubmissionBody::finish() noexcept {
  if (!large_) return {};
  MUSUBI_ASSIGN(kept_, large_->finish());
  large_.reset();
  return {};
}

}  // namespace musubi::console
