// Bytes are durable, and written down with their receipt, before anything is said to the sender.
#include "ledger_parts.h"
#include "musubi/base/digest.h"
#include "questions.h"

namespace musubi::ledger {
namespace {

/// The row of a submission of these bytes from this source; 0 when there is none.
std::int64_t find_submission(sqlite::Database& database, std::int64_t source, std::string_view digest) {
  auto find = database.prepare("SELECT id FROM submissions WHERE source = ?1 AND digest = ?2");
  return find.with(source, digest).next() ? find.integer(0) : 0;
}

std::optional<std::int64_t> number_of(const std::optional<std::chrono::sys_days>& day) {
  if (!day) return {};
  return day->time_since_epoch().count();
}

std::int64_t add_submission(sqlite::Database& database, std::int64_t source, const KeptBytes& kept,
                            const Arrival& arrival, base::Instant now) {
  database
      .prepare(
          "INSERT INTO submissions(source, digest, name, bytes, received, day, state, reason, stated)"
          " VALUES(?1, ?2, ?3, ?4, ?5, ?6, 0, '', ?7)")
      .with(source, kept.digest, arrival.name, kept.bytes, now.time_since_epoch().count(),
            base::day_in_japan(now).time_since_epoch().count(), number_of(arrival.stated_as_of))
      .run();
  return database.last_id();
}

SubmissionInfo as_kept(std::int64_t id, const KeptBytes& kept, const Arrival& arrival, base::Instant now) {
  SubmissionInfo info;
  info.id = id;
  info.source = arrival.source;
  info.name = arrival.name;
  info.digest = kept.digest;
  info.bytes = kept.bytes;
  info.received = now;
  info.stated_as_of = arrival.stated_as_of;
  info.receipts = 1;
  return info;
}

void keep_small(sqlite::Database& database, std::int64_t submission, std::string_view bytes) {
  database.prepare("INSERT INTO kept_bytes VALUES(?1, ?2)").with(submission, sqlite::Blob{bytes}).run();
}

/// The submission is its first receipt.
SubmissionInfo keep_first(sqlite::Database& database, std::int64_t source, const KeptBytes& kept,
                          const Arrival& arrival, base::Instant now) {
  const auto id = add_submission(database, source, kept, arrival, now);
  if (!arrival.kept) keep_small(database, id, arrival.bytes);
  return as_kept(id, kept, arrival, now);
}

/// The file in which the bytes of a submission lay may have been lost: those that came again stand for it.
void keep_small_again(sqlite::Database& database, std::int64_t submission, const KeptBytes& kept,
                      std::string_view bytes) {
  database
      .prepare(
          "INSERT INTO kept_bytes SELECT ?1, ?2"
          " WHERE NOT EXISTS (SELECT 1 FROM small_bytes WHERE digest = ?3) ON CONFLICT DO NOTHING")
      .with(submission, sqlite::Blob{bytes}, kept.digest)
      .run();
}

SubmissionInfo note_later(sqlite::Database& database, std::int64_t submission, const KeptBytes& kept,
                          const Arrival& arrival, base::Instant now) {
  if (!arrival.kept) keep_small_again(database, submission, kept, arrival.bytes);
  if (arrival.stated_as_of)
    database.prepare("UPDATE submissions SET stated = ?2 WHERE id = ?1")
        .with(submission, number_of(arrival.stated_as_of))
        .run();
  database.prepare("INSERT INTO later_receipts(submission, name, received) VALUES(?1, ?2, ?3)")
      .with(submission, arrival.name, now.time_since_epoch().count())
      .run();
  auto found = submissions(database, "s.id = ?1", submission);
  if (found.empty()) return {};
  found[0].repeated = true;
  return found[0];
}

/// The submission of these bytes, new or known.
SubmissionInfo note_receipt(sqlite::Database& database, std::int64_t source, const KeptBytes& kept,
                            const Arrival& arrival, base::Instant now) {
  const auto earlier = find_submission(database, source, kept.digest);
  return earlier == 0 ? keep_first(database, source, kept, arrival, now)
                      : note_later(database, earlier, kept, arrival, now);
}

/// What each arrival is kept as; hashing needs no turn.
base::Result<std::vector<KeptBytes>> named(std::span<const Arrival> arrivals) {
  std::vector<KeptBytes> all;
  for (const auto& each : arrivals) {
    if (!each.kept && each.bytes.size() > kMostSmallBytes)
      return base::Error(base::ErrorKind::defect, "ledger.not_small");
    all.push_back(each.kept ? *each.kept
                            : KeptBytes{base::to_hex(base::sha256(each.bytes)), each.bytes.size()});
  }
  return all;
}

}  // namespace

base::Result<SubmissionInfo> Ledger::keep(const std::string& source, const std::filesystem::path& file,
                                          const std::string& shown_name,
                                          const std::function<void(std::uint64_t)>& progress,
                                          std::optional<std::chrono::sys_days> stated_as_of) {
  MUSUBI_ASSIGN(auto* const writer, parts_->writing());
  const auto kept = parts_->kept.keep(file, progress);
  if (kept.has_error()) {
    if (kept.error().code() == "ledger.sync_failed") writer->stop(kept.error());
    return kept.error();
  }
  const Arrival arrival{source, shown_name, {}, *kept, stated_as_of};
  MUSUBI_ASSIGN(auto infos, keep_all({&arrival, 1}));
  return std::move(infos.front());
}

/// A disk that did not take what it said it took: nothing is acknowledged any more.
class StoppingIncoming final : public Incoming {
 public:
  StoppingIncoming(std::unique_ptr<Incoming> incoming, Writer& writer)
      : incoming_(std::move(incoming)), writer_(writer) {}
  base::Status write(std::string_view bytes) override { return incoming_->write(bytes); }
  base::Result<KeptBytes> finish() override {
    auto kept = incoming_->finish();
    if (kept.has_error() && kept.error().code() == "ledger.sync_failed") writer_.stop(kept.error());
    return kept;
  }

 private:
  std::unique_ptr<Incoming> incoming_;
  Writer& writer_;
};

base::Result<std::unique_ptr<Incoming>> Ledger::begin_incoming() {
  MUSUBI_ASSIGN(auto* const writer, parts_->writing());
  MUSUBI_ASSIGN(auto incoming, parts_->kept.begin());
  return std::unique_ptr<Incoming>(std::make_unique<StoppingIncoming>(std::move(incoming), *writer));
}

base::Result<std::vector<SubmissionInfo>> Ledger::keep_all(std::span<const Arrival> arrivals) {
  MUSUBI_ASSIGN(const auto kept, named(arrivals));
  std::vector<SubmissionInfo> infos;
  MUSUBI_TRY(parts_->write([&](Writer& writer) {
    return writer.change([&](sqlite::Database& database) {
      for (std::size_t index = 0; index < arrivals.size(); ++index) {
        const auto& each = arrivals[index];
        infos.push_back(
            note_receipt(database, writer.source_id(each.source), kept[index], each, parts_->clock.now()));
      }
      return database.status();
    });
  }));
  return infos;
}

base::Result<KeptContent> Ledger::kept(const SubmissionInfo& submission) const {
  KeptContent content{parts_->kept.path_of(submission.digest), {}};
  content.bytes =
      parts_->ask([&](sqlite::Database& database) { return small_bytes(database, submission.id); });
  std::error_code failure;
  if (content.bytes || std::filesystem::exists(content.file, failure)) return content;
  return base::Error(base::ErrorKind::environment, "ledger.bytes_unknown", {{"digest", submission.digest}});
}

}  // namespace musubi::ledger
