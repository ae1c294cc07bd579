// What a candidate changes, in words and as JSON.
#pragma once

#include <boost/json/fwd.hpp>
#include <string>
#include <vector>

#include "mapping_desk.h"
#include "musubi/base/messages.h"
#include "musubi/mapping/difference.h"

namespace musubi::app {

/// The changes of one file: of the mapping itself, or of a value set it uses.
struct FileChanges {
  std::string value_set;  ///< id; empty: the mapping
  std::string file;
  bool only_comments = false;  ///< the text differs, what it says does not
  std::vector<mapping::Change> changes;
};

/// Files without a difference are left out. Of a mapping that is not in force, everything is new.
std::vector<FileChanges> changes_of(const Proposal& proposal);

/// One sentence per change, under the name of its file.
std::string in_words(const std::vector<FileChanges>& files, base::Language language);
boost::json::array to_json(const std::vector<FileChanges>& files);

}  // namespace musubi::app
