#include "statement.h"

#include <boost/json.hpp>

#include "musubi/fhir/r4_types.h"

namespace musubi::console {
namespace {

using boost::json::array;
using boost::json::object;

object operation(std::string_view name, std::string_view definition) {
  return {{"name", name}, {"definition", definition}};
}

array resources() {
  array all;
  for (const auto& type : fhir::r4_types().types) {
    if (type.kind != fhirpath::TypeKind::resource || type.is_abstract) continue;
    object resource{{"type", type.name}};
    array interactions;
    if (type.name == "Task") interactions.push_back(object{{"code", "read"}});
    interactions.push_back(object{{"code", "create"}});
    resource["interaction"] = std::move(interactions);
    if (type.name == "Task") resource["versioning"] = "no-version";
    resource["readHistory"] = false;
    resource["updateCreate"] = false;
    all.push_back(std::move(resource));
  }
  return all;
}

}  // namespace

object capability_statement(const Services& services) {
  object rest{
      {"mode", "server"},
      {"documentation",
       "Reports are handed in with POST: a Bundle or a single resource. They are kept, mapped to cases and "
       "passed on; "
       "they cannot be read back. What became of a submission is a Task."},
      {"security", object{{"cors", false},
                          {"description",
                           "A bearer token of the hub, or none where it listens to its own machine only"}}},
      {"resource", resources()},
      {"interaction", array{object{{"code", "transaction"}}, object{{"code", "batch"}}}},
      {"operation",
       array{operation("validate", "http://hl7.org/fhir/OperationDefinition/Resource-validate"),
             operation("try", "urn:musubi:OperationDefinition/try"),
             operation("process-message",
                       "http://hl7.org/fhir/OperationDefinition/MessageHeader-process-message")}}};
  return {{"resourceType", "CapabilityStatement"},
          {"status", "active"},
          {"date", "2026-11-22"},
          {"kind", "instance"},
          {"software", object{{"name", "Musubi"}}},
          {"implementation", object{{"description", services.name.empty() ? "Musubi" : services.name}}},
          {"fhirVersion", "4.0.1"},
          {"format", array{"application/fhir+json", "application/fhir+xml"}},
          {"rest", array{std::move(rest)}}};
}

}  // namespace musubi::console
