// The socket for what goes out. A sink takes disclosures and nothing else, commits them, and says so in a
// receipt; only then is the outbox row retired.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "musubi/base/result.h"
#include "musubi/model/disclosure.h"
#include "musubi/plugin/host_services.h"
#include "musubi/plugin/options.h"

namespace musubi::plugin {

/// The recipient's word that it has committed.
struct Receipt {
  std::string recipient_reference;  ///< e.g. number of the store's transaction
  std::uint64_t stored = 0;         ///< records written
  std::uint64_t already_there =
      0;  ///< recognised by their key (record, version); nothing was written for them
};

/// One stored record as a sink that can be read gives it back.
struct StoredRecord {
  model::DisclosureKey key;
  std::string source;
  std::span<const model::Value> values;  ///< per slot of the layout given to on_layout; valid during the call
};

struct ReadRequest {
  model::RecordKind kind = model::RecordKind::case_report;
  std::vector<model::FieldNumber> fields;  ///< empty: all
  std::optional<std::int64_t> record;      ///< only this one
  bool history = false;                    ///< earlier versions too
};

/// Called with each record in order of number; returning false stops.
using RecordVisitor = std::function<bool(const model::RecordLayout& layout, const StoredRecord& record)>;

/// Threads: deliver and close from one thread at a time; read from another is allowed. Blocking: yes.
/// Idempotency: a (record, version) seen before is recognised and not written again. deliver is all or
/// nothing. Errors of deliver: unavailable → the hub retries with back-off; anything else holds the batch.
/// Exceptions: as of a Source.
class MUSUBI_SDK_API Sink {
 public:
  virtual ~Sink();
  virtual base::Result<Receipt> deliver(const model::Disclosure& disclosure) = 0;
  /// Several, with a receipt for each, in order. A sink for which committing is dear commits once for all of
  /// them; otherwise they are delivered one after the other. On an error, which may be about any of them, the
  /// hub delivers each by itself.
  virtual base::Result<std::vector<Receipt>> deliver_together(std::span<const model::Disclosure> disclosures);
  /// Sinks that only forward answer adapter.not_readable.
  virtual base::Status read(const ReadRequest& request, const RecordVisitor& visit) = 0;
  /// Looks through what is stored for damage; may take long. Sinks without anything to look through say {}.
  virtual base::Status verify();
  /// Everything delivered is durable when it returns.
  virtual base::Status close() = 0;
};

}  // namespace musubi::plugin
