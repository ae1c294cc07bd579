// The audit finds what the counters alone would hide.
#include "ledger_fixture.h"

namespace musubi::ledger {
namespace {

struct Tampering {
  std::string name, sql, finding;
};
void PrintTo(const Tampering& tampering, std::ostream* out) { *out << tampering.name; }

class AuditTest : public LedgerTest, public ::testing::WithParamInterface<Tampering> {
 protected:
  void SetUp() override {
    LedgerTest::SetUp();
    auto part = part_of_text("a", 10);
    retire(accept(part, {{"1", 1}, {"2", 1}, {"3", 1, Disposition::in_review}}));
    auto next = part_of_text("b", 20);
    accept(next, {{"1", 2}, {"2", 1}, {"4", 1, Disposition::rejected}});
  }
};

TEST_P(AuditTest, is_found) {
  expect_right();
  tamper(GetParam().sql);
  EXPECT_THAT(audit(), ::testing::Contains(GetParam().finding));
}

INSTANTIATE_TEST_SUITE_P(
    tampering, AuditTest,
    ::testing::Values(
        Tampering{"a_row_removed", "DELETE FROM records WHERE disposition = 1", "ledger.audit_received"},
        Tampering{"a_held_row_removed", "DELETE FROM records WHERE disposition = 4", "ledger.audit_counters"},
        Tampering{"a_row_added",
                  "INSERT INTO records SELECT id + 100, line, byte, length, 1, case_number, version, reason,"
                  " findings, NULL FROM records WHERE disposition = 1",
                  "ledger.audit_received"},
        Tampering{"a_state_changed", "UPDATE records SET disposition = 1 WHERE disposition = 3",
                  "ledger.audit_counters"},
        Tampering{"a_counter_changed", "UPDATE parts SET deliver = deliver + 1 WHERE id = 1",
                  "ledger.audit_counters"},
        Tampering{"the_books_changed", "UPDATE books SET received = received - 1", "ledger.audit_books"},
        Tampering{"the_books_removed", "DELETE FROM books", "ledger.audit_books"},
        Tampering{"a_part_removed", "DELETE FROM parts WHERE id = 2", "ledger.audit_part"},
        Tampering{"a_case_removed", "DELETE FROM cases WHERE number = 2", "ledger.audit_case"},
        Tampering{"a_version_taken_back", "UPDATE cases SET version = 1 WHERE version = 2",
                  "ledger.audit_case"},
        Tampering{"a_version_twice", "UPDATE records SET version = 2 WHERE case_number = 1",
                  "ledger.audit_version"},
        Tampering{"a_chain_cut", "UPDATE records SET previous = NULL", "ledger.audit_chain"},
        Tampering{"a_chain_crossed",
                  "UPDATE cases SET newest_record = (SELECT min(id) FROM records) WHERE number = 2",
                  "ledger.audit_chain"},
        Tampering{"a_hold_removed", "DELETE FROM held WHERE id = 1", "ledger.audit_held"},
        Tampering{"an_outbox_row_removed", "DELETE FROM outbox WHERE id = 1", "ledger.audit_not_covered"},
        Tampering{"a_receipt_of_nothing", "INSERT INTO later_receipts VALUES(1, 99, 'a.csv', 0)",
                  "ledger.audit_receipts"}),
    [](const auto& test) { return test.param.name; });

using KeptBytesTest = LedgerTest;

TEST_F(KeptBytesTest, a_missing_file_is_found) {
  const auto info = keep("abc");
  std::filesystem::remove(ledger->kept(info)->file);
  EXPECT_THAT(audit(), ::testing::ElementsAre("ledger.audit_bytes_missing"));
}

TEST_F(KeptBytesTest, a_flipped_bit_is_found_when_the_bytes_are_looked_at) {
  const auto info = keep("abc");
  const auto path = ledger->kept(info)->file;
  std::filesystem::permissions(path, std::filesystem::perms::owner_all);
  std::ofstream(path) << "abb";
  EXPECT_THAT(audit(), ::testing::ElementsAre("ledger.audit_bytes_damaged"));
  EXPECT_THAT(ledger->verify(AuditDepth::rows), ::testing::IsEmpty());
}

}  // namespace
}  // namespace musubi::ledger
