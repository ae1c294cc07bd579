// What one recipient may see of a batch of records. Only core/privacy can make one; delivery and every sink
// accept nothing else, so an unprotected record does not compile its way out.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "musubi/model/record_batch.h"

namespace musubi::privacy {
class Protector;
}

namespace musubi::model {

/// What the recipient does with a disclosed record.
enum class Position : std::uint8_t {
  current,    ///< it is the newest word on its case
  historical  ///< a newer version is known already; keep it as history only
};

/// Identity of one disclosed record. `record` names the case for ever; (`record`, `version`) is the
/// idempotency key.
struct DisclosureKey {
  std::int64_t record = 0;    ///< the hub's number of the case
  std::uint32_t version = 0;  ///< 1, 2, 3 ... per case, in order of arrival
  Position position = Position::current;
  std::int32_t as_of = 0;  ///< the day the source speaks of, days since 1970-01-01
};

/// Movable, not copyable. The fields in values().layout() are the released ones and no others.
class MUSUBI_SDK_API Disclosure {
 public:
  Disclosure(Disclosure&&) noexcept = default;
  Disclosure& operator=(Disclosure&&) noexcept = default;

  const std::string& recipient() const noexcept { return recipient_; }
  const std::string& source() const noexcept { return source_; }  ///< name of the source, e.g. "tokyo"
  std::int64_t submission() const noexcept { return submission_; }
  const RecordLayout& layout() const noexcept { return records_.layout(); }
  std::size_t size() const noexcept { return keys_.size(); }
  const DisclosureKey& key(std::size_t index) const noexcept { return keys_[index]; }
  std::span<const Value> values(std::size_t index) const noexcept { return records_.values(index); }
  /// The policy rule that decided, per slot of the layout: "base/hersys-article-12:central.release#3".
  std::span<const std::string> rules() const noexcept { return rules_; }

 private:
  friend class musubi::privacy::Protector;
  explicit Disclosure(RecordBatch records) : records_(std::move(records)) {}

  std::string recipient_, source_;
  std::int64_t submission_ = 0;
  RecordBatch records_;
  std::vector<DisclosureKey> keys_;
  std::vector<std::string> rules_;
};

}  // namespace musubi::model
