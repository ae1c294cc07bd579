// Reading and validating FHIR, against a bare parse of the same bytes: simdjson's DOM for JSON, libxml2's
// SAX2 for XML. Arguments: files or folders of bundles; none: made-up ones. `--only TEXT` runs the one
// line of these words, for a profiler: --only "JSON read + structure".
#include <fmt/format.h>
#include <libxml/parser.h>
#include <simdjson.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <stdexcept>

#include "fhir_bundles.h"
#include "fhir_mapping.h"
#include "musubi/fhir/codec.h"
#include "musubi/fhir/validation.h"
#include "stopwatch.h"

namespace musubi::bench {
namespace {

constexpr int kRounds = 9;
constexpr std::size_t kBytesOfARound = 16U << 20;
/// What `--only` names.
std::string only;

struct Measured {
  double limit = 0;  ///< median seconds
  double ours = 0, least = 0, most = 0;
  double ratio = 0, least_ratio = 0, most_ratio = 0;
};

using Documents = std::vector<std::string>;
/// One document; the bytes are the work's own.
using Work = std::function<void(std::string)>;

/// Copies with room behind the text, which simdjson wants.
Documents padded(const Documents& documents) {
  Documents copies(documents.size());
  for (std::size_t each = 0; each < copies.size(); ++each) {
    copies[each].reserve(documents[each].size() + simdjson::SIMDJSON_PADDING);
    copies[each] = documents[each];
  }
  return copies;
}

/// Processor seconds of the work on all documents, `times` over. The copies are made before the clock runs.
double seconds_of(const Documents& documents, std::size_t times, const Work& work) {
  double spent = 0;
  for (std::size_t time = 0; time < times; ++time) {
    auto copies = padded(documents);
    const double start = thread_cpu_seconds();
    for (auto& each : copies) work(std::move(each));
    spent += thread_cpu_seconds() - start;
  }
  return spent;
}

Measured alternate(const Documents& documents, std::size_t times, const Work& limit, const Work& ours) {
  seconds_of(documents, 1, limit);
  seconds_of(documents, 1, ours);
  std::vector<double> limits, times_of_ours, ratios;
  for (int round = 0; round < kRounds; ++round) {
    limits.push_back(seconds_of(documents, times, limit));
    times_of_ours.push_back(seconds_of(documents, times, ours));
    ratios.push_back(limits.back() / times_of_ours.back());
  }
  const auto [least, most] = std::ranges::minmax(times_of_ours);
  const auto [least_ratio, most_ratio] = std::ranges::minmax(ratios);
  return {median(limits), median(times_of_ours), least, most, median(ratios), least_ratio, most_ratio};
}

class Bench {
 public:
  Bench(std::string name, std::string_view format, const Documents& documents, Work limit)
      : name_(std::move(name)), format_(format), documents_(documents), limit_(std::move(limit)) {
    for (const auto& each : documents_) bytes_ += each.size();
    times_ = std::max<std::size_t>(1, kBytesOfARound / std::max<std::size_t>(bytes_, 1));
  }

  void run(std::string_view step, const Work& ours) const {
    if (!only.empty() && fmt::format("{} {}", format_, step) != only) return;
    const auto measured = alternate(documents_, times_, limit_, ours);
    const auto rate = [this](double seconds) {
      return static_cast<double>(bytes_ * times_) / seconds * 1e-6;
    };
    fmt::print("{:<16} {:<31} {:>7.1f} [{:.1f}-{:.1f}] MB/s   {:.3f} [{:.3f}-{:.3f}] of {:.0f} MB/s\n", name_,
               fmt::format("{} {}", format_, step), rate(measured.ours), rate(measured.most),
               rate(measured.least), measured.ratio, measured.least_ratio, measured.most_ratio,
               rate(measured.limit));
  }

