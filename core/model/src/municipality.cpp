#include <algorithm>
#include <array>
#include <map>

#include "municipality_file.h"
#include "musubi/model/value_set.h"
#include "text_table.h"
#include "value_set_reader.h"

namespace musubi::model {
namespace {

constexpr std::string_view kAnyPrefecture = "00";
constexpr std::string_view kInside = "内";
constexpr std::string_view kWideBlank = "\u3000";

/// Two digits of the prefecture and a name without blanks, on the stack.
class Key {
 public:
  Key(std::string_view prefecture, std::string_view name) {
    for (const char digit : prefecture) append(digit);
    while (!name.empty()) {
      const std::size_t blank = name.starts_with(kWideBlank) ? kWideBlank.size() : name[0] == ' ' ? 1 : 0;
      if (blank == 0) append(name[0]);
      name.remove_prefix(std::max<std::size_t>(blank, 1));
    }
  }
  /// A name, and not too long to be one.
  bool usable() const noexcept { return fits_ && size_ > kAnyPrefecture.size(); }
  std::string_view text() const noexcept { return {bytes_.data(), size_}; }
  /// 札幌市内 → 札幌市. False: it does not end so.
  bool drop_inside() noexcept {
    if (!text().ends_with(kInside)) return false;
    size_ -= kInside.size();
    return true;
  }

 private:
  void append(char letter) {
    fits_ = size_ < bytes_.size();
    if (fits_) bytes_[size_++] = letter;
  }
  std::array<char, 120> bytes_;
  std::size_t size_ = 0;
  bool fits_ = true;
};

/// Names and what they stand for while the table is made: a name of two places stands for none.
class NameIndex {
 public:
  static constexpr std::uint32_t kSeveral = ~0u;
  void add(std::string_view prefecture, const std::string& name, std::uint32_t place) {
    const auto [known, added] = names_.try_emplace(std::string(prefecture) + name, place);
    if (!added && known->second != place) known->second = kSeveral;
  }
  /// Keeps whatever the name stands for already.
  void add_lesser(std::string_view prefecture, const std::string& name, std::uint32_t place) {
    names_.try_emplace(std::string(prefecture) + name, place);
  }
  const std::map<std::string, std::uint32_t>& names() const noexcept { return names_; }

