// An OpenAPI description as a test reads it: operations with their examples, and schemas that answers are
// held against.
#pragma once

#include <algorithm>
#include <boost/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace musubi::testing {

using boost::json::array;
using boost::json::object;
using boost::json::value;

inline std::string text(const value& of) { return std::string(of.as_string()); }

inline std::string capital(std::string text) {
  for (auto& each : text) each = static_cast<char>(each >= 'a' && each <= 'z' ? each - 32 : each);
  return text;
}

inline std::string in_url(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string url;
  for (const char each : text) {
    const auto byte = static_cast<unsigned char>(each);
    url += {'%', kDigits[byte >> 4U], kDigits[byte & 15U]};
  }
  return url;
}

/// As a query or a header shows it: a text bare, anything else as JSON.
inline std::string shown(const value& of) { return of.is_string() ? text(of) : boost::json::serialize(of); }

/// As much of JSON Schema as the description uses. What an object has must be described.
class Schemas {
 public:
  Schemas() = default;
  explicit Schemas(object components) : components_(std::move(components)) {}

  const value& resolved(const value& node) const {
    const auto* reference = node.is_object() ? node.as_object().if_contains("$ref") : nullptr;
    if (reference == nullptr) return node;
    auto path = text(*reference).substr(std::string("#/components/").size());
    const auto slash = path.find('/');
    return components_.at(path.substr(0, slash)).at(path.substr(slash + 1));
  }

  /// Where `instance` does not fit; empty: it fits.
  std::string misfit(const value& instance, const value& schema, const std::string& at = "$") const {
    const auto& rule = resolved(schema).as_object();
    if (const auto* any = rule.if_contains("oneOf")) return misfit_of_any(instance, any->as_array(), at);
    const auto type = kind_of(rule);
    if (type == "object") return misfit_of_object(instance, rule, at);
    if (type == "array") return misfit_of_array(instance, rule, at);
    return misfit_of_leaf(instance, rule, type, at);
  }

 private:
  static std::string kind_of(const object& rule) {
    return rule.contains("allOf") ? "object" : text(rule.at("type"));
  }

  std::string misfit_of_any(const value& instance, const array& schemas, const std::string& at) const {
    std::string why;
    for (const auto& each : schemas) {
      const auto one = misfit(instance, each, at);
      if (one.empty()) return {};
      why += one + "; ";
    }
    return why;
  }

  /// Properties and required ones, over all parts.
  void gather(const object& rule, object& properties, std::set<std::string>& required) const {
    if (const auto* parts = rule.if_contains("allOf"))
      for (const auto& part : parts->as_array()) gather(resolved(part).as_object(), properties, required);
    if (const auto* own = rule.if_contains("properties"))
      for (const auto& [name, schema] : own->as_object()) properties[name] = schema;
    if (const auto* own = rule.if_contains("required"))
      for (const auto& name : own->as_array()) required.insert(text(name));
  }

  std::string misfit_of_object(const value& instance, const object& rule, const std::string& at) const {
    if (!instance.is_object()) return at + " is no object";
    const auto* more = rule.if_contains("additionalProperties");
    if (more != nullptr && *more == true) return {};
    object properties;
    std::set<std::string> required;
    gather(rule, properties, required);
    for (const auto& name : required)
      if (!instance.as_object().contains(name)) return at + " lacks " + name;
    for (const auto& [name, member] : instance.as_object()) {
      const auto* schema = properties.if_contains(name);
      if (schema == nullptr) return at + "." + std::string(name) + " is not described";
      if (auto why = misfit(member, *schema, at + "." + std::string(name)); !why.empty()) return why;
    }
    return {};
  }

  std::string misfit_of_array(const value& instance, const object& rule, const std::string& at) const {
    if (!instance.is_array()) return at + " is no array";
    for (const auto& each : instance.as_array())
      if (auto why = misfit(each, rule.at("items"), at + "[]"); !why.empty()) return why;
    return {};
  }

  static std::string misfit_of_leaf(const value& instance, const object& rule, const std::string& type,
                                    const std::string& at) {
    const bool number = instance.is_int64() || instance.is_uint64();
    const bool fits = (type == "string" && instance.is_string()) || (type == "integer" && number) ||
                      (type == "boolean" && instance.is_bool());
    if (!fits) return at + " is no " + type;
    const auto* values = rule.if_contains("enum");
    if (values == nullptr) return {};
    const auto& known = values->as_array();
    return std::find(known.begin(), known.end(), instance) != known.end() ? "" : at + " has another value";
  }

  object components_;
};

struct Operation {
  std::string method, pattern;
  object written;

  std::string name() const { return method + " " + pattern; }
  bool is_open() const { return written.at("security").as_array().empty(); }
  bool permits(std::string_view role) const {
    if (is_open()) return true;
    const auto& roles = written.at("x-roles").as_array();
    return std::find(roles.begin(), roles.end(), value(role)) != roles.end();
  }
  const object* body() const {
    const auto* request = written.if_contains("requestBody");
    return request == nullptr ? nullptr : &request->at("content").as_object();
  }
  bool needs_body() const { return body() != nullptr && written.at("requestBody").at("required") == true; }
  std::string example_body() const {
    return body() == nullptr ? std::string() : shown(body()->begin()->value().at("example"));
  }
  bool names_something() const { return pattern.find('{') != pattern.npos; }
  /// With {id} or {upload} as given; with the examples of the query or with `in_query` in each parameter.
  std::string target(const std::string& id, const std::optional<std::string>& in_query = {}) const {
    auto path = pattern;
    for (const std::string part : {"{id}", "{upload}"})
      if (const auto at = path.find(part); at != path.npos) path.replace(at, part.size(), id);
    const auto* parameters = written.if_contains("parameters");
    if (parameters == nullptr) return path;
    std::string query;
    for (const auto& each : parameters->as_array()) {
      if (each.at("in") != "query" || (!in_query && !each.as_object().contains("example"))) continue;
      const auto given = in_query ? *in_query : shown(each.at("example"));
      query += (query.empty() ? "?" : "&") + text(each.at("name")) + "=" + in_url(given);
    }
    return path + query;
  }
};

}  // namespace musubi::testing
