#include "query_output.h"

#include <iostream>
#include <map>

#include "musubi/base/csv_text.h"

namespace musubi::app {
namespace {

/// The part of a disclosure that was asked for: reading may have taken more, for the condition.
class Projection {
 public:
  /// No fields: all.
  explicit Projection(std::vector<model::FieldNumber> fields) : fields_(std::move(fields)) {}

  std::string json(const model::Disclosure& disclosure, std::size_t index) {
    if (fields_.empty()) return model::to_json(disclosure.layout(), disclosure.values(index));
    const auto& whole = disclosure.layout();
    const auto layout = model::make_layout(whole.catalogue, whole.kind, fields_);
    std::vector<model::Value> values;
    for (const auto field : layout.slots) {
      const int slot = whole.slot(field);
      values.push_back(slot < 0 ? model::Value() : disclosure.values(index)[static_cast<std::size_t>(slot)]);
    }
    return model::to_json(layout, values);
  }

 private:
  std::vector<model::FieldNumber> fields_;
};

class JsonOutput final : public QueryOutput {
 public:
  JsonOutput(bool lines, std::vector<model::FieldNumber> fields)
      : projection_(std::move(fields)), lines_(lines) {}
  void add(const model::Disclosure& disclosure, std::size_t index) override {
    if (!lines_) std::cout << (first_ ? "[" : ",\n");
    first_ = false;
    const auto record = std::to_string(disclosure.key(index).record);
    const auto fields = projection_.json(disclosure, index);
    std::cout << "{\"_record\":" << record << ",\"_source\":\"" << disclosure.source() << '"'
              << (fields.size() > 2 ? "," : "") << fields.substr(1);
    if (lines_) std::cout << '\n';
  }
  void finish() override {
    if (!lines_) std::cout << (first_ ? "[]\n" : "]\n");
  }

 private:
  Projection projection_;
  bool lines_;
  bool first_ = true;
};

/// An absent value is written as its reason in angle brackets, so that blank means silent.
std::string csv_cell(const model::Value& value) {
  if (value.is_absent()) return "<" + std::string(model::name_of(value.absent_reason())) + ">";
  return model::to_text(value);
}

/// The cells of these fields, each with the comma behind it.
std::string cells_of(const model::Disclosure& disclosure, std::size_t index,
                     const std::vector<model::FieldNumber>& fields) {
  std::string line;
  for (const auto field : fields) {
    const int slot = disclosure.layout().slot(field);
    if (slot >= 0)
      base::append_csv_cell(line, csv_cell(disclosure.values(index)[static_cast<std::size_t>(slot)]));
    line += ',';
  }
  return line;
}

class CsvOutput final : public QueryOutput {
 public:
  CsvOutput(const model::Catalogue& catalogue, std::vector<model::FieldNumber> fields)
      : fields_(std::move(fields)) {
    std::string head = "_record,_source";
    for (const auto field : fields_) head += "," + catalogue.at(field).id;
    std::cout << head << "\r\n";
  }
  void add(const model::Disclosure& disclosure, std::size_t index) override {
    auto line = std::to_string(disclosure.key(index).record) + "," + disclosure.source() + "," +
                cells_of(disclosure, index, fields_);
    line.pop_back();
    std::cout << line << "\r\n";
  }

 private:
  std::vector<model::FieldNumber> fields_;
};

/// How many records say the same.
class CountOutput final : public QueryOutput {
 public:
  CountOutput(std::string format, const model::Catalogue& catalogue, std::vector<model::FieldNumber> fields)
      : projection_(fields), format_(std::move(format)), fields_(std::move(fields)) {
    for (const auto field : fields_) heading_ += catalogue.at(field).id + ",";
  }

  void add(const model::Disclosure& disclosure, std::size_t index) override {
    auto& counted = counts_[projection_.json(disclosure, index)];
    if (counted.records++ == 0) counted.cells = cells_of(disclosure, index, fields_);
  }

  void finish() override {
    if (format_ == "csv") return print_csv();
    const bool lines = format_ == "ndjson";
    const char* before = lines ? "" : "[";
    for (const auto& [fields, counted] : counts_) {
      const auto open = fields.substr(0, fields.size() - 1);
      std::cout << before << open << (open.size() > 1 ? "," : "") << "\"count\":" << counted.records << '}'
                << (lines ? "\n" : "");
      if (!lines) before = ",\n";
    }
    if (!lines) std::cout << (counts_.empty() ? "[]\n" : "]\n");
  }

 private:
  struct Counted {
    std::string cells;
    std::uint64_t records = 0;
  };

  void print_csv() const {
    std::cout << heading_ << "count\r\n";
    for (const auto& [fields, counted] : counts_) std::cout << counted.cells << counted.records << "\r\n";
  }

  Projection projection_;
  std::string format_, heading_;
  std::vector<model::FieldNumber> fields_;
  std::map<std::string, Counted> counts_;  ///< by the fields as JSON
};

}  // namespace

std::unique_ptr<QueryOutput> records_as_json(bool lines, std::vector<model::FieldNumber> fields) {
  return std::make_unique<JsonOutput>(lines, std::move(fields));
}

std::unique_ptr<QueryOutput> records_as_csv(const model::Catalogue& catalogue,
                                            std::vector<model::FieldNumber> fields) {
  return std::make_unique<CsvOutput>(catalogue, std::move(fields));
}

std::unique_ptr<QueryOutput> counts_of_records(std::string format, const model::Catalogue& catalogue,
                                               std::vector<model::FieldNumber> fields) {
  return std::make_unique<CountOutput>(std::move(format), catalogue, std::move(fields));
}

}  // namespace musubi::app
