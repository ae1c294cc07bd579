#include "musubi/base/codes.h"

#include <gtest/gtest.h>

#include "lines_of_file.h"

namespace musubi::base {
namespace {

std::string name_of(CodeRepair repair) {
  constexpr const char* kNames[] = {"none", "zero_restored",     "check_digit_added",
                                    "both", "wrong_check_digit", "not_a_code"};
  return kNames[static_cast<std::size_t>(repair)];
}

TEST(MunicipalityCodes, AreRepairedAsTheTableSays) {
  const auto lines = test::table("municipality_codes.csv", 3);
  ASSERT_GT(lines.size(), 20U);
  for (const auto& line : lines) {
    const MunicipalityCode code = repair_municipality_code(line[0]);
    EXPECT_EQ(name_of(code.repair), line[2]) << line[0];
    EXPECT_EQ(code.valid() ? std::string(code.text()) : "-", line[1]) << line[0];
  }
}

TEST(MunicipalityCodes, FollowASourceThatSaysWhatItLeavesOut) {
  const auto repaired = [](std::string_view text, FiveDigits reading) {
    const MunicipalityCode code = repair_municipality_code(text, reading);
    return code.valid() ? std::string(code.text()) : name_of(code.repair);
  };
  EXPECT_EQ(repaired("12203", FiveDigits::check_digit_left_out), "122033");
  EXPECT_EQ(repaired("12203", FiveDigits::zero_left_out), "012203");
  EXPECT_EQ(repaired("10006", FiveDigits::check_digit_left_out), "100064");
  EXPECT_EQ(repaired("13101", FiveDigits::zero_left_out), "wrong_check_digit");
  EXPECT_EQ(repaired("131016", FiveDigits::check_digit_left_out), "131016") << "six digits are whole";
}

TEST(MunicipalityCodes, HaveTheCheckDigitOfTheStandard) {
  EXPECT_EQ(municipality_check_digit("13101"), '6');
  EXPECT_EQ(municipality_check_digit("01000"), '6');
  EXPECT_EQ(municipality_check_digit("27000"), '8');
  EXPECT_EQ(municipality_check_digit("47000"), '7');
  EXPECT_EQ(municipality_check_digit("1310"), '\0');
  EXPECT_EQ(municipality_check_digit("1310a"), '\0');
}

TEST(MunicipalityCodes, AreNeverInventedFromOneWrongDigit) {
  std::string code = "131016";
  for (std::size_t place = 0; place < code.size(); ++place) {
    for (char digit = '0'; digit <= '9'; ++digit) {
      std::string changed = code;
      changed[place] = digit;
      EXPECT_EQ(repair_municipality_code(changed).valid(), changed == code) << changed;
    }
  }
}

TEST(MunicipalityCodes, SurviveLongAndMalformedText) {
  EXPECT_EQ(repair_municipality_code(std::string(1'000'000, '1')).repair, CodeRepair::not_a_code);
  EXPECT_EQ(repair_municipality_code("13101\xEF\xBC").repair, CodeRepair::not_a_code);
}

TEST(PostalCodes, KeepSevenDigits) {
  EXPECT_EQ(normalise_postal_code("163-8001"), "1638001");
  EXPECT_EQ(normalise_postal_code("〒１６３－８００１"), "1638001");
  EXPECT_EQ(normalise_postal_code("〒 163ー8001"), "1638001");
  EXPECT_EQ(normalise_postal_code("0600001"), "0600001");
  EXPECT_EQ(normalise_postal_code("163-800"), std::nullopt);
  EXPECT_EQ(normalise_postal_code("163-80011"), std::nullopt);
  EXPECT_EQ(normalise_postal_code("163-800a"), std::nullopt);
  EXPECT_EQ(normalise_postal_code(""), std::nullopt);
}

TEST(PhoneNumbers, BecomeDomestic) {
  EXPECT_EQ(normalise_phone("03-5321-1111"), "0353211111");
  EXPECT_EQ(normalise_phone("（０３）５３２１－１１１１"), "0353211111");
  EXPECT_EQ(normalise_phone("03(5321)1111"), "0353211111");
  EXPECT_EQ(normalise_phone("090−1234−5678"), "09012345678");
  EXPECT_EQ(normalise_phone("+81-3-5321-1111"), "0353211111");
  EXPECT_EQ(normalise_phone("+81 (0)3 5321 1111"), "0353211111");
}

TEST(PhoneNumbers, AreRefusedWhenTheyAreNone) {
  for (const auto* text : {"", "110", "5321-1111", "+1-202-555-0100", "03-5321-1111 内線5", "0353211111+",
                           "+81", "0120123456789012345", "--"}) {
    EXPECT_EQ(normalise_phone(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace musubi::base
