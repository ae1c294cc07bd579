// Tests of mappings: <name>.test.yaml beside <name>.yaml says what rows become records, what words mean, and
// what is held. How such a file is written: docs/mapping-reference.md, "Tests".
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "musubi/base/place.h"
#include "musubi/base/result.h"
#include "musubi/mapping/mapping.h"

namespace musubi::mapping {

/// Where something else came than was expected. Test data are made up: their values may be shown.
struct Difference {
  base::Place place{};  ///< in the test file
  /// A field, a column, a path in a document; or a key of the test file and what it is about: "held
  /// patient.sex", "skipped", "gives".
  std::string path{};
  std::string expected{}, came{};  ///< as text, reasons of absence in brackets; empty: nothing
  base::Place rule{};              ///< that made it, where one did
  std::string column{}, cell{};    ///< what the rule read, where that is one cell
};

/// A case, or one word of a field.
struct TestedCase {
  std::string name{};
  base::Place place{};
  bool is_word = false;
  std::vector<Difference> differences{};
  bool passed() const noexcept { return differences.empty(); }
};

struct TestReport {
  std::vector<TestedCase> cases{};
  std::size_t failed() const noexcept;
};

/// A part of a mapping, or of a value set or concept map it uses, that could be taken away and no test fails.
struct Gap {
  base::Place place{};
  std::string what{};  ///< "fields.patient.sex.absent.usual", "valuesets/sex.other"
  bool exercised =
      false;  ///< the tests' inputs give something else without it; false: nothing goes through it
};

/// Parts whose absence makes no difference to the mapping itself do not count.
struct Coverage {
  std::size_t parts = 0, exercised = 0, noticed = 0;
  std::vector<Gap> gaps{};  ///< in order of the files
};

/// The tests of one mapping, ready to be run. Not for several threads.
class Tests {
 public:
  /// `words_folder`: of value sets, with the words to try with each in <id>.test.yaml. `mapping_file`: as it
  /// is shown. Errors: mapping.tests_not_loaded with yaml.* and mapping.test_* as its causes, file.*.
  static base::Result<Tests> load(const std::filesystem::path& file, std::shared_ptr<const Mapping> mapping,
                                  const std::string& mapping_file, const std::filesystem::path& words_folder);
  /// The same of a text; files that it names are beside `shown_name`.
  static base::Result<Tests> parse(std::string_view yaml, const std::filesystem::path& shown_name,
                                   std::shared_ptr<const Mapping> mapping, const std::string& mapping_file,
                                   const std::filesystem::path& words_folder);
  Tests(Tests&&) noexcept;
  ~Tests();

  TestReport run() const;
  /// Takes away one part after the other and runs the tests again; a mapping that does not load without a
  /// part counts as noticed. Only where all tests pass.
  Coverage coverage() const;

 private:
  struct State;
  explicit Tests(std::unique_ptr<const State> state);
  std::unique_ptr<const State> state_;
};

/// Where the tests of a mapping file are: beside it.
std::filesystem::path tests_of(const std::filesystem::path& mapping_file);

/// A test file to be completed: everything that the mapping reads and fills, with words to try.
std::string draft_of_tests(const Mapping& mapping);

/// The words to try with a value set (<folder>/<id>.test.yaml), looked up in it. Errors: as of Tests::load(),
/// mapping.value_set_unknown.
base::Result<TestReport> try_words(const std::filesystem::path& file, const Context& context);

}  // namespace musubi::mapping
