#include "reference_index.h"

namespace musubi::fhirpath {
namespace {

std::string_view text_of(const Resource& resource, const ResourceNode& node, std::string_view child) {
  const auto* found = resource.child(node, child);
  return found == nullptr ? std::string_view() : found->text;
}

FirstByKey<std::string_view> contained_in(const Resource& resource, const ResourceNode& container) {
  FirstByKey<std::string_view> made;
  std::uint32_t place = 0;
  resource.each_child(container, hash_of_name("contained"), "contained", [&](const ResourceNode& each) {
    if (const auto id = text_of(resource, each, "id"); !id.empty()) made.add(id, place++, &each);
    return true;
  });
  made.sort();
  return made;
}

}  // namespace

EntryIndex::EntryIndex(const Resource& resource, const ResourceNode& bundle) {
  std::uint32_t place = 0;
  inside_.reserve(bundle.child_count);
  by_url_.reserve(bundle.child_count);
  resource.each_child(bundle, hash_of_name("entry"), "entry", [&](const ResourceNode& entry) {
    const auto* node = resource.child(entry, "resource");
    if (node == nullptr) return true;
    inside_.push_back({text_of(resource, entry, "fullUrl"), place++, node});
    if (!inside_.back().url.empty()) by_url_.add(inside_.back().url, inside_.back().place, node);
    return true;
  });
  by_url_.sort();
}

void EntryIndex::index_relative(const Resource& resource) {
  has_relative_ = true;
  for (const auto& each : inside_) {
    if (!are_few()) add_ends(each);
    const auto id = text_of(resource, *each.node, "id");
    if (each.node->type != kNoType && !id.empty())
      by_identity_.add({each.node->type, id}, each.place, each.node);
  }
  by_end_.sort();
  by_identity_.sort();
}

void EntryIndex::add_ends(const Inside& inside) {
  const auto url = inside.url;
  auto slash = url.rfind('/');
  for (int segments = 0; segments < 2 && slash != url.npos; ++segments) {
    by_end_.add(url.substr(slash + 1), inside.place, inside.node);
    slash = slash == 0 ? url.npos : url.rfind('/', slash - 1);
  }
}

/// As by_end_ has it.
const EntryIndex::Inside* EntryIndex::with_end(std::string_view reference) const {
  if (std::ranges::count(reference, '/') > 1) return nullptr;
  const auto found = std::ranges::find_if(inside_, [reference](const Inside& each) {
    return each.url.size() > reference.size() && each.url.ends_with(reference) &&
           each.url[each.url.size() - reference.size() - 1] == '/';
  });
  return found == inside_.end() ? nullptr : &*found;
}

const ResourceNode* EntryIndex::find(const Resource& resource, std::string_view reference) {
  const ResourceNode* first = nullptr;
  std::uint32_t least = 0;
  const auto consider = [&](const auto* found) {
    if (found == nullptr || (first != nullptr && least <= found->place)) return;
    first = found->node;
    least = found->place;
  };
  consider(by_url_.find(reference));
  if (reference.find(':') != reference.npos) return first;
  if (!has_relative_) index_relative(resource);
  if (are_few())
    consider(with_end(reference));
  else
    consider(by_end_.find(reference));
  const auto slash = reference.find('/');
  if (slash != reference.npos)
    consider(
        by_identity_.find({resource.model()->find(reference.substr(0, slash)), reference.substr(slash + 1)}));
  return first;
}

const ResourceNode* ReferenceIndex::entry(const Resource& resource, const ResourceNode& bundle,
                                          std::string_view reference) {
  const std::scoped_lock lock(mutex_);
  const auto key = resource.index_of(bundle);
  auto known = entries_.find(key);
  if (known == entries_.end()) known = entries_.emplace(key, EntryIndex(resource, bundle)).first;
  return known->second.find(resource, reference);
}

const ResourceNode* ReferenceIndex::contained(const Resource& resource, const ResourceNode& container,
                                              std::string_view id) {
  const std::scoped_lock lock(mutex_);
  const auto key = resource.index_of(container);
  auto known = contained_.find(key);
  if (known == contained_.end()) known = contained_.emplace(key, contained_in(resource, container)).first;
  const auto* found = known->second.find(id);
  return found == nullptr ? nullptr : found->node;
}

}  // namespace musubi::fhirpath
