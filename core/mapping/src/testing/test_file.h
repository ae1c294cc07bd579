// A test file as it is written (docs/mapping-reference.md, "Tests"): its keys read and checked against the
// mapping it is about, nothing run yet.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "../mapping_spec.h"

namespace musubi::mapping {

/// A row by column names, a record by fields, a document by paths.
struct Entries {
  Mark mark{};
  std::vector<std::pair<Located, YamlNode>> entries{};
};

/// What a finding does to the record.
enum class Ending : std::uint8_t { noted, held, rejected };
std::string_view name_of(Ending ending) noexcept;

struct ExpectedFinding {
  Ending ending = Ending::noted;
  Located path{};  ///< field, column or path of what is written; "record": it as a whole
  std::string code{};
};

/// What is to become of one row, or of one record that is written.
struct Expectation {
  Mark mark{};
  std::optional<Entries> result{};            ///< the record; of a mapping that writes, the row or document
  std::vector<ExpectedFinding> findings{};    ///< all there are
  std::optional<Located> skipped{}, fault{};  ///< why it is no record; the code of what is wrong with the row
};

struct TestCase {
  Located name{};
  bool from_base = true;    ///< input and result are changes of the base
  bool only_named = false;  ///< places that the case does not name may be anything
  std::vector<Entries> given{};
  std::optional<Located> text{}, file{};  ///< a whole submission instead
  std::vector<Located> columns{};         ///< of the rows; empty: all that the mapping knows
  std::vector<Expectation> expected{};
  std::optional<Located> refused{};  ///< the code with which the table as a whole is refused
};

/// What one word is to become, everything else being as in the base.
struct WordCheck {
  Located word{};
  YamlNode means{};
  bool absent = false;  ///< of a mapping that writes: `word` is a reason of absence
};

struct WordChecks {
  Located target{};               ///< a field; of a mapping that writes a column, or a path of its document
  std::optional<Located> from{};  ///< the field of a mapping that writes
  std::vector<WordCheck> words{};
};

struct TestFile {
  Located mapping{};  ///< its id
  Entries base_input{}, base_result{};
  std::vector<TestCase> cases{};
  std::vector<WordChecks> words{};
};

/// The words to try with a value set, in <folder>/<id>.test.yaml: word → code, or {absent: reason}.
struct WordsFile {
  Located value_set{};
  std::vector<WordCheck> words{};
};
std::optional<WordsFile> read_words_file(const std::filesystem::path& file, Problems& problems);

/// `words_folder`: where the words to try with value sets are. Problems: yaml.*, mapping.test_*.
std::optional<TestFile> read_test_file(std::string_view yaml, const std::string& shown_name, bool writes,
                                       const std::filesystem::path& words_folder, Problems& problems);

}  // namespace musubi::mapping
