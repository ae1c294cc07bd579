#include "musubi/fhirpath/presence.h"

#include <gtest/gtest.h>

namespace musubi::fhirpath {
namespace {

using enum Presence::Answer;

/// Names of children that are there, divided by blanks.
Presence::Answer answer(std::string_view text, std::string_view there) {
  const auto expression = Expression::compile(text).value();
  const Presence presence(expression);
  std::uint32_t bits = 0;
  for (std::size_t name = 0; name < presence.names().size(); ++name)
    if ((" " + std::string(there) + " ").find(" " + std::string(presence.names()[name]) + " ") != there.npos)
      bits |= 1U << name;
  return presence.answer(bits);
}

struct Case {
  std::string_view expression, there;
  Presence::Answer answer;
};

class PresenceTest : public testing::TestWithParam<Case> {};

TEST_P(PresenceTest, Answers) {
  EXPECT_EQ(answer(GetParam().expression, GetParam().there), GetParam().answer) << GetParam().expression;
}

INSTANTIATE_TEST_SUITE_P(
    Rules, PresenceTest,
    testing::Values(Case{"a.exists()", "a", yes}, Case{"a.exists()", "", no}, Case{"a.empty()", "", yes},
                    Case{"a.exists() != b.exists()", "a", yes}, Case{"a.exists() != b.exists()", "a b", no},
                    Case{"a.empty() or b.exists()", "a", no}, Case{"a.empty() or b > 0", "b", yes},
                    Case{"a.empty() or b > 0", "a b", unknown}, Case{"b > 0 or a.empty()", "b", unknown},
                    Case{"a.exists() implies b.exists()", "", yes},
                    Case{"a.exists() implies b.exists()", "a", no}, Case{"a and b.exists()", "b", nothing},
                    Case{"a and b.exists()", "", no}, Case{"a = b", "a", nothing},
                    Case{"a < b", "b", nothing}, Case{"a = b", "a b", unknown},
                    Case{"a.where(b = 1).exists()", "", no}, Case{"a.where(b = 1).exists()", "a", unknown},
                    Case{"a.hasValue().not() or b", "b", yes}, Case{"(a | b).exists()", "b", yes},
                    Case{"(a | b).exists()", "", no}, Case{"a.all(b)", "", yes},
                    Case{"a.count() = 0", "", unknown}, Case{"%resource.a.exists()", "", unknown},
                    Case{"$this.a.exists()", "", unknown},
                    Case{"(a|b).empty() and (c|d).empty() and (e|f).empty() and g.empty()", "", unknown}));

}  // namespace
}  // namespace musubi::fhirpath
