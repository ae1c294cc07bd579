#include "opened_part.h"

#include <algorithm>
#include <set>

#include "musubi/base/digest.h"

namespace musubi::pipeline {

base::Result<OpenedPart> open_submission(const Equipment& equipment, const ledger::SubmissionInfo& info) {
  const auto source = equipment.sources.find(info.source);
  if (source == equipment.sources.end()) {
    return base::Error(base::ErrorKind::usage, "pipeline.source_unknown", {{"source", info.source}});
  }
  OpenedPart opened;
  opened.source = source->second;
  opened.submission.name = info.name;
  MUSUBI_ASSIGN(auto kept, equipment.ledger->kept(info));
  if (kept.bytes) {
    opened.submission.bytes = document::ByteSource::of_text(std::move(*kept.bytes), info.name);
    return opened;
  }
  MUSUBI_ASSIGN(opened.submission.bytes, document::ByteSource::open_file(kept.file, info.name));
  return opened;
}

base::Status check_bytes(const document::ByteSource& bytes, std::string_view digest) {
  constexpr std::size_t kPiece = std::size_t{256} << 10;
  std::string piece(std::min<std::uint64_t>(kPiece, bytes.size()), '\0');
  base::Sha256 sum;
  for (std::uint64_t offset = 0; offset < bytes.size();) {
    MUSUBI_ASSIGN(const auto got, bytes.read_at(offset, piece.data(), piece.size()));
    if (got == 0) break;
    sum.add(std::string_view(piece).substr(0, got));
    offset += got;
  }
  if (base::to_hex(sum.finish()) == digest) return {};
  return base::Error(base::ErrorKind::environment, "ledger.bytes_unknown", {{"digest", std::string(digest)}});
}

namespace {

/// The books know parts by their names: of two the second is not read, and says so.
void tell_names_apart(std::vector<plugin::Part>& parts) {
  std::set<std::string> names;
  for (auto& part : parts) {
    if (names.insert(part.name).second) continue;
    part.fault = base::Error(base::ErrorKind::bad_input, "pipeline.part_name_twice", {{"part", part.name}});
  }
}

}  // namespace

base::Result<std::vector<OpenedPart>> recognise(const OpenedPart& opened, const Mappings& mappings) {
  return recognise(opened, layouts_of(mappings));
}

base::Result<std::vector<OpenedPart>> recognise(const OpenedPart& opened, const SourceLayouts& known) {
  MUSUBI_ASSIGN(auto parts, opened.source->recognise(opened.submission, known.layouts));
  tell_names_apart(parts);
  std::vector<OpenedPart> all;
  for (const auto& part : parts) {
    OpenedPart each = opened;
    each.part = part;
    const bool to_be_read = part.ignored_because.empty() && !part.fault;
    if (to_be_read && part.layout < known.mappings.size()) each.mapping = known.mappings[part.layout];
    all.push_back(std::move(each));
  }
  return all;
}

plugin::Source* source_for_looking(const Equipment& equipment, const std::string& name) {
  for (const auto* sources : {&equipment.trial_sources, &equipment.sources})
    if (const auto found = sources->find(name); found != sources->end()) return found->second;
  return nullptr;
}

base::Result<OpenedPart> reopen(const Equipment& equipment, const ledger::SubmissionInfo& info,
                                const std::string& name, const Mappings& mappings) {
  MUSUBI_ASSIGN(const auto opened, open_submission(equipment, info));
  return part_named(opened, name, mappings);
}

base::Result<OpenedPart> part_named(const OpenedPart& opened, const std::string& name,
                                    const Mappings& mappings) {
  MUSUBI_ASSIGN(const auto parts, recognise(opened, mappings));
  const auto found = std::ranges::find_if(
      parts, [&name](const OpenedPart& each) { return each.mapping != nullptr && each.part.name == name; });
  if (found != parts.end()) return *found;
  return base::Error(base::ErrorKind::bad_configuration, "pipeline.part_missing", {{"part", name}})
      .at({.file = opened.submission.name});
}

}  // namespace musubi::pipeline
