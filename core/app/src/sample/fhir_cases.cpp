#include "fhir_cases.h"

#include <fmt/format.h>

namespace musubi::app::sample {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;
using std::chrono::sys_days;

constexpr Name kFamilies[] = {
    {"佐藤", "サトウ"},   {"鈴木", "スズキ"},   {"高橋", "タカハシ"}, {"田中", "タナカ"},
    {"伊藤", "イトウ"},   {"渡辺", "ワタナベ"}, {"山本", "ヤマモト"}, {"中村", "ナカムラ"},
    {"小林", "コバヤシ"}, {"加藤", "カトウ"},   {"吉田", "ヨシダ"},   {"山田", "ヤマダ"},
    {"佐々木", "ササキ"}, {"斎藤", "サイトウ"}, {"松本", "マツモト"}, {"井上", "イノウエ"},
    {"木村", "キムラ"},   {"清水", "シミズ"},   {"髙山", "タカヤマ"}, {"渡邉", "ワタナベ"}};
constexpr Name kMen[] = {
    {"太郎", "タロウ"},   {"翔太", "ショウタ"},      {"健一", "ケンイチ"}, {"大輔", "ダイスケ"},
    {"誠", "マコト"},     {"浩", "ヒロシ"},          {"蓮", "レン"},       {"悠真", "ユウマ"},
    {"一郎", "イチロウ"}, {"隆之介", "リュウノスケ"}};
constexpr Name kWomen[] = {{"花子", "ハナコ"}, {"美咲", "ミサキ"},  {"陽子", "ヨウコ"}, {"さくら", "サクラ"},
                           {"恵子", "ケイコ"}, {"結衣", "ユイ"},    {"明美", "アケミ"}, {"和子", "カズコ"},
                           {"葵", "アオイ"},   {"真由美", "マユミ"}};
constexpr Town kTowns[] = {{"千代田区", "神田神保町", "1010051"}, {"新宿区", "西新宿", "1600023"},
                           {"文京区", "本郷", "1130033"},         {"江東区", "亀戸", "1360071"},
                           {"品川区", "大井", "1400014"},         {"世田谷区", "桜丘", "1560054"},
                           {"渋谷区", "幡ヶ谷", "1510072"},       {"杉並区", "高円寺南", "1660003"},
                           {"練馬区", "豊玉北", "1760012"},       {"足立区", "千住", "1200034"},
                           {"八王子市", "横山町", "1920081"},     {"府中市", "宮西町", "1830022"}};
// 99… is not used for real institutions.
constexpr Hospital kHospitals[kHospitalCount] = {
    {0, "1319900001", "試験病院", kTowns[0], "0300000101", kFamilies[3], kMen[4]},
    {0, "1319900002", "見本クリニック", kTowns[4], "0300000102", kFamilies[8], kWomen[2]},
    {0, "1319900003", "架空大学医学部附属病院", kTowns[2], "0300000103", kFamilies[15], kMen[2]},
    {0, "1319900004", "ためし内科", kTowns[8], "0300000104", kFamilies[9], kWomen[6]},
    {0, "1319900005", "架空市立病院", kTowns[10], "0420000105", kFamilies[12], kMen[5]}};

template <class List>
const auto& one_of(const List& list, Draw& draw) {
  return list[draw.below(static_cast<int>(std::size(list)))];
}

Person draw_person(Draw& draw, sys_days reported, sys_days as_of) {
  Person person;
  const bool woman = draw.below(2) == 1;
  person.family = one_of(kFamilies, draw);
  person.given = woman ? one_of(kWomen, draw) : one_of(kMen, draw);
  person.gender = woman ? "female" : "male";
  if (draw.one_in(150)) person.gender = draw.below(3) == 0 ? "other" : "unknown";
  person.born = reported - days(200 + draw.below(34000));
  const bool forgotten = draw.one_in(100), asked_later = draw.below(2) == 0;
  person.birth_told = !forgotten || (asked_later && as_of - reported >= days(6));
  person.town = one_of(kTowns, draw);
  person.block = 90 + draw.below(10);
  person.house = 1 + draw.below(20);
  person.phone = fmt::format("0900{:07}", draw.below(10'000'000));
  return person;
}

void draw_days(Draw& draw, sys_days reported, sys_days as_of, FhirCase& made) {
  made.reported = reported;
  made.diagnosed = reported - days(draw.one_in(5) ? 1 : 0);
  made.collected = made.diagnosed - days(draw.below(2));
  made.resulted = made.diagnosed;
  made.symptoms = !draw.one_in(9);
  made.onset = made.collected - days(draw.below(5));
  made.is_admitted = draw.below(100) < 12;
  made.left = reported + days(6 + draw.below(12));
  made.is_over = made.left <= as_of && !draw.one_in(25);
  made.died = reported + days(4 + draw.below(20));
  made.is_dead = made.is_admitted && draw.one_in(12) && made.died <= as_of;
}

/// Most who are suspected are confirmed or refuted within days; of some nobody hears again.
void draw_certainty(Draw& draw, sys_days as_of, FhirCase& made) {
  const bool once_suspected = draw.one_in(30);
  const int fate = draw.below(4);
  const bool is_open = fate == 0 || as_of - made.reported < days(5);
  made.is_refuted = once_suspected && fate == 1 && !is_open;
  made.is_suspected = once_suspected && (is_open || made.is_refuted);
}

void draw_test(Draw& draw, FhirCase& made) {
  made.method = draw.below(10) < 7 ? TestMethod::nucleic_acid : TestMethod::antigen;
  made.specimen = draw.below(static_cast<int>(std::size(kSpecimens)));
  made.had_negative_test = draw.one_in(7);
  const int form = draw.below(100);
  made.result = form < 96 ? ResultForm::coded : form < 99 ? ResultForm::concept_text : ResultForm::text;
}

}  // namespace

