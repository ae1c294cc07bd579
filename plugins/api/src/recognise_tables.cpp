#include <algorithm>

#include "layout_fit.h"
#include "table_probe.h"

namespace musubi::plugin {
namespace {

using base::Error;
using base::ErrorKind;
using base::Result;
using document::Shape;
using Parts = std::vector<Part>;

constexpr std::size_t kMostSheets = 256;

std::vector<std::size_t> layouts_of(Shape shape, std::span<const Layout> layouts) {
  std::vector<std::size_t> chosen;
  for (std::size_t index = 0; index < layouts.size(); ++index) {
    if (layouts[index].shape == shape) chosen.push_back(index);
  }
  return chosen;
}

Part ignored_part(std::string name, Shape shape, std::string reason) {
  Part part;
  part.name = std::move(name);
  part.shape = shape;
  part.ignored_because = std::move(reason);
  return part;
}

bool is_read(const Part& part) { return part.ignored_because.empty() && !part.fault; }

/// What became of the sheets of one workbook.
struct SheetFindings {
  Parts parts;
  std::optional<Error> first_fault;
  std::optional<Error> first_empty;
};

/// The sender is to mend it; anything else is no matter of one sheet.
bool is_about_input(const Error& error) {
  return error.kind() == ErrorKind::bad_input || error.kind() == ErrorKind::limit_exceeded;
}

Result<SheetFindings> look_at_sheets(TableProbe& probe, std::span<const document::SheetInfo> sheets) {
  SheetFindings findings;
  for (const auto& sheet : sheets) {
    auto part = probe.part_of(sheet.name);
    if (part.has_value()) {
      findings.parts.push_back(std::move(*part));
    } else if (is_empty_table(part.error())) {
      if (!findings.first_empty) findings.first_empty = part.error();
      findings.parts.push_back(ignored_part(sheet.name, Shape::xlsx, "adapter.sheet_empty"));
    } else if (is_about_input(part.error())) {
      if (!findings.first_fault) findings.first_fault = part.error();
      findings.parts.push_back(probe.faulty_part(sheet.name, part.error()));
    } else {
      return part.error();
    }
  }
  return findings;
}

Result<Parts> parts_of_workbook(TableProbe& probe, const Submission& submission,
                                const document::Limits& limits) {
  MUSUBI_ASSIGN(const auto sheets, document::sheets_of(submission.bytes, limits));
  if (sheets.size() > kMostSheets) {
    return Error(ErrorKind::limit_exceeded, "adapter.too_many_sheets",
                 {{"limit", std::to_string(kMostSheets)}})
        .at({.file = submission.bytes->name()});
  }
  MUSUBI_ASSIGN(auto findings, look_at_sheets(probe, sheets));
  if (std::ranges::any_of(findings.parts, is_read)) return std::move(findings.parts);
  if (findings.first_fault) return *findings.first_fault;
  if (findings.first_empty) return *findings.first_empty;
  return std::move(findings.parts);
}

Result<Parts> the_one_table(TableProbe& probe) {
  MUSUBI_ASSIGN(auto part, probe.part_of(""));
  Parts parts;
  parts.push_back(std::move(part));
  return parts;
}

Error unreadable_shape(const Submission& submission, Shape shape, std::span<const Layout> layouts) {
  const auto* code = shape == Shape::unknown ? "adapter.format_unknown"
                     : layouts.empty()       ? "adapter.no_layouts"
                                             : "adapter.no_layout_of_shape";
  return Error(ErrorKind::bad_input, code,
               {{"shape", std::string(name_of(shape))}, {"known", names_of_mappings(layouts)}})
      .at({.file = submission.bytes->name()});
}

}  // namespace

document::RowReaderResult open_table(const Submission& submission, const Part& part) noexcept {
  if (part.fault) return *part.fault;
  return document::open_rows(part.shape, submission.bytes, part.table);
}

Result<Parts> recognise_tables(const Submission& submission, std::span<const Layout> layouts,
                               const document::Limits& limits) {
  if (submission.bytes->size() > limits.bytes) {
    return Error(ErrorKind::limit_exceeded, "file.too_large", {{"limit", std::to_string(limits.bytes)}})
        .at({.file = submission.bytes->name()});
  }
  const auto shape = document::guess_shape(*submission.bytes);
  const auto usable = layouts_of(shape, layouts);
  if (usable.empty()) return unreadable_shape(submission, shape, layouts);
  TableProbe probe(submission, layouts, usable, limits);
  return shape == Shape::xlsx ? parts_of_workbook(probe, submission, limits) : the_one_table(probe);
}

}  // namespace musubi::plugin
