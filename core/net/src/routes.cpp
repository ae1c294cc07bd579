#include "musubi/net/routes.h"

#include <algorithm>
#include <utility>

namespace musubi::net {
namespace {

using Parts = std::vector<std::string_view>;
constexpr std::string_view kRestMark = "...}";

/// "/a/b" → a, b; "/" → one empty part.
Parts parts_of(std::string_view path) {
  Parts parts;
  path.remove_prefix(path.starts_with('/') ? 1 : 0);
  for (std::size_t from = 0; from != path.npos;) {
    const auto end = path.find('/', from);
    parts.push_back(path.substr(from, end == path.npos ? end : end - from));
    from = end == path.npos ? end : end + 1;
  }
  return parts;
}

bool is_named(std::string_view part) { return part.starts_with('{') && part.ends_with('}'); }
bool takes_rest(std::string_view part) { return is_named(part) && part.ends_with(kRestMark); }

std::string_view name_in(std::string_view part) {
  const std::size_t closing = takes_rest(part) ? kRestMark.size() : 1;
  return part.substr(1, part.size() - 1 - closing);
}

/// A literal without braces, or braces around a name.
bool is_good_part(std::string_view part) {
  if (is_named(part) && name_in(part).empty()) return false;
  const auto plain = is_named(part) ? name_in(part) : part;
  return plain.find_first_of("{}") == plain.npos;
}

bool is_good_pattern(std::string_view pattern) {
  if (!pattern.starts_with('/')) return false;
  const auto parts = parts_of(pattern);
  if (parts.size() > 1 && std::ranges::count(parts, std::string_view()) != 0) return false;
  const auto rest = std::ranges::find_if(parts, takes_rest);
  if (rest != parts.end() && rest + 1 != parts.end()) return false;
  Parts names;
  std::ranges::copy_if(parts, std::back_inserter(names), is_named);
  std::ranges::transform(names, names.begin(), name_in);
  std::ranges::sort(names);
  return std::ranges::adjacent_find(names) == names.end() && std::ranges::all_of(parts, is_good_part);
}

}  // namespace

/// A tree of the parts of all patterns.
struct Routes::Node {
  std::map<std::string, std::unique_ptr<Node>, std::less<>> literal;
  std::unique_ptr<Node> named, rest;
  std::vector<std::size_t> routes;  ///< whose pattern ends here

  static Node& in(std::unique_ptr<Node>& place) {
    if (!place) place = std::make_unique<Node>();
    return *place;
  }
  Node& next(std::string_view part) {
    if (takes_rest(part)) return in(rest);
    return in(is_named(part) ? named : literal[std::string(part)]);
  }
  /// Where `pattern` ends; made when there is no such place yet.
  Node& place_of(std::string_view pattern) {
    Node* node = this;
    for (const auto part : parts_of(pattern)) node = &node->next(part);
    return *node;
  }
  const Node* find(std::span<const std::string_view> parts, std::vector<std::string>& values) const;

 private:
  const Node* find_literal(std::span<const std::string_view> parts, std::vector<std::string>& values) const;
  const Node* find_named(std::span<const std::string_view> parts, std::vector<std::string>& values) const;
  const Node* find_rest(std::span<const std::string_view> parts, std::vector<std::string>& values) const;
};

const Routes::Node* Routes::Node::find(std::span<const std::string_view> parts,
                                       std::vector<std::string>& values) const {
  if (parts.empty() && !routes.empty()) return this;
  if (const auto* found = find_literal(parts, values)) return found;
  if (const auto* found = find_named(parts, values)) return found;
  return find_rest(parts, values);
}

const Routes::Node* Routes::Node::find_literal(std::span<const std::string_view> parts,
                                               std::vector<std::string>& values) const {
  const auto found = parts.empty() ? literal.end() : literal.find(parts.front());
  return found == literal.end() ? nullptr : found->second->find(parts.subspan(1), values);
}

const Routes::Node* Routes::Node::find_named(std::span<const std::string_view> parts,
                                             std::vector<std::string>& values) const {
  if (parts.empty() || parts.front().empty() || !named) return nullptr;
  values.emplace_back(parts.front());
  const auto* found = named->find(parts.subspan(1), values);
  if (found == nullptr) values.pop_back();
  return found;
}

const Routes::Node* Routes::Node::find_rest(std::span<const std::string_view> parts,
                                            std::vector<std::string>& values) const {
  if (!rest) return nullptr;
  std::string joined;
  for (const auto part : parts) joined.append("/").append(part);
  values.push_back(joined.substr(joined.empty() ? 0 : 1));
  return rest.get();
}

const Route* Routes::Found::serving(Method method) const noexcept {
  const auto found = std::ranges::find(routes, method, &Route::method);
  if (found != routes.end()) return *found;
  return method == Method::head ? serving(Method::get) : nullptr;
}

Routes::Routes() : root_(std::make_unique<Node>()) {}
Routes::~Routes() = default;
Routes::Routes(Routes&&) noexcept = default;
Routes& Routes::operator=(Routes&&) noexcept = default;

void Routes::add(Route route) {
  root_->place_of(route.pattern).routes.push_back(routes_.size());
  routes_.push_back(std::move(route));
}

base::Status Routes::check() const {
  for (const auto& route : routes_) {
    const base::MessageArgument pattern("pattern", route.pattern);
    if (!is_good_pattern(route.pattern) || !route.handler)
      return base::Error(base::ErrorKind::defect, "net.route_pattern", {pattern});
    const auto same = std::ranges::count_if(root_->place_of(route.pattern).routes, [&](std::size_t index) {
      return routes_[index].method == route.method;
    });
    if (same != 1) return base::Error(base::ErrorKind::defect, "net.route_twice", {pattern});
  }
  return {};
}

Routes::Found Routes::find(std::string_view path) const {
  Found found;
  const auto parts = parts_of(path);
  const auto* node = root_->find(parts, found.values);
  if (node == nullptr) return found;
  for (const auto index : node->routes) found.routes.push_back(&routes_[index]);
  return found;
}

const Teller* Routes::teller_of(std::string_view path) const noexcept {
  for (const auto& [above, teller] : tellers_) {
    const bool is_below =
        path.starts_with(above) && (path.size() == above.size() || path[above.size()] == '/');
    if (is_below) return &teller;
  }
  return nullptr;
}

std::map<std::string, std::string, std::less<>> Routes::named(const Route& route,
                                                              const std::vector<std::string>& values) {
  std::map<std::string, std::string, std::less<>> captured;
  auto value = values.begin();
  for (const auto part : parts_of(route.pattern))
    if (is_named(part) && value != values.end()) captured.emplace(name_in(part), *value++);
  return captured;
}

}  // namespace musubi::net
