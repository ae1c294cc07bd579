// Values for the eyes of people who mend mappings: what is operational or comes from a value set is shown,
// everything personal only by its kind.
#pragma once

#include <string>

#include "musubi/base/messages.h"
#include "musubi/model/catalogue.h"
#include "musubi/model/value.h"

namespace musubi::app {

/// Whether values of this field may be shown as they are.
bool may_be_shown(const model::Field& field) noexcept;

/// The value, or what kind of value it is; why there is none, where there is none.
std::string masked(const model::Field& field, const model::Value& value, base::Language language);

}  // namespace musubi::app
