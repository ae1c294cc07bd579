#include "musubi/intake/pull.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "guarded_look.h"
#include "musubi/base/file.h"
#include "page.h"
#include "set_aside.h"
#include "transport.h"
#include "watermark_file.h"
#include "web_client.h"

namespace musubi::intake {
namespace {

namespace fs = std::filesystem;
using base::Error;
using base::ErrorKind;
using std::chrono::milliseconds;

/// Where a run stands.
struct Run {
  base::Instant begun{};
  std::string token{};
  std::string since{};   ///< the watermark it began with
  std::string latest{};  ///< the one it will leave
  std::uint32_t pages = 0;
  std::uint64_t offset = 0;
  std::string cursor{}, link{};  ///< of the next page
};

std::string extension_of(const PullSettings& settings, const std::string& content_type) {
  if (is_read(settings)) return ".json";
  constexpr std::pair<std::string_view, std::string_view> kKnown[] = {
      {"json", ".json"}, {"csv", ".csv"}, {"spreadsheetml", ".xlsx"}, {"xml", ".xml"}, {"zip", ".zip"}};
  for (const auto& [word, extension] : kKnown)
    if (content_type.find(word) != content_type.npos) return std::string(extension);
  return ".bin";
}

Error error_of(const WebAnswer& answer) {
  const auto status = std::to_string(answer.status);
  switch (answer.status) {
    case 401:
    case 403:
      return Error(ErrorKind::unavailable, "intake.pull_not_permitted", {{"status", status}});
    case 429:
    case 503:
      return Error(ErrorKind::unavailable, "intake.pull_busy", {{"status", status}});
    default:
      break;
  }
  const bool elsewhere = answer.status >= 300 && answer.status < 400;
  return Error(ErrorKind::unavailable, elsewhere ? "intake.pull_redirected" : "intake.pull_status",
               {{"status", status}});
}

}  // namespace

std::string_view name_of(Paging paging) noexcept {
  switch (paging) {
    case Paging::none:
      return "none";
    case Paging::offset:
      return "offset";
    case Paging::number:
      return "number";
    case Paging::link:
      return "link";
    case Paging::cursor:
      return "cursor";
  }
  return "";
}

class Pull::Work {
 public:
  Work(PullSettings settings, Reception& reception, const base::Clock& clock)
      : settings_(std::move(settings)),
        reception_(reception),
        clock_(clock),
        board_(settings_.name, WayInKind::pull),
        set_aside_({}, settings_.folder / "refused", settings_.folder / "refused", machine_files()),
        back_off_(settings_.back_off, std::hash<std::string>()(settings_.name)) {}

  milliseconds look(const std::stop_token& stop) {
    board_.looked(clock_.now());
    asked_to_wait_.reset();
    const auto done = run(stop);
    if (!done.has_error()) {
      back_off_.reset();
      return settings_.every;
    }
    board_.failed(done.error());
    const milliseconds wait = back_off_.next();
    return asked_to_wait_ ? std::max<milliseconds>(wait, *asked_to_wait_) : wait;
  }

  HealthBoard& board() noexcept { return board_; }

 private:
  base::Status run(const std::stop_token& stop) {
    std::error_code failure;
    fs::create_directories(settings_.folder, failure);
    if (failure) return base::file_error(failure.value(), settings_.folder);
    Run run{.begun = clock_.now()};
    if (!settings_.token_file.empty()) {
      MUSUBI_ASSIGN(run.token, read_secret(settings_.token_file));
    }
    MUSUBI_ASSIGN(run.since, read_watermark(watermark_file(), settings_.first_watermark));
    run.latest = run.since;
    for (bool more = true; more;) {
      if (stop.stop_requested()) return {};
      MUSUBI_TRY(check_limits(run));
      MUSUBI_ASSIGN(more, take_page(run, stop));
    }
    if (run.latest == run.since) return {};
    return write_watermark(watermark_file(), run.latest);
  }

  base::Status check_limits(const Run& run) const {
    if (run.pages >= settings_.most_pages)
      return Error(ErrorKind::limit_exceeded, "intake.pull_too_many_pages",
                   {{"limit", std::to_string(settings_.most_pages)}});
    if (is_too_long(run)) return Error(ErrorKind::unavailable, "intake.pull_took_too_long");
    return {};
  }

  bool is_too_long(const Run& run) const { return clock_.now() - run.begun > settings_.longest_run; }

  /// Whether there is another one.
  base::Result<bool> take_page(Run& run, const std::stop_token& stop) {
    MUSUBI_ASSIGN(const auto answer, ask(run, stop));
    ++run.pages;
    Page page{.items = 1};
    if (is_read(settings_)) {
      MUSUBI_ASSIGN(const auto json, base::read_file(page_file(), settings_.most_bytes));
      MUSUBI_ASSIGN(page, read_page(json, settings_));
    }
    if (page.items > 0 && answer.bytes > 0) {
      MUSUBI_TRY(hand_over(run, answer));
    }
    std::error_code ignored;
    fs::remove(page_file(), ignored);
    if (is_later(page.watermark, run.latest)) run.latest = page.watermark;
    return go_on(run, page, answer);
  }

