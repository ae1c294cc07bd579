// Rows out of FHIR resources, by paths in FHIRPath: what a mapping reads. One row for each resource of a
// type that meets a condition; every cell knows the bytes it came from. (The idea is that of SQL on FHIR's
// ViewDefinition.)
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "musubi/base/result.h"
#include "musubi/document/byte_source.h"
#include "musubi/document/resource_view.h"
#include "musubi/document/row_reader.h"
#include "musubi/fhir/collection.h"

namespace musubi::fhir {

/// Names of what the paths of this view may call %name.
std::vector<std::string> variable_names(const document::ResourceView& view);

/// A view whose paths are compiled. Paths begin at the resource of the row; %bundle is the Bundle it came in,
/// %resources are all that came together, %same_subject those with the same subject or patient (in its
/// Bundle, where it has one; however many came, they need no search), resolve() leads to any of them.
/// Immutable; threads may share it.
class View {
 public:
  /// Errors: fhirpath.*
  static base::Result<std::shared_ptr<const View>> compile(const document::ResourceView& view);
  ~View();
  struct Plan;
  const Plan& plan() const noexcept { return *plan_; }

 private:
  explicit View(std::unique_ptr<const Plan> plan);
  std::unique_ptr<const Plan> plan_;
};

/// Places in Collection::members() of the resources that are rows. A condition that cannot be evaluated on a
/// resource does not hold.
std::vector<std::size_t> rows_of(const Collection& collection, const View& view);

struct RowSelection {
  std::vector<std::size_t> members;  ///< as rows_of() gives them
  /// Beside them: those whose record has to be held, for fhir.entry_invalid. Empty: none.
  std::vector<bool> held{};
  bool broken_lines = true;  ///< lines that are no resources are rows with a fault, behind the others
};

/// Reads the rows. A path that cannot be evaluated on a resource is a fault of its row (fhir.view_failed).
std::unique_ptr<document::RowReader> open_view(std::shared_ptr<const Collection> collection,
                                               std::shared_ptr<const View> view, RowSelection selection);
/// The same of bytes, with all rows and broken lines. Errors: those of Collection::read() and
/// View::compile().
document::RowReaderResult open_view(std::shared_ptr<const document::ByteSource> bytes,
                                    const document::ResourceView& view) noexcept;

}  // namespace musubi::fhir
