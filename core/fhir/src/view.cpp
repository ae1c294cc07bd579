#include "musubi/fhir/view.h"

#include <algorithm>
#include <utility>

#include "musubi/fhir/r4_types.h"
#include "view_plan.h"

namespace musubi::fhir {
namespace {

using document::ViewColumn;
using fhirpath::Expression;

class ViewCompiler {
 public:
  explicit ViewCompiler(const document::ResourceView& view) : variables_(variable_names(view)) {}

  base::Result<Expression> condition(const std::string& path, const std::string& root_type) const {
    return compile(path, root_type, nullptr);
  }
  base::Result<CompiledColumn> column(const ViewColumn& column, const std::string& root_type) {
    MUSUBI_ASSIGN(auto compiled_path,
                  compile(column.path, root_type, root_type.empty() ? &of_items_ : &of_rows_));
    CompiledColumn compiled{column.name, std::move(compiled_path), {}};
    for (const auto& each : column.members) {
      MUSUBI_ASSIGN(auto member, this->column(each, {}));
      compiled.members.push_back(std::move(member));
    }
    return compiled;
  }

 private:
  base::Result<Expression> compile(const std::string& path, const std::string& root_type,
                                   fhirpath::SharedParts* family) const {
    return Expression::compile(path, {.model = &r4_types(),
                                      .root_type = root_type,
                                      .variables = variables_,
                                      .strict = true,
                                      .family = family});
  }

  const std::vector<std::string> variables_;
  fhirpath::SharedParts of_rows_, of_items_;
};

constexpr std::string_view kSameSubject = "same_subject";

bool asks_same_subject(const ViewColumn& column) {
  return column.path.find(kSameSubject) != column.path.npos ||
         std::ranges::any_of(column.members, asks_same_subject);
}

}  // namespace

std::vector<std::string> variable_names(const document::ResourceView& view) {
  std::vector<std::string> names = {"resources", "bundle", "same_subject"};
  for (const auto& constant : view.constants) names.push_back(constant.name);
  return names;
}

View::View(std::unique_ptr<const Plan> plan) : plan_(std::move(plan)) {}
View::~View() = default;

base::Result<std::shared_ptr<const View>> View::compile(const document::ResourceView& view) {
  auto plan = std::make_unique<Plan>();
  plan->type = r4_types().find(view.resource);
  plan->constants = view.constants;
  for (const auto& constant : plan->constants) {
    auto& values = plan->constant_values.emplace_back();
    for (const auto& text : constant.texts) values.push_back(fhirpath::Value::of_text(text));
  }
  ViewCompiler compiler(view);
  if (!view.where.empty()) {
    MUSUBI_ASSIGN(plan->where, compiler.condition(view.where, view.resource));
  }
  for (const auto& each : view.columns) {
    MUSUBI_ASSIGN(auto column, compiler.column(each, view.resource));
    plan->columns.push_back(std::move(column));
  }
  plan->condition_asks_same_subject = view.where.find(kSameSubject) != view.where.npos;
  plan->columns_ask_same_subject = std::ranges::any_of(view.columns, asks_same_subject);
  return std::shared_ptr<const View>(new View(std::move(plan)));
}

std::vector<std::size_t> rows_of(const Collection& collection, const View& view) {
  const auto& plan = view.plan();
  std::vector<std::size_t> rows;
  const auto is_of_type = [&](const Member& each) { return each.node->type == plan.type; };
  if (std::ranges::none_of(collection.members(), is_of_type)) return rows;
  Surroundings surroundings(collection, view, plan.condition_asks_same_subject);
  for (std::size_t each = 0; each < collection.members().size(); ++each) {
    const auto& member = collection.members()[each];
    if (member.node->type != plan.type) continue;
    if (plan.where) {
      const auto result = surroundings.run(*plan.where, member);
      if (result.has_error() || !fhirpath::holds(*result)) continue;
    }
    rows.push_back(each);
  }
  return rows;
}

}  // namespace musubi::fhir
