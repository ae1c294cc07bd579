// What a candidate would change in kept traffic: counts first, then records with personal values masked.
#include <boost/json.hpp>
#include <cstdio>
#include <iostream>

#include "../day_option.h"
#include "../json_out.h"
#include "../mapping_desk.h"
#include "../masked_value.h"
#include "../reason_text.h"
#include "../terminal.h"
#include "mapping.h"
#include "musubi/pipeline/shadow.h"

namespace musubi::app {
namespace {

using base::say;
using pipeline::ShadowOutcome;

constexpr std::uint64_t kNoLimit = 0;
constexpr std::uint64_t kShownOfEachKind = 5;

/// Lines put aside until the counts are printed; on disk, because there may be as many as records.
class Spool {
 public:
  Spool() : file_(std::tmpfile(), &std::fclose) {}

  std::uint64_t lines() const { return lines_; }
  void add(const std::string& line) {
    ++lines_;
    if (file_) written_ &= std::fwrite(line.data(), 1, line.size(), file_.get()) == line.size();
  }
  base::Status print() {
    if (!file_ || !written_) return base::Error(base::ErrorKind::environment, "file.disk_full");
    std::rewind(file_.get());
    char buffer[4096];
    for (auto got = std::fread(buffer, 1, sizeof buffer, file_.get()); got > 0;
         got = std::fread(buffer, 1, sizeof buffer, file_.get()))
      std::cout.write(buffer, static_cast<std::streamsize>(got));
    return {};
  }

 private:
  std::uint64_t lines_ = 0;
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> file_;
  bool written_ = true;
};

/// Which differences are shown: the first so many; or a few of each kind, that is of each outcome and set of
/// fields, so that rare ones are not hidden by thousands of the same.
class Choice {
 public:
  explicit Choice(std::int64_t limit, bool json)
      : by_kind_(limit < 0 && !json), limit_(limit < 0 ? kNoLimit : static_cast<std::uint64_t>(limit)) {}

  bool takes(const pipeline::RecordDifference& difference) {
    auto& taken = taken_[by_kind_ ? kind_of(difference) : std::string()];
    const auto limit = by_kind_ ? kShownOfEachKind : limit_;
    return limit == kNoLimit || ++taken <= limit;
  }

 private:
  static std::string kind_of(const pipeline::RecordDifference& difference) {
    std::string kind(pipeline::name_of(difference.outcome));
    for (const auto& each : difference.fields) kind += ' ' + std::to_string(each.field);
    return kind;
  }

  bool by_kind_;
  std::uint64_t limit_;
  std::map<std::string, std::uint64_t> taken_;
};

/// A value for machines: text, null where nothing is said, else an object that says why or what kind it is.
boost::json::value json_of(const model::Field& field, const model::Value& value) {
  if (value.silent()) return nullptr;
  if (value.is_absent()) return boost::json::object{{"absent", model::name_of(value.absent_reason())}};
  if (may_be_shown(field)) return boost::json::value(model::to_text(value));
  return boost::json::object{{"masked", model::name_of(field.type)}};
}

/// One difference as it is printed.
class DifferenceWriter {
 public:
  DifferenceWriter(const model::Catalogue& catalogue, const CommonOptions& options, Choice& choice,
                   Spool& spool)
      : catalogue_(catalogue), options_(options), choice_(choice), spool_(spool) {}

  void operator()(const pipeline::RecordDifference& difference) {
    if (choice_.takes(difference)) spool_.add(options_.json ? as_json(difference) : in_words(difference));
  }

 private:
  std::string as_json(const pipeline::RecordDifference& difference) const {
    boost::json::array fields;
    for (const auto& each : difference.fields) {
      const auto& field = catalogue_.at(each.field);
      fields.push_back(boost::json::object{{"field", field.id},
                                           {"before", json_of(field, each.before)},
                                           {"after", json_of(field, each.after)}});
    }
    const boost::json::object object{{"outcome", pipeline::name_of(difference.outcome)},
                                     {"submission", difference.submission},
                                     {"file", difference.file},
                                     {"part", difference.part},
                                     {"row", difference.row},
                                     {"line", difference.line},
                                     {"item", difference.item},
                                     {"held_before", difference.held_before},
                                     {"held_after", difference.held_after},
                                     {"fields", std::move(fields)}};
    return (spool_.lines() == 0 ? "" : ",") + boost::json::serialize(object);
  }

