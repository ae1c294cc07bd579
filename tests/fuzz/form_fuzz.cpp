// A form of any bytes tells the same whether it comes in one piece or in many, and no more than its bytes: as
// many parts as were begun are ended when it is whole, and what is refused is refused with a message.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "form_head.h"
#include "musubi/base/messages.h"
#include "musubi/base/text.h"
#include "musubi/net/form.h"

namespace {

using namespace musubi;

class Listing final : public net::FormVisitor {
 public:
  base::Status begin(const net::FormPart& part) override {
    if (open_) std::abort();
    open_ = true;
    told += "(" + part.name + "," + part.file_name.value_or("-") + ")";
    return {};
  }
  base::Status bytes(std::string_view piece) override {
    if (!open_ || piece.empty()) std::abort();
    told += piece;
    bytes_told += piece.size();
    return {};
  }
  base::Status end() override {
    if (!open_) std::abort();
    open_ = false;
    told += "!";
    return {};
  }
  bool is_open() const { return open_; }
  std::string told;
  std::size_t bytes_told = 0;

 private:
  bool open_ = false;
};

/// The code it was refused with; empty: it is whole.
std::string read(std::string_view form, std::size_t piece, Listing& listing) {
  const net::FormLimits limits{.head_bytes = 500, .parts = 4};
  auto reader = net::FormReader::open("multipart/form-data; boundary=b", listing, limits).value();
  for (; !form.empty(); form.remove_prefix(std::min(piece, form.size())))
    if (const auto written = reader.write(form.substr(0, piece)); written.has_error())
      return written.error().code();
  const auto finished = reader.finish();
  return finished.has_error() ? finished.error().code() : std::string();
}

void check_field(std::string_view text) {
  const auto field = net::read_form_field(text);
  if (!field) return;
  for (const auto& [name, value] : field->parameters)
    if (name.empty() || value.size() > text.size()) std::abort();
}

void check_extended(std::string_view text) {
  const auto value = net::read_extended_value(text);
  if (value && base::malformed_utf8_at(*value)) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view form(reinterpret_cast<const char*>(data + 1), size - 1);
  Listing whole, pieces;
  const auto why = read(form, form.size() + 1, whole), also = read(form, data[0] + std::size_t{1}, pieces);
  if (why.empty() && (whole.is_open() || whole.bytes_told > form.size())) std::abort();
  if (!why.empty() && base::find_message(why) == nullptr) std::abort();
  if (why.empty() != also.empty() || (why.empty() && whole.told != pieces.told)) std::abort();
  check_field(form);
  check_extended(form);
  return 0;
}
