// Looking for extensions by their url.
#pragma once

#include <algorithm>
#include <string_view>
#include <vector>

#include "musubi/fhir/r4/extension.h"

namespace musubi::fhir::r4 {

/// The first with this url; nullptr: there is none. Refers to the list.
inline const Extension* find_extension(const std::vector<Extension>& extensions, std::string_view url) {
  const auto found = std::ranges::find_if(extensions, [&](const Extension& each) { return each.url == url; });
  return found == extensions.end() ? nullptr : &*found;
}

/// Its value, where it has one of this type; nullptr otherwise.
template <DataModel T>
const T* extension_value(const std::vector<Extension>& extensions, std::string_view url) {
  const auto* extension = find_extension(extensions, url);
  return extension == nullptr ? nullptr : extension->value.get_if<T>();
}

}  // namespace musubi::fhir::r4
