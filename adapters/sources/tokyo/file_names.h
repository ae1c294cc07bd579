// What Tokyo's file names say. Pure.
#pragma once

#include <string>
#include <string_view>

namespace musubi::tokyo {

/// The six-digit code that a file of the shared item set starts with ("440001" of
/// 440001_oita_covid19_patients.csv), where it belongs to another prefecture than Tokyo; else empty. Tokyo's
/// own are 130001_tokyo_... and those of its municipalities (131016_...).
std::string code_of_other_prefecture(std::string_view file_name);

}  // namespace musubi::tokyo
