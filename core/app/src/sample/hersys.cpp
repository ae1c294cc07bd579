// HER-SYS, the layout in which notifications are provided for research: two rows of notice, three of header,
// 29 columns, values as code:label.
#include "draw.h"
#include "layouts.h"
#include "text_writer.h"
#include "timeline.h"

namespace musubi::app::sample {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;
using std::chrono::sys_days;

constexpr std::string_view kLineEnd = "\r\n";
constexpr std::string_view kTop =
    "ダミーデータ：このファイルは Musubi "
    "が作った架空のデータで、実在の人の届出ではありません。使うときはダミーデータと明示してください。"
    ",,,,,,,,,,,,,,,,,,,,,,,,,,,,\r\n"
    "\"DUMMY DATA: this file was made by Musubi and describes nobody. Call it dummy data wherever you use "
    "it.\""
    ",,,,,,,,,,,,,,,,,,,,,,,,,,,,\r\n"
    "識別番号,発生届の届出日,患者の情報,,,診断情報,,,,,,,,重症化のリスク因子となる疾病等,,riskFactors,,,,,,,,"
    ",,,"
    "ワクチン情報,,\r\n"
    ",,患者の診断時年齢,性別,患者住所地の都道府県コード,診断した者の類型,診断日,"
    "診断の根拠となった検体の採取日,発病日,"
    "死亡日,届出時点の重症度,届出時点の入院の必要性,届出時点の入院状況,1:悪性腫瘍,2:慢性呼吸器疾患(COPD等),"
    "3:慢性腎臓病,4:心血管疾患,5:脳血管疾患,6:喫煙歴,7:高血圧,8:糖尿病,9:脂質異常症,10:肥満(BMI30以上),"
    "11:臓器の移植､免疫抑制剤､抗がん剤等の使用その他の事由による免疫機能の低下,12:妊娠,13:その他,"
    "ワクチン接種回数,直近のワクチン接種日,直近のワクチンの製造者\r\n"
    "identifier,reportDate,patientsAge,patientsGender,patientsAreaCode,typeOfDiagnosis,diagnosisDate,"
    "specimenCollectionDate,symptomOnsetDate,deathDate,severity,necessityOfHospitalization,"
    "statusOfHospitalization,"
    "1.Malignant tumor,2.chronic respiratory disease,3.chronic kidney disease,4.Heart disease,"
    "5.cerebrovascular disease,6.smoking history,7.high blood pressure,8.Diabetes,9.Dyslipidemia,"
    "10.Obesity (BMI 30 or higher),11.weakened immune system,12.pregnancy,13.others,timesOfVaccineDoses,"
    "latestVaccinationDate,vaccineSupplier\r\n";

Epidemic epidemic() { return {2022y / 1 / 4, 2022y / 3 / 31, {{2022y / 2 / 8, 18, 1.0}}}; }

struct Words {
  Choice sex{{"1:男", 500}, {"2:女", 495}, {"3:その他・不明", 5}};
  Choice area{{"26000", 700}, {"27000", 120}, {"25000", 60}, {"29000", 50}, {"13000", 25},
              {"28000", 25},  {"24000", 10},  {"01000", 5},  {"", 5}};
  Choice supplier{{"1:ファイザー", 640}, {"2:モデルナ", 280}, {"5:不明", 80}};
};

struct HersysCase {
  int age = 0;
  bool woman = false, symptoms = false, dead = false, age_told = false;
  sys_days reported, diagnosed, collected, onset, died;
  std::string_view sex, area;
  int severity = 1, doses = 0;
  Slip slip = Slip::none;
};

int draw_age(Draw& draw) {
  constexpr int kDecades[] = {0,  0,  0,  10, 10, 10, 20, 20, 20, 20, 30,
                              30, 30, 40, 40, 40, 50, 50, 60, 70, 80, 90};
  return kDecades[draw.below(static_cast<int>(std::size(kDecades)))] + draw.below(10);
}

int draw_severity(Draw& draw, const HersysCase& made) {
  if (!made.symptoms) return 5;
  const int share = draw.below(10000), weight = made.age * made.age;
  if (share * 8 < weight / 10) return 4;
  if (share * 4 < weight) return 3;
  return share * 2 < weight ? 2 : 1;
}

void draw_dates(Draw& draw, sys_days reported, sys_days as_of, HersysCase& made) {
  made.reported = reported;
  made.diagnosed = reported - days(draw.one_in(5) ? 1 : 0);
  made.collected = made.diagnosed - days(draw.below(3));
  made.onset = made.collected - days(draw.below(5));
  if (draw.one_in(800)) made.onset = reported + days(1);
  made.died = reported + days(3 + draw.below(30));
  made.dead = draw.below(20000) < made.age * made.age / 40 && made.died <= as_of;
}

HersysCase draw_case(Draw& draw, const Words& words, sys_days reported, sys_days as_of, bool is_new) {
  HersysCase made;
  made.age = draw_age(draw);
  made.age_told = !draw.one_in(600);
  made.sex = words.sex(draw);
  made.woman = made.sex.starts_with('2');
  made.area = words.area(draw);
  made.symptoms = !draw.one_in(11);
  draw_dates(draw, reported, as_of, made);
  made.severity = draw_severity(draw, made);
  made.doses = made.age < 12 ? 0 : draw.below(10) < 2 ? 0 : draw.below(10) < 8 ? 2 : 3;
  made.slip = slip_of(draw, is_new);
  return made;
}

std::string_view yes_or_no(bool yes) { return yes ? "1:有" : "2:無"; }

std::string_view severity_word(int severity) {
  constexpr std::string_view kWords[] = {"1:軽症", "2:中等症Ⅰ（呼吸不全なし）", "3:中等症Ⅱ（呼吸不全あり）",
                                         "4:重症", "5:無症状"};
  return kWords[severity - 1];
}

void write_dates(TextWriter& out, const HersysCase& made) {
  if (made.slip == Slip::impossible_date) {
    out.text("2022-02-30,");
  } else {
    out.date(made.diagnosed).text(",");
  }
  out.date(made.collected).text(",");
  if (made.symptoms) out.date(made.onset);
  out.text(",");
  if (made.dead) out.date(made.died);
}

/// Chances in a thousand at the age of 80, less for the young.
void write_risks(TextWriter& out, Draw& draw, const HersysCase& made) {
  constexpr int kAtEighty[] = {60, 50, 50, 90, 60, 120, 330, 180, 160, 0, 30, 0, 60};
  for (std::size_t risk = 0; risk < std::size(kAtEighty); ++risk) {
    int chance = kAtEighty[risk] * made.age / 80;
    if (risk == 9) chance = made.age < 18 ? 2 : 40;
    if (risk == 11) chance = made.woman && made.age >= 18 && made.age < 45 ? 25 : 0;
    out.text(draw.below(1000) < chance ? ",1:有" : ",");
  }
}

void write_vaccine(TextWriter& out, Draw& draw, const Words& words, const HersysCase& made) {
  out.text(",").number(static_cast<std::uint64_t>(made.doses)).text(",");
  const days ago(made.doses == 3 ? 7 + draw.below(40) : 60 + draw.below(150));
  const std::string_view supplier = words.supplier(draw);
  if (made.doses == 0) {
    out.text(",");
  } else {
    out.date(made.reported - ago).text(",").text(supplier);
  }
}

void write_case(TextWriter& out, Draw& draw, const Words& words, std::uint64_t number,
                const HersysCase& made) {
  if (made.slip != Slip::number_missing) out.number(number);
  out.text(",").date(made.reported).text(",");
  if (made.slip == Slip::letter_for_digit) {
    out.text("4O");
  } else if (made.age_told) {
    out.number(static_cast<std::uint64_t>(made.age));
  }
  out.text(",").text(made.sex).text(",").text(made.area).text(",");
  out.text(made.symptoms ? "1:患者" : "2:無症状病原体保有者").text(",");
  write_dates(out, made);
  const bool needed = made.severity >= 2 && made.severity <= 4;
  out.text(",").text(severity_word(made.severity)).text(",").text(yes_or_no(needed));
  out.text(",").text(yes_or_no(needed && draw.below(4) != 0));
  write_risks(out, draw, made);
  write_vaccine(out, draw, words, made);
}

}  // namespace

std::optional<std::uint64_t> write_hersys(const SampleRequest& request, std::ostream& stream) {
  const Words words;
  Timeline timeline(epidemic(), request.rows, request.edition);
  TextWriter out(stream);
  out.text(kTop);
  for (std::uint64_t index = 0; index < timeline.cases(); ++index) {
    Draw draw(request.seed, index);
    const bool is_new = index >= timeline.known_before();
    write_case(out, draw, words, index + 1,
               draw_case(draw, words, timeline.day_of(index), timeline.as_of(), is_new));
    if (!out.end(kLineEnd)) return {};
  }
  return out.flush() ? std::optional(timeline.cases()) : std::nullopt;
}

}  // namespace musubi::app::sample
