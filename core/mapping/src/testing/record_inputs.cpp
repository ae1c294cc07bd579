// Canonical records for mappings that write.
#include <algorithm>

#include "../plan.h"
#include "musubi/mapping/outward.h"
#include "test_inputs.h"

namespace musubi::mapping {
namespace {

using model::Field;
using model::Value;

constexpr std::string_view kNotMeant = "mapping.row_not_meant";

/// The layout that has every field of a kind of record.
model::RecordLayout whole_layout(const Context& context, model::RecordKind kind) {
  std::vector<model::FieldNumber> fields;
  for (const auto number : context.catalogue->fields_of(kind))
    if (context.catalogue->at(number).group == model::kNoField) fields.push_back(number);
  return model::make_layout(context.catalogue, kind, std::move(fields));
}

std::string_view keep_in_batch(void* owner, std::string_view text) {
  return static_cast<model::RecordBatch*>(owner)->keep(text);
}

/// From what a test file says of a record to its values.
class RecordTyper {
 public:
  RecordTyper(const Context& context, model::RecordBatch& records, Problems& problems)
      : context_(context), records_(records), problems_(problems) {}

  void put(const Entries& entries, std::size_t record) {
    const auto& layout = records_.layout();
    for (const auto& [name, node] : entries.entries) {
      const auto* field = context_.catalogue->find(name.text);
      const int slot = field == nullptr ? -1 : layout.slot(field->number);
      if (slot < 0)
        unknown(name);
      else
        records_.values(record)[static_cast<std::size_t>(slot)] = value_of(*field, node);
    }
  }

  /// A word in the place of a field; of a member of a group, in the first item.
  void put_word(const Located& name, const WordCheck& word, std::size_t record) {
    const auto* field = context_.catalogue->find(name.text);
    if (field == nullptr) return unknown(name);
    const bool member = field->group != model::kNoField;
    const int slot = records_.layout().slot(member ? field->group : field->number);
    if (slot < 0) return unknown(name);
    auto& place = records_.values(record)[static_cast<std::size_t>(slot)];
    const auto value = word.absent ? absent(word.word) : plain(*field, word.word);
    place = member ? with_member(*field, place, value) : value;
  }

 private:
  void unknown(const Located& name) {
    problems_.error_near(name.mark, "mapping.field_unknown", context_.catalogue->suggest(name.text),
                         {{"rule", name.text}});
  }

  Value list_of(const std::vector<Value>& values) {
    const auto kept = records_.keep_list(values.size());
    std::ranges::copy(values, kept.begin());
    return Value::list(kept);
  }

  Value value_of(const Field& field, const YamlNode& node) {
    if (node.kind == YamlKind::null) return {};
    if (field.type == model::FieldType::group) return group_of(field, node);
    if (const auto* reason = node.find("absent")) return absent({reason->text, reason->mark});
    if (node.kind == YamlKind::scalar) return plain(field, {node.text, node.mark});
    std::vector<Value> items;
    for (const auto& item : node.items) items.push_back(scalar(field, {item.text, item.mark}));
    return list_of(items);
  }

  Value group_of(const Field& group, const YamlNode& node) {
    const auto members = context_.catalogue->members_of(group.number);
    std::vector<Value> items;
    for (const auto& item : node.items) {
      std::vector<Value> values(members.size());
      for (const auto& [name, value] : item.entries) {
        const auto member = std::ranges::find_if(
            members, [&](auto number) { return context_.catalogue->at(number).id == name.text; });
        if (member == members.end())
          unknown(name);
        else
          values[static_cast<std::size_t>(member - members.begin())] =
              value_of(context_.catalogue->at(*member), value);
      }
      items.push_back(list_of(values));
    }
    return list_of(items);
  }

  Value with_member(const Field& field, const Value& group, const Value& value) {
    const auto members = context_.catalogue->members_of(field.group);
    std::vector<Value> items, values(members.size());
    if (group.kind() == model::ValueKind::list) items.assign(group.as_list().begin(), group.as_list().end());
    if (items.empty()) items.emplace_back();
    if (const auto first = items.front(); first.kind() == model::ValueKind::list)
      values.assign(first.as_list().begin(), first.as_list().end());
    values[static_cast<std::size_t>(std::ranges::find(members, field.number) - members.begin())] = value;
    items.front() = list_of(values);
    return list_of(items);
  }

  Value absent(const Located& reason) {
    const auto named = model::absent_reason_named(reason.text);
    if (!named || *named == model::AbsentReason::none)
      problems_.error(reason.mark, "conceptmap.unknown_reason", {{"text", reason.text}});
    return Value::absent(named.value_or(model::AbsentReason::unknown));
  }

