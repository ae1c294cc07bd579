// Text of cells: what <t> elements hold, and the _xHHHH_ in them.
#pragma once

#include <string>
#include <string_view>

#include "xml_push.h"

namespace musubi::document {

/// Decodes _x000D_ and the like (control characters that XML cannot hold; _x005F_ is "_") from `begin` on.
void decode_xlsx_escapes(std::string& text, std::size_t begin);

/// Follows the elements of a rich text (<si> of the shared strings, <is> of a cell): its runs joined, its
/// phonetic guides left out. Tell it every start and end below that element.
class XlsxRichText {
 public:
  void reset() noexcept { *this = {}; }
  void start(std::string_view local) noexcept {
    if (phonetic_ > 0 || local == "rPh") ++phonetic_;
    in_text_ = phonetic_ == 0 && local == "t";
  }
  void end() noexcept {
    if (phonetic_ > 0) --phonetic_;
    in_text_ = false;
  }
  bool wants_text() const noexcept { return in_text_; }

 private:
  std::uint32_t phonetic_ = 0;  ///< depth below <rPh>
  bool in_text_ = false;
};

}  // namespace musubi::document
