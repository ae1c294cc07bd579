#include "file_names.h"

namespace mihon {

bool is_draft(std::string_view file_name) {
  return file_name.starts_with("draft_") || file_name.starts_with("下書き");
}

}  // namespace mihon