  std::string in_words(const pipeline::RecordDifference& difference) const {
    const auto language = options_.language;
    std::string text = "  " + say(language, "app.shadow.record",
                                  {{"file", std::string(difference.file)},
                                   {"row", std::to_string(difference.row)},
                                   {"line", std::to_string(difference.line)},
                                   {"outcome", outcome_text(difference)}});
    for (const auto& each : difference.fields) text += "\n    " + field_text(each);
    return text + '\n';
  }

  std::string outcome_text(const pipeline::RecordDifference& difference) const {
    const auto language = options_.language;
    auto text = say(language, "app.shadow.outcome." + std::string(pipeline::name_of(difference.outcome)));
    const auto& reason = difference.held_after.empty() ? difference.held_before : difference.held_after;
    const bool about_holding = difference.outcome == ShadowOutcome::newly_held ||
                               difference.outcome == ShadowOutcome::no_longer_held ||
                               difference.outcome == ShadowOutcome::held_otherwise;
    if (about_holding) text += " (" + std::string(reason) + ")";
    return text;
  }

  std::string field_text(const pipeline::FieldDifference& difference) const {
    const auto language = options_.language;
    const auto& field = catalogue_.at(difference.field);
    const auto before = masked(field, difference.before, language);
    const auto after = masked(field, difference.after, language);
    if (before == after) return say(language, "app.shadow.another", {{"field", field.id}, {"kind", after}});
    return say(language, "app.shadow.field", {{"field", field.id}, {"before", before}, {"after", after}});
  }

