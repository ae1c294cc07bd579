#include "musubi/net/http.h"

#include <algorithm>
#include <array>

#include "characters.h"

namespace musubi::net {
namespace {

constexpr std::array<std::string_view, 7> kMethods{"GET",   "HEAD",   "POST",   "PUT",
                                                   "PATCH", "DELETE", "OPTIONS"};

auto is_named(std::string_view name) {
  return [name](const Headers::Field& field) { return same_letters(field.first, name); };
}

}  // namespace

BodySink::~BodySink() = default;

std::string_view name_of(Method method) noexcept { return kMethods[static_cast<std::size_t>(method)]; }

std::optional<Method> method_named(std::string_view name) noexcept {
  const auto found = std::ranges::find(kMethods, name);
  if (found == kMethods.end()) return std::nullopt;
  return static_cast<Method>(found - kMethods.begin());
}

void Headers::add(std::string name, std::string value) {
  fields_.emplace_back(std::move(name), std::move(value));
}

void Headers::set(std::string name, std::string value) {
  std::erase_if(fields_, is_named(name));
  add(std::move(name), std::move(value));
}

const std::string* Headers::find(std::string_view name) const noexcept {
  const auto found = std::ranges::find_if(fields_, is_named(name));
  return found == fields_.end() ? nullptr : &found->second;
}

std::size_t Headers::count(std::string_view name) const noexcept {
  return static_cast<std::size_t>(std::ranges::count_if(fields_, is_named(name)));
}

}  // namespace musubi::net
