// From when on which text of a mapping is in force, and the texts themselves.
#include "questions.h"
#include "writer.h"

namespace musubi::ledger {
namespace {

constexpr std::string_view kNewestOf =
    "SELECT mapping_digest, value_sets_digest FROM activations WHERE mapping = ?1 AND version = ?2"
    " ORDER BY id DESC LIMIT 1";

void keep(sqlite::Database& database, const ConfigurationText& text, std::int64_t now) {
  database.prepare("INSERT INTO configurations VALUES(?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING")
      .with(text.digest, text.kind, text.name, text.text, now)
      .run();
}

void record(sqlite::Database& database, const Activation& activation, std::int64_t now) {
  auto before = database.prepare(kNewestOf);
  const bool known = before.with(activation.mapping, activation.version).next();
  const auto mapping_digest = known ? before.text(0) : std::string();
  const auto value_sets = known ? before.text(1) : std::string();
  before.rewind();
  database
      .prepare(
          "INSERT INTO activations(mapping, version, file, action, mapping_digest, value_sets_digest,"
          " previous_mapping_digest, previous_value_sets, by, why, at)"
          " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)")
      .with(activation.mapping, activation.version, activation.file, static_cast<int>(activation.action),
            activation.mapping_digest, activation.value_sets_digest, mapping_digest, value_sets,
            activation.by, activation.why, now)
      .run();
}

Activation activation_of(const sqlite::Statement& row) {
  Activation activation;
  activation.id = row.integer(0);
  activation.mapping = row.text(1);
  activation.version = row.text(2);
  activation.file = row.text(3);
  activation.action = static_cast<ActivationAction>(row.integer(4));
  activation.mapping_digest = row.text(5);
  activation.value_sets_digest = row.text(6);
  activation.previous_mapping_digest = row.text(7);
  activation.previous_value_sets = row.text(8);
  activation.by = row.text(9);
  activation.why = row.text(10);
  activation.at = base::Instant(std::chrono::microseconds(row.integer(11)));
  return activation;
}

}  // namespace

std::string_view name_of(ActivationAction action) noexcept {
  constexpr std::string_view kNames[] = {"baseline", "activate", "rollback"};
  return kNames[static_cast<std::size_t>(action)];
}

base::Status Writer::activate(std::span<const ConfigurationText> texts,
                              std::span<const Activation> activations, std::int64_t seen) {
  return change([&](sqlite::Database& database) -> base::Status {
    if (ledger::newest_activation(database) != seen)
      return base::Error(base::ErrorKind::refused, "ledger.activation_overtaken");
    for (const auto& text : texts) keep(database, text, now());
    for (const auto& activation : activations) record(database, activation, now());
    return {};
  });
}

std::int64_t newest_activation(sqlite::Database& database) {
  return database.number("SELECT ifnull(max(id), 0) FROM activations");
}

std::vector<Activation> activations(sqlite::Database& database) {
  auto find = database.prepare(
      "SELECT id, mapping, version, file, action, mapping_digest, value_sets_digest,"
      " previous_mapping_digest, previous_value_sets, by, why, at FROM activations ORDER BY id");
  std::vector<Activation> found;
  while (find.next()) found.push_back(activation_of(find));
  return found;
}

}  // namespace musubi::ledger
