// Who calls, and who may: roles of token holders, and what a route asks of them.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "musubi/base/clock.h"

namespace musubi::net {

enum class Role : std::uint8_t {
  sender,     ///< hands in submissions
  reviewer,   ///< health-centre staff: sees and decides what is held
  operator_,  ///< runs the hub: mappings, policies, replay NOLINT(readability-identifier-naming): a keyword
  reader,     ///< asks for stored records and numbers
  hub         ///< another Musubi
};
inline constexpr std::array kRoles{Role::sender, Role::reviewer, Role::operator_, Role::reader, Role::hub};
/// "sender", "reviewer", "operator", "reader", "hub".
std::string_view name_of(Role role) noexcept;
std::optional<Role> role_named(std::string_view name) noexcept;

/// Whom a token stands for. Immutable once handed out.
struct Identity {
  std::string token;  ///< the id of the token, never its secret
  Role role = Role::reader;
  std::string source;        ///< which source a sender or hub speaks for; empty otherwise
  std::string jurisdiction;  ///< six-digit code of the body whose records it may see; empty: all
  base::Instant expires{};
};

/// What a route asks of the caller. By default it lets nobody in.
class Needs {
 public:
  constexpr Needs() = default;
  constexpr bool open_to_everybody() const noexcept { return everybody_; }
  constexpr bool permits(Role role) const noexcept { return everybody_ || (roles_ & bit(role)) != 0; }

 private:
  static constexpr std::uint8_t bit(Role role) noexcept {
    return static_cast<std::uint8_t>(1U << static_cast<unsigned>(role));
  }
  template <class... Roles>
  friend constexpr Needs any_of(Role first, Roles... others) noexcept;
  friend constexpr Needs everybody() noexcept;

  std::uint8_t roles_ = 0;
  bool everybody_ = false;
};

/// `.needs = any_of(Role::operator_, Role::reviewer)`
template <class... Roles>
constexpr Needs any_of(Role first, Roles... others) noexcept {
  Needs needs;
  needs.roles_ = static_cast<std::uint8_t>((Needs::bit(first) | ... | Needs::bit(others)));
  return needs;
}
/// `.needs = any_role()`: whoever has a token.
constexpr Needs any_role() noexcept {
  return any_of(Role::sender, Role::reviewer, Role::operator_, Role::reader, Role::hub);
}
/// `.needs = everybody()`: without a token as well. A token that is sent must be right all the same.
constexpr Needs everybody() noexcept {
  Needs needs;
  needs.everybody_ = true;
  return needs;
}

}  // namespace musubi::net
