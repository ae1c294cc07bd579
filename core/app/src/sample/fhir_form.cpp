// The notification as a QuestionnaireResponse.
#include <fmt/format.h>

#include "fhir_bundles.h"
#include "fhir_resources.h"

namespace musubi::app::sample {
namespace {

using boost::json::array;
using boost::json::object;
using std::chrono::days;

class Items {
 public:
  void text(std::string_view link, std::string_view text) {
    if (!text.empty()) answer(link, {{"valueString", text}});
  }
  void date(std::string_view link, std::chrono::sys_days day) {
    answer(link, {{"valueDate", iso_date(day)}});
  }
  void integer(std::string_view link, std::int64_t number) { answer(link, {{"valueInteger", number}}); }
  void answers(std::string_view link, array answers) {
    if (!answers.empty()) items_.push_back(object{{"linkId", link}, {"answer", std::move(answers)}});
  }
  void group(std::string_view link, Items items) {
    if (!items.items_.empty()) items_.push_back(object{{"linkId", link}, {"item", std::move(items.items_)}});
  }
  array take() { return std::move(items_); }

 private:
  void answer(std::string_view link, object answer) { answers(link, array{std::move(answer)}); }
  array items_;
};

object code(std::string_view code) { return {{"valueCoding", object{{"code", code}}}}; }

std::int64_t age_of(const FhirCase& made) { return (made.diagnosed - made.person.born).count() / 365; }

Items header_of(const FhirCase& made) {
  const auto& hospital = made.hospital;
  Items items;
  items.date("i0_1", made.reported);
  items.text("i0_2", full_name(hospital.doctor_family, hospital.doctor_given));
  items.text("i0_3", hospital.name);
  items.text("i0_4", fmt::format("東京都{}{}9丁目99番", hospital.town.municipality, hospital.town.town));
  items.text("i0_5", hospital.phone);
  return items;
}

std::string_view type_of(const FhirCase& made) {
  if (made.is_suspected) return "疑似症患者";
  return made.symptoms ? "患者（確定例）" : "無症状病原体保有者";
}

std::string_view sex_word(std::string_view gender) {
  if (gender == "male") return "男性";
  if (gender == "female") return "女性";
  return gender == "other" ? "その他" : "不明";
}

void put_guardian(Items& items, const FhirCase& made) {
  auto draw = draw_beside(made, 3);
  const Name given = draw.below(2) == 0 ? Name{"一郎", "イチロウ"} : Name{"花子", "ハナコ"};
  items.text("i1_9", full_name(made.person.family, given));
  items.text("i1_10-1", address_of(made.person));
  items.text("i1_10-2", made.person.phone);
}

Items subject_of(const FhirCase& made) {
  constexpr std::string_view kWorks[] = {"会社員", "看護師", "飲食店従業員", "公務員", "無職", "自営業"};
  const auto& person = made.person;
  auto draw = draw_beside(made, 2);
  Items items;
  items.text("i1_1", type_of(made));
  items.text("i1_2", full_name(person.family, person.given));
  items.text("i1_3", sex_word(person.gender));
  if (person.birth_told) items.date("i1_4", person.born);
  const auto age = age_of(made);
  items.integer("i1_5", age);
  items.text("i1_6", age < 19 ? (age < 6 ? "" : "学生") : kWorks[draw.below(std::size(kWorks))]);
  items.text("i1_7-1", address_of(person));
  items.text("i1_7-2", person.phone);
  if (made.is_admitted) {
    items.text("i1_8-1", made.hospital.name);
    items.text("i1_8-2", made.hospital.phone);
  }
  if (age < 18) put_guardian(items, made);
  return items;
}

array symptoms_of(const FhirCase& made) {
  constexpr std::string_view kCodes[] = {"fever",    "cough",     "malaise",
                                         "headache", "diarrhoea", "smell_or_taste_disorder"};
  auto draw = draw_beside(made, 1);
  array answers;
  for (const auto each : kCodes)
    if (draw.below(10) < 4) answers.push_back(code(each));
  return answers;
}

/// Who mistypes writes a method that is none.
array tests_of(const FhirCase& made) {
  constexpr std::string_view kSpecimenCodes[] = {"nasopharyngeal_swab", "saliva", "nasal_swab"};
  const bool amplified = made.method == TestMethod::nucleic_acid;
  const bool mistyped = made.slip == Slip::letter_for_digit;
  Items details;
  details.answers("i1_12_specimen", array{code(kSpecimenCodes[made.specimen])});
  details.date("i1_12_collected", made.collected);
  details.answers("i1_12_result", array{code(made.is_suspected ? "negative" : "positive")});
  object method{{"code", mistyped    ? "PCR（？）"
                         : amplified ? "nucleic_acid_amplification"
                                     : "antigen_quantitative"}};
  if (!mistyped)
    method["display"] =
        amplified ? "検体から核酸増幅法による病原体遺伝子の検出" : "抗原定量検査による病原体の抗原の検出";
  return array{object{{"valueCoding", std::move(method)}, {"item", details.take()}}};
}

array routes_of(Draw& draw) {
  const bool confirmed = draw.below(4) == 0;
  Items certainty;
  certainty.answers("i1_18_1_certainty", array{code(confirmed ? "CONFIRMED" : "ESTIMATED")});
  auto answer = code(draw.below(3) == 0 ? "contact" : "droplet");
  answer["item"] = certainty.take();
  return array{std::move(answer)};
}

Items contents_of(const FhirCase& made) {
  auto draw = draw_beside(made, 4);
  Items items, symptoms, regions;
  if (made.symptoms) {
    symptoms.answers("i1_11_1", symptoms_of(made));
    if (draw.one_in(10)) symptoms.text("i1_11_2", "関節痛");
  }
  items.group("i1_11", std::move(symptoms));
  items.answers("i1_12", tests_of(made));
  items.date("i1_13", made.diagnosed);
  items.date("i1_14", made.diagnosed);
  if (draw.below(3) == 0) items.date("i1_15", made.onset - days(3 + draw.below(3)));
  if (made.symptoms) items.date("i1_16", made.onset);
  if (draw.below(2) == 0) items.answers("i1_18_1", routes_of(draw));
  regions.text("i1_18_2_1", fmt::format("東京都{}", made.person.town.municipality));
  items.group("i1_18_2", std::move(regions));
  if (draw.one_in(12)) items.text("i1_19", "同居の家族に高齢者あり");
  return items;
}

}  // namespace

object notification_form(const FhirCase& made) {
  auto form = resource("QuestionnaireResponse", {});
  if (made.slip != Slip::number_missing) form["identifier"] = number_in_hospital(made, "N");
  form["questionnaire"] = "urn:musubi:questionnaire:notification-6-1";
  const bool unfinished = made.slip == Slip::impossible_date;
  form["status"] = made.is_refuted ? "entered-in-error" : unfinished ? "in-progress" : "completed";
  form["authored"] = iso_time(made.reported, 16, 30);
  Items items;
  items.group("group_Header", header_of(made));
  items.group("group_Subject", subject_of(made));
  items.group("group_Contents", contents_of(made));
  form["item"] = items.take();
  return form;
}

}  // namespace musubi::app::sample
