#include "store.h"

#include "musubi/base/kill_point.h"
#include "reader.h"

namespace musubi::sqlite_sink {
namespace {

base::Error closed(const std::filesystem::path& file) {
  return base::Error(base::ErrorKind::defect, "adapter.store_closed").at({.file = file.string()});
}

base::Status check(Database& database) {
  MUSUBI_ASSIGN(auto row, database.prepare("PRAGMA quick_check(1)"));
  MUSUBI_ASSIGN(const bool found, row.next());
  if (!found || row.text(0) != "ok") return database.error(SQLITE_CORRUPT);
  return {};
}

}  // namespace

base::Result<std::unique_ptr<Store>> Store::open(const std::filesystem::path& file, Database::Mode mode,
                                                 std::shared_ptr<const model::Catalogue> catalogue,
                                                 const base::Clock& clock) {
  std::unique_ptr<Store> store(new Store(file, std::move(catalogue), clock));
  if (mode == Database::Mode::writer)
    MUSUBI_TRY(store->start());
  else
    MUSUBI_TRY(store->reader());
  return store;
}

base::Status Store::start() {
  const bool in_haste = has_log(file_);
  MUSUBI_ASSIGN(database_, Database::open(file_, Database::Mode::writer));
  if (in_haste) MUSUBI_TRY(check(*database_));
  MUSUBI_TRY(bring_up_to_date(*database_, *catalogue_));
  MUSUBI_ASSIGN(layouts_, Layouts::load(*database_));
  return {};
}

base::Result<plugin::Receipt> Store::deliver(const model::Disclosure& disclosure) {
  MUSUBI_ASSIGN(auto receipts, deliver_together({&disclosure, 1}));
  return std::move(receipts.front());
}

base::Result<std::vector<plugin::Receipt>> Store::deliver_together(
    std::span<const model::Disclosure> disclosures) {
  if (database_ == nullptr) return closed(file_);
  for (const auto& disclosure : disclosures)
    if (disclosure.layout().catalogue->version() != catalogue_->version())
      return base::Error(base::ErrorKind::defect, "adapter.other_catalogue");
  if (unsettled_) MUSUBI_TRY(forget());
  unsettled_ = true;
  auto receipts = write(disclosures);
  unsettled_ = receipts.has_error();
  return receipts;
}

base::Result<std::vector<plugin::Receipt>> Store::write(std::span<const model::Disclosure> disclosures) {
  MUSUBI_ASSIGN(auto transaction, Transaction::begin(*database_));
  std::vector<plugin::Receipt> receipts;
  for (const auto& disclosure : disclosures) {
    MUSUBI_ASSIGN(auto receipt, write(disclosure));
    receipts.push_back(std::move(receipt));
  }
  base::kill_point("central.before_commit");
  MUSUBI_TRY(transaction.commit());
  base::kill_point("central.after_commit");
  return receipts;
}

base::Result<plugin::Receipt> Store::write(const model::Disclosure& disclosure) {
  MUSUBI_ASSIGN(auto* const writer, writer_for(disclosure.layout().kind));
  MUSUBI_TRY(writer->begin());
  MUSUBI_ASSIGN(const auto layout, layouts_.number_of(disclosure.layout(), *database_));
  const DeliveryFrame frame{disclosure.submission(), disclosure.source(), base::to_text(clock_->now())};
  plugin::Receipt receipt;
  for (std::size_t index = 0; index < disclosure.size(); ++index) {
    MUSUBI_ASSIGN(const bool written,
                  writer->store(layout, frame, disclosure.key(index), disclosure.values(index)));
    ++(written ? receipt.stored : receipt.already_there);
  }
  MUSUBI_ASSIGN(receipt.recipient_reference, note_receipt(frame, receipt));
  return receipt;
}

base::Status Store::forget() {
  for (auto& writer : writers_) writer.reset();
  MUSUBI_ASSIGN(layouts_, Layouts::load(*database_));
  return {};
}

base::Result<KindWriter*> Store::writer_for(model::RecordKind kind) {
  auto& writer = writers_[static_cast<std::size_t>(kind)];
  if (writer == nullptr) {
    MUSUBI_ASSIGN(writer, KindWriter::make(*database_, layouts_, *catalogue_, kind));
  }
  return writer.get();
}

base::Result<std::string> Store::note_receipt(const DeliveryFrame& frame, const plugin::Receipt& receipt) {
  MUSUBI_ASSIGN(auto statement,
                database_->prepare("INSERT INTO delivery_receipt (source, submission, stored, "
                                   "already_there, received_at) VALUES (?1, ?2, ?3, ?4, ?5)"));
  statement.bind(1, std::string_view(frame.source));
  statement.bind(2, frame.submission);
  statement.bind(3, static_cast<std::int64_t>(receipt.stored));
  statement.bind(4, static_cast<std::int64_t>(receipt.already_there));
  statement.bind(5, std::string_view(frame.received_at));
  MUSUBI_TRY(statement.run());
  return "sqlite:" + std::to_string(database_->last_row());
}

base::Result<Database*> Store::reader() {
  if (reader_ == nullptr) {
    MUSUBI_ASSIGN(auto opened, Database::open(file_, Database::Mode::reader));
    MUSUBI_TRY(check_readable(*opened, *catalogue_));
    reader_ = std::move(opened);
  }
  return reader_.get();
}

base::Status Store::read(const plugin::ReadRequest& request, const plugin::RecordVisitor& visit) {
  const std::lock_guard lock(reading_);
  MUSUBI_ASSIGN(auto* const database, reader());
  return read_records(*database, catalogue_, request, visit);
}

base::Status Store::verify() {
  const std::lock_guard lock(reading_);
  MUSUBI_ASSIGN(auto* const database, reader());
  return check(*database);
}

base::Status Store::close() {
  if (database_ == nullptr) return {};
  for (auto& writer : writers_) writer.reset();
  auto status = database_->checkpoint();
  database_.reset();
  const std::lock_guard lock(reading_);
  reader_.reset();
  return status;
}

}  // namespace musubi::sqlite_sink
