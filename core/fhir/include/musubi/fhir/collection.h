// The resources that came together: a resource, a Bundle, or NDJSON with one of them a line. References lead
// from each to the others.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "musubi/base/result.h"
#include "musubi/document/byte_source.h"
#include "musubi/document/row_reader.h"
#include "musubi/fhir/codec.h"
#include "musubi/fhirpath/resource.h"

namespace musubi::fhir {

/// One JSON or XML document, and where it lies in the bytes.
struct Document {
  fhirpath::Resource resource;
  std::uint64_t byte = 0;
  std::uint64_t line = 1;
  std::uint64_t length = 0;
};

/// A line of NDJSON that is no resource.
struct BrokenLine {
  base::Error error;
  std::uint64_t byte = 0;
  std::uint64_t line = 1;
  std::uint64_t length = 0;
};

/// A resource that stands for itself: the whole document, or what an entry of a Bundle or a part of
/// Parameters holds; Bundles in Bundles too. Not the Bundles themselves, and nothing that is contained.
struct Member {
  const fhirpath::ResourceNode* node = nullptr;
  const fhirpath::ResourceNode* bundle = nullptr;  ///< the innermost it is an entry of; nullptr: none
  std::size_t document = 0;
};

/// NDJSON: a whole object in the first line, and something after it.
bool looks_like_lines(std::string_view text) noexcept;

/// Immutable; threads may share it.
class Collection {
 public:
  /// All of it is in memory. Errors: those of read_resource(); fhir.empty, fhir.neither_json_nor_xml,
  /// file.too_large.
  static base::Result<std::shared_ptr<const Collection>> read(const document::ByteSource& source,
                                                              const document::Limits& limits);
  static base::Result<std::shared_ptr<const Collection>> of_text(std::string bytes,
                                                                 const std::string& shown_name,
                                                                 const document::Limits& limits);

  std::span<const Document> documents() const noexcept { return documents_; }
  std::span<const BrokenLine> broken() const noexcept { return broken_; }
  std::span<const Member> members() const noexcept { return members_; }
  /// All that came; blanks may stand for a byte order mark.
  const std::string& bytes() const noexcept {
    return documents_.empty() || is_lines_ ? bytes_ : documents_.front().resource.bytes();
  }
  std::string_view text_of(const Document& document) const noexcept {
    return std::string_view(bytes()).substr(document.byte, document.length);
  }
  /// What is written of a node of the document.
  std::string_view text_of(const Document& document, const fhirpath::ResourceNode& node) const;
  /// The elements that begin at these bytes of bytes(), by byte: "Bundle.entry[0].resource.birthDate". Where
  /// none begins, there is none. Reads through all of them once.
  std::map<std::uint64_t, std::string> paths_at(const std::set<std::uint64_t>& bytes) const;
  bool is_lines() const noexcept { return is_lines_; }  ///< NDJSON
  const std::string& name() const noexcept { return name_; }

  /// Of NDJSON: the line that "Patient/123" names. nullptr: none, or a Bundle, whose references find their
  /// entries without it.
  const fhirpath::Resource* find(std::string_view reference) const noexcept;

 private:
  base::Status read_document(Format format, const std::string& shown_name, const document::Limits& limits);
  void read_lines(const std::string& shown_name, const document::Limits& limits);
  void index();
  void add_members(const fhirpath::ResourceNode& node, const fhirpath::ResourceNode* bundle,
                   std::size_t document);

  std::string bytes_, name_;  ///< the bytes of lines: a document has its own
  bool is_lines_ = false;
  std::vector<Document> documents_;
  std::vector<BrokenLine> broken_;
  std::vector<Member> members_;
  std::map<std::string, std::size_t, std::less<>> by_reference_;
};

}  // namespace musubi::fhir
