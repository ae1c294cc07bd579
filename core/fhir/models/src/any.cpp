#include "musubi/fhir/models/any.h"

#include "member_access.h"

namespace musubi::fhir::r4 {

AnyModel::AnyModel(const AnyModel& other)
    : type_(other.type_), value_(other.value_ == nullptr ? nullptr : other.type_->copy(other.value_)) {}

void AnyModel::reset() noexcept {
  if (value_ != nullptr) type_->destroy(value_);
  value_ = nullptr;
  type_ = nullptr;
}

std::string_view AnyModel::type_name() const noexcept {
  if (type_ == nullptr) return {};
  if (const auto* other = get_if<OtherResource>()) return other->type_name;
  return type_->name;
}

const ModelType& model_of(const OtherResource*) noexcept {
  static constexpr auto kType =
      alone<OtherResource>({"", ModelKind::other_resource, fhirpath::kNoType, {}, 0});
  return kType;
}

const ModelType& model_of_required_code() noexcept { return model_type<Code>(); }

namespace {

bool equal_values(const Access& access, const Values& left, const Values& right) {
  if (left.count != right.count || left.alternative != right.alternative) return false;
  for (std::size_t place = 0; place < left.count; ++place) {
    const auto *a = at(left.first, place * access.size), *b = at(right.first, place * access.size);
    const bool same = access.alternatives.empty()
                          ? *static_cast<const AnyModel*>(a) == *static_cast<const AnyModel*>(b)
                          : equal(access.alternatives[left.alternative](), a, b);
    if (!same) return false;
  }
  return true;
}

bool same_unknown(const UnknownElements& left, const UnknownElements& right) {
  return left && right ? *left == *right : left.has_value() == right.has_value();
}

}  // namespace

bool equal(const ModelType& type, const void* left, const void* right) {
  if (is_primitive(type))
    return *static_cast<const Primitive*>(left) == *static_cast<const Primitive*>(right);
  if (type.kind == ModelKind::other_resource)
    return *static_cast<const OtherResource*>(left) == *static_cast<const OtherResource*>(right);
  for (const auto& member : type.members) {
    const auto look = member.access->look;
    if (!equal_values(*member.access, look(at(left, member.offset)), look(at(right, member.offset))))
      return false;
  }
  return same_unknown(unknown_of(type, left), unknown_of(type, right));
}

bool operator==(const AnyModel& left, const AnyModel& right) {
  if (left.type_ != right.type_) return false;
  return left.value_ == nullptr || equal(*left.type_, left.value_, right.value_);
}

}  // namespace musubi::fhir::r4
