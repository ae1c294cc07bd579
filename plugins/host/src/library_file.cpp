#include "library_file.h"

#include <elf.h>

#include <algorithm>
#include <boost/dll/library_info.hpp>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <optional>

#include "musubi/base/file.h"
#include "musubi/plugin/manifest.h"

namespace musubi::plugin_host {
namespace {

using base::Error;
using base::ErrorKind;
using base::Status;
using std::filesystem::path;

#if defined(__x86_64__)
constexpr Elf64_Half kMachine = EM_X86_64;
#elif defined(__aarch64__)
constexpr Elf64_Half kMachine = EM_AARCH64;
#else
#error "name this machine's ELF number here"
#endif

Error refusal(std::string_view code, const path& library) {
  return {ErrorKind::bad_configuration, code, {{"library", library.string()}}};
}

/// Reads parts of a file of known size; nothing where it ends early.
class Parts {
 public:
  explicit Parts(const path& file)
      : stream_(file, std::ios::binary), size_(std::filesystem::file_size(file)) {}

  bool opened() const { return stream_.is_open(); }
  bool holds(std::uint64_t offset, std::uint64_t length) const {
    return offset <= size_ && length <= size_ - offset;
  }
  template <class Part>
  std::optional<Part> at(std::uint64_t offset) {
    if (!holds(offset, sizeof(Part))) return std::nullopt;
    char bytes[sizeof(Part)];
    stream_.seekg(static_cast<std::streamoff>(offset));
    if (!stream_.read(bytes, sizeof(Part))) return std::nullopt;
    Part part;
    std::memcpy(&part, bytes, sizeof(Part));
    return part;
  }

 private:
  std::ifstream stream_;
  std::uint64_t size_;
};

bool is_elf(Parts& file) {
  const auto magic = file.at<std::array<char, SELFMAG>>(0);
  return magic && std::memcmp(magic->data(), ELFMAG, SELFMAG) == 0;
}

/// nullptr: nothing is wrong.
const char* fault_of_header(const Elf64_Ehdr& header) {
  if (header.e_ident[EI_CLASS] != ELFCLASS64 || header.e_machine != kMachine)
    return "built for another machine";
  if (header.e_type != ET_DYN) return "not a shared object";
  const bool known_tables =
      header.e_phentsize == sizeof(Elf64_Phdr) && header.e_shentsize == sizeof(Elf64_Shdr);
  return known_tables ? nullptr : "damaged header";
}

bool segments_are_whole(Parts& file, const Elf64_Ehdr& header) {
  for (std::uint64_t index = 0; index < header.e_phnum; ++index) {
    const auto segment = file.at<Elf64_Phdr>(header.e_phoff + index * sizeof(Elf64_Phdr));
    if (!segment || !file.holds(segment->p_offset, segment->p_filesz)) return false;
  }
  return header.e_phnum != 0;
}

bool sections_are_whole(Parts& file, const Elf64_Ehdr& header) {
  for (std::uint64_t index = 0; index < header.e_shnum; ++index) {
    const auto section = file.at<Elf64_Shdr>(header.e_shoff + index * sizeof(Elf64_Shdr));
    if (!section) return false;
    if (section->sh_type != SHT_NOBITS && !file.holds(section->sh_offset, section->sh_size)) return false;
  }
  return header.e_shstrndx < header.e_shnum;
}

const char* fault_of(Parts& file) {
  const auto header = file.at<Elf64_Ehdr>(0);
  if (!header) return "the file ends early";
  if (const char* fault = fault_of_header(*header)) return fault;
  const bool whole = segments_are_whole(file, *header) && sections_are_whole(file, *header);
  return whole ? nullptr : "the file ends early";
}

bool has(const std::vector<std::string>& aliases, std::string_view name) {
  return std::ranges::find(aliases, name) != aliases.end();
}

std::string starting_with(const std::vector<std::string>& aliases, std::string_view start) {
  const auto found = std::ranges::find_if(aliases, [&](const auto& each) { return each.starts_with(start); });
  return found == aliases.end() ? std::string() : *found;
}

Status check_version(const path& library, const std::vector<std::string>& aliases) {
  if (has(aliases, plugin::kManifestAlias)) return {};
  const auto other = starting_with(aliases, "musubi_manifest_v");
  const auto code = other.empty() ? "plugin.alias_missing" : "plugin.wrong_version";
  return refusal(code, library).with("alias", plugin::kManifestAlias).with("found", other);
}

Status check_stamp(const path& library, const std::vector<std::string>& aliases) {
  constexpr std::string_view kStart = "musubi_stamp_";
  const std::string_view expected = plugin::kStampAlias;
  if (has(aliases, expected)) return {};
  const auto found = starting_with(aliases, kStart);
  return refusal("plugin.wrong_stamp", library)
      .with("found", found.empty() ? "-" : std::string_view(found).substr(kStart.size()))
      .with("expected", expected.substr(kStart.size()));
}

}  // namespace

Error broken_library(const path& library, const std::string& reason) {
  return refusal("plugin.broken_library", library).with("reason", reason);
}

Status check_shared_object(const path& library) {
  std::error_code problem;
  const auto status = std::filesystem::status(library, problem);
  if (status.type() == std::filesystem::file_type::not_found) return refusal("plugin.not_found", library);
  if (problem) return base::file_error(problem.value(), library);
  if (!std::filesystem::is_regular_file(status)) return refusal("plugin.not_a_library", library);
  Parts file(library);
  if (!file.opened()) return base::file_error(errno, library);
  if (!is_elf(file)) return refusal("plugin.not_a_library", library);
  if (const char* fault = fault_of(file)) return broken_library(library, fault);
  return {};
}

base::Result<std::vector<std::string>> aliases_of(const path& library) {
  try {
    return boost::dll::library_info(library).symbols("boostdll");
  } catch (const std::exception&) {
    return broken_library(library, "its tables cannot be read");
  }
}

Status check_aliases(const path& library, const std::vector<std::string>& aliases) {
  MUSUBI_TRY(check_version(library, aliases));
  MUSUBI_TRY(check_stamp(library, aliases));
  if (has(aliases, plugin::kSourceAlias) || has(aliases, plugin::kSinkAlias)) return {};
  return refusal("plugin.alias_missing", library).with("alias", plugin::kSourceAlias);
}

}  // namespace musubi::plugin_host
