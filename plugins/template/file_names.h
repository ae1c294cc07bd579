// What the city's file names say. Pure: no input, no output, easy to test.
#pragma once

#include <string_view>

namespace mihon {

/// The city sends a draft ("draft_..." or "下書き...") for the eyes of its own staff before each publication.
bool is_draft(std::string_view file_name);

}  // namespace mihon
