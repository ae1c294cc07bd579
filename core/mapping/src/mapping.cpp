#include "musubi/mapping/mapping.h"

#include "canonical_rules.h"
#include "compile.h"
#include "item_rows.h"
#include "musubi/base/digest.h"
#include "musubi/base/file.h"
#include "musubi/fhir/view.h"
#include "spec_checks.h"
#include "value_sets_used.h"

namespace musubi::mapping {
namespace {

constexpr base::YamlLimits kLimits{};

base::Error bundle_damaged(const std::string& shown_name) {
  return base::Error(base::ErrorKind::bad_configuration, "mapping.bundle_damaged").at({.file = shown_name});
}

/// The folder of mappings that a mapping's file is in: <folder>/<source>/<file>.
std::filesystem::path folder_of(const std::filesystem::path& file, const Context& context) {
  return context.folder.empty() ? file.parent_path().parent_path() : context.folder;
}

/// A file's text, or what bundle() made; nullptr: it cannot be understood at all.
std::shared_ptr<Mapping::Parts> compile_text(std::string_view text, const std::string& shown_name,
                                             const Context& context, Problems& problems) {
  const auto inherited = read_text(text, shown_name, context, problems);
  return inherited && inherited->complete ? compile(*inherited, context, problems) : nullptr;
}

base::Error not_loaded(const std::string& shown_name, const Problems& problems) {
  return base::Error(base::ErrorKind::bad_configuration, "mapping.not_loaded",
                     {{"count", std::to_string(problems.errors())}})
      .at({.file = shown_name})
      .because(problems.as_error());
}

}  // namespace

std::optional<Inherited> read_text(std::string_view text, const std::string& shown_name,
                                   const Context& context, Problems& problems) {
  const auto files = unbundle(text, shown_name);
  if (!files) {
    problems.add(bundle_damaged(shown_name));
    return std::nullopt;
  }
  BundledFiles bundled({files->bases.begin(), files->bases.end()});
  FolderFiles folder(context.folder);
  MappingFiles& others = files->bases.empty() ? static_cast<MappingFiles&>(folder) : bundled;
  return read_inherited(files->own, others, problems);
}

std::shared_ptr<Mapping::Parts> compile(const Inherited& inherited, const Context& context,
                                        Problems& problems) {
  auto parts = std::make_shared<Mapping::Parts>();
  parts->context = context;
  parts->places = std::make_unique<Places>(context.value_sets);
  parts->terminology = std::make_unique<Terminology>(context.value_sets);
  parts->spec = read_spec(inherited.root, problems);
  add_canonical_rules(parts->spec, *context.catalogue);
  parts->head = parts->spec.head;
  parts->text = bundle(inherited.files);
  parts->digest = base::to_hex(base::sha256(parts->text));
  Compilation compilation{context,  parts->spec,     parts->constants,
                          problems, inherited.texts, inherited.mappings};
  if (parts->head.writes != Writes::nothing) {
    parts->outward = compile_outward(inherited.root, parts->head, compilation);
    return parts;
  }
  check_references(parts->spec, problems);
  check_paths(compilation);
  parts->compiled = compile_all(compilation);
  return parts;
}

std::shared_ptr<const Mapping> Mapping::of(std::shared_ptr<const Parts> parts) {
  return std::shared_ptr<const Mapping>(new Mapping(std::move(parts)));
}

Mapping::Mapping(std::shared_ptr<const Parts> parts)
    : parts_(std::move(parts)), last_bound_(std::make_unique<LastBound>()) {}
Mapping::~Mapping() = default;

const Head& Mapping::head() const noexcept { return parts_->head; }
const std::string& Mapping::digest() const noexcept { return parts_->digest; }
const std::string& Mapping::text() const noexcept { return parts_->text; }
const Context& Mapping::context() const noexcept { return parts_->context; }

std::vector<std::string> Mapping::value_sets() const { return value_sets_used(*parts_); }

const base::Label* Mapping::reason(std::string_view code) const noexcept {
  for (const auto& verdict : parts_->spec.verdicts)
    if (verdict.code.text == code) return &verdict.text;
  return nullptr;
}

document::TableOptions table_options(const Head& head) {
  document::TableOptions options;
  options.header.columns = head.columns;
  options.header.rows = head.header_rows;
  options.encoding = head.encoding;
  options.sheet = head.sheet;
  options.items = head.items;
  options.lists = head.lists;
  return options;
}

document::RowReaderResult open_rows(const Head& head, std::shared_ptr<const document::ByteSource> bytes) {
  if (head.reads == document::Shape::fhir) return fhir::open_view(std::move(bytes), head.view);
  return document::open_rows(head.reads, std::move(bytes), table_options(head));
}

std::string_view name_of(Writes writes) noexcept {
  if (writes == Writes::csv) return "csv";
  return writes == Writes::json ? "json" : "";
}

std::unique_ptr<document::RowReader> Mapping::items_of(std::unique_ptr<document::RowReader> rows) const {
  if (!parts_->compiled.items) return rows;
  return std::make_unique<ItemRows>(std::move(rows), *parts_->compiled.items);
}

base::Result<std::shared_ptr<const Mapping>> Mapping::parse(std::string_view yaml,
                                                            const std::string& shown_name,
                                                            const Context& context) {
  Problems problems;
  auto parts = compile_text(yaml, shown_name, context, problems);
  if (problems.has_errors()) return not_loaded(shown_name, problems);
  return of(std::move(parts));
}

base::Result<std::shared_ptr<const Mapping>> Mapping::load(const std::filesystem::path& file,
                                                           const Context& context) {
  const auto text = base::read_file(file, kLimits.bytes);
  if (text.has_error()) return text.error().in_stage("map");
  Context here = context;
  here.folder = folder_of(file, context);
  return parse(*text, file.string(), here);
}

base::Result<std::string> pinned_text(const std::filesystem::path& file,
                                      const std::filesystem::path& folder) {
  MUSUBI_ASSIGN(auto text, base::read_file(file, kLimits.bytes));
  FolderFiles others(folder);
  Problems ignored;
  MappingFile own{file.string(), std::move(text)};
  const auto inherited = read_inherited(own, others, ignored);
  return inherited ? bundle(inherited->files) : std::move(own.text);
}

std::vector<base::Problem> lint(const std::filesystem::path& file, const Context& context) {
  Problems problems;
  auto text = base::read_file(file, kLimits.bytes);
  if (text.has_error()) {
    problems.add(text.error().in_stage("map"));
    return problems.sorted();
  }
  Context here = context;
  here.folder = folder_of(file, context);
  return lint(*text, file.string(), here);
}

std::vector<base::Problem> lint(std::string_view yaml, const std::string& shown_name,
                                const Context& context) {
  Problems problems;
  const auto parts = compile_text(yaml, shown_name, context, problems);
  if (parts != nullptr && parts->head.ignored_because.empty() && parts->outward == nullptr)
    warn(parts->spec, parts->compiled, context, problems);
  return problems.sorted();
}

}  // namespace musubi::mapping
