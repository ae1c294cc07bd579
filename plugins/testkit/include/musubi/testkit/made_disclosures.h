// Disclosures of made-up records, made by the real core/privacy under a policy that releases everything.
#pragma once

#include <cstdint>
#include <span>

#include "musubi/model/disclosure.h"
#include "musubi/model/value_set.h"
#include "musubi/plugin/host_services.h"

namespace musubi::testkit {

/// One disclosure of `keys.size()` case reports of the source "contract", with every field that can be filled
/// from its type. Equal keys give equal records.
base::Result<model::Disclosure> make_disclosure(plugin::HostServices& services,
                                                std::span<const model::DisclosureKey> keys);

}  // namespace musubi::testkit
