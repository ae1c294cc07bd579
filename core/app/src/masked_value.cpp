#include "masked_value.h"

#include "musubi/base/text.h"

namespace musubi::app {
namespace {

using base::say;
using model::ValueKind;

std::string_view kind_of_date(base::PartialDate date) {
  if (date.complete()) return "app.masked.day";
  return date.month != 0 ? "app.masked.month" : "app.masked.year";
}

std::string kind_of(const model::Value& value, base::Language language) {
  switch (value.kind()) {
    case ValueKind::date:
      return say(language, kind_of_date(value.as_date()));
    case ValueKind::moment:
      return say(language, "app.masked.moment");
    case ValueKind::age:
      return say(language, "app.masked.age");
    case ValueKind::integer:
    case ValueKind::decimal:
      return say(language, "app.masked.number");
    case ValueKind::list:
      return say(language, "app.masked.list", {{"count", std::to_string(value.as_list().size())}});
    default:
      return say(language, "app.masked.text", {{"count", std::to_string(base::characters(value.as_text()))}});
  }
}

}  // namespace

bool may_be_shown(const model::Field& field) noexcept {
  return field.personal_class == model::PersonalClass::operational || field.type == model::FieldType::code ||
         field.type == model::FieldType::boolean;
}

std::string masked(const model::Field& field, const model::Value& value, base::Language language) {
  if (value.silent()) return say(language, "app.masked.silent");
  if (value.is_absent())
    return say(language, "app.absent." + std::string(model::name_of(value.absent_reason())));
  return may_be_shown(field) ? model::to_text(value) : kind_of(value, language);
}

}  // namespace musubi::app
