#include <span>
#include <string_view>

#include "adapter_name.h"
#include "musubi/base/file.h"
#include "musubi/plugin_host/plugin_host.h"

namespace musubi::plugin_host {
namespace {

using base::Error;
using base::ErrorKind;
using base::Status;
using std::filesystem::path;

struct TemplateFile {
  std::string_view name, text;
};
constexpr TemplateFile kTemplateFiles[] = {
#include "template_files.inc"
};

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

/// "sample_city" → "SampleCity".
std::string as_type_name(std::string_view name) {
  std::string type;
  bool starts_word = true;
  for (const char each : name) {
    const bool small = each >= 'a' && each <= 'z';
    if (each != '_') type += starts_word && small ? static_cast<char>(each - 'a' + 'A') : each;
    starts_word = each == '_';
  }
  return type;
}

std::string renamed(std::string_view text, const std::string& name) {
  std::string result(text);
  replace_all(result, "Mihon", as_type_name(name));
  replace_all(result, "mihon", name);
  return result;
}

Status make_empty(const path& folder) {
  std::error_code problem;
  std::filesystem::create_directories(folder, problem);
  const bool empty = !problem && std::filesystem::is_empty(folder, problem);
  if (problem) return base::file_error(problem.value(), folder);
  if (empty) return {};
  return Error(ErrorKind::usage, "plugin.folder_not_empty").at({.file = folder.string()});
}

Status write(const path& file, const std::string& text) {
  std::error_code problem;
  std::filesystem::create_directories(file.parent_path(), problem);
  if (problem) return base::file_error(problem.value(), file.parent_path());
  return base::write_file_durably(file, text);
}

}  // namespace

Status write_template(const std::string& name, const path& folder) {
  if (!is_adapter_name(name)) return Error(ErrorKind::usage, "plugin.bad_name");
  MUSUBI_TRY(make_empty(folder));
  for (const auto& file : kTemplateFiles) {
    MUSUBI_TRY(write(folder / renamed(file.name, name), renamed(file.text, name)));
  }
  return {};
}

}  // namespace musubi::plugin_host
