// What a test file gives, made ready once, to be run through its mapping and through whatever is left of it
// when something is taken away.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "leaves.h"
#include "musubi/mapping/mapping.h"
#include "test_file.h"

namespace musubi::mapping {

enum class CameKind : std::uint8_t {
  result,   ///< a record; of a mapping that writes, a row or a document, or nothing where it is held
  skipped,  ///< no record, deliberately; of a mapping that writes, not meant by its `when`
  fault,    ///< a row that cannot be read
  refused   ///< the table as a whole
};

struct CameFinding {
  Ending ending = Ending::noted;
  std::string path{};  ///< empty: the record as a whole
  std::string code{};
  friend auto operator<=>(const CameFinding&, const CameFinding&) = default;
};

/// What became of one row or record.
struct Came {
  CameKind kind = CameKind::result;
  std::string because{};  ///< of what is no result: the code or the words of the mapping
  Leaves leaves{};
  std::vector<CameFinding> findings{};  ///< sorted
  friend bool operator==(const Came&, const Came&) = default;
};

using MappingPointer = std::shared_ptr<const Mapping>;

/// Immutable; the mapping that is run need not be the one it was made with.
class TestInputs {
 public:
  virtual ~TestInputs() = default;
  virtual std::vector<Came> run_case(const MappingPointer& mapping, std::size_t index) const = 0;
  /// One for each word of all word checks, in their order.
  virtual std::vector<Came> run_words(const MappingPointer& mapping) const = 0;
  /// What a case, or a word, has in a column or field of its input; empty: nothing, or it is a whole text.
  virtual std::string given(std::size_t index, std::size_t row, const std::string& name) const = 0;
};

/// For a mapping that reads. `folder`: of the test file. Problems: mapping.test_*, file.*.
std::unique_ptr<const TestInputs> table_inputs(const TestFile& file, const Mapping& mapping,
                                               const std::filesystem::path& folder, Problems& problems);
/// For a mapping that writes.
std::unique_ptr<const TestInputs> record_inputs(const TestFile& file, const Mapping& mapping,
                                                Problems& problems);

}  // namespace musubi::mapping
