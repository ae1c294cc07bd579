#include "xlsx_package.h"

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_map>

namespace musubi::document {
namespace {

using base::Error;
using base::ErrorKind;

constexpr std::string_view kZipSignature = "PK\x03\x04";
constexpr std::string_view kEmptyZipSignature = "PK\x05\x06";
constexpr std::string_view kOleSignature = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

Error about(const ByteSource& source, std::string_view code) {
  return Error(ErrorKind::bad_input, code).at({.file = source.name()});
}

/// An encrypted .xlsx is an OLE file with a stream of this name, written in UTF-16.
base::Result<bool> holds_encrypted_package(const ByteSource& source) {
  constexpr std::string_view kName("E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0", 32);
  constexpr std::size_t kStep = 1U << 20;
  constexpr std::uint64_t kSearched = 64U << 20;
  std::string bytes(kStep + kName.size(), '\0');
  for (std::uint64_t at = 0; at < std::min(source.size(), kSearched); at += kStep) {
    MUSUBI_ASSIGN(const std::size_t got, source.read_at(at, bytes.data(), bytes.size()));
    if (std::string_view(bytes).substr(0, got).find(kName) != std::string_view::npos) return true;
  }
  return false;
}

base::Status check_signature(const ByteSource& source) {
  std::array<char, 8> first{};
  MUSUBI_ASSIGN(const std::size_t got, source.read_at(0, first.data(), first.size()));
  const std::string_view beginning(first.data(), got);
  if (beginning.empty()) return about(source, "document.empty");
  if (beginning.starts_with(kZipSignature) || beginning.starts_with(kEmptyZipSignature)) return {};
  if (beginning != kOleSignature) return about(source, "xlsx.not_a_workbook");
  MUSUBI_ASSIGN(const bool encrypted, holds_encrypted_package(source));
  return about(source, encrypted ? "xlsx.password_protected" : "xlsx.old_format");
}

struct Relationship {
  std::string type;  ///< last step of its URI: "worksheet"
  std::string target;
};
using Relationships = std::unordered_map<std::string, Relationship>;

/// Handler of a .rels part.
class RelationshipsReading {
 public:
  void start(XmlPush&, const XmlTag& tag) {
    const auto& attributes = tag.attributes;
    if (tag.local != "Relationship" || attributes.find("TargetMode") == "External") return;
    const auto id = attributes.find("Id"), type = attributes.find("Type"), target = attributes.find("Target");
    if (!id || !type || !target) return;
    found.insert_or_assign(std::string(*id),
                           Relationship{.type = std::string(type->substr(type->rfind('/') + 1)),
                                        .target = std::string(*target)});
  }
  void end(XmlPush&) {}
  void text(XmlPush&, std::string_view) {}

  Relationships found;
};

struct ListedSheet {
  std::string name;
  std::string relationship;
  bool hidden = false;
};

bool is_true(std::optional<std::string_view> value) { return value == "1" || value == "true"; }

/// Handler of the workbook part.
class WorkbookReading {
 public:
  void start(XmlPush& push, const XmlTag& tag) {
    const auto& attributes = tag.attributes;
    if (push.depth() == 2) in_sheets_ = tag.local == "sheets";
    if (push.depth() == 2 && tag.local == "workbookPr") from_1904 = is_true(attributes.find("date1904"));
    if (push.depth() != 3 || !in_sheets_ || tag.local != "sheet") return;
    const auto state = attributes.find("state");
    sheets.push_back({.name = std::string(attributes.find("name").value_or("")),
                      .relationship = std::string(attributes.find("id").value_or("")),
                      .hidden = state == "hidden" || state == "veryHidden"});
  }
  void end(XmlPush&) {}
  void text(XmlPush&, std::string_view) {}

  std::vector<ListedSheet> sheets;
  bool from_1904 = false;