Epidemic fhir_epidemic() { return {2021y / 7 / 1, 2021y / 9 / 30, {{2021y / 8 / 18, 18, 1.0}}}; }

Hospital hospital_of(std::uint64_t index) {
  auto hospital = kHospitals[index % kHospitalCount];
  hospital.index = index % kHospitalCount;
  return hospital;
}

FhirCase draw_fhir_case(std::uint64_t seed, std::uint64_t index, sys_days reported, sys_days as_of,
                        bool is_new) {
  Draw draw(seed, index);
  FhirCase made;
  made.seed = seed;
  made.index = index;
  made.hospital = hospital_of(draw.next());
  made.person = draw_person(draw, reported, as_of);
  draw_days(draw, reported, as_of, made);
  draw_certainty(draw, as_of, made);
  draw_test(draw, made);
  made.is_preliminary = draw.one_in(4) && as_of - reported < days(2);
  made.slip = slip_of(draw, is_new);
  return made;
}

Draw draw_beside(const FhirCase& made, std::uint64_t purpose) {
  return {made.seed + purpose * 0x9E3779B97F4A7C15ULL, made.index};
}

std::string iso_date(sys_days day) {
  const std::chrono::year_month_day date(day);
  return fmt::format("{:04}-{:02}-{:02}", int(date.year()), unsigned(date.month()), unsigned(date.day()));
}

std::string iso_time(sys_days day, int hour, int minute) {
  return fmt::format("{}T{:02}:{:02}:00+09:00", iso_date(day), hour, minute);
}

std::string address_of(const Person& person) {
  return fmt::format("東京都{}{}9丁目{}番{}号", person.town.municipality, person.town.town, person.block,
                     person.house);
}

std::string full_name(const Name& family, const Name& given) {
  return fmt::format("{} {}", family.kanji, given.kanji);
}

std::string full_kana(const Name& family, const Name& given) {
  return fmt::format("{} {}", family.kana, given.kana);
}

}  // namespace musubi::app::sample
