#include "musubi/net/identity.h"

#include <algorithm>

#include "musubi/net/gate.h"
#include "musubi/net/observer.h"

namespace musubi::net {

Gate::~Gate() = default;
Observer::~Observer() = default;

std::string_view name_of(Role role) noexcept {
  switch (role) {
    case Role::sender:
      return "sender";
    case Role::reviewer:
      return "reviewer";
    case Role::operator_:
      return "operator";
    case Role::reader:
      return "reader";
    case Role::hub:
      return "hub";
  }
  return {};
}

std::optional<Role> role_named(std::string_view name) noexcept {
  const auto found = std::ranges::find(kRoles, name, [](Role role) { return name_of(role); });
  return found == kRoles.end() ? std::nullopt : std::optional(*found);
}

}  // namespace musubi::net
