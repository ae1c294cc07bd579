#include "kind_writer.h"

#include <algorithm>

#include "absences.h"

namespace musubi::sqlite_sink {

base::Result<std::unique_ptr<KindWriter>> KindWriter::make(const Database& database, const Layouts& layouts,
                                                           const model::Catalogue& catalogue,
                                                           model::RecordKind kind) {
  std::unique_ptr<KindWriter> writer(new KindWriter(database, layouts, kind_tables(catalogue, kind)));
  MUSUBI_ASSIGN(writer->book_, CaseBook::open(database, writer->tables_));
  return writer;
}

base::Status KindWriter::begin() {
  MUSUBI_ASSIGN(highest_, book_.highest_record());
  return {};
}

base::Result<LayoutWriter*> KindWriter::writer_for(std::int64_t layout) {
  auto& writer = writers_[layout];
  if (writer == nullptr) {
    const auto* stored = layouts_->find(layout);
    if (stored == nullptr) return database_->error(SQLITE_CORRUPT);
    writer = std::make_unique<LayoutWriter>(*database_, tables_, *stored);
  }
  return writer.get();
}

base::Result<bool> KindWriter::store(std::int64_t layout, const DeliveryFrame& frame,
                                     const model::DisclosureKey& key, std::span<const model::Value> values) {
  MUSUBI_ASSIGN(auto* const writer, writer_for(layout));
  const Word word{*writer, frame, key, values};
  // Cases are numbered upwards, so a number above all others is a new case without looking.
  if (key.record > highest_) {
    highest_ = key.record;
    MUSUBI_TRY(store_first(word));
    return true;
  }
  MUSUBI_ASSIGN(const bool known, book_.find_current(key.record, row_));
  if (known) return store_further(word);
  MUSUBI_TRY(store_first(word));
  return true;
}

base::Status KindWriter::store_first(const Word& word) {
  MUSUBI_TRY(word.writer.insert(word.frame, word.key, word.values));
  return word.late() ? book_.note_late(word.key.record, word.key.version) : base::Status{};
}

base::Result<bool> KindWriter::store_further(const Word& word) {
  const auto record = word.key.record;
  if (word.key.version == row_.version) return false;
  MUSUBI_ASSIGN(const auto newest_late, book_.newest_late(record));
  if (!word.late() && word.key.version > std::max(row_.version, newest_late)) {
    MUSUBI_TRY(supersede(word));
    return true;
  }
  MUSUBI_ASSIGN(const bool seen, book_.in_history(record, word.key.version));
  if (seen) return false;
  MUSUBI_TRY(insert_among(word));
  return true;
}

/// The usual change: a newer word than all that are known.
base::Status KindWriter::supersede(const Word& word) {
  MUSUBI_TRY(archive_current(word.key.record));
  return word.writer.update(word.frame, word.key, word.values, row_.absent);
}

/// A word that belongs between others, or before them.
base::Status KindWriter::insert_among(const Word& word) {
  const auto record = word.key.record;
  MUSUBI_TRY(word.writer.insert_history(word.frame, word.key, word.values));
  if (word.late()) MUSUBI_TRY(book_.note_late(record, word.key.version));
  MUSUBI_ASSIGN(const bool nothing_more, says_nothing_more(word));
  if (nothing_more) return {};
  MUSUBI_TRY(archive_current(record));
  return rebuild(record);
}

/// Whether a late word cannot change the current row: the newest word, which stays so, speaks of all its
/// fields.
base::Result<bool> KindWriter::says_nothing_more(const Word& word) {
  if (!word.late()) return false;
  MUSUBI_ASSIGN(const bool head_was_late, book_.came_late(word.key.record, row_.version));
  if (head_was_late) return false;
  const auto* head = layouts_->find(row_.layout);
  return head != nullptr && std::ranges::all_of(word.writer.layout().field_ids(),
                                                [head](const auto& id) { return head->speaks_of(id); });
}

base::Status KindWriter::archive_current(std::int64_t record) {
  MUSUBI_ASSIGN(auto* const writer, writer_for(row_.layout));
  return writer->archive(record, sinks::absences_of(row_.absent, writer->layout()));
}

/// Lays all versions, which are in history now, over each other anew.
base::Status KindWriter::rebuild(std::int64_t record) {
  MUSUBI_TRY(book_.remove_current(record));
  MUSUBI_ASSIGN(auto versions, book_.history_of(record));
  std::string absent;
  bool first = true;
  versions = in_order(std::move(versions));
  for (const auto& known : versions) {
    MUSUBI_ASSIGN(auto* const writer, writer_for(known.layout));
    MUSUBI_ASSIGN(const auto own, book_.absent_in_history(record, known.version));
    absent = sinks::overlaid_absences(absent, writer->layout(), own);
    MUSUBI_TRY(first ? writer->restart(record, known.version, absent)
                     : writer->overlay(record, known.version, absent));
    first = false;
  }
  return book_.remove_from_history(record, versions.back().version);
}

}  // namespace musubi::sqlite_sink
