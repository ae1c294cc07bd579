// The central store in a PostgreSQL schema: typed columns from the catalogue, versions kept, a current view.
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "connection.h"
#include "kind_writer.h"
#include "layouts.h"
#include "musubi/base/clock.h"
#include "musubi/plugin/sink.h"

namespace musubi::postgres_sink {

/// Threads: as plugin::Sink. Exceptions (out of memory) may leave every function; what is stored is then as
/// before. A connection that broke is made anew by the next call that needs it.
class Store {
 public:
  using Warn = std::function<void(std::string_view message)>;  ///< told ids of messages, postgres.fsync_off
  /// For writing: creates the schema when missing and adds what the catalogue has gained; a server that
  /// cannot be reached yet is no error here but of the first delivery. For reading: changes nothing; errors
  /// adapter.store_missing and adapter.store_older. `clock` outlives the store.
  static base::Result<std::unique_ptr<Store>> open(ConnectionSettings settings, Connection::Purpose purpose,
                                                   std::shared_ptr<const model::Catalogue> catalogue,
                                                   const base::Clock& clock, Warn warn);

  base::Result<plugin::Receipt> deliver(const model::Disclosure& disclosure);
  /// In one transaction.
  base::Result<std::vector<plugin::Receipt>> deliver_together(std::span<const model::Disclosure> disclosures);
  base::Status read(const plugin::ReadRequest& request, const plugin::RecordVisitor& visit);
  /// See verify_store().
  base::Status verify();
  base::Status close();

 private:
  /// A connection and what was learnt through it.
  struct Session {
    std::unique_ptr<Connection> connection;
    Layouts layouts;
    std::array<std::unique_ptr<KindWriter>, sinks::kKinds.size()> writers;  ///< by kind
  };

  Store(ConnectionSettings settings, Connection::Purpose purpose,
        std::shared_ptr<const model::Catalogue> catalogue, const base::Clock& clock, Warn warn)
      : settings_(std::move(settings)),
        purpose_(purpose),
        catalogue_(std::move(catalogue)),
        clock_(&clock),
        warn_(std::move(warn)) {}
  base::Status begin_session();
  base::Result<std::vector<plugin::Receipt>> write(std::span<const model::Disclosure> disclosures);
  base::Result<plugin::Receipt> write(const model::Disclosure& disclosure);
  KindWriter& writer_for(model::RecordKind kind);
  base::Result<std::string> note_receipt(const DeliveryFrame& frame, const plugin::Receipt& receipt);
  base::Result<Connection*> reader();

  const ConnectionSettings settings_;
  const Connection::Purpose purpose_;
  std::shared_ptr<const model::Catalogue> catalogue_;
  const base::Clock* clock_;
  const Warn warn_;

  std::unique_ptr<Session> session_;  ///< none: to be begun by the next delivery
  bool closed_ = false;

  std::mutex reading_;
  std::unique_ptr<Connection> reader_;  ///< made by reader(), under the lock
};

}  // namespace musubi::postgres_sink
