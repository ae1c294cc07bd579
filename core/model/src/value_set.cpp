#include "musubi/model/value_set.h"

#include <algorithm>

#include "musubi/base/nearest.h"
#include "musubi/base/text.h"
#include "text_table.h"

namespace musubi::model {
namespace {

/// Numbers at and above this are positions in the list of absent words.
constexpr std::uint32_t kAbsent = 0x80000000u;

}  // namespace

struct ValueSet::Tables {
  explicit Tables(Contents contents);
  void add(std::string_view text, std::uint32_t number);

  Contents contents;
  std::vector<std::string> folded;  ///< spellings that width folding changes
  TextTable codes, texts;
  bool has_dates = false;
};

namespace {

std::size_t texts_of(const ValueSet::Contents& contents) {
  std::size_t texts = contents.absent.size();
  for (const auto& coded : contents.concepts) texts += 3 + coded.synonyms.size();
  return texts;
}

}  // namespace

ValueSet::Tables::Tables(Contents given)
    : contents(std::move(given)), codes(contents.concepts.size()), texts(2 * texts_of(contents)) {
  folded.reserve(texts_of(contents));
  for (std::uint32_t number = 0; number < contents.concepts.size(); ++number)
    codes.add(contents.concepts[number].code, number);
  for (std::uint32_t number = 0; number < contents.concepts.size(); ++number) {
    const CodedConcept& coded = contents.concepts[number];
    add(coded.code, number);
    add(coded.label.japanese, number);
    add(coded.label.english, number);
    for (const auto& synonym : coded.synonyms) add(synonym, number);
  }
  has_dates = std::ranges::any_of(contents.concepts, &CodedConcept::has_dates);
  for (std::uint32_t number = 0; number < contents.absent.size(); ++number)
    add(contents.absent[number].first, kAbsent + number);
}

/// As written and as the caller's folding leaves it.
void ValueSet::Tables::add(std::string_view text, std::uint32_t number) {
  texts.add(text, number);
  if (!base::needs_width_folding(text)) return;
  folded.push_back(base::fold_width(text));
  texts.add(folded.back(), number);
}

ValueSet::ValueSet(Contents contents) : tables_(std::make_shared<const Tables>(std::move(contents))) {}
ValueSet::ValueSet(const ValueSet&) noexcept = default;
ValueSet::ValueSet(ValueSet&&) noexcept = default;
ValueSet::~ValueSet() = default;

const ValueSet::Contents& ValueSet::contents() const noexcept { return tables_->contents; }
bool ValueSet::has_dates() const noexcept { return tables_->has_dates; }
const std::string& ValueSet::id() const noexcept { return tables_->contents.id; }
const Label& ValueSet::label() const noexcept { return tables_->contents.label; }
std::span<const CodedConcept> ValueSet::concepts() const noexcept { return tables_->contents.concepts; }

const CodedConcept* ValueSet::with_code(std::string_view code) const noexcept {
  const auto number = tables_->codes.find(code);
  return number ? &tables_->contents.concepts[*number] : nullptr;
}

Lookup ValueSet::look_up(std::string_view source_text) const noexcept {
  const auto number = tables_->texts.find(source_text);
  if (!number) return {};
  if (*number >= kAbsent) return {nullptr, tables_->contents.absent[*number - kAbsent].second};
  return {&tables_->contents.concepts[*number], AbsentReason::none};
}

std::string ValueSet::suggest(std::string_view source_text) const {
  std::vector<std::string_view> known;
  for (const auto& coded : tables_->contents.concepts) {
    known.push_back(coded.label.japanese);
    known.push_back(coded.code);
    known.insert(known.end(), coded.synonyms.begin(), coded.synonyms.end());
  }
  return base::nearest(source_text, known);
}

}  // namespace musubi::model
