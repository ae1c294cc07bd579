#include "store.h"

#include "migration.h"
#include "reader.h"
#include "server_checks.h"
#include "statements.h"
#include "verify.h"

namespace musubi::postgres_sink {

using Purpose = Connection::Purpose;

base::Result<std::unique_ptr<Store>> Store::open(ConnectionSettings settings, Purpose purpose,
                                                 std::shared_ptr<const model::Catalogue> catalogue,
                                                 const base::Clock& clock, Warn warn) {
  std::unique_ptr<Store> store(
      new Store(std::move(settings), purpose, std::move(catalogue), clock, std::move(warn)));
  if (purpose == Purpose::reading) {
    MUSUBI_TRY(store->reader());
    return store;
  }
  const auto begun = store->begin_session();
  if (begun.has_error() && begun.error().kind() != base::ErrorKind::unavailable) return begun.error();
  if (begun.has_error()) store->warn_(begun.error().code());
  return store;
}

base::Status Store::begin_session() {
  session_.reset();
  auto session = std::make_unique<Session>();
  MUSUBI_ASSIGN(session->connection, Connection::open(settings_, Purpose::writing));
  MUSUBI_ASSIGN(const auto nature, check_server(*session->connection, Purpose::writing));
  if (!nature.fsync) warn_("postgres.fsync_off");
  MUSUBI_TRY(bring_up_to_date(*session->connection, *catalogue_));
  MUSUBI_TRY(session->layouts.load(*session->connection));
  session_ = std::move(session);
  return {};
}

base::Result<plugin::Receipt> Store::deliver(const model::Disclosure& disclosure) {
  MUSUBI_ASSIGN(auto receipts, deliver_together({&disclosure, 1}));
  return std::move(receipts.front());
}

base::Result<std::vector<plugin::Receipt>> Store::deliver_together(
    std::span<const model::Disclosure> disclosures) {
  if (closed_ || purpose_ == Purpose::reading)
    return base::Error(base::ErrorKind::defect, "adapter.store_closed");
  for (const auto& disclosure : disclosures)
    if (disclosure.layout().catalogue->version() != catalogue_->version())
      return base::Error(base::ErrorKind::defect, "adapter.other_catalogue");
  if (session_ == nullptr || !session_->connection->still_there()) MUSUBI_TRY(begin_session());
  auto receipts = write(disclosures);
  // What was learnt in a transaction that is no more is not so.
  if (receipts.has_error()) session_.reset();
  return receipts;
}

base::Result<std::vector<plugin::Receipt>> Store::write(std::span<const model::Disclosure> disclosures) {
  auto& connection = *session_->connection;
  MUSUBI_ASSIGN(auto transaction, Transaction::begin(connection));
  MUSUBI_TRY(lock_store(connection));
  std::vector<plugin::Receipt> receipts;
  for (const auto& disclosure : disclosures) {
    MUSUBI_ASSIGN(auto receipt, write(disclosure));
    receipts.push_back(std::move(receipt));
  }
  MUSUBI_TRY(transaction.commit());
  return receipts;
}

base::Result<plugin::Receipt> Store::write(const model::Disclosure& disclosure) {
  MUSUBI_ASSIGN(const auto layout, session_->layouts.number_of(disclosure.layout(), *session_->connection));
  const DeliveryFrame frame{disclosure.submission(), disclosure.source(), base::to_text(clock_->now())};
  plugin::Receipt receipt;
  MUSUBI_TRY(writer_for(disclosure.layout().kind).store(disclosure, layout, frame, receipt));
  MUSUBI_ASSIGN(receipt.recipient_reference, note_receipt(frame, receipt));
  return receipt;
}

KindWriter& Store::writer_for(model::RecordKind kind) {
  auto& writer = session_->writers[static_cast<std::size_t>(kind)];
  if (writer == nullptr)
    writer =
        std::make_unique<KindWriter>(*session_->connection, session_->layouts,
                                     sinks::kind_tables(*catalogue_, kind, model::SqlDialect::postgresql));
  return *writer;
}

base::Result<std::string> Store::note_receipt(const DeliveryFrame& frame, const plugin::Receipt& receipt) {
  Parameters parameters;
  parameters.add(std::string_view(frame.source)).add(frame.submission);
  parameters.add(static_cast<std::int64_t>(receipt.stored))
      .add(static_cast<std::int64_t>(receipt.already_there));
  parameters.add(std::string_view(frame.received_at));
  MUSUBI_ASSIGN(
      const auto number,
      session_->connection->ask("INSERT INTO delivery_receipt (source, submission, stored, already_there, "
                                "received_at) VALUES ($1, $2, $3, $4, $5) RETURNING number",
                                parameters));
  return "postgres:" + std::string(number.text(0, 0));
}

base::Result<Connection*> Store::reader() {
  if (reader_ == nullptr || !reader_->still_there()) {
    reader_.reset();
    MUSUBI_ASSIGN(auto opened, Connection::open(settings_, Purpose::reading));
    MUSUBI_TRY(check_server(*opened, Purpose::reading));
    MUSUBI_TRY(check_readable(*opened, *catalogue_));
    reader_ = std::move(opened);
  }
  return reader_.get();
}

base::Status Store::read(const plugin::ReadRequest& request, const plugin::RecordVisitor& visit) {
  const std::lock_guard lock(reading_);
  MUSUBI_ASSIGN(auto* const connection, reader());
  return read_records(*connection, catalogue_, request, visit);
}

base::Status Store::verify() {
  const std::lock_guard lock(reading_);
  MUSUBI_ASSIGN(auto* const connection, reader());
  return verify_store(*connection, *catalogue_);
}

base::Status Store::close() {
  closed_ = true;
  session_.reset();
  const std::lock_guard lock(reading_);
  reader_.reset();
  return {};
}

}  // namespace musubi::postgres_sink
