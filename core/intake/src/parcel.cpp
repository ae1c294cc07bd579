#include "musubi/intake/parcel.h"

namespace musubi::intake {

Reception::~Reception() = default;

bool is_about_the_parcel(const base::Error& error) noexcept {
  using base::ErrorKind;
  const auto kind = error.kind();
  return kind == ErrorKind::bad_input || kind == ErrorKind::limit_exceeded || kind == ErrorKind::refused;
}

}  // namespace musubi::intake
