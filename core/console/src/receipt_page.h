// The receipt of a submission as a page to print: what replaces the fax confirmation.
#pragma once

#include "musubi/net/http.h"
#include "views.h"

namespace musubi::console {

net::Response receipt_page(const ledger::SubmissionInfo& submission, const Services& services,
                           base::Language language);

}  // namespace musubi::console
