#include "value_sets.h"

#include <algorithm>

#include "definition_nodes.h"

namespace musubi::fhir {
namespace {

using fhirpath::Resource;
using fhirpath::ResourceNode;

Membership either(Membership left, Membership right) noexcept {
  if (left == Membership::member || right == Membership::member) return Membership::member;
  return left == Membership::unknown ? left : right;
}

Membership both(Membership left, Membership right) noexcept {
  if (left == Membership::other || right == Membership::other) return Membership::other;
  return left == Membership::unknown ? left : right;
}

Membership membership(const Inclusion& part, std::string_view system, std::string_view code,
                      int depth) noexcept {
  auto found = Membership::member;
  if (!part.system.empty()) {
    if (!system.empty() && system != part.system) return Membership::other;
    const bool is_there = std::ranges::binary_search(part.codes, code);
    found = is_there ? Membership::member : part.is_listed ? Membership::other : Membership::unknown;
  }
  for (const auto* each : part.others)
    found = both(found, each == nullptr ? Membership::unknown : membership(*each, system, code, depth + 1));
  return found;
}

// ---- concepts of a code system

void add_codes(const Resource& definition, const ResourceNode& owner, std::vector<std::string>& codes) {
  each_at(definition, owner, "concept", [&](const ResourceNode& each) {
    codes.emplace_back(text_at(definition, each, "code"));
    add_codes(definition, each, codes);
  });
}

const ResourceNode* find_concept(const Resource& definition, const ResourceNode& owner,
                                 std::string_view code) {
  const ResourceNode* found = nullptr;
  each_at(definition, owner, "concept", [&](const ResourceNode& each) {
    if (found == nullptr && text_at(definition, each, "code") == code) found = &each;
    if (found == nullptr) found = find_concept(definition, each, code);
  });
  return found;
}

/// False: a filter that cannot be followed here.
bool add_below(const Resource& system, std::string_view operation, std::string_view value,
               std::vector<std::string>& codes) {
  if (operation != "is-a" && operation != "descendent-of") return false;
  const auto* root = find_concept(system, system.root(), value);
  if (root == nullptr) return false;
  if (operation == "is-a") codes.emplace_back(value);
  add_codes(system, *root, codes);
  return true;
}

}  // namespace

Membership membership(const ValueSet& set, std::string_view system, std::string_view code,
                      int depth) noexcept {
  constexpr int kDeepest = 16;
  if (depth > kDeepest) return Membership::unknown;
  if (set.is_of_r4) return membership_in(set.url, system, code);
  auto found = Membership::other;
  for (const auto& each : set.included) found = either(found, membership(each, system, code, depth));
  auto without = Membership::other;
  for (const auto& each : set.excluded) without = either(without, membership(each, system, code, depth));
  if (found == Membership::other || without == Membership::member) return Membership::other;
  return without == Membership::unknown ? without : found;
}

const ValueSet* ValueSets::find(std::string_view canonical) {
  const auto url = read_canonical(canonical).url;
  const auto known = known_.find(url);
  if (known != known_.end()) return known->second.get();
  auto& made = known_.emplace(url, nullptr).first->second;
  const auto* definition = packages_.find(DefinitionKind::value_set, canonical);
  if (definition == nullptr) {
    if (!is_listed(url)) return nullptr;
    made = std::make_unique<ValueSet>(ValueSet{std::string(url), true, {}, {}});
    return made.get();
  }
  const auto resource = packages_.read(*definition);
  if (resource.has_error()) return nullptr;
  made = std::make_unique<ValueSet>();
  made->url = url;
  read(*resource, *made);
  return made.get();
}

void ValueSets::read(const Resource& definition, ValueSet& into) {
  const auto* compose = definition.child(definition.root(), "compose");
  if (compose == nullptr) {
    into.included.push_back({.system = "", .is_listed = false, .codes = {}, .others = {nullptr}});
    return;
  }
  each_at(definition, *compose, "include",
          [&](const ResourceNode& each) { into.included.push_back(read_inclusion(definition, each)); });
  each_at(definition, *compose, "exclude",
          [&](const ResourceNode& each) { into.excluded.push_back(read_inclusion(definition, each)); });
}

Inclusion ValueSets::read_inclusion(const Resource& definition, const ResourceNode& node) {
  Inclusion part;
  part.system = text_at(definition, node, "system");
  each_at(definition, node, "concept",
          [&](const ResourceNode& each) { part.codes.emplace_back(text_at(definition, each, "code")); });
  if (part.codes.empty() && !part.system.empty())
    part.is_listed = add_system(part.system, definition, node, part.codes);
  each_at(definition, node, "valueSet",
          [&](const ResourceNode& each) { part.others.push_back(find(each.text)); });
  std::ranges::sort(part.codes);
  return part;
}

bool ValueSets::add_system(std::string_view system, const Resource& definition, const ResourceNode& inclusion,
                           std::vector<std::string>& codes) {
  const auto* found = packages_.find(DefinitionKind::code_system, system);
  if (found == nullptr) return false;
  const auto resource = packages_.read(*found);
  if (resource.has_error()) return false;
  const auto& root = resource->root();
  bool is_listed = text_at(*resource, root, "content") == "complete" &&
                   text_at(*resource, root, "caseSensitive") != "false";
  if (definition.child(inclusion, "filter") == nullptr) {
    add_codes(*resource, root, codes);
    return is_listed;
  }
  each_at(definition, inclusion, "filter", [&](const ResourceNode& filter) {
    if (!codes.empty()) is_listed = false;  // of several filters all have to hold
    is_listed &=
        add_below(*resource, text_at(definition, filter, "op"), text_at(definition, filter, "value"), codes);
  });
  return is_listed;
}

}  // namespace musubi::fhir
