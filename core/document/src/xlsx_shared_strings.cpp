#include "xlsx_shared_strings.h"

#include "xlsx_text.h"

namespace musubi::document {

namespace {
constexpr std::uint64_t kMostBytes = 512U << 20;  ///< of texts and their index
}

/// Handler: sst / si / (t | r / t).
class SharedStringsReading {
 public:
  explicit SharedStringsReading(SharedStrings& strings) : strings_(strings) {}

  void start(XmlPush& push, const XmlTag& tag) {
    if (push.depth() == 2) {
      in_item_ = tag.local == "si";
      begin_ = strings_.texts_.size();
      rich_.reset();
    } else if (in_item_) {
      rich_.start(tag.local);
    }
  }

  void end(XmlPush& push) {
    if (!in_item_) return;
    if (push.depth() > 2) return rich_.end();
    in_item_ = false;
    decode_xlsx_escapes(strings_.texts_, begin_);
    strings_.ends_.push_back(static_cast<std::uint32_t>(strings_.texts_.size()));
  }

  void text(XmlPush& push, std::string_view text) {
    if (!in_item_ || !rich_.wants_text()) return;
    strings_.texts_ += text;
    if (strings_.texts_.size() + sizeof(std::uint32_t) * strings_.ends_.size() < kMostBytes) return;
    push.stop(base::Error(base::ErrorKind::limit_exceeded, "xlsx.shared_strings_too_large",
                          {{"limit", std::to_string(kMostBytes)}}));
  }

 private:
  SharedStrings& strings_;
  XlsxRichText rich_;
  std::size_t begin_ = 0;
  bool in_item_ = false;
};

base::Result<std::shared_ptr<const SharedStrings>> SharedStrings::read(const XlsxPackage& package,
                                                                       const Limits& limits) {
  auto strings = std::make_shared<SharedStrings>();
  if (!package.shared_strings_part.empty()) {
    SharedStringsReading reading(*strings);
    MUSUBI_TRY(parse_xlsx_part(package.archive, package.shared_strings_part, limits, reading, kAnySize));
  }
  return std::shared_ptr<const SharedStrings>(std::move(strings));
}

}  // namespace musubi::document