  base::Result<WebAnswer> ask(const Run& run, const std::stop_token& stop) {
    WebRequest request{.url = address(run),
                       .into = page_file(),
                       .most_bytes = settings_.most_bytes,
                       .timeout = settings_.timeout,
                       .give_up = [&] { return stop.stop_requested() || is_too_long(run); }};
    for (const auto& [name, value] : settings_.headers)
      request.headers.emplace_back(name, filled(value, {{"token", run.token}}));
    MUSUBI_ASSIGN(const auto answer, get(request, settings_.security));
    if (answer.status == 200) return answer;
    asked_to_wait_ = answer.retry_after;
    return error_of(answer);
  }

  std::string address(const Run& run) const {
    if (!run.link.empty()) return run.link;
    const PullSettings::Pairs values{{"watermark", run.since},
                                     {"page_size", std::to_string(settings_.page_size)},
                                     {"offset", std::to_string(run.offset)},
                                     {"page", std::to_string(run.pages + 1)},
                                     {"cursor", run.cursor}};
    std::string url = settings_.url;
    char divider = '?';
    for (const auto& [name, value] : settings_.query) {
      if (is_left_out(value, "{cursor}", run.cursor) || is_left_out(value, "{watermark}", run.since))
        continue;
      url += fmt::format("{}{}={}", std::exchange(divider, '&'), percent_encoded(name),
                         percent_encoded(filled(value, values)));
    }
    return url;
  }

  static bool is_left_out(const std::string& value, std::string_view part, const std::string& filling) {
    return filling.empty() && value.find(part) != value.npos;
  }

  base::Status hand_over(const Run& run, const WebAnswer& answer) {
    const Parcel parcel{.source = settings_.source,
                        .file = page_file(),
                        .name = fmt::format("{}-{}-{:04}{}", settings_.name, compact_time(run.begun),
                                            run.pages, extension_of(settings_, answer.content_type)),
                        .from = settings_.name};
    const auto taken = reception_.take(parcel);
    if (taken.has_value()) {
      board_.received(clock_.now(), *taken);
      return {};
    }
    if (!is_about_the_parcel(taken.error())) return taken.error();
    MUSUBI_TRY(set_aside_.refuse(page_file(), parcel.name, taken.error(), clock_.now()));
    board_.refused(taken.error());
    return {};
  }

  /// "20200420T031500Z".
  static std::string compact_time(base::Instant when) {
    std::string compact;
    for (const char each : base::to_text(when).substr(0, 19))
      if (each != '-' && each != ':') compact += each;
    return compact + "Z";
  }

  base::Result<bool> go_on(Run& run, const Page& page, const WebAnswer& answer) const {
    switch (settings_.paging) {
      case Paging::none:
        return false;
      case Paging::offset:
        run.offset += page.items;
        return page.items >= settings_.page_size;
      case Paging::number:
        return page.items >= settings_.page_size;
      case Paging::link:
        return follow(run, settings_.next.empty() ? next_link(answer.link) : page.next);
      case Paging::cursor:
        if (!page.next.empty() && page.next == run.cursor)
          return Error(ErrorKind::unavailable, "intake.pull_loop");
        run.cursor = page.next;
        return !run.cursor.empty();
    }
    return false;
  }

  base::Result<bool> follow(Run& run, const std::string& link) const {
    if (link.empty()) return false;
    const auto before = address(run);
    auto next = same_origin(before, link);
    if (!next) return Error(ErrorKind::refused, "intake.pull_other_host");
    if (*next == before) return Error(ErrorKind::unavailable, "intake.pull_loop");
    run.link = std::move(*next);
    return true;
  }

  fs::path page_file() const { return settings_.folder / "page"; }
  fs::path watermark_file() const { return settings_.folder / "watermark"; }

  PullSettings settings_;
  Reception& reception_;
  const base::Clock& clock_;
  HealthBoard board_;
  SetAside set_aside_;
  BackOff back_off_;
  std::optional<std::chrono::seconds> asked_to_wait_;
};

Pull::Pull(PullSettings settings, Reception& reception, const base::Clock& clock)
    : work_(std::make_unique<Work>(std::move(settings), reception, clock)) {}

Pull::~Pull() = default;

milliseconds Pull::look(const std::stop_token& stop) noexcept {
  return guarded_look(work_->board(), [&] { return work_->look(stop); });
}

Health Pull::health() const { return work_->board().health(); }

}  // namespace musubi::intake
