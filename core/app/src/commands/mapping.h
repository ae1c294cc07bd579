// The parts of `musubi mapping`, one file each.
#pragma once

#include "../command_line.h"

namespace musubi::app {

struct MappingOptions {
  std::string mapping, file, by, why, since;
  bool without_tests = false;
  std::int64_t limit = -1;  ///< of differences shown; 0: all; -1: as suits the output
};

base::Result<int> run_mapping_list(Workshop& workshop, const MappingOptions& options);
base::Result<int> run_mapping_history(Workshop& workshop, const MappingOptions& options);
base::Result<int> run_mapping_diff(Workshop& workshop, const MappingOptions& options);
base::Result<int> run_mapping_shadow(Workshop& workshop, const MappingOptions& options);
base::Result<int> run_mapping_activate(Workshop& workshop, const MappingOptions& options);
base::Result<int> run_mapping_rollback(Workshop& workshop, const MappingOptions& options);

}  // namespace musubi::app