 private:
  std::map<std::string, std::uint32_t> names_;
};

/// ケ and ヶ are written for each other.
std::string with_other_ke(std::string name) {
  constexpr std::string_view kLarge = "ケ", kSmall = "ヶ";
  if (auto at = name.find(kLarge); at != std::string::npos) return name.replace(at, kLarge.size(), kSmall);
  if (auto at = name.find(kSmall); at != std::string::npos) return name.replace(at, kSmall.size(), kLarge);
  return name;
}

void add_full_names(NameIndex& index, const Municipality& place, std::uint32_t number) {
  const auto prefecture = place.code.substr(0, 2);
  for (const auto& local : {place.city + place.ward, with_other_ke(place.city + place.ward)}) {
    if (!local.empty()) index.add_lesser(prefecture, local, number);
    index.add_lesser(prefecture, place.prefecture + local, number);
    index.add_lesser(kAnyPrefecture, place.prefecture + local, number);
  }
}

void add_short_names(NameIndex& index, const Municipality& place, std::uint32_t number) {
  if (place.city.empty()) return;
  for (const auto& local : {place.city + place.ward, with_other_ke(place.city + place.ward)})
    index.add(kAnyPrefecture, local, number);
  if (place.ward.empty()) return;
  index.add(place.code.substr(0, 2), place.ward, number);
  index.add(kAnyPrefecture, place.ward, number);
}

NameIndex index_names(const std::vector<Municipality>& places) {
  NameIndex index;
  const auto each = [&](bool existing, auto&& add) {
    for (std::uint32_t number = 0; number < places.size(); ++number)
      if (places[number].until.empty() == existing) add(index, places[number], number);
  };
  each(true, add_full_names);
  each(true, add_short_names);
  each(false, add_full_names);
  each(false, [](NameIndex& names, const Municipality& place, std::uint32_t number) {
    names.add_lesser(kAnyPrefecture, place.city + place.ward, number);
  });
  return index;
}

CodedConcept concept_of(const Municipality& place, const Municipalities& municipalities) {
  CodedConcept coded;
  coded.code = place.code;
  coded.label = {place.name(), place.romaji};
  const auto local = place.city + place.ward;
  if (municipalities.find(local) == place.code) coded.synonyms.push_back(local);
  if (!place.ward.empty()) coded.synonyms.push_back(place.city + " " + place.ward);
  if (!place.city.empty()) coded.parent = municipalities.find(place.prefecture);
  return coded;
}

std::string_view two_digits(std::string_view prefecture) noexcept {
  return prefecture.size() < 2 ? kAnyPrefecture : prefecture.substr(0, 2);
}

}  // namespace

struct Municipalities::Tables {
  Tables(std::vector<Municipality> all, const NameIndex& index)
      : places(std::move(all)), by_name(index.names().size()), by_code(places.size()) {
    keys.reserve(index.names().size());
    for (const auto& [name, place] : index.names()) by_name.add(keys.emplace_back(name), place);
    for (std::uint32_t number = 0; number < places.size(); ++number) by_code.add(places[number].code, number);
    for (std::uint32_t number = 0; number < places.size(); ++number)
      if (places[number].city.empty()) prefectures.emplace(places[number].code.substr(0, 2), number);
  }
  std::vector<Municipality> places;
  std::vector<std::string> keys;
  TextTable by_name, by_code;
  std::map<std::string, std::uint32_t, std::less<>> prefectures;
};

Municipalities::Municipalities(std::shared_ptr<const Tables> tables) : tables_(std::move(tables)) {}
Municipalities::Municipalities(const Municipalities&) noexcept = default;
Municipalities::Municipalities(Municipalities&&) noexcept = default;
Municipalities& Municipalities::operator=(Municipalities&&) noexcept = default;
Municipalities::~Municipalities() = default;

base::Result<Municipalities> Municipalities::load(const std::filesystem::path& file) {
  MUSUBI_ASSIGN(const auto bytes, municipality_bytes(file));
  return parse(bytes, file.string());
}

base::Result<Municipalities> Municipalities::parse(std::string_view bytes, const std::string& shown_name) {
  MUSUBI_ASSIGN(auto places, read_municipalities(bytes, shown_name));
  const auto index = index_names(places);
  return Municipalities(std::make_unique<const Tables>(std::move(places), index));
}

std::string_view Municipalities::find(std::string_view name, std::string_view prefecture) const noexcept {
  for (const auto within : {two_digits(prefecture), kAnyPrefecture}) {
    Key key(within, name);
    if (!key.usable()) return {};
    auto number = tables_->by_name.find(key.text());
    if (!number && key.drop_inside()) number = tables_->by_name.find(key.text());
    if (number == NameIndex::kSeveral) return {};
    if (number) return tables_->places[*number].code;
  }
  return {};
}

const Municipality* Municipalities::by_code(std::string_view code) const noexcept {
  const auto number = tables_->by_code.find(code);
  return number ? &tables_->places[*number] : nullptr;
}

std::string_view Municipalities::prefecture_name(std::string_view code) const noexcept {
  const auto found = tables_->prefectures.find(code.substr(0, 2));
  return found == tables_->prefectures.end() ? std::string_view()
                                             : std::string_view(tables_->places[found->second].prefecture);
}

std::span<const Municipality> Municipalities::all() const noexcept { return tables_->places; }

ValueSet::Contents municipality_value_set(const Municipalities& municipalities) {
  ValueSet::Contents contents;
  contents.id = "municipality";
  contents.label = {"市区町村", "Municipality"};
  for (const Municipality& place : municipalities.all())
    if (contents.concepts.empty() || contents.concepts.back().code != place.code)
      contents.concepts.push_back(concept_of(place, municipalities));
  return contents;
}

}  // namespace musubi::model
