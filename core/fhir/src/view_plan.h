// A view, compiled, and what its paths may ask of the other resources.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <vector>

#include "musubi/fhir/view.h"
#include "musubi/fhirpath/evaluation.h"

namespace musubi::fhir {

struct CompiledColumn {
  std::string name;
  fhirpath::Expression path;
  std::vector<CompiledColumn> members{};
};

struct View::Plan {
  fhirpath::TypeIndex type = fhirpath::kNoType;
  std::optional<fhirpath::Expression> where{};
  std::vector<CompiledColumn> columns{};
  std::vector<document::ViewConstant> constants{};
  std::vector<std::vector<fhirpath::Value>> constant_values{};  ///< beside `constants`, whose texts they view
  bool condition_asks_same_subject = false, columns_ask_same_subject = false;
};

/// Evaluates paths on the resources of a collection; it and the view outlive this. Threads: one.
class Surroundings {
 public:
  /// `asks_same_subject`: one of the paths that are run does.
  Surroundings(const Collection& collection, const View& view, bool asks_same_subject);
  Surroundings(const Surroundings&) = delete;
  Surroundings& operator=(const Surroundings&) = delete;

  /// Results live until the next run.
  using Results = base::Result<std::span<const fhirpath::Value>>;
  Results run(const fhirpath::Expression& expression, const Member& member);
  Results run(const fhirpath::Expression& expression, const fhirpath::Resource& resource,
              const fhirpath::ResourceNode& node) {
    return evaluation_.run(expression, resource, node);
  }

 private:
  class Others final : public fhirpath::ReferenceResolver {
   public:
    explicit Others(const Collection& collection) : collection_(collection) {}
    const fhirpath::Resource* resolve(std::string_view reference) noexcept override {
      return collection_.find(reference);
    }

   private:
    const Collection& collection_;
  };

  /// Who a resource is about, in the Bundle it came in.
  struct Subject {
    const fhirpath::ResourceNode* bundle = nullptr;
    std::string_view reference;
    auto operator<=>(const Subject&) const = default;
  };
  Subject subject_of(const Member& member) const;
  void index_subjects();
  std::uint64_t edition_of_bundle(const Member& member) const;
  void look_around(const Member& member);

  const Collection& collection_;
  const bool asks_same_subject_;
  Others others_;
  std::vector<fhirpath::Value> all_;     ///< %resources
  std::vector<fhirpath::Value> bundle_;  ///< of the resource that was looked at last
  const Member* around_ = nullptr;       ///< that resource
  std::vector<Subject> subjects_;        ///< in their order; of about_
  std::vector<fhirpath::Value> about_;   ///< resources that are about somebody
  std::vector<fhirpath::Variable> variables_;
  fhirpath::Evaluation evaluation_;
};

}  // namespace musubi::fhir
