// The page at /: sources, recipients, books, alarms.
#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "api.h"
#include "html.h"

namespace musubi::console {
namespace {

using base::say;
using net::Request;
using net::Response;
using Rows = std::vector<std::vector<std::string>>;

constexpr std::size_t kNewest = 10;
constexpr int kRefreshSeconds = 2;

class StatusPage {
 public:
  StatusPage(const Services& services, base::Language language) : services_(services), language_(language) {}

  std::string body() const {
    return head() + alarms_section() + books_section() + newest_section() + recipients_section() +
           ways_in_section();
  }

 private:
  std::string text(std::string_view id) const { return say(language_, id, {}); }
  std::vector<std::string> texts(std::initializer_list<std::string_view> ids) const {
    std::vector<std::string> all;
    for (const auto id : ids) all.push_back(text(id));
    return all;
  }
  std::string section(std::string_view title, const std::string& html) const {
    return element("h2", text(title)) + html;
  }

  std::string head() const {
    const bool japanese = language_ == base::Language::japanese;
    return element("h1", "Musubi 結 — " + services_.name) +
           fmt::format("<p class=quiet>{} · <a class=noprint href=\"/?lang={}\">{}</a></p>",
                       escaped(time_in_japan(services_.clock->now())), japanese ? "en" : "ja",
                       japanese ? "English" : "日本語");
  }

  std::string alarms_section() const {
    const auto found = alarms(services_);
    if (found.empty()) return fmt::format("<p class=good>{}</p>", escaped(text("page.no_alarm")));
    std::string html;
    for (const auto& each : found) {
      html += fmt::format("<div class=alarm><b>{}</b><br>{}</div>",
                          escaped(say(language_, each.code, each.arguments)),
                          escaped(base::remedy(language_, each.code, each.arguments)));
    }
    return html;
  }

  static std::vector<std::string> cells(std::string source, std::string day, const ledger::Balance& each) {
    std::vector<std::string> row{std::move(source), std::move(day)};
    for (const auto count :
         {each.received, each.delivered, each.in_review, each.rejected, each.dead_letter, each.in_flight})
      row.push_back(std::to_string(count));
    return row;
  }

  std::string books_section() const {
    Rows rows;
    ledger::Balance sum;
    auto balances = services_.hub->books().balance_rows();
    std::ranges::stable_sort(balances, std::ranges::greater{}, &ledger::BalanceRow::day);
    constexpr std::size_t kMostRows = 30;
    for (const auto& row : balances) {
      if (rows.size() < kMostRows) rows.push_back(cells(row.source, row.day, row.records));
      sum += row.records;
    }
    rows.push_back(cells(text("page.sum"), "", sum));
    const bool good = sum.balanced();
    const auto head = texts({"app.ledger.source", "app.ledger.day", "app.ledger.received",
                             "app.ledger.delivered", "app.ledger.in_review", "app.ledger.rejected",
                             "app.ledger.dead_letter", "app.ledger.in_flight"});
    return section("page.books", table(head, rows, 2)) +
           fmt::format("<p class={}>{}</p>", good ? "good" : "bad",
                       escaped(text(good ? "page.balanced" : "page.not_balanced")));
  }

  std::string newest_section() const {
    Rows rows;
    for (const auto& each : services_.hub->books().newest_submissions({}, 0, kNewest)) {
      rows.push_back({std::to_string(each.id), time_in_japan(each.received), each.source,
                      text("page.state." + std::string(ledger::name_of(each.state))),
                      each.reason.empty() ? "" : services_.reason(each.reason, language_),
                      each.receipts > 1
                          ? say(language_, "page.again", {{"times", std::to_string(each.receipts)}})
                          : ""});
    }
    const auto waiting =
        say(language_, "page.waiting", {{"count", std::to_string(services_.hub->waiting())}});
    return section("page.newest", table(texts({"page.number", "page.time", "app.ledger.source", "page.state",
                                               "page.why", "page.repeated"}),
                                        rows, 99)) +
           element("p", waiting);
  }

  std::string recipients_section() const {
    Rows rows;
    for (const auto& each : services_.hub->couriers()) {
      rows.push_back({each.sink, text("page.circuit." + std::string(delivery::name_of(each.circuit))),
                      each.last_error.empty() ? "" : services_.reason(each.last_error, language_),
                      std::to_string(each.delivered)});
    }
    return section("page.recipients",
                   table(texts({"page.sink", "page.circuit", "page.why", "page.delivered"}), rows, 3));
  }

  std::string ways_in_section() const {
    Rows rows;
    for (const auto* way_in : services_.ways_in) {
      const auto each = way_in->health();
      rows.push_back({each.name, each.last_received ? time_in_japan(*each.last_received) : "",
                      each.last_error ? services_.reason(each.last_error->code(), language_) : "",
                      std::to_string(each.received), std::to_string(each.refused),
                      std::to_string(each.waiting)});
    }
    if (rows.empty()) return {};
    return section(
        "page.ways_in",
        table(texts({"page.name", "page.last", "page.why", "page.received", "page.refused", "page.waits"}),
              rows, 3));
  }

  const Services& services_;
  base::Language language_;
};

base::Language language_for(const Request& request) {
  const auto named = query(request, "lang");
  if (named == "ja") return base::Language::japanese;
  if (named == "en") return base::Language::english;
  return net::language_of(request.headers);
}

Response show(const Request& request, const Services& services) {
  const auto language = language_for(request);
  return page({.title = "Musubi — " + services.name,
               .language = language,
               .refresh_seconds = kRefreshSeconds,
               .body = StatusPage(services, language).body()});
}

}  // namespace

void add_status_page(net::Routes& routes, const Shared& services) {
  routes.add({.pattern = "/",
              .needs = services->status_page_open ? net::everybody() : net::any_role(),
              .handler = answering(services, show),
              .summary = "The status page"});
}

}  // namespace musubi::console
