// 東京都 新型コロナウイルス陽性患者発表詳細, the layout of 2020: sixteen columns of which half stay blank.
#include "draw.h"
#include "layouts.h"
#include "text_writer.h"
#include "timeline.h"

namespace musubi::app::sample {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;
using std::chrono::sys_days;

constexpr std::string_view kHeader =
    "\uFEFFNo,全国地方公共団体コード,都道府県名,市区町村名,公表_年月日,曜日,発症_年月日,患者_居住地,患者_"
    "年代,"
    "患者_性別,患者_属性,患者_状態,患者_症状,患者_渡航歴の有無フラグ,備考,退院済フラグ";
constexpr sys_days kOnsetsPublishedFrom = 2020y / 7 / 1;

Epidemic epidemic() {
  return {2020y / 1 / 24,
          2020y / 9 / 30,
          {{2020y / 4 / 12, 12, 1.0}, {2020y / 8 / 3, 20, 1.6}, {2020y / 10 / 10, 30, 0.7}}};
}

struct Words {
  Choice residence{{"都内", 900}, {"都外", 45},    {"―", 30},    {"", 20},
                   {"埼玉県", 2}, {"神奈川県", 2}, {"千葉県", 1}};
  Choice age{{"10歳未満", 22}, {"10代", 45}, {"20代", 285}, {"30代", 210}, {"40代", 150},
             {"50代", 115},    {"60代", 62}, {"70代", 50},  {"80代", 34},  {"90代", 13},
             {"100歳以上", 1}, {"不明", 4},  {"-", 2},      {"60", 1},     {"", 6}};
  Choice sex{{"男性", 565}, {"女性", 420}, {"不明", 5}, {"", 10}};
  Choice remark{{"", 994},
                {"\"同居家族の濃厚接触者, 経過観察中\"", 2},
                {"\"公表後に訂正\n（居住地）\"", 1},
                {"再検査で陽性", 3}};
};

struct TokyoCase {
  sys_days published, onset;
  bool onset_told = false, under_investigation = false, discharged = false, blanks_quoted = false;
  std::string_view residence, age, sex, remark;
  Slip slip = Slip::none;
};

TokyoCase draw_case(Draw& draw, const Words& words, sys_days published, sys_days as_of, bool is_new) {
  TokyoCase made;
  made.published = published;
  made.residence = words.residence(draw);
  made.age = words.age(draw);
  made.sex = words.sex(draw);
  made.remark = words.remark(draw);
  made.onset = published - days(1 + draw.below(9));
  if (draw.one_in(900)) made.onset = published + days(1);
  made.onset_told = draw.below(10) < 6 && published >= kOnsetsPublishedFrom;
  const bool discharged_once = draw.below(100) < 93;
  made.discharged = published + days(9 + draw.below(25)) <= as_of && discharged_once;
  made.under_investigation = draw.below(10) < 4 && as_of - published < days(6);
  made.blanks_quoted = draw.one_in(40);
  made.slip = slip_of(draw, is_new);
  return made;
}

std::string_view weekday_of(sys_days day) {
  constexpr std::string_view kNames[] = {"日", "月", "火", "水", "木", "金", "土"};
  return kNames[std::chrono::weekday(day).c_encoding()];
}

void write_dates(TextWriter& out, const TokyoCase& made) {
  if (made.slip == Slip::impossible_date) {
    out.text("2020-02-30");
  } else {
    out.date(made.published);
  }
  out.text(",").text(weekday_of(made.published)).text(",");
  if (made.onset_told) out.date(made.onset);
}

void write_person(TextWriter& out, const TokyoCase& made) {
  const auto cell = [&](std::string_view text) {
    out.text(",").text(text.empty() && made.blanks_quoted ? "\"\"" : text);
  };
  cell(made.under_investigation ? "調査中" : made.residence);
  cell(made.slip == Slip::letter_for_digit ? "3O代" : made.age);
  cell(made.sex);
}

void write_case(TextWriter& out, std::uint64_t number, const TokyoCase& made) {
  if (made.slip != Slip::number_missing) out.number(number);
  out.text(",130001,東京都,,");
  write_dates(out, made);
  write_person(out, made);
  out.text(",,,,,").text(made.remark).text(made.discharged ? ",1" : ",\"\"");
}

}  // namespace

std::optional<std::uint64_t> write_tokyo(const SampleRequest& request, std::ostream& stream) {
  const std::string_view line_end = request.seed % 2 == 0 ? "\n" : "\r\n";
  const Words words;
  Timeline timeline(epidemic(), request.rows, request.edition);
  TextWriter out(stream);
  out.text(kHeader).end(line_end);
  std::uint64_t number = 0;
  for (std::uint64_t index = 0; index < timeline.cases(); ++index) {
    Draw draw(request.seed, index);
    number += draw.one_in(400) ? 2 : 1;
    const bool is_new = index >= timeline.known_before();
    write_case(out, number, draw_case(draw, words, timeline.day_of(index), timeline.as_of(), is_new));
    if (!out.end(line_end)) return {};
  }
  return out.flush() ? std::optional(timeline.cases()) : std::nullopt;
}

}  // namespace musubi::app::sample
