#include "pinned_text.h"

#include <filesystem>

namespace musubi::privacy {
namespace {

constexpr std::string_view kPolicy = "# ==== file: policies/";
constexpr std::string_view kJurisdiction = "# ==== file: jurisdictions/";

void append(std::string& text, std::string_view heading, std::span<const ConfigurationFile> files) {
  for (const auto& file : files) {
    text += heading;
    text += std::filesystem::path(file.name).filename().string();
    text += '\n';
    text += file.text;
    if (!file.text.ends_with('\n')) text += '\n';
  }
}

bool starts_file(PinnedFiles& files, std::string_view line, ConfigurationFile*& file) {
  for (auto [heading, list] : {std::pair{kPolicy, &files.policies}, {kJurisdiction, &files.jurisdictions}}) {
    if (!line.starts_with(heading)) continue;
    file = &list->emplace_back(ConfigurationFile{std::string(line.substr(heading.size())), {}});
    return true;
  }
  return false;
}

}  // namespace

std::string joined_text(std::span<const ConfigurationFile> policies,
                        std::span<const ConfigurationFile> jurisdictions) {
  std::string text;
  append(text, kPolicy, policies);
  append(text, kJurisdiction, jurisdictions);
  return text;
}

PinnedFiles split_text(std::string_view text) {
  PinnedFiles files;
  ConfigurationFile* file = nullptr;
  while (!text.empty()) {
    const auto end = text.find('\n');
    const auto line = text.substr(0, end);
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
    if (!starts_file(files, line, file) && file != nullptr) file->text.append(line).append("\n");
  }
  return files;
}

}  // namespace musubi::privacy
