// The socket for what comes in: a source adapter looks at a submission and says how its bytes are to be read,
// and opens the readers. Mapping is the hub's; a source knows formats, layouts and file habits of its system.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "musubi/base/result.h"
#include "musubi/document/resource_view.h"
#include "musubi/document/row_reader.h"
#include "musubi/plugin/host_services.h"
#include "musubi/plugin/options.h"

namespace musubi::plugin {

/// A shape in which mappings can read this source, as declared by the mapping files (several for one system:
/// layouts change over time).
struct Layout {
  std::string mapping;  ///< "tokyo/positive-cases"
  std::string version;  ///< "2020-04-01": in use for files of that day and later, until the next version
  document::Shape shape = document::Shape::csv;
  std::vector<std::string> columns;
  std::vector<std::string> required_columns;             ///< those whose rules cannot do without
  std::string sheet;                                     ///< part of a sheet's name; empty: any
  std::string items;                                     ///< see TableOptions::items
  std::vector<std::string> lists;                        ///< see TableOptions::lists
  std::shared_ptr<const document::ResourceView> view{};  ///< of the shape fhir
  std::uint32_t header_rows = 1;
  document::Encoding encoding = document::Encoding::detect;
  /// Why tables of this layout are known but deliberately not read (a pivot table): a message id, or a reason
  /// in words. Such a layout may name a sheet and no columns.
  std::string ignored_because;
};

struct Submission {
  std::shared_ptr<const document::ByteSource> bytes;  ///< the kept bytes
  std::string name;                                   ///< file name as the sender gave it, without folders
  std::optional<std::chrono::sys_days> stated_as_of;  ///< --as-of, where the sender said it
  /// The rules by which all of it was judged and found without errors when it came; empty: it was not. An
  /// adapter that would judge by the same ones need not do so again.
  std::string faultless_by{};
};

/// One table of a submission and how to read it: the CSV itself, or one sheet of a workbook.
struct Part {
  std::string name;  ///< sheet name; empty for a file that is one table
  std::size_t layout =
      0;  ///< index in the layouts given to recognise(); 0 where no layout fits an ignored part
  document::Shape shape = document::Shape::csv;
  document::TableOptions table;
  std::optional<std::chrono::sys_days> as_of;  ///< the day the part speaks of
  std::string ignored_because;  ///< message id or words: the part is deliberately not read; else empty
  /// Why the part cannot be read although nobody said to ignore it; `layout` is then the nearest one. open()
  /// answers with this error, so that the part goes to review.
  std::optional<base::Error> fault;
  /// What recognise() made of the bytes and open() goes on with; the host keeps it and does not look into it.
  std::shared_ptr<const void> prepared{};
};

/// One object serves one hub. Threads: calls come one at a time, from any thread. Blocking: recognise and
/// open may read the submission's bytes, nothing else. Ownership: arguments are borrowed for the call.
/// Shutdown: destruction. Exceptions: the host makes plugin.exception or plugin.out_of_memory of them; out of
/// an override that is noexcept they end the process, unless it uses guarded().
class MUSUBI_SDK_API Source {
 public:
  virtual ~Source();
  /// Every part of the submission, also those that cannot be read (Part::fault). Error (told to the sender),
  /// when nothing can be read: adapter.layout_unknown, document.*.
  virtual base::Result<std::vector<Part>> recognise(const Submission& submission,
                                                    std::span<const Layout> layouts) = 0;
  virtual document::RowReaderResult open(const Submission& submission, const Part& part) = 0;
};

/// What most sources need: guess the shape, find for each table the layout whose columns fit its header best
/// (the newest version not after `as_of` among equals), take the day from --as-of, a title row ("2020年4月4日
/// 時点"), the file name (2020-04-20, 20200420, 令和2年4月20日) or else leave it open.
MUSUBI_SDK_API base::Result<std::vector<Part>> recognise_tables(const Submission& submission,
                                                                std::span<const Layout> layouts,
                                                                const document::Limits& limits);
/// The rows of a part that recognise_tables() found, or its fault.
MUSUBI_SDK_API document::RowReaderResult open_table(const Submission& submission, const Part& part) noexcept;
/// A date in a file name or a title row, by the habits above.
MUSUBI_SDK_API std::optional<std::chrono::sys_days> date_in(std::string_view text);

}  // namespace musubi::plugin
