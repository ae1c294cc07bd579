#include "lint_out.h"

#include <algorithm>
#include <boost/json.hpp>

namespace musubi::app {
namespace {

using base::say;

std::size_t all_files(const LintReport& report) {
  std::size_t sum = 0;
  for (const auto& [kind, files] : report.files) sum += files;
  return sum;
}

std::string kinds_text(const LintReport& report, base::Language language) {
  std::string kinds;
  for (const auto& [kind, files] : report.files)
    kinds += (kinds.empty() ? "" : ", ") + say(language, "app.lint.kind." + std::string(name_of(kind))) +
             " " + std::to_string(files);
  return kinds;
}

boost::json::object to_json(const base::Problem& problem, QuotedLines& lines, base::Language language) {
  const auto& error = problem.error;
  const auto& place = error.place();
  boost::json::object object{{"code", error.code()}, {"severity", base::name_of(problem.severity)}};
  if (!place.file.empty()) object["file"] = place.file;
  if (place.line != 0) object["line"] = place.line;
  if (place.column != 0) object["column"] = place.column;
  if (place.length != 0) object["length"] = place.length;
  if (!error.path().empty()) object["path"] = error.path();
  if (const auto line = lines.find(place); line && !line->marked.empty()) object["text"] = line->marked;
  object["message"] = base::sentence(language, error);
  if (const auto what_to_do = base::remedy(language, error); !what_to_do.empty())
    object["remedy"] = what_to_do;
  return object;
}

}  // namespace

std::size_t count_of(const LintReport& report, base::Severity severity) {
  return static_cast<std::size_t>(std::ranges::count(report.findings, severity, &base::Problem::severity));
}

std::string lint_text(const LintReport& report, bool named, QuotedLines& lines, base::Language language) {
  std::string text;
  for (const auto& each : report.findings) {
    if (each.severity == base::Severity::information && !named) continue;
    text += say(language, "app.lint." + std::string(base::name_of(each.severity))) + " " +
            base::describe(language, each.error) + '\n';
    const auto& place = each.error.place();
    if (const auto line = lines.find(place)) text += drawn(*line, place.line);
  }
  text += say(language, "app.lint.sum",
              {{"files", std::to_string(all_files(report))},
               {"kinds", kinds_text(report, language)},
               {"errors", std::to_string(count_of(report, base::Severity::error))},
               {"warnings", std::to_string(count_of(report, base::Severity::warning))},
               {"information", std::to_string(count_of(report, base::Severity::information))}});
  return text + '\n';
}

boost::json::object lint_json(const LintReport& report, QuotedLines& lines, base::Language language) {
  boost::json::object kinds;
  for (const auto& [kind, files] : report.files) kinds[name_of(kind)] = files;
  boost::json::array findings;
  for (const auto& each : report.findings) findings.push_back(to_json(each, lines, language));
  return {{"files", all_files(report)},
          {"kinds", std::move(kinds)},
          {"errors", count_of(report, base::Severity::error)},
          {"warnings", count_of(report, base::Severity::warning)},
          {"information", count_of(report, base::Severity::information)},
          {"findings", std::move(findings)}};
}

}  // namespace musubi::app
