#include "musubi/mapping/mapping.h"

#include "musubi/base/digest.h"
#include "musubi/base/file.h"
#include "plan.h"
#include "spec_checks.h"

namespace musubi::mapping {
namespace {

constexpr base::YamlLimits kLimits{};

/// Everything a mapping file is, as far as it can be understood; what is wrong is in `problems`.
std::shared_ptr<Mapping::Parts> compile(std::string_view yaml, const std::string& shown_name,
                                        const Context& context, Problems& problems) {
  const auto root = base::read_yaml(yaml, shown_name, problems, kLimits);
  if (!root) return nullptr;
  auto parts = std::make_shared<Mapping::Parts>();
  parts->context = context;
  parts->places = std::make_unique<Places>(context.value_sets);
  parts->terminology = std::make_unique<Terminology>(context.value_sets);
  parts->spec = read_spec(*root, problems);
  parts->head = parts->spec.head;
  parts->text = yaml;
  parts->digest = base::to_hex(base::sha256(yaml));
  check_references(parts->spec, problems);
  Compilation compilation{context, parts->spec, parts->constants, problems, {yaml}};
  parts->compiled = compile_all(compilation);
  return parts;
}

base::Error not_loaded(const std::string& shown_name, const Problems& problems) {
  return base::Error(base::ErrorKind::bad_configuration, "mapping.not_loaded",
                     {{"count", std::to_string(problems.errors())}})
      .at({.file = shown_name})
      .because(problems.as_error());
}

}  // namespace

Mapping::Mapping(std::shared_ptr<const Parts> parts) : parts_(std::move(parts)) {}
Mapping::~Mapping() = default;

const Head& Mapping::head() const noexcept { return parts_->head; }
const std::string& Mapping::digest() const noexcept { return parts_->digest; }
const std::string& Mapping::text() const noexcept { return parts_->text; }

base::Result<std::shared_ptr<const Mapping>> Mapping::parse(std::string_view yaml,
                                                            const std::string& shown_name,
                                                            const Context& context) {
  Problems problems;
  auto parts = compile(yaml, shown_name, context, problems);
  if (problems.has_errors()) return not_loaded(shown_name, problems);
  return std::shared_ptr<const Mapping>(new Mapping(std::move(parts)));
}

base::Result<std::shared_ptr<const Mapping>> Mapping::load(const std::filesystem::path& file,
                                                           const Context& context) {
  const auto text = base::read_file(file, kLimits.bytes);
  if (text.has_error()) return text.error().in_stage("map");
  return parse(*text, file.string(), context);
}

std::vector<base::Problem> lint(const std::filesystem::path& file, const Context& context) {
  Problems problems;
  const auto text = base::read_file(file, kLimits.bytes);
  if (text.has_error()) {
    problems.add(text.error().in_stage("map"));
    return problems.sorted();
  }
  const auto parts = compile(*text, file.string(), context, problems);
  if (parts != nullptr && parts->head.ignored_because.empty())
    warn(parts->spec, parts->compiled, context, problems);
  return problems.sorted();
}

}  // namespace musubi::mapping
