#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "musubi/document/row_reader.h"

namespace musubi::document {
namespace {

constexpr std::array<std::pair<Shape, std::string_view>, 5> kShapes{{{Shape::csv, "csv"},
                                                                     {Shape::xlsx, "xlsx"},
                                                                     {Shape::json, "json"},
                                                                     {Shape::xml, "xml"},
                                                                     {Shape::fhir, "fhir"}}};

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::string_view without_lead(std::string_view head) {
  if (head.starts_with(kByteOrderMark)) head.remove_prefix(kByteOrderMark.size());
  const auto first = head.find_first_not_of(" \t\r\n");
  return first == head.npos ? std::string_view() : head.substr(first);
}

/// Old Excel, PDF, JPEG, PNG, gzip, TIFF: files people send instead of a table.
bool is_foreign(std::string_view head) {
  using namespace std::string_view_literals;
  constexpr std::string_view kSignatures[] = {"\xD0\xCF\x11\xE0"sv, "%PDF-"sv, "\xFF\xD8\xFF"sv, "\x89PNG"sv,
                                              "\x1F\x8B"sv,         "II*\0"sv, "MM\0*"sv};
  return std::any_of(std::begin(kSignatures), std::end(kSignatures),
                     [&](std::string_view signature) { return head.starts_with(signature); });
}

}  // namespace

RowReader::~RowReader() = default;

std::string_view name_of(Shape shape) noexcept {
  for (const auto& [known, name] : kShapes) {
    if (known == shape) return name;
  }
  return "unknown";
}

std::optional<Shape> shape_named(std::string_view name) noexcept {
  for (const auto& [shape, known] : kShapes) {
    if (known == name) return shape;
  }
  return std::nullopt;
}

Shape guess_shape(const ByteSource& source) noexcept {
  std::array<char, 512> bytes{};
  const auto length = source.read_at(0, bytes.data(), bytes.size());
  if (length.has_error()) return Shape::unknown;
  const std::string_view head(bytes.data(), *length);
  if (head.starts_with("PK\x03\x04") || head.starts_with("PK\x05\x06")) return Shape::xlsx;
  if (is_foreign(head)) return Shape::unknown;
  const auto text = without_lead(head);
  if (text.starts_with('{') || text.starts_with('[')) return Shape::json;
  return text.starts_with('<') ? Shape::xml : Shape::csv;
}

RowReaderResult open_rows(Shape shape, std::shared_ptr<const ByteSource> source,
                          const TableOptions& options) noexcept {
  switch (shape) {
    case Shape::csv:
      return open_csv(std::move(source), options);
    case Shape::xlsx:
      return open_xlsx(std::move(source), options);
    case Shape::json:
      return open_json_rows(std::move(source), options);
    case Shape::xml:
      return open_xml_rows(std::move(source), options);
    default:
      return base::Error(base::ErrorKind::bad_input, "document.unknown_shape").at({.file = source->name()});
  }
}

}  // namespace musubi::document
