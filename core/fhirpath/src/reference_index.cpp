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
  resource.each_child(bundle, hash_of_name("entry"), "entry", [&](const ResourceNode& entry) {
    add(resource, entry, place++);
    return true;
  });
  by_url_.sort();
  by_end_.sort();
  by_identity_.sort();
}

void EntryIndex::add(const Resource& resource, const ResourceNode& entry, std::uint32_t place) {
  const auto* inside = resource.child(entry, "resource");
  if (inside == nullptr) return;
  if (const auto url = text_of(resource, entry, "fullUrl"); !url.empty()) {
    by_url_.add(url, place, inside);
    add_ends(url, place, inside);
  }
  const auto id = text_of(resource, *inside, "id");
  if (inside->type != kNoType && !id.empty()) by_identity_.add({inside->type, id}, place, inside);
}

void EntryIndex::add_ends(std::string_view url, std::uint32_t place, const ResourceNode* node) {
  auto slash = url.rfind('/');
  for (int segments = 0; segments < 2 && slash != url.npos; ++segments) {
    by_end_.add(url.substr(slash + 1), place, node);
    slash = slash == 0 ? url.npos : url.rfind('/', slash - 1);
  }
}

const ResourceNode* EntryIndex::find(const TypeTable& model, std::string_view reference) const {
  const ResourceNode* first = nullptr;
  std::uint32_t least = 0;
  const auto consider = [&](const auto* found) {
    if (found == nullptr || (first != nullptr && least <= found->place)) return;
    first = found->node;
    least = found->place;
  };
  consider(by_url_.find(reference));
  if (reference.find(':') != reference.npos) return first;
  consider(by_end_.find(reference));
  const auto slash = reference.find('/');
  if (slash != reference.npos)
    consider(by_identity_.find({model.find(reference.substr(0, slash)), reference.substr(slash + 1)}));
  return first;
}

const ResourceNode* ReferenceIndex::entry(const Resource& resource, const ResourceNode& bundle,
                                          std::string_view reference) {
  const std::scoped_lock lock(mutex_);
  const auto key = resource.index_of(bundle);
  auto known = entries_.find(key);
  if (known == entries_.end()) known = entries_.emplace(key, EntryIndex(resource, bundle)).first;
  return known->second.find(*resource.model(), reference);
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
