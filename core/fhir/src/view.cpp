#include "musubi/fhir/view.h"

#include <algorithm>
#include <utility>

#include "musubi/fhir/r4_types.h"
#include "view_plan.h"

namespace musubi::fhir {
namespace {

using document::ViewColumn;
using fhirpath::Expression;

base::Result<Expression> compile_path(const std::string& path, const std::string& root_type) {
  return Expression::compile(path, {.model = &r4_types(), .root_type = root_type, .strict = true});
}

base::Result<CompiledColumn> compile_column(const ViewColumn& column, const std::string& root_type) {
  MUSUBI_ASSIGN(auto path, compile_path(column.path, root_type));
  CompiledColumn compiled{column.name, std::move(path), {}};
  for (const auto& each : column.members) {
    MUSUBI_ASSIGN(auto member, compile_column(each, {}));
    compiled.members.push_back(std::move(member));
  }
  return compiled;
}

}  // namespace

View::View(std::unique_ptr<const Plan> plan) : plan_(std::move(plan)) {}
View::~View() = default;

base::Result<std::shared_ptr<const View>> View::compile(const document::ResourceView& view) {
  auto plan = std::make_unique<Plan>();
  plan->type = r4_types().find(view.resource);
  plan->constants = view.constants;
  if (!view.where.empty()) {
    MUSUBI_ASSIGN(plan->where, compile_path(view.where, view.resource));
  }
  for (const auto& each : view.columns) {
    MUSUBI_ASSIGN(auto column, compile_column(each, view.resource));
    plan->columns.push_back(std::move(column));
  }
  return std::shared_ptr<const View>(new View(std::move(plan)));
}

std::vector<std::size_t> rows_of(const Collection& collection, const View& view) {
  const auto& plan = view.plan();
  std::vector<std::size_t> rows;
  Surroundings surroundings(collection, view);
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
