// The embedded central store: one SQLite file with typed columns from the catalogue, versions kept, a current
// view.
#pragma once

#include <array>
#include <filesystem>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "database.h"
#include "kind_writer.h"
#include "layouts.h"
#include "musubi/base/clock.h"
#include "musubi/plugin/sink.h"

namespace musubi::sqlite_sink {

/// Threads: as plugin::Sink. Exceptions (out of memory) may leave every function; what is stored is then as
/// before.
class Store {
 public:
  /// As a writer: creates the file when missing and adds what the catalogue has gained; a store that was not
  /// closed cleanly is checked first. As a reader: changes nothing, also where another program writes; error
  /// adapter.store_missing. `clock` outlives the store.
  static base::Result<std::unique_ptr<Store>> open(const std::filesystem::path& file, Database::Mode mode,
                                                   std::shared_ptr<const model::Catalogue> catalogue,
                                                   const base::Clock& clock);

  base::Result<plugin::Receipt> deliver(const model::Disclosure& disclosure);
  /// In one transaction.
  base::Result<std::vector<plugin::Receipt>> deliver_together(std::span<const model::Disclosure> disclosures);
  base::Status read(const plugin::ReadRequest& request, const plugin::RecordVisitor& visit);
  /// SQLite's own examination of the whole file.
  base::Status verify();
  base::Status close();

 private:
  Store(std::filesystem::path file, std::shared_ptr<const model::Catalogue> catalogue,
        const base::Clock& clock)
      : file_(std::move(file)), catalogue_(std::move(catalogue)), clock_(&clock) {}
  base::Status start();
  base::Result<Database*> reader();
  base::Status forget();
  base::Result<std::vector<plugin::Receipt>> write(std::span<const model::Disclosure> disclosures);
  base::Result<plugin::Receipt> write(const model::Disclosure& disclosure);
  base::Result<KindWriter*> writer_for(model::RecordKind kind);
  base::Result<std::string> note_receipt(const DeliveryFrame& frame, const plugin::Receipt& receipt);

  std::filesystem::path file_;
  std::shared_ptr<const model::Catalogue> catalogue_;
  const base::Clock* clock_;

  std::unique_ptr<Database> database_;
  Layouts layouts_;
  std::array<std::unique_ptr<KindWriter>, 4> writers_;  ///< by kind
  bool unsettled_ = false;  ///< a delivery did not end well: what was learnt in it is not so

  std::mutex reading_;
  std::unique_ptr<Database> reader_;  ///< made by reader(), under the lock
};

}  // namespace musubi::sqlite_sink
