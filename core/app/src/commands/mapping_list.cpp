// What is in force and what waits; how it came about.
#include <algorithm>
#include <boost/json.hpp>
#include <iostream>

#include "../json_out.h"
#include "../mapping_desk.h"
#include "../terminal.h"
#include "mapping.h"

namespace musubi::app {
namespace {

using base::say;

/// "2020-04-20 12:15" in Japan.
std::string moment_text(base::Instant instant) {
  return base::to_text(instant + std::chrono::hours(9)).substr(0, 16).replace(10, 1, " ");
}

std::string short_digest(const std::string& digest) { return digest.empty() ? "-" : digest.substr(0, 12); }

std::string why_text(const ledger::Activation& activation, base::Language language) {
  const bool baseline = activation.action == ledger::ActivationAction::baseline;
  return baseline ? say(language, "app.mapping.baseline") : activation.why;
}

std::string joined(const std::vector<std::string>& texts) {
  std::string line;
  for (const auto& text : texts) line += (line.empty() ? "" : ", ") + text;
  return line;
}

std::string standing_text(const MappingLine& line, base::Language language) {
  auto text = say(language, "app.mapping.standing." + std::string(name_of(line.standing)));
  if (line.value_sets_changed.empty()) return text;
  const auto* what = line.text_changed ? "app.mapping.file_and_value_sets" : "app.mapping.value_sets_changed";
  return text + say(language, what, {{"names", joined(line.value_sets_changed)}});
}

/// The one to speak of first: a file that was edited before one that only shares a value set.
const MappingLine* first_that_waits(const std::vector<MappingLine>& lines) {
  const auto edited = [](const MappingLine& line) { return waits(line) && line.value_sets_changed.empty(); };
  const auto text = [](const MappingLine& line) { return waits(line) && line.text_changed; };
  auto found = std::ranges::find_if(lines, text);
  if (found == lines.end()) found = std::ranges::find_if(lines, edited);
  if (found == lines.end()) found = std::ranges::find_if(lines, waits);
  return found == lines.end() ? nullptr : &*found;
}

boost::json::object to_json(const ledger::Activation& activation) {
  return {{"id", activation.id},
          {"mapping", activation.mapping},
          {"version", activation.version},
          {"file", activation.file},
          {"action", ledger::name_of(activation.action)},
          {"sha256", activation.mapping_digest},
          {"value_sets", activation.value_sets_digest},
          {"previous_sha256", activation.previous_mapping_digest},
          {"previous_value_sets", activation.previous_value_sets},
          {"by", activation.by},
          {"why", activation.why},
          {"at", base::to_text(activation.at)}};
}

boost::json::object to_json(const MappingLine& line, base::Language language) {
  boost::json::array value_sets;
  for (const auto& id : line.value_sets_changed) value_sets.emplace_back(id);
  boost::json::object object{{"mapping", line.id},
                             {"version", line.version},
                             {"state", name_of(line.standing)},
                             {"text_changed", line.text_changed},
                             {"value_sets_changed", std::move(value_sets)}};
  if (line.activation) object["activation"] = to_json(*line.activation);
  if (line.candidate) object["file"] = line.candidate->file;
  if (line.candidate && line.candidate->problem)
    object["problem"] = app::to_json(*line.candidate->problem, language);
  return object;
}

std::vector<std::string> row_of(const MappingLine& line, base::Language language) {
  const auto name = line.id.empty() ? line.candidate->file : line.id;
  if (!line.activation) return {name, line.version, standing_text(line, language), "", "", ""};
  const auto& activation = *line.activation;
  return {name,
          line.version,
          standing_text(line, language),
          moment_text(activation.at),
          activation.by,
          why_text(activation, language)};
}

void print_lines(const MappingDesk& desk, base::Language language) {
  std::vector<std::vector<std::string>> rows{
      {say(language, "app.mapping.column.mapping"), say(language, "app.mapping.column.version"),
       say(language, "app.mapping.column.state"), say(language, "app.mapping.column.since"),
       say(language, "app.mapping.column.by"), say(language, "app.mapping.column.why")}};
  for (const auto& line : desk.lines) rows.push_back(row_of(line, language));
  std::cout << table(rows);
}

/// What to type next, for the first that waits.
void print_advice(const MappingDesk& desk, base::Language language) {
  if (desk.in_force->generation == 0) std::cout << '\n' << say(language, "app.mapping.no_baseline") << '\n';
  if (desk.folder_problem) std::cout << '\n' << base::describe(language, *desk.folder_problem) << '\n';
  if (desk.in_force->generation == 0) return;
  const auto* first = first_that_waits(desk.lines);
  if (first == nullptr) return;
  if (first->candidate && first->candidate->problem)
    std::cout << '\n'
              << say(language, "app.mapping.mend", {{"file", first->candidate->path.string()}}) << '\n';
  else
    std::cout << '\n' << say(language, "app.mapping.next", {{"mapping", first->id}}) << '\n';
}

}  // namespace

base::Result<int> run_mapping_list(Workshop& workshop, const MappingOptions&) {
  MUSUBI_ASSIGN(const auto desk, open_desk(workshop));
  const auto language = workshop.options().language;
  if (!workshop.options().json) {
    print_lines(desk, language);
    print_advice(desk, language);
    return 0;
  }
  boost::json::array lines;
  for (const auto& line : desk.lines) lines.push_back(to_json(line, language));
  boost::json::object object{{"generation", desk.in_force->generation}, {"mappings", std::move(lines)}};
  if (desk.folder_problem) object["problem"] = app::to_json(*desk.folder_problem, language);
  print(object);
  return 0;
}

base::Result<int> run_mapping_history(Workshop& workshop, const MappingOptions& options) {
  MUSUBI_ASSIGN(const auto* ledger, workshop.ledger_to_read());
  const auto language = workshop.options().language;
  auto history = ledger->activations();
  MUSUBI_TRY(ledger->health());
  std::erase_if(history, [&options](const ledger::Activation& each) {
    const auto& wanted = options.mapping;
    return !wanted.empty() && wanted != each.mapping && wanted != each.mapping + "@" + each.version;
  });
  if (history.empty() && !options.mapping.empty())
    return base::Error(base::ErrorKind::not_found, "app.mapping.no_history", {{"mapping", options.mapping}});
  boost::json::array list;
  std::vector<std::vector<std::string>> rows{
      {say(language, "app.mapping.column.at"), say(language, "app.mapping.column.mapping"),
       say(language, "app.mapping.column.version"), say(language, "app.mapping.column.action"),
       say(language, "app.mapping.column.by"), say(language, "app.mapping.column.why"),
       say(language, "app.mapping.column.text")}};
  for (const auto& each : history) {
    list.push_back(to_json(each));
    rows.push_back({moment_text(each.at), each.mapping, each.version,
                    say(language, "app.mapping.action." + std::string(ledger::name_of(each.action))), each.by,
                    why_text(each, language), short_digest(each.mapping_digest)});
  }
  if (workshop.options().json)
    print(list);
  else
    std::cout << (history.empty() ? say(language, "app.mapping.no_baseline") + "\n" : table(rows));
  return 0;
}

}  // namespace musubi::app
