#include "xlsx_styles.h"

#include <charconv>
#include <string>
#include <unordered_map>

namespace musubi::document {
namespace {

/// Handler: styleSheet / numFmts / numFmt and styleSheet / cellXfs / xf.
class StylesReading {
 public:
  void start(XmlPush& push, const XmlTag& tag) {
    if (push.depth() == 2) section_ = tag.local;
    if (push.depth() != 3) return;
    const auto id = number(tag.attributes.find("numFmtId").value_or("0"));
    if (section_ == "numFmts" && tag.local == "numFmt") {
      custom_.insert_or_assign(id, number_format_of(tag.attributes.find("formatCode").value_or("")));
    } else if (section_ == "cellXfs" && tag.local == "xf") {
      ids_.push_back(id);
    }
  }
  void end(XmlPush&) {}
  void text(XmlPush&, std::string_view) {}

  CellStyles styles() const {
    CellStyles styles;
    for (const auto id : ids_) {
      const auto found = custom_.find(id);
      styles.push_back(found == custom_.end() ? built_in_number_format(id) : found->second);
    }
    return styles;
  }

 private:
  static std::uint32_t number(std::string_view text) {
    std::uint32_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
  }

  std::string section_;
  std::unordered_map<std::uint32_t, NumberFormat> custom_;
  std::vector<std::uint32_t> ids_;
};

}  // namespace

base::Result<CellStyles> read_cell_styles(const XlsxPackage& package, const Limits& limits) {
  if (package.styles_part.empty()) return CellStyles{};
  StylesReading reading;
  MUSUBI_TRY(parse_xlsx_part(package.archive, package.styles_part, limits, reading));
  return reading.styles();
}

}  // namespace musubi::document