 private:
  bool in_sheets_ = false;
};

/// "xl/workbook.xml" and "worksheets/sheet1.xml" → "xl/worksheets/sheet1.xml"; a target with a leading slash
/// starts at the root.
std::string resolved(std::string_view part, std::string_view target) {
  std::string path = target.starts_with('/') ? "" : std::string(part.substr(0, part.rfind('/') + 1));
  while (!target.empty()) {
    const auto end = std::min(target.find('/'), target.size());
    const auto step = target.substr(0, end);
    if (step == "..") {
      path.resize(path.empty() ? 0 : path.size() - 1);
      path.resize(path.rfind('/') + 1);
    } else if (!step.empty() && step != ".") {
      path.append(step).append(end < target.size() ? "/" : "");
    }
    target.remove_prefix(std::min(end + 1, target.size()));
  }
  return path;
}

/// Where the relationships of a part lie: "xl/workbook.xml" → "xl/_rels/workbook.xml.rels".
std::string relationships_part(std::string_view part) {
  const auto name = part.rfind('/') + 1;  // npos + 1 is 0
  return std::string(part.substr(0, name)) + "_rels/" + std::string(part.substr(name)) + ".rels";
}

base::Result<Relationships> relationships_of(const ZipArchive& archive, std::string_view part,
                                             const Limits& limits) {
  RelationshipsReading reading;
  MUSUBI_TRY(parse_xlsx_part(archive, relationships_part(part), limits, reading));
  return std::move(reading.found);
}

std::string target_of_type(const Relationships& relationships, std::string_view part, std::string_view type) {
  const auto found = std::find_if(relationships.begin(), relationships.end(),
                                  [&](const auto& entry) { return entry.second.type == type; });
  return found == relationships.end() ? std::string() : resolved(part, found->second.target);
}

base::Result<std::string> workbook_part(const ZipArchive& archive, const Limits& limits) {
  if (archive.find("_rels/.rels") == nullptr) return about(archive.source(), "xlsx.not_a_workbook");
  MUSUBI_ASSIGN(const Relationships root, relationships_of(archive, "", limits));
  auto part = target_of_type(root, "", "officeDocument");
  if (part.empty()) return about(archive.source(), "xlsx.not_a_workbook");
  if (part.ends_with(".bin")) return about(archive.source(), "xlsx.old_format");
  return part;
}

XlsxSheet placed(const ListedSheet& listed, const Relationships& relationships, std::string_view workbook) {
  XlsxSheet sheet{.name = listed.name, .part = {}, .hidden = listed.hidden};
  const auto found = relationships.find(listed.relationship);
  if (found != relationships.end() && found->second.type == "worksheet") {
    sheet.part = resolved(workbook, found->second.target);
  }
  return sheet;
}

}  // namespace

Error xlsx_part_missing(const ByteSource& source, std::string_view part) {
  return Error(ErrorKind::bad_input, "xlsx.part_missing", {{"part", std::string(part)}})
      .at({.file = source.name()});
}

Error xlsx_part_too_large(const ByteSource& source, std::string_view part, std::uint64_t limit) {
  return Error(ErrorKind::limit_exceeded, "xlsx.part_too_large",
               {{"part", std::string(part)}, {"limit", std::to_string(limit)}})
      .at({.file = source.name()});
}

Error xlsx_part_damaged(const ByteSource& source, std::string_view part, const Error& cause) {
  auto place = cause.place();
  place.file = part;
  return Error(cause.kind(), "xlsx.part_damaged", {{"part", std::string(part)}})
      .at({.file = source.name()})
      .because(cause.at(std::move(place)));
}

base::Result<XlsxPackage> open_xlsx_package(std::shared_ptr<const ByteSource> source, const Limits& limits) {
  MUSUBI_TRY(check_signature(*source));
  if (source->size() > limits.bytes) {
    return Error(ErrorKind::limit_exceeded, "file.too_large", {{"limit", std::to_string(limits.bytes)}})
        .at({.file = source->name()});
  }
  MUSUBI_ASSIGN(ZipArchive archive, ZipArchive::open(std::move(source), limits));
  MUSUBI_ASSIGN(const std::string workbook, workbook_part(archive, limits));
  WorkbookReading reading;
  MUSUBI_TRY(parse_xlsx_part(archive, workbook, limits, reading));
  MUSUBI_ASSIGN(const Relationships relationships, relationships_of(archive, workbook, limits));
  XlsxPackage package{.archive = std::move(archive),
                      .sheets = {},
                      .shared_strings_part = target_of_type(relationships, workbook, "sharedStrings"),
                      .styles_part = target_of_type(relationships, workbook, "styles"),
                      .from_1904 = reading.from_1904};
  for (const auto& listed : reading.sheets) package.sheets.push_back(placed(listed, relationships, workbook));
  if (package.sheets.empty()) return about(package.archive.source(), "xlsx.no_sheets");
  return package;
}

}  // namespace musubi::document
