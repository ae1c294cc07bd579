#include <CLI/CLI.hpp>
#include <fstream>
#include <iostream>
#include <map>
#include <set>

#include "../command_line.h"
#include "../condition.h"
#include "../stored_records.h"
#include "musubi/base/nearest.h"

namespace musubi::app {
namespace {

using base::say;

struct ExportOptions {
  std::string mapping, version, where, output, role = "central-store", sink = "central";
};

/// The file to write, or the terminal.
class Target {
 public:
  base::Status open(const std::string& path) {
    if (path.empty()) return {};
    file_.open(path, std::ios::binary | std::ios::trunc);
    if (file_) return {};
    return base::Error(base::ErrorKind::environment, "app.export.cannot_write").at({.file = path});
  }
  std::ostream& stream() { return file_.is_open() ? static_cast<std::ostream&>(file_) : std::cout; }
  /// Everything is written. That standard output failed is seen by whoever runs the command.
  base::Status finish(const std::string& path) {
    if (!file_.is_open() || file_.flush()) return {};
    return base::Error(base::ErrorKind::environment, "app.export.cannot_write").at({.file = path});
  }

 private:
  std::ofstream file_;
};

/// Writes the records a role may see, and counts what could not be written.
class Export {
 public:
  Export(mapping::RecordWriter writer, std::optional<mapping::RecordCondition> where, std::ostream& out)
      : writer_(std::move(writer)), where_(std::move(where)), out_(out) {
    out_ << writer_.heading();
  }

  base::Status add(const model::Disclosure& disclosure, std::size_t index) {
    const auto& layout = disclosure.layout();
    if (where_) {
      MUSUBI_ASSIGN(const auto meant, where_->holds(layout, disclosure.values(index)));
      if (!meant) return {};
    }
    text_.clear();
    findings_.clear();
    MUSUBI_ASSIGN(const auto written, writer_.write(layout, disclosure.values(index), text_, findings_));
    for (const auto& finding : findings_) ++found_[{std::string(finding.code), finding.target}];
    if (written)
      ++written_;
    else if (!findings_.empty())
      ++held_;
    out_ << text_;
    return {};
  }

  /// What to tell beside the records; exit code 1 where a record was held back.
  int finish(base::Language language) const {
    for (const auto& [what, count] : found_)
      std::cerr << "  " << count << "  " << base::summary(language, what.first) << " (" << what.first << ") "
                << what.second << '\n';
    std::cerr << say(language, "app.export.done",
                     {{"written", std::to_string(written_)}, {"held", std::to_string(held_)}})
              << '\n';
    return held_ == 0 ? 0 : 1;
  }

 private:
  mapping::RecordWriter writer_;
  std::optional<mapping::RecordCondition> where_;
  std::ostream& out_;
  std::string text_;
  std::vector<mapping::OutwardFinding> findings_;
  std::map<std::pair<std::string, std::string>, std::uint64_t> found_;
  std::uint64_t written_ = 0, held_ = 0;
};

base::Result<std::shared_ptr<const mapping::Mapping>> outward_mapping(Workshop& workshop,
                                                                      const ExportOptions& options) {
  if (options.mapping.ends_with(".yaml")) {
    MUSUBI_ASSIGN(const auto context, workshop.folder_context());
    return mapping::Mapping::load(options.mapping, context);
  }
  MUSUBI_ASSIGN(const auto in_force, workshop.in_force());
  auto found = in_force->mappings->find(options.mapping, options.version);
  if (found) return found;
  std::set<std::string_view> outward;
  for (const auto& each : in_force->mappings->all())
    if (each->head().writes != mapping::Writes::nothing) outward.insert(each->head().id);
  const auto known = base::joined(std::vector<std::string_view>(outward.begin(), outward.end()));
  return base::Error(base::ErrorKind::usage, "app.mapping_unknown",
                     {{"mapping", options.mapping}, {"known", known}});
}

base::Result<int> run_export(Workshop& workshop, const ExportOptions& options) {
  MUSUBI_ASSIGN(const auto mapping, outward_mapping(workshop, options));
  MUSUBI_ASSIGN(auto writer, mapping::RecordWriter::make(mapping));
  StoredQuery query;
  query.sink = options.sink;
  query.role = options.role;
  query.kind = mapping->head().record;
  MUSUBI_TRY(check_role(workshop, options.role));
  MUSUBI_ASSIGN(auto where, read_condition(options.where, mapping->context(), query.kind));
  Target target;
  MUSUBI_TRY(target.open(options.output));
  Export out(std::move(writer), std::move(where), target.stream());
  base::Status failed;
  MUSUBI_TRY(visit_stored(workshop, query, [&](const model::Disclosure& disclosure, std::size_t index) {
    if (!failed.has_error()) failed = out.add(disclosure, index);
  }));
  if (failed.has_error()) return failed.error();
  MUSUBI_TRY(target.finish(options.output));
  return out.finish(workshop.options().language);
}

}  // namespace

void add_export(CLI::App& app, base::Language language, Action& action) {
  auto options = std::make_shared<ExportOptions>();
  auto* command = app.add_subcommand("export", say(language, "app.export.help"));
  command->add_option("--mapping", options->mapping, say(language, "app.export.option.mapping"))->required();
  command->add_option("--mapping-version", options->version, say(language, "app.try.option.version"));
  command->add_option("--where", options->where, say(language, "app.query.option.where"));
  command->add_option("--role", options->role, say(language, "app.query.option.role"));
  command->add_option("--sink", options->sink, say(language, "app.query.option.sink"));
  command->add_option("--output", options->output, say(language, "app.export.option.output"));
  command->footer("  musubi export --mapping hersys/research-provision --where \"onset.date > @2020-04-01\"");
  command->callback([options, &action] {
    action = [options](Workshop& workshop) { return run_export(workshop, *options); };
  });
}

}  // namespace musubi::app
