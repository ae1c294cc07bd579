// XML as tree and as rows, in both encodings.
#include "musubi/document/row_reader.h"
#include "musubi/document/tree.h"
#include "reader_checks.h"

namespace {

using musubi::document::NodeKind;
using musubi::testing::must;

void check_tree(const musubi::document::Tree& tree, std::string_view input) {
  for (musubi::document::NodeIndex index = 0; index < tree.size(); ++index) {
    const auto& node = tree[index];
    must(std::uint64_t{node.source_byte} + node.source_length <= input.size());
    if (node.kind != NodeKind::element) continue;
    const auto source = input.substr(node.source_byte, node.source_length);
    must(source.starts_with('<') && source.ends_with('>'));
    if (index < 5) must(!tree.path_of(index).empty());
  }
}

void check_rows(const std::string& input, std::vector<std::string> lists) {
  musubi::document::TableOptions options;
  options.limits = musubi::testing::narrow_limits();
  options.items = "i";
  options.lists = std::move(lists);
  std::string seen;
  for (const std::size_t batch_rows : {1U, 1000U}) {
    auto reader = open_xml_rows(musubi::document::ByteSource::of_text(input, "fuzz"), options);
    if (reader.has_error()) return;
    const auto texts = musubi::testing::all_texts(**reader, batch_rows, options.limits);
    must(seen.empty() || seen.size() == texts.size());
    seen = texts;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string input(reinterpret_cast<const char*>(data), size);
  const auto tree = musubi::document::read_xml(input, "fuzz", musubi::testing::narrow_limits());
  if (!tree.has_error()) check_tree(*tree, input);
  check_rows(input, {});
  check_rows(input, {"a", "a/b", "x"});
  return 0;
}
