// Value sets: the codes a field may hold, with labels, synonyms as they occur in real files, and validity.
// Source: mappings/valuesets/*.yaml.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "musubi/base/result.h"
#include "musubi/model/catalogue.h"
#include "musubi/model/concept_map.h"
#include "musubi/model/value.h"

namespace musubi::model {

struct CodedConcept {
  std::string code;
  Label label;
  std::vector<std::string> synonyms;
  std::string parent;                                             ///< code of the wider concept; may be empty
  std::optional<std::chrono::sys_days> valid_from{}, valid_to{};  ///< first and last day it was in use

  bool has_dates() const noexcept { return valid_from || valid_to; }
  bool valid_on(std::chrono::sys_days day) const noexcept {
    return (!valid_from || *valid_from <= day) && (!valid_to || day <= *valid_to);
  }
};

/// What a source text means in a value set: a code, an absent reason ("調査中"), or neither.
struct Lookup {
  const CodedConcept* found = nullptr;
  AbsentReason absent = AbsentReason::none;
};

/// Immutable after loading; copies share what they hold.
class MUSUBI_SDK_API ValueSet {
 public:
  struct Contents {
    std::string id;
    Label label;
    std::vector<CodedConcept> concepts;
    std::vector<std::pair<std::string, AbsentReason>> absent;  ///< source text → reason
  };
  /// A text that stands for two things keeps the first; loading a file refuses it (valueset.ambiguous).
  explicit ValueSet(Contents contents);
  ValueSet(const ValueSet&) noexcept;
  ValueSet(ValueSet&&) noexcept;
  ~ValueSet();

  const Contents& contents() const noexcept;
  const std::string& id() const noexcept;
  const Label& label() const noexcept;
  std::span<const CodedConcept> concepts() const noexcept;
  /// Whether any of its codes was not always in use.
  bool has_dates() const noexcept;
  const CodedConcept* with_code(std::string_view code) const noexcept;
  /// By code, label, synonym or word of absence, after trimming and width folding by the caller. Codes win
  /// over words of absence. Does not allocate.
  Lookup look_up(std::string_view source_text) const noexcept;
  std::string suggest(std::string_view source_text) const;

 private:
  struct Tables;
  std::shared_ptr<const Tables> tables_;
};

/// Prefectures, municipalities and wards by name and by 6-digit code. Source:
/// mappings/valuesets/municipality.csv.
struct Municipality {
  std::string code;        ///< "131016"
  std::string prefecture;  ///< "東京都"
  std::string city;        ///< "千代田区", "札幌市"; empty for a prefecture
  std::string ward;        ///< of a designated city: "中央区"
  std::string kana;        ///< in katakana, of city and ward or of the prefecture
  std::string romaji;      ///< Hepburn, made from the kana
  std::string until;       ///< ISO day it ceased to be; empty: it exists
  std::string name() const { return prefecture + city + ward; }
};

/// Immutable after loading; copies share what they hold.
class MUSUBI_SDK_API Municipalities {
 public:
  /// Errors: file.*, municipality.* with file and line.
  static base::Result<Municipalities> load(const std::filesystem::path& file);
  static base::Result<Municipalities> parse(std::string_view bytes, const std::string& shown_name);
  Municipalities(const Municipalities&) noexcept;
  Municipalities(Municipalities&&) noexcept;
  Municipalities& operator=(Municipalities&&) noexcept;
  ~Municipalities();

  /// The 6-digit code of a name such as 大阪市, 札幌市中央区, "札幌市 中央区", 東京都千代田区, 大阪府,
  /// 札幌市内; empty when there is none or several. `prefecture` ("27", "270008" or empty) decides between
  /// namesakes (府中市) and allows a bare ward that only one of its cities has. Blanks of any width do not
  /// count. Does not allocate.
  std::string_view find(std::string_view name, std::string_view prefecture = {}) const noexcept;
  const Municipality* by_code(std::string_view code) const noexcept;
  /// "東京都" for "13", "131016", …; empty when unknown.
  std::string_view prefecture_name(std::string_view code) const noexcept;
  std::span<const Municipality> all() const noexcept;  ///< by code

 private:
  struct Tables;
  explicit Municipalities(std::shared_ptr<const Tables> tables);
  std::shared_ptr<const Tables> tables_;
};

/// A file of the folder of value sets, or of the concept maps beside it, as it stands: what is pinned and
/// compared.
struct ValueSetFile {
  std::string name;  ///< "age_band.yaml", "municipality.csv", "conceptmaps/hersys-sex.yaml"
  std::string text;
  std::string digest;  ///< SHA-256 of the text, hex
};

/// Immutable after loading. The municipality table is a value set as well ("municipality").
class MUSUBI_SDK_API ValueSets {
 public:
  /// Every *.yaml and *.csv of `folder`, and the concept maps in conceptmaps/*.yaml beside it, in order of
  /// name, not yet understood. Errors: file.*, yaml.no_folder.
  static base::Result<std::vector<ValueSetFile>> read(const std::filesystem::path& folder);
  /// The value sets and concept maps of these files. `shown_folder`: where messages say that the value sets
  /// are. Errors: as of load().
  static base::Result<std::shared_ptr<const ValueSets>> parse(std::vector<ValueSetFile> files,
                                                              const std::filesystem::path& shown_folder);
  /// Parses what it reads. The words of absence in the value set "absent" hold in every other one too, unless
  /// it says otherwise. Errors: valueset.*, conceptmap.*, yaml.*, municipality.*, file.*, with file, line and
  /// column, all chained as causes.
  static base::Result<std::shared_ptr<const ValueSets>> load(const std::filesystem::path& folder);
  const ValueSet* find(std::string_view id) const noexcept;
  /// nullptr when there is none.
  const ConceptMap* concept_map(std::string_view id) const noexcept;
  std::string suggest_concept_map(std::string_view id) const;
  const Municipalities& municipalities() const noexcept;
  std::vector<std::string> ids() const;
  std::string suggest(std::string_view id) const;
  std::span<const ValueSetFile> files() const noexcept;  ///< it was made from, in order of name
  /// The file that defines the value set or, as "conceptmaps/<id>", the concept map; nullptr: there is none.
  const ValueSetFile* file_of(std::string_view id) const noexcept;
  /// One line per file, "digest  name": names all of them at once.
  const std::string& manifest() const noexcept;
  const std::string& digest() const noexcept;  ///< SHA-256 of the manifest, hex
  /// The same with these instead of those of the same id, to see what hangs on an entry. files() stay as they
  /// were, and nothing is checked.
  std::shared_ptr<const ValueSets> with(std::vector<ValueSet> sets) const;
  std::shared_ptr<const ValueSets> with(ConceptMap map) const;
  ~ValueSets();

 private:
  struct Tables;
  explicit ValueSets(std::unique_ptr<const Tables> tables);
  std::unique_ptr<const Tables> tables_;
};

/// Every value set that a field of the catalogue names is there. Errors: catalogue.unknown_value_set,
/// chained.
MUSUBI_SDK_API base::Status check_value_sets(const Catalogue& catalogue, const ValueSets& value_sets);

}  // namespace musubi::model
