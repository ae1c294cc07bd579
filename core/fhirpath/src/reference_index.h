// What references may lead to inside one document: the entries of its Bundles, and what its resources
// contain.
#pragma once

#include <algorithm>
#include <cstdint>
#include <mutex>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "musubi/fhirpath/resource.h"

namespace musubi::fhirpath {

inline constexpr std::size_t kFewKeys = 32;

/// Nodes by a key; of several with one key the first. Few keys are looked through, more are sorted. They are
/// only compared, never hashed: no choice of them makes a search slow.
template <class Key>
class FirstByKey {
 public:
  struct Entry {
    Key key;
    std::uint32_t place = 0;  ///< in the order of the document
    const ResourceNode* node = nullptr;
  };

  /// In the order of the places.
  void add(const Key& key, std::uint32_t place, const ResourceNode* node) {
    entries_.push_back({key, place, node});
  }
  void reserve(std::size_t entries) { entries_.reserve(entries); }
  /// After the last add().
  void sort() {
    if (entries_.size() <= kFewKeys) return;
    std::ranges::sort(entries_, [](const Entry& left, const Entry& right) {
      const auto order = left.key <=> right.key;
      return order != 0 ? order < 0 : left.place < right.place;
    });
  }
  /// nullptr: none.
  const Entry* find(const Key& key) const {
    const auto found = entries_.size() <= kFewKeys ? std::ranges::find(entries_, key, &Entry::key)
                                                   : std::ranges::lower_bound(entries_, key, {}, &Entry::key);
    return found == entries_.end() || found->key != key ? nullptr : &*found;
  }

 private:
  std::vector<Entry> entries_;
};

/// Of one Bundle.
class EntryIndex {
 public:
  EntryIndex(const Resource& resource, const ResourceNode& bundle);
  /// As Resource::entry_resource().
  const ResourceNode* find(const Resource& resource, std::string_view reference);

 private:
  /// A resource of the Bundle.
  struct Inside {
    std::string_view url{};  ///< empty: none
    std::uint32_t place = 0;
    const ResourceNode* node = nullptr;
  };

  void index_relative(const Resource& resource);
  void add_ends(const Inside& inside);
  const Inside* with_end(std::string_view reference) const;
  bool are_few() const noexcept { return inside_.size() <= kFewKeys; }

  std::vector<Inside> inside_;
  FirstByKey<std::string_view> by_url_;
  bool has_relative_ = false;            ///< those below are made; absolute references do not ask for them
  FirstByKey<std::string_view> by_end_;  ///< "Patient/1" and "1" of ".../Patient/1"
  FirstByKey<std::pair<TypeIndex, std::string_view>> by_identity_;
};

/// Made when it is first asked for, once for each Bundle and each resource. Threads: any.
class ReferenceIndex {
 public:
  const ResourceNode* entry(const Resource& resource, const ResourceNode& bundle, std::string_view reference);
  const ResourceNode* contained(const Resource& resource, const ResourceNode& container, std::string_view id);

 private:
  std::mutex mutex_;
  std::unordered_map<std::uint32_t, EntryIndex> entries_;  ///< by the node of the Bundle
  std::unordered_map<std::uint32_t, FirstByKey<std::string_view>> contained_;
};

}  // namespace musubi::fhirpath
