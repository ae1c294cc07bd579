#include "json_items.h"

#include <algorithm>

#include "musubi/base/shown_text.h"

namespace musubi::document {
namespace {

constexpr std::size_t kMostCandidates = 8;

}  // namespace

void JsonItemSearch::key(std::string_view name, std::uint64_t hash) {
  if (inside()) return flatten_.key(name, hash);
  if (arrays_ > 0) return;
  path_.resize(objects_.back());
  if (!path_.empty()) path_ += '.';
  path_ += name;
}

void JsonItemSearch::begin_inside(std::uint32_t token) {
  if (depth_inside_++ == 1) items_.push_back(token);
}

void JsonItemSearch::begin_object(std::uint32_t token) {
  if (inside()) {
    begin_inside(token);
    return flatten_.begin_object(token);
  }
  if (arrays_ == 0) objects_.push_back(path_.size());
}

void JsonItemSearch::end_object(std::uint32_t token) {
  if (inside()) {
    --depth_inside_;
    return flatten_.end_object(token);
  }
  if (arrays_ > 0) return;
  path_.resize(objects_.back());
  objects_.pop_back();
}

void JsonItemSearch::begin_array(std::uint32_t token) {
  if (inside()) {
    begin_inside(token);
    return flatten_.begin_array(token);
  }
  if (arrays_ == 0 && index_.kind(token + 1) == '{' && candidates_.size() < kMostCandidates) {
    candidates_.push_back(path_);
  }
  if (arrays_ == 0 && !found_ && path_ == wanted_) {
    found_ = true;
    depth_inside_ = 1;
  } else {
    ++arrays_;
  }
}

void JsonItemSearch::end_array(std::uint32_t token) {
  if (!inside()) {
    --arrays_;
  } else if (--depth_inside_ > 0) {
    flatten_.end_array(token);
  }
}

void JsonItemSearch::leaf(JsonKind kind, std::string_view text, std::uint32_t token) {
  if (depth_inside_ == 1) items_.push_back(token);
  if (depth_inside_ > 1) flatten_.leaf(kind, text, token);
}

void JsonItemSearch::fault(const JsonFault& fault) {
  if (!inside() && !fault_) fault_ = fault;
}

std::string JsonItemSearch::candidates() const {
  std::string joined;
  for (std::size_t index = 0; index < candidates_.size(); ++index)
    joined += (index == 0 ? "" : ", ") + base::shown_column(candidates_[index], index + 1);
  return joined;
}

}  // namespace musubi::document
