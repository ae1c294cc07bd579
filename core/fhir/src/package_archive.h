// The form in which FHIR packages are published: a gzip file with a tar file in it
// (confluence.hl7.org/display/FHIR/NPM+Package+Specification). Nothing is written anywhere.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "musubi/base/result.h"
#include "musubi/fhir/packages.h"

namespace musubi::fhir {

/// Errors: fhir.package_not_gzip, fhir.package_broken, fhir.package_too_large.
base::Result<std::string> unpacked(std::string_view gzip, const PackageLimits& limits);

/// `visit` sees each regular file: name and content, which live as long as `tar`. Errors: fhir.package_broken
/// with the offset, fhir.package_too_many, fhir.package_path, those of `visit`.
base::Status each_file(std::string_view tar, const PackageLimits& limits,
                       const std::function<base::Status(std::string_view, std::string_view)>& visit);

}  // namespace musubi::fhir
