// What a page of a pulled system says about itself. Pure functions.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "musubi/base/result.h"
#include "musubi/intake/pull.h"

namespace musubi::intake {

struct Page {
  std::size_t items = 0;
  std::string next{};       ///< link or cursor; empty: none
  std::string watermark{};  ///< the greatest of its items; empty: there is none
};

/// Whether a page has to be read at all to know where to go on.
bool is_read(const PullSettings& settings) noexcept;

/// Of JSON (RFC 8259). Errors of kind unavailable, since the next answer may be whole: intake.page_not_json,
/// intake.page_without_items, intake.page_without_watermark, intake.page_next.
base::Result<Page> read_page(std::string_view json, const PullSettings& settings);

/// Whole numbers by value, anything else byte by byte (times as ISO 8601 writes them, in one time zone).
bool is_later(std::string_view watermark, std::string_view than) noexcept;

/// `text` with each {name} that `values` knows filled in.
std::string filled(std::string_view text, const PullSettings::Pairs& values);

}  // namespace musubi::intake
