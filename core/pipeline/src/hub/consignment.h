// One outbox row on its way to its recipient.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "../acceptor.h"
#include "../prepared_batch.h"
#include "musubi/privacy/policy.h"

namespace musubi::pipeline {

struct Consignment {
  std::int64_t outbox = 0;
  std::string recipient, route;
  std::vector<std::shared_ptr<const Outgoing>>
      loads;  ///< one, or several where rows were read with several mappings
  std::shared_ptr<privacy::Protector> protector;  ///< used by the courier alone
  DeliveryTerms terms;
};

/// Records in it.
inline std::size_t size_of(const Consignment& consignment) {
  std::size_t records = 0;
  for (const auto& each : consignment.loads) records += each->chosen.size();
  return records;
}

}  // namespace musubi::pipeline