 private:
  std::string name_;
  std::string_view format_;
  const Documents& documents_;
  Work limit_;
  std::size_t bytes_ = 0, times_ = 1;
};

Work parse_with_simdjson() {
  auto parser = std::make_shared<simdjson::dom::parser>();
  return [parser](const std::string& bytes) {
    if (bytes.capacity() - bytes.size() < simdjson::SIMDJSON_PADDING) throw std::logic_error("no padding");
    if (parser->parse(bytes.data(), bytes.size(), false).error() != simdjson::SUCCESS)
      throw std::runtime_error("simdjson refuses a document");
  };
}

void parse_with_libxml2(const std::string& bytes) {
  xmlSAXHandler sax{};
  sax.initialized = XML_SAX2_MAGIC;
  sax.startElementNs = [](void*, const xmlChar*, const xmlChar*, const xmlChar*, int, const xmlChar**, int,
                          int, const xmlChar**) {};
  sax.endElementNs = [](void*, const xmlChar*, const xmlChar*, const xmlChar*) {};
  sax.characters = [](void*, const xmlChar*, int) {};
  if (xmlSAXUserParseMemory(&sax, nullptr, bytes.data(), static_cast<int>(bytes.size())) != 0)
    throw std::runtime_error("libxml2 refuses a document");
}

fhirpath::Resource read(std::string bytes, fhir::Format format) {
  auto resource = fhir::read_resource(std::move(bytes), "bench", format, {});
  if (resource.has_error()) throw std::runtime_error("a document was refused");
  return std::move(*resource);
}

void run_steps(const Bench& bench, fhir::Format format) {
  const fhir::Validator validator;
  bench.run("read", [format](std::string bytes) { read(std::move(bytes), format); });
  bench.run("read + structure",
            [format](std::string bytes) { fhir::validate_structure(read(std::move(bytes), format), {}); });
  bench.run("read + validate",
            [&](std::string bytes) { validator.validate(read(std::move(bytes), format), {}); });
  const FhirMapping mapping("fhir/laboratory-report");
  bench.run("read + structure + map", [&](std::string bytes) {
    const auto collection = FhirMapping::read(std::move(bytes));
    fhir::validate_structure(collection->documents().front().resource, {});
    mapping.map(collection);
  });
  bench.run("read + validate + map", [&](std::string bytes) {
    const auto collection = FhirMapping::read(std::move(bytes));
    validator.validate(collection->documents().front().resource, {});
    mapping.map(collection);
  });
}

/// Those that can be written as XML.
Documents as_xml(const Documents& documents) {
  Documents made;
  for (const auto& each : documents) {
    auto text = fhir::write_resource(read(each, fhir::Format::json), fhir::Format::xml);
    if (!text.has_error()) made.push_back(std::move(*text));
  }
  return made;
}

/// What is refused as it stands is not measured.
Documents readable(Documents documents, fhir::Format format) {
  std::erase_if(documents, [format](const std::string& each) {
    return fhir::read_resource(each, "bench", format, {}).has_error();
  });
  return documents;
}

void measure(const std::string& name, std::string_view format_name, fhir::Format format,
             const Documents& documents) {
  if (documents.empty()) return;
  std::size_t bytes = 0, issues = 0, records = 0;
  const fhir::Validator validator;
  const FhirMapping mapping("fhir/laboratory-report");
  for (const auto& each : documents) {
    bytes += each.size();
    issues += validator.validate(read(each, format), each).size();
    records += mapping.map(FhirMapping::read(each));
  }
  fmt::print("{}: {} documents of {}, mean {} bytes, {} issues, {} records\n", name, documents.size(),
             format_name, bytes / documents.size(), issues, records);
  run_steps(Bench(name, format_name, documents,
                  format == fhir::Format::json ? parse_with_simdjson() : Work(parse_with_libxml2)),
            format);
}

void measure(const BundleSet& set) {
  const auto json = readable(set.json, fhir::Format::json);
  measure(set.name, "JSON", fhir::Format::json, json);
  measure(set.name, "XML", fhir::Format::xml,
          set.xml.empty() ? as_xml(json) : readable(set.xml, fhir::Format::xml));
}

}  // namespace
}  // namespace musubi::bench

int main(int count, char** arguments) {
  using namespace musubi::bench;
  std::vector<std::string> arguments_left(arguments + 1, arguments + count);
  if (arguments_left.size() >= 2 && arguments_left.front() == "--only") {
    only = arguments_left[1];
    arguments_left.erase(arguments_left.begin(), arguments_left.begin() + 2);
  }
  for (const auto& each : arguments_left) measure(bundles_in(each));
  if (arguments_left.empty()) measure(made_up_bundles(50));
}
