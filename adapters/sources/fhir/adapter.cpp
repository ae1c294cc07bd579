// FHIR R4 from EMRs and laboratories: a resource, a Bundle or NDJSON, as JSON or XML. Judged by what R4 says,
// then read by every mapping whose view finds rows in it.
#include <algorithm>
#include <map>
#include <set>

#include "musubi/fhir/collection.h"
#include "musubi/fhir/packages.h"
#include "musubi/fhir/r4_types.h"
#include "musubi/fhir/validation.h"
#include "musubi/fhir/view.h"
#include "musubi/plugin/guard.h"
#include "musubi/plugin/manifest.h"
#include "musubi/plugin/table_settings.h"

namespace musubi::fhir_source {
namespace {

using fhir::Collection;
using plugin::Part;

constexpr auto kOptions = plugin::with_table_options(std::array{
    plugin::Option{.name = "validate",
                   .type = plugin::OptionType::boolean,
                   .default_value = "yes",
                   .help_japanese = "FHIR R4 として正しいかを確かめる",
                   .help_english = "Judge what comes by FHIR R4"},
    plugin::Option{
        .name = "on_invalid",
        .type = plugin::OptionType::text,
        .default_value = "reject",
        .help_japanese =
            "FHIR としての誤りがあるとき: reject は差し戻す、hold は記録を人が見るまで止める、accept "
            "は読めるところを読む",
        .help_english = "Where resources have errors as FHIR: reject sends back, hold holds the records for "
                        "a person, accept reads what can be read",
        .choices = "reject|hold|accept"},
    plugin::Option{
        .name = "packages",
        .type = plugin::OptionType::text,
        .help_japanese = "JP Core などの FHIR パッケージ（.tgz かフォルダ）。いくつもあれば ; で区切る",
        .help_english = "FHIR packages such as JP Core (.tgz or folder), with ; between them"},
});

/// What is known of a submission between recognise() and open().
struct Recognised {
  std::shared_ptr<const Collection> collection;
  std::shared_ptr<const fhir::View> view;
  fhir::RowSelection selection;
};

/// Errors by document, and the first of them.
struct Verdict {
  std::vector<bool> faulty;  ///< by document
  std::size_t errors = 0;
  std::optional<base::Error> first;
};

class FhirSource final : public plugin::Source {
 public:
  FhirSource(const plugin::TableSettings& settings, bool validates, std::string_view on_invalid,
             std::shared_ptr<const fhir::Packages> packages)
      : settings_(settings),
        validates_(validates && on_invalid != "accept"),
        rejects_(on_invalid == "reject"),
        validator_(std::move(packages)) {}

  base::Result<std::vector<Part>> recognise(const plugin::Submission& submission,
                                            std::span<const plugin::Layout> layouts) noexcept override {
    return plugin::guarded([&] { return look_at(submission, layouts); });
  }

  document::RowReaderResult open(const plugin::Submission& submission, const Part& part) noexcept override {
    return plugin::guarded([&]() -> document::RowReaderResult {
      const auto* found = static_cast<const Recognised*>(part.prepared.get());
      if (found == nullptr)
        return base::Error(base::ErrorKind::defect, "document.unknown_shape")
            .at({.file = submission.bytes->name()});
      return fhir::open_view(found->collection, found->view, found->selection);
    });
  }

 private:
  using Views = std::vector<std::pair<std::size_t, std::shared_ptr<const fhir::View>>>;
  struct CompiledView {
    std::shared_ptr<const document::ResourceView> written;
    std::shared_ptr<const fhir::View> view;
  };

  base::Result<std::vector<Part>> look_at(const plugin::Submission& submission,
                                          std::span<const plugin::Layout> layouts) {
    MUSUBI_ASSIGN(const auto collection, Collection::read(*submission.bytes, settings_.limits));
    const auto& rules = validator_.rules();
    const bool is_known_faultless = !rules.empty() && submission.faultless_by == rules;
    const auto verdict = is_known_faultless ? Verdict() : judge(*collection);
    if (rejects_ && !collection->is_lines() && verdict.errors != 0) return refusal(verdict, *collection);
    const auto as_of = submission.stated_as_of ? submission.stated_as_of : plugin::date_in(submission.name);
    MUSUBI_ASSIGN(const auto views, views_for(layouts, as_of));
    std::vector<Part> parts;
    const auto add = [&](std::size_t layout, const std::shared_ptr<const fhir::View>& view,
                         std::vector<std::size_t> rows) {
      parts.push_back(part_of(layout, layouts[layout], as_of));
      auto held = held_rows(rows, *collection, verdict);
      parts.back().prepared = std::make_shared<const Recognised>(
          Recognised{collection, view, {std::move(rows), std::move(held), parts.size() == 1}});
    };
    for (const auto& [layout, view] : views)
      if (auto rows = fhir::rows_of(*collection, *view); !rows.empty()) add(layout, view, std::move(rows));
    if (collection->documents().empty()) return no_line_read(*collection);
    // Lines that are no resources are counted with the first part, or by themselves.
    if (parts.empty() && !views.empty() && !collection->broken().empty())
      add(views.front().first, views.front().second, {});
    if (parts.empty()) return nothing_in(*collection, layouts);
    return parts;
  }

