// Between the ways in that the hub itself watches and the rest of it: a complete file with its sender, and
// who takes it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "musubi/base/result.h"

namespace musubi::intake {

/// One submission as it arrived.
struct Parcel {
  std::string source{};          ///< configured name of the sender
  std::filesystem::path file{};  ///< complete, regular, not changing; stays until take() has returned. Open
                                 ///< it with O_NOFOLLOW
  std::string name{};  ///< as the sender gave it: UTF-8, no folders, no control characters; never empty
  std::string from{};  ///< which way in, e.g. "inbox-tokyo"
};

struct Taken {
  std::int64_t submission = 0;
  bool repeated = false;  ///< these bytes were there already
};

/// Where parcels go. The same parcel may be handed over again: after a crash nobody knows whether it was
/// taken.
class Reception {
 public:
  virtual ~Reception();
  /// Durable when it returns. Blocking. Threads: called from those of all ways in at once. Errors of kind
  /// bad_input, limit_exceeded and refused: the parcel is wrong; it is set aside with the reason. All others:
  /// the parcel is kept and handed over again later.
  virtual base::Result<Taken> take(const Parcel& parcel) noexcept = 0;
};

/// Whether an error of take() is about the parcel itself, so that trying again would not help.
bool is_about_the_parcel(const base::Error& error) noexcept;

}  // namespace musubi::intake
