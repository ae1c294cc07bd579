// JSON as tree and as rows. What we accept, simdjson's own parser accepts too; what only we refuse, we refuse
// for one of our reasons.
#include <simdjson.h>

#include <algorithm>
#include <array>

#include "musubi/document/row_reader.h"
#include "musubi/document/tree.h"
#include "reader_checks.h"

namespace {

using musubi::testing::must;

void check_tree(const musubi::document::Tree& tree, std::string_view input) {
  for (musubi::document::NodeIndex index = 0; index < tree.size(); ++index) {
    const auto& node = tree[index];
    must(std::uint64_t{node.source_byte} + node.source_length <= input.size() && node.source_length > 0);
    must(index == 0 || node.parent < index);
    if (index < 5) must(tree.path_of(index).size() <= 2 * input.size() + 100);
  }
}

void compare_with_simdjson(const std::string& input,
                           const musubi::base::Result<musubi::document::Tree>& ours) {
  constexpr std::array kOurReasons{"json.duplicate_name", "json.number_out_of_range", "json.lone_surrogate",
                                   "text.nul_byte", "json.too_deep"};
  if (input.starts_with("\xEF\xBB\xBF")) return;
  simdjson::dom::parser parser;
  const bool theirs = parser.parse(input).error() == simdjson::SUCCESS;
  if (!ours.has_error()) must(theirs);
  if (ours.has_error() && theirs) {
    must(std::find(kOurReasons.begin(), kOurReasons.end(), ours.error().code()) != kOurReasons.end());
  }
}

std::string read_rows(const std::string& input, const char* items, std::size_t batch_rows) {
  musubi::document::TableOptions options;
  options.limits = musubi::testing::narrow_limits();
  options.items = items;
  auto reader = open_json_rows(musubi::document::ByteSource::of_text(input, "fuzz"), options);
  return reader.has_error() ? reader.error().code()
                            : musubi::testing::all_texts(**reader, batch_rows, options.limits);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string input(reinterpret_cast<const char*>(data), size);
  const auto tree = musubi::document::read_json(input, "fuzz", musubi::testing::narrow_limits());
  if (!tree.has_error()) check_tree(*tree, input);
  compare_with_simdjson(input, tree);
  for (const auto* items : {"", "a", "a.b"}) {
    const auto in_ones = read_rows(input, items, 1);
    if (in_ones.size() < 5000) must(read_rows(input, items, 1000).size() == in_ones.size());
  }
  return 0;
}
