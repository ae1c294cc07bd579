#include "receipt_page.h"

#include <fmt/format.h>

#include "html.h"

namespace musubi::console {
namespace {

using base::say;

class ReceiptPage {
 public:
  ReceiptPage(const ledger::SubmissionInfo& submission, const Services& services, base::Language language)
      : submission_(submission), services_(services), language_(language) {}

  std::string title() const {
    return say(language_, "page.receipt", {{"submission", std::to_string(submission_.id)}});
  }

  std::string body() const {
    return element("h1", title()) + element("p", services_.name) + facts() + counts() + words() +
           recipients() + held();
  }

 private:
  std::string text(std::string_view id) const { return say(language_, id, {}); }

  std::string facts() const {
    std::vector<std::vector<std::string>> rows{
        {text("app.ledger.source"), submission_.source},
        {text("page.file"), submission_.name},
        {text("page.bytes"), std::to_string(submission_.bytes)},
        {"SHA-256", submission_.digest},
        {text("page.state"), text("page.state." + std::string(ledger::name_of(submission_.state)))}};
    for (const auto& each : services_.hub->books().receipts_of(submission_.id))
      rows.push_back({text("page.time"), time_in_japan(each.received)});
    if (!submission_.reason.empty())
      rows.push_back({text("page.why"), services_.reason(submission_.reason, language_)});
    return table(std::vector<std::string>{"", ""}, rows, 99);
  }

  std::string counts() const {
    const auto sum = services_.hub->books().balance_of(submission_.id);
    const std::vector<std::string> head{text("app.ledger.received"),    text("app.ledger.delivered"),
                                        text("app.ledger.in_review"),   text("app.ledger.rejected"),
                                        text("app.ledger.dead_letter"), text("app.ledger.in_flight")};
    std::vector<std::string> row;
    for (const auto count :
         {sum.received, sum.delivered, sum.in_review, sum.rejected, sum.dead_letter, sum.in_flight})
      row.push_back(std::to_string(count));
    return element("h2", text("page.books")) + table(head, std::vector<std::vector<std::string>>{row}, 0);
  }

  std::string words() const {
    const auto said = services_.hub->books().words_of(submission_.id);
    std::vector<std::string> head, row;
    for (const auto& [name, count] :
         {std::pair("new", said.new_cases), std::pair("corrected", said.corrected),
          std::pair("unchanged", said.unchanged), std::pair("late", said.late),
          std::pair("withdrawn", said.withdrawn)}) {
      head.push_back(text("page.words." + std::string(name)));
      row.push_back(std::to_string(count));
    }
    return element("h2", text("page.words")) + table(head, std::vector<std::vector<std::string>>{row}, 0);
  }

  std::string recipients() const {
    std::vector<std::vector<std::string>> rows;
    for (const auto& each : services_.hub->books().recipients_of(submission_.id)) {
      const auto* const state = each.open != 0   ? "page.on_its_way"
                                : each.dead != 0 ? "page.partly_refused"
                                                 : "page.arrived";
      std::string why;
      for (const auto& [cause, records] : each.refused)
        why += (why.empty() ? "" : "; ") + services_.reason(cause, language_) + " (" +
               std::to_string(records) + ")";
      rows.push_back({each.recipient, text(state), each.last_receipt, why});
    }
    if (rows.empty()) return {};
    return element("h2", text("page.recipients")) +
           table(std::vector<std::string>{text("page.recipient"), text("page.state"),
                                          text("page.its_receipt"), text("page.why")},
                 rows, 99);
  }

  std::string held() const {
    constexpr std::size_t kMost = 100;
    std::vector<std::vector<std::string>> rows;
    for (const auto& each : services_.hub->books().quarantine({.submission = submission_.id})) {
      if (rows.size() == kMost) break;
      rows.push_back({each.part, std::to_string(each.line), services_.reason(each.reason, language_)});
    }
    if (rows.empty()) return {};
    return element("h2", text("page.held")) +
           table(std::vector<std::string>{text("page.part"), text("page.line"), text("page.why")}, rows, 99);
  }

  const ledger::SubmissionInfo& submission_;
  const Services& services_;
  base::Language language_;
};

}  // namespace

net::Response receipt_page(const ledger::SubmissionInfo& submission, const Services& services,
                           base::Language language) {
  const ReceiptPage receipt(submission, services, language);
  return page({.title = receipt.title(), .language = language, .body = receipt.body()});
}

}  // namespace musubi::console