  const model::Catalogue& catalogue_;
  const CommonOptions& options_;
  Choice& choice_;
  Spool& spool_;
};

std::uint64_t sum(const pipeline::ShadowReport& report) {
  std::uint64_t all = 0;
  for (const auto count : report.records) all += count;
  return all;
}

std::uint64_t differing(const pipeline::ShadowReport& report) {
  return sum(report) - report.records[static_cast<std::size_t>(ShadowOutcome::same)];
}

boost::json::object counts_json(const pipeline::ShadowReport& report) {
  boost::json::object records, fields, reasons;
  for (std::size_t index = 0; index < pipeline::kShadowOutcomes; ++index)
    records[pipeline::name_of(static_cast<ShadowOutcome>(index))] = report.records[index];
  for (const auto& [field, count] : report.fields) fields[field] = count;
  for (const auto& [code, counts] : report.reasons)
    reasons[code] = boost::json::object{{"before", counts.first}, {"after", counts.second}};
  return {{"submissions", report.submissions},
          {"compared", sum(report)},
          {"records", std::move(records)},
          {"fields", std::move(fields)},
          {"held", std::move(reasons)}};
}

boost::json::object to_json(const pipeline::ShadowPart& part, base::Language language) {
  boost::json::object object{{"submission", part.submission},
                             {"file", part.file},
                             {"part", part.part},
                             {"mapping_before", part.mapping_before},
                             {"mapping_after", part.mapping_after},
                             {"divided_otherwise", part.divided_otherwise},
                             {"records", part.records},
                             {"differing", part.differing}};
  if (part.failure_before) object["failure_before"] = app::to_json(*part.failure_before, language);
  if (part.failure_after) object["failure_after"] = app::to_json(*part.failure_after, language);
  return object;
}

/// One object, its differences written as they come from the spool.
base::Status print_json(const pipeline::ShadowReport& report, const Proposal& proposal, Spool& spool,
                        base::Language language) {
  auto object = counts_json(report);
  object["mapping"] = proposal.line.id;
  object["version"] = proposal.line.version;
  object["file"] = proposal.candidate.file;
  boost::json::array parts;
  for (const auto& part : report.parts) parts.push_back(to_json(part, language));
  object["parts"] = std::move(parts);
  auto head = boost::json::serialize(object);
  head.pop_back();
  std::cout << head << ",\"differences\":[";
  MUSUBI_TRY(spool.print());
  std::cout << "]}\n";
  return {};
}

void print_counts(const pipeline::ShadowReport& report, base::Language language) {
  std::vector<std::vector<std::string>> rows{
      {say(language, "app.shadow.records"), say(language, "app.shadow.count")}};
  for (std::size_t index = 0; index < pipeline::kShadowOutcomes; ++index) {
    const auto name = pipeline::name_of(static_cast<ShadowOutcome>(index));
    if (report.records[index] != 0 || index == 0)
      rows.push_back(
          {say(language, "app.shadow.outcome." + std::string(name)), with_separators(report.records[index])});
  }
  std::cout << '\n' << table(rows);
}

void print_fields(const pipeline::ShadowReport& report, const model::Catalogue& catalogue,
                  base::Language language) {
  if (report.fields.empty()) return;
  std::vector<std::vector<std::string>> rows{
      {say(language, "app.shadow.fields"), "", say(language, "app.shadow.count")}};
  for (const auto& [id, count] : report.fields) {
    const auto& label = catalogue.find(id)->label;
    rows.push_back(
        {id, language == base::Language::japanese ? label.japanese : label.english, with_separators(count)});
  }
  std::cout << '\n' << table(rows);
}

void print_reasons(const pipeline::ShadowReport& report, const ReasonSources& sources,
                   base::Language language) {
  std::vector<std::vector<std::string>> rows{{say(language, "app.shadow.reasons"), "",
                                              say(language, "app.shadow.before"),
                                              say(language, "app.shadow.after")}};
  for (const auto& [code, counts] : report.reasons)
    if (counts.first != counts.second)
      rows.push_back({code, reason_text(sources, code, language), with_separators(counts.first),
                      with_separators(counts.second)});
  if (rows.size() > 1) std::cout << '\n' << table(rows);
}

void print_parts(const pipeline::ShadowReport& report, base::Language language) {
  for (const auto& part : report.parts) {
    const auto name = part.file + (part.part.empty() ? "" : " / " + part.part);
    if (part.divided_otherwise)
      std::cout << '\n' << say(language, "app.shadow.divided_otherwise", {{"file", name}}) << '\n';
    if (part.failure_after)
      std::cout << '\n'
                << say(language, "app.shadow.not_read_after", {{"file", name}}) << '\n'
                << base::describe(language, *part.failure_after) << '\n';
    else if (part.failure_before)
      std::cout << '\n' << say(language, "app.shadow.not_read_before", {{"file", name}}) << '\n';
  }
}

base::Status print_words(const pipeline::ShadowReport& report, const Proposal& proposal,
                         const pipeline::Equipment& equipment, Spool& spool, base::Language language) {
  std::cout << say(language, proposal.line.active ? "app.shadow.head" : "app.shadow.head_new",
                   {{"mapping", proposal.line.id},
                    {"version", proposal.line.version},
                    {"file", proposal.candidate.file},
                    {"submissions", with_separators(report.submissions)},
                    {"records", with_separators(sum(report))}})
            << '\n';
  if (report.submissions == 0) {
    std::cout << say(language, "app.shadow.nothing_kept") << '\n';
    return {};
  }
  print_counts(report, language);
  print_fields(report, *equipment.catalogue, language);
  print_reasons(report,
                {.checks = equipment.checks,
                 .mappings = equipment.in_force->mappings,
                 .mapping = proposal.candidate.mapping},
                language);
  print_parts(report, language);
  if (spool.lines() == 0) return {};
  std::cout << '\n'
            << say(language, spool.lines() == differing(report) ? "app.shadow.all" : "app.shadow.some",
                   {{"shown", with_separators(spool.lines())}, {"count", with_separators(differing(report))}})
            << '\n';
  return spool.print();
}

}  // namespace

base::Result<int> run_mapping_shadow(Workshop& workshop, const MappingOptions& options) {
  MUSUBI_ASSIGN(const auto since, day_of_option("--since", options.since));
  MUSUBI_ASSIGN(const auto equipment, workshop.equipment(false));
  MUSUBI_ASSIGN(const auto desk, open_desk(workshop));
  MUSUBI_ASSIGN(const auto proposal, proposal_for(workshop, desk, options.mapping, options.file));
  if (proposal.candidate.mapping->head().writes != mapping::Writes::nothing)
    return base::Error(base::ErrorKind::usage, "app.shadow.outward",
                       {{"mapping", proposal.line.id}, {"file", proposal.candidate.path.string()}});
  const auto& common = workshop.options();
  pipeline::ShadowRequest request{proposal.candidate.mapping, nullptr, since};
  MUSUBI_ASSIGN(request.checks, workshop.checks_with(proposal.candidate.mapping->context().value_sets));
  Spool spool;
  Choice choice(options.limit, common.json);
  auto report = [&] {
    ProgressLine line(common.language, proposal.line.id);
    return pipeline::shadow(equipment, request, DifferenceWriter(*equipment.catalogue, common, choice, spool),
                            [&line](const auto& progress) { line.show(progress); });
  }();
  if (report.has_error()) return report.error();
  if (common.json)
    MUSUBI_TRY(print_json(*report, proposal, spool, common.language));
  else
    MUSUBI_TRY(print_words(*report, proposal, equipment, spool, common.language));
  return 0;
}

}  // namespace musubi::app
