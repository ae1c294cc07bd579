// Cases that hospitals of Tokyo report as FHIR: whose they are, what was found, what became of them.
// Nobody's.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "draw.h"
#include "layouts.h"
#include "timeline.h"

namespace musubi::app::sample {

struct Name {
  std::string_view kanji, kana;
};
struct Town {
  std::string_view municipality, town, postal_code;
};

struct Hospital {
  std::uint64_t index = 0;
  std::string_view number;  ///< as 保険医療機関番号 are written; none that was given to anybody
  std::string_view name;
  Town town;
  std::string_view phone;
  Name doctor_family, doctor_given;
};

struct Person {
  Name family, given;
  std::string_view gender;  ///< a code of FHIR
  std::chrono::sys_days born;
  bool birth_told = true;
  Town town;
  int block = 0, house = 0;
  std::string phone;
};

enum class TestMethod : std::uint8_t { nucleic_acid, antigen };
enum class ResultForm : std::uint8_t { coded, concept_text, text };

struct FhirCase {
  std::uint64_t seed = 0, index = 0;
  Person person;
  Hospital hospital;
  std::chrono::sys_days reported, diagnosed, collected, resulted, onset, died, left;
  bool symptoms = false, is_admitted = false, is_dead = false, is_over = false;
  bool is_suspected = false, is_refuted = false, is_preliminary = false, had_negative_test = false;
  TestMethod method = TestMethod::nucleic_acid;
  ResultForm result = ResultForm::coded;
  int specimen = 0;  ///< of kSpecimens
  Slip slip = Slip::none;
};

struct CodedWord {
  std::string_view code, display, japanese;
};
inline constexpr CodedWord kSpecimens[] = {{"258500001", "Nasopharyngeal swab", "鼻咽頭拭い液"},
                                           {"119342007", "Saliva specimen", "唾液"},
                                           {"697989009", "Anterior nares swab", "鼻腔拭い液"}};

inline constexpr std::uint64_t kHospitalCount = 5;

/// The days of the epidemic the samples tell of.
Epidemic fhir_epidemic();
/// The same of the same seed and index; what an edition may change comes from `as_of`.
FhirCase draw_fhir_case(std::uint64_t seed, std::uint64_t index, std::chrono::sys_days reported,
                        std::chrono::sys_days as_of, bool is_new);
/// `index` counts round.
Hospital hospital_of(std::uint64_t index);
/// Of tests and forms that the case has besides: words drawn for it alone.
Draw draw_beside(const FhirCase& made, std::uint64_t purpose);

std::string iso_date(std::chrono::sys_days day);
/// In Japan.
std::string iso_time(std::chrono::sys_days day, int hour, int minute);
std::string address_of(const Person& person);
std::string full_name(const Name& family, const Name& given);
std::string full_kana(const Name& family, const Name& given);

}  // namespace musubi::app::sample
