// Pages without scripts, readable on a phone and on paper. Whatever is put in is escaped.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "musubi/base/messages.h"
#include "musubi/net/http.h"

namespace musubi::console {

/// &, <, > and quotes as entities.
std::string escaped(std::string_view text);
std::string element(std::string_view name, std::string_view text);  ///< <name>text, escaped</name>

/// A table; each row as wide as the head. Columns from `numbers_from` on are numbers.
std::string table(std::span<const std::string> head, std::span<const std::vector<std::string>> rows,
                  std::size_t numbers_from);

struct Page {
  std::string title;
  base::Language language = base::Language::english;
  int refresh_seconds = 0;  ///< 0: stays as it is
  std::string body;         ///< HTML
};
net::Response page(const Page& page);

}  // namespace musubi::console
