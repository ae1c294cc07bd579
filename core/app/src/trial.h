// A file mapped and checked without storing anything: what `musubi try` shows.
#pragma once

#include <boost/json/fwd.hpp>
#include <cstdint>
#include <functional>
#include <string>

#include "workshop.h"

namespace musubi::app {

struct TrialOptions {
  std::string mapping;  ///< its id, or a YAML file
  std::string version;  ///< empty: the newest
  std::string file;
  std::uint64_t record = 0;  ///< only this one, counted from 1; 0: all
};

/// Is given each record as JSON: {row, line, byte, length, record, provenance, findings}. False: enough.
using TakeRecord = std::function<bool(const boost::json::object& record)>;

/// True: a record has an error. Errors: those of the mapping and of the file; app.try.no_record.
base::Result<bool> run_trial(Workshop& workshop, const TrialOptions& options, const TakeRecord& take);

/// A record for people, on several lines.
std::string text_of(const boost::json::object& record, base::Language language);

}  // namespace musubi::app