  /// One value, which is a list where the field is one.
  Value plain(const Field& field, const Located& text) {
    const auto value = scalar(field, text);
    return field.repeats ? list_of({value}) : value;
  }

  /// Codes are given as they are: not every one has to be known.
  Value scalar(const Field& field, const Located& text) {
    if (field.type == model::FieldType::code) return Value::code(records_.keep(text.text));
    TextKeeper keeper{.owner = &records_, .keep = keep_in_batch, .buffer = {}};
    const auto conversion = plain_conversion(field.type, context_);
    const auto value = conversion
                           ? convert(*conversion, records_.keep(text.text), document::CellKind::text, keeper)
                           : Value{};
    if (!value.present())
      problems_.error(text.mark, "mapping.constant_not_understood",
                      {{"rule", field.id}, {"word", text.text}});
    return value;
  }

  const Context& context_;
  model::RecordBatch& records_;
  Problems& problems_;
};

/// The row that was written, by the names of its columns; blank cells are there as well.
Leaves leaves_of_row(const std::string& heading, const std::string& line) {
  Leaves leaves;
  document::TableOptions options;
  auto reader = document::open_csv(document::ByteSource::of_text(heading + line, "written"), options);
  if (reader.has_error()) return leaves;
  document::RowBatch rows;
  if (const auto got = (*reader)->read(rows, 1); got.has_error() || *got == 0) return leaves;
  for (std::size_t column = 0; column < rows.width(); ++column)
    leaves[(*reader)->columns()[column]] = {std::string(rows.row(0)[column].text())};
  return leaves;
}

Leaves leaves_of_document(std::string text) {
  const auto tree = document::read_json(std::move(text), "written", {});
  return tree.has_error() ? Leaves{} : leaves_of(*tree);
}

class RecordInputs final : public TestInputs {
 public:
  RecordInputs(const TestFile& file, const Mapping& mapping, Problems& problems)
      : records_(std::make_shared<const model::RecordLayout>(
            whole_layout(mapping.context(), mapping.head().record))),
        cases_(file.cases.size()) {
    RecordTyper typer(mapping.context(), records_, problems);
    for (const auto& each : file.cases) {
      records_.add({});
      if (each.from_base) typer.put(file.base_input, records_.size() - 1);
      for (const auto& given : each.given) typer.put(given, records_.size() - 1);
    }
    for (const auto& checks : file.words)
      for (const auto& word : checks.words) {
        records_.add({});
        typer.put(file.base_input, records_.size() - 1);
        typer.put_word(*checks.from, word, records_.size() - 1);
      }
  }

  std::vector<Came> run_case(const MappingPointer& mapping, std::size_t index) const override {
    return run(mapping, index, index + 1);
  }
  std::vector<Came> run_words(const MappingPointer& mapping) const override {
    return run(mapping, cases_, records_.size());
  }
  std::string given(std::size_t, std::size_t, const std::string&) const override { return {}; }

 private:
  std::vector<Came> run(const MappingPointer& mapping, std::size_t first, std::size_t end) const {
    std::vector<Came> all;
    auto writer = RecordWriter::make(mapping);
    const auto heading = writer.has_error() ? std::string() : writer->heading();
    for (auto record = first; record < end; ++record) {
      if (writer.has_error())
        all.push_back({.kind = CameKind::refused, .because = writer.error().code()});
      else
        all.push_back(written(*writer, heading, record));
    }
    return all;
  }

  Came written(RecordWriter& writer, const std::string& heading, std::size_t record) const {
    std::string text;
    std::vector<OutwardFinding> findings;
    const auto done = writer.write(records_.layout(), records_.values(record), text, findings);
    if (done.has_error()) return {.kind = CameKind::refused, .because = done.error().code()};
    Came came;
    for (const auto& [code, target, holds] : findings)
      came.findings.push_back({holds ? Ending::held : Ending::noted, target, std::string(code)});
    std::ranges::sort(came.findings);
    if (*done) {
      came.leaves = heading.empty() ? leaves_of_document(std::move(text)) : leaves_of_row(heading, text);
    } else if (findings.empty()) {
      came.kind = CameKind::skipped;
      came.because = kNotMeant;
    }
    return came;
  }

  model::RecordBatch records_;
  std::size_t cases_;
};

}  // namespace

std::unique_ptr<const TestInputs> record_inputs(const TestFile& file, const Mapping& mapping,
                                                Problems& problems) {
  return std::make_unique<RecordInputs>(file, mapping, problems);
}

}  // namespace musubi::mapping
