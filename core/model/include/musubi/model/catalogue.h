// The catalogue of canonical fields: the one place a field is defined (mappings/catalogue/*.yaml). From it
// come the record layout, the SQL schema of every store, the JSON Schema, forms, labels, and the policy
// coverage check.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "musubi/base/label.h"
#include "musubi/base/result.h"

namespace musubi::model {

/// Position of a field in the catalogue; stable within one process, not across versions of the catalogue.
using FieldNumber = std::uint16_t;
inline constexpr FieldNumber kNoField = 0xFFFF;

enum class FieldType : std::uint8_t {
  text,   ///< free text
  kanji,  ///< a name as written
  kana,   ///< a name in katakana (フリガナ)
  code,   ///< one code of the field's value set
  date,   ///< possibly partial: the year or the day may be unknown
  time,   ///< an instant with its zone
  integer,
  decimal,   ///< exact
  quantity,  ///< decimal with the unit given in the catalogue
  age,       ///< in years, or months below one year
  boolean,
  phone,
  postal_code,        ///< seven digits
  municipality_code,  ///< six digits with check digit (JIS X 0401/0402)
  identifier,         ///< opaque
  group               ///< a repeated block of fields; its members name it in Field::group
};

/// Personal-information class. Act on the Protection of Personal Information, Art. 2; DESIGN.md §3.
enum class PersonalClass : std::uint8_t { direct_identifier, quasi_identifier, sensitive, operational };

enum class RecordKind : std::uint8_t { case_report, health_observation, facility_report, published_count };

/// The boolean field by which a source takes a case back (取下げ). It stays said until the source says no.
inline constexpr std::string_view kWithdrawnField = "confirmation.withdrawn";

using base::Label;

struct Field {
  std::string id;  ///< "patient.name.kanji"
  FieldNumber number = kNoField;
  RecordKind kind = RecordKind::case_report;
  Label label;
  FieldType type = FieldType::text;
  std::string value_set;         ///< id of a value set, for codes
  bool required = false;         ///< at least one
  bool repeats = false;          ///< a list
  FieldNumber group = kNoField;  ///< the group field it is a member of
  std::string unit;              ///< UCUM, for quantities
  std::string tab;  ///< HER-SYS tab: 発生届, 基礎情報, 検査, 健康観察, 医療, 居所, 行動歴, 記録
  std::vector<std::string> legal_articles;  ///< of 感染症法: "12", "15", "44-3"
  PersonalClass personal_class = PersonalClass::direct_identifier;
  std::vector<std::string> purposes;  ///< names of declared purposes, at least one
  std::string retention;              ///< ISO 8601 duration, e.g. "P5Y"
  std::string source;                 ///< where the definition comes from: form item, HER-SYS block
};

/// A word the fields use, declared once in the catalogue: a purpose ("surveillance") or a HER-SYS tab
/// ("発生届").
struct Term {
  std::string name;
  Label label;
};

/// Immutable after loading; threads may share it.
class MUSUBI_SDK_API Catalogue {
 public:
  /// Reads every *.yaml of `folder`, in order of name, then the overlays a site adds (files of the same form
  /// that add fields and change none). Errors are catalogue.*, yaml.* and file.*; they carry file, line and
  /// column, and all that were found are chained as causes.
  static base::Result<std::shared_ptr<const Catalogue>> load(
      const std::filesystem::path& folder, std::span<const std::filesystem::path> overlays = {});

  std::span<const Field> fields() const noexcept;
  const Field& at(FieldNumber number) const noexcept;
  const Field* find(std::string_view id) const noexcept;      ///< nullptr when unknown
  FieldNumber number_of(std::string_view id) const noexcept;  ///< kNoField when unknown
  std::vector<FieldNumber> fields_of(RecordKind kind) const;  ///< in order of the catalogue
  std::vector<FieldNumber> members_of(FieldNumber group) const;
  /// The known id nearest to a misspelt one, for "did you mean"; empty when none is near.
  std::string suggest(std::string_view id) const;
  /// What fields may be kept for, and the tabs they appear on, in order of the catalogue.
  std::span<const Term> purposes() const noexcept;
  std::span<const Term> tabs() const noexcept;
  /// SHA-256 of the files it was read from, in hex.
  const std::string& version() const noexcept;

  ~Catalogue();
  struct Tables;

 private:
  explicit Catalogue(std::unique_ptr<const Tables> tables);
  std::unique_ptr<const Tables> tables_;
};

MUSUBI_SDK_API std::string_view name_of(FieldType type) noexcept;
MUSUBI_SDK_API std::string_view name_of(PersonalClass personal_class) noexcept;
MUSUBI_SDK_API std::string_view name_of(RecordKind kind) noexcept;  ///< "case", "health_observation", ...
MUSUBI_SDK_API std::optional<RecordKind> record_kind_named(std::string_view name) noexcept;

}  // namespace musubi::model
