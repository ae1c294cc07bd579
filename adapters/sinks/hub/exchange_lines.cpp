#include "exchange_lines.h"

#include <algorithm>

#include "musubi/base/json_text.h"
#include "musubi/base/partial_date.h"

namespace musubi::hub_sink {
namespace {

using model::Value;

/// Of the field that numbers the records of this kind at their source; -1: it is not released.
int local_id_slot(const model::RecordLayout& layout) {
  const auto& catalogue = *layout.catalogue;
  const auto found = std::ranges::find_if(layout.slots, [&](model::FieldNumber number) {
    const auto& field = catalogue.at(number);
    return field.type == model::FieldType::identifier && field.required;
  });
  return found == layout.slots.end() ? -1 : static_cast<int>(found - layout.slots.begin());
}

void append_member(std::string& line, std::string_view name, std::string_view value) {
  base::append_json_string(line.append(",\"").append(name).append("\":"), value);
}

std::string day_text(std::int32_t day) {
  return base::to_text(base::partial_date(std::chrono::sys_days(std::chrono::days(day))));
}

void append_origin(std::string& line, const model::Disclosure& disclosure, const model::DisclosureKey& key,
                   std::string_view hub, std::string_view local_id) {
  base::append_json_string(line.append(R"({"origin":{"hub":)"), hub);
  append_member(line, "source", disclosure.source());
  append_member(line, "local_id", local_id);
  append_member(line, "as_of", day_text(key.as_of));
  line.append(",\"record\":").append(std::to_string(key.record));
  line.append(",\"version\":").append(std::to_string(key.version)).append("}");
}

base::Error withheld() { return {base::ErrorKind::refused, "hub_sink.local_id_withheld"}; }

}  // namespace

base::Result<std::string> exchange_lines(const model::Disclosure& disclosure, std::string_view hub) {
  const auto slot = local_id_slot(disclosure.layout());
  if (slot < 0) return withheld();
  std::string lines;
  for (std::size_t index = 0; index < disclosure.size(); ++index) {
    const auto values = disclosure.values(index);
    const Value& local_id = values[static_cast<std::size_t>(slot)];
    if (!local_id.present()) return withheld();
    append_origin(lines, disclosure, disclosure.key(index), hub, model::to_text(local_id));
    // The record's own object follows without its opening brace; it has the number at least.
    lines.append(",")
        .append(std::string_view(model::to_json(disclosure.layout(), values)).substr(1))
        .append("\n");
  }
  return lines;
}

}  // namespace musubi::hub_sink