  Verdict judge(const Collection& collection) const {
    Verdict verdict;
    if (!validates_) return verdict;
    for (const auto& document : collection.documents()) {
      const auto issues = validator_.validate(document.resource, collection.text_of(document));
      verdict.faulty.push_back(fhir::has_error(issues));
      for (const auto& issue : issues) {
        if (issue.severity > fhir::Severity::error) continue;
        ++verdict.errors;
        if (!verdict.first) verdict.first = issue.what;
      }
    }
    return verdict;
  }

  static base::Error refusal(const Verdict& verdict, const Collection& collection) {
    auto place = verdict.first->place();
    place.file = collection.name();
    return base::Error(base::ErrorKind::bad_input, "fhir.invalid",
                       {{"count", std::to_string(verdict.errors)}, {"first", verdict.first->path()}})
        .on_path(verdict.first->path())
        .at(place)
        .because(*verdict.first);
  }

  static base::Error no_line_read(const Collection& collection) {
    const auto& first = collection.broken().front();
    return base::Error(base::ErrorKind::bad_input, "fhir.no_line_read",
                       {{"count", std::to_string(collection.broken().size())}})
        .at({.file = collection.name(), .line = first.line})
        .because(first.error);
  }

  static std::vector<bool> held_rows(const std::vector<std::size_t>& rows, const Collection& collection,
                                     const Verdict& verdict) {
    std::vector<bool> held;
    if (verdict.errors == 0) return held;
    for (const auto row : rows) held.push_back(verdict.faulty[collection.members()[row].document]);
    return held;
  }

  /// Nothing of a kind that is read, or nothing that is reported here.
  static base::Error nothing_in(const Collection& collection, std::span<const plugin::Layout> layouts) {
    std::set<std::string_view> types, readable;
    for (const auto& member : collection.members())
      types.insert(fhir::r4_types().type(member.node->type).name);
    for (const auto& layout : layouts)
      if (layout.view && types.contains(layout.view->resource)) readable.insert(layout.view->resource);
    const auto* const code = readable.empty() ? "fhir.nothing_to_report" : "fhir.not_reported_here";
    return base::Error(base::ErrorKind::bad_input, code,
                       {{"types", listed(readable.empty() ? types : readable)}})
        .at({.file = collection.name()});
  }
  static std::string listed(const std::set<std::string_view>& names) {
    std::string all;
    for (const auto& name : names) all += (all.empty() ? "" : ", ") + std::string(name);
    return all;
  }

  static Part part_of(std::size_t number, const plugin::Layout& layout,
                      const std::optional<std::chrono::sys_days>& as_of) {
    Part part;
    part.name = layout.mapping.substr(layout.mapping.find('/') + 1);
    part.layout = number;
    part.shape = document::Shape::fhir;
    part.as_of = as_of;
    part.ignored_because = layout.ignored_because;
    return part;
  }

  /// Of each mapping the newest version that was in use on that day; the newest of all without a day.
  base::Result<Views> views_for(std::span<const plugin::Layout> layouts,
                                const std::optional<std::chrono::sys_days>& as_of) {
    std::map<std::string_view, std::size_t> chosen;
    for (std::size_t each = 0; each < layouts.size(); ++each) {
      const auto& layout = layouts[each];
      if (layout.shape != document::Shape::fhir || !layout.view) continue;
      const auto day = plugin::date_in(layout.version);
      const bool too_new = as_of && day && *day > *as_of;
      const auto [known, is_first] = chosen.try_emplace(layout.mapping, each);
      const bool newer = layouts[known->second].version < layout.version;
      if (!is_first && newer && !too_new) known->second = each;
    }
    Views views;
    for (const auto& [mapping, number] : chosen) {
      MUSUBI_ASSIGN(auto view, view_of(layouts[number]));
      views.emplace_back(number, std::move(view));
    }
    return views;
  }

  base::Result<std::shared_ptr<const fhir::View>> view_of(const plugin::Layout& layout) {
    const auto known = std::ranges::find_if(views_, [&layout](const CompiledView& each) {
      return each.written == layout.view || *each.written == *layout.view;
    });
    if (known != views_.end()) return known->view;
    MUSUBI_ASSIGN(auto view, fhir::View::compile(*layout.view));
    if (views_.size() == kMostViews) views_.clear();
    views_.push_back({layout.view, view});
    return view;
  }

  static constexpr std::size_t kMostViews = 256;
  const plugin::TableSettings settings_;
  const bool validates_, rejects_;
  const fhir::Validator validator_;
  std::vector<CompiledView> views_;
};

std::unique_ptr<plugin::Source> make_source(plugin::HostServices& /*services*/,
                                            const plugin::Options& options, base::Status& status) noexcept {
  return plugin::make_safely<plugin::Source>(status, [&]() -> base::Result<std::unique_ptr<plugin::Source>> {
    MUSUBI_ASSIGN(auto packages, fhir::read_packages(options.text("packages")));
    return std::make_unique<FhirSource>(plugin::table_settings(options), options.boolean("validate"),
                                        options.text("on_invalid"), std::move(packages));
  });
}

constexpr plugin::Manifest kManifest{
    .kind = plugin::AdapterKind::source,
    .name = "fhir",
    .version = "1.0.0",
    .summary_japanese = "電子カルテ・検査室からの FHIR R4（JSON、NDJSON、XML）",
    .summary_english = "FHIR R4 from EMRs and laboratories (JSON, NDJSON, XML)",
    .options = kOptions.data(),
    .option_count = kOptions.size(),
};

}  // namespace

MUSUBI_SOURCE_ADAPTER(kManifest, make_source)

}  // namespace musubi::fhir_source
