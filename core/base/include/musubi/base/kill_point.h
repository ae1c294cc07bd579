// Places at which the crash tests end the process as a power cut would: at once, without a destructor and
// without a flush. Only builds with MUSUBI_FAULTS (dev, asan, tsan) can be told to; elsewhere passing one
// does nothing.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

#include "musubi/base/export.h"

namespace musubi::base {

/// In the order in which a submission meets them.
constexpr std::array<std::string_view, 23> kKillPoints{
    "net.received",                // bytes of a request are read from the socket
    "intake.claimed",              // a dropped file is claimed
    "intake.piece_synced",         // a piece of an upload is durable, where it ends is not written down
    "intake.offset_kept",          // it is; its sender does not know yet
    "ledger.before_file_sync",     // its bytes are written
    "ledger.after_file_sync",      // they are durable, under a name of their own
    "ledger.after_file_rename",    // and have their place
    "ledger.before_commit",        // of any transaction of the books
    "ledger.after_commit",         // it is durable; nobody knows yet
    "hub.before_acknowledgement",  // the receipt is on the books
    "net.before_answer",           // the answer is not sent
    "intake.upload_handed_in",     // an upload is a submission, and does not know it
    "intake.before_archive",       // the dropped file is taken
    "intake.before_release",       // and archived; its claim stands
    "pipeline.opened",             // the mapping is pinned, nothing is read yet
    "pipeline.read",               // rows are parsed and mapped
    "pipeline.checked",            // and checked
    "pipeline.accepted",           // records and outbox rows are written, not committed
    "pipeline.before_send",        // a courier has them in hand
    "central.before_commit",       // the store has written them
    "central.after_commit",        // and made them durable; nobody knows yet
    "pipeline.after_send",         // the receipt is in the courier's hand
    "pipeline.before_retire",      // receipts are about to be noted
};

/// A name of the list; another one does not compile.
class KillPoint {
 public:
  consteval KillPoint(const char* name) : name_(name) {  // NOLINT: literals become points
    if (std::find(kKillPoints.begin(), kKillPoints.end(), name_) == kKillPoints.end())
      throw "not in the list";
  }
  constexpr std::string_view name() const { return name_; }

 private:
  std::string_view name_;
};

/// Passes a point. MUSUBI_KILL_AT="NAME:N" in the environment makes the Nth passing of NAME the last thing
/// that this process does. Threads: any.
MUSUBI_SDK_API void kill_point(KillPoint point) noexcept;

}  // namespace musubi::base
