// 大阪府 陽性者の一覧, the CP932 layout of 2020: six columns, the age a bare number or a word.
#include <iconv.h>

#include <array>
#include <vector>

#include "draw.h"
#include "layouts.h"
#include "text_writer.h"
#include "timeline.h"

namespace musubi::app::sample {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;
using std::chrono::sys_days;

Epidemic epidemic() {
  return {2020y / 1 / 29,
          2020y / 10 / 12,
          {{2020y / 4 / 15, 12, 0.5}, {2020y / 8 / 6, 22, 1.5}, {2020y / 10 / 20, 30, 0.7}}};
}

/// Keeps the CP932 form of texts; views of it stay good as long as the book.
class Cp932Book {
 public:
  Cp932Book() : converter_(::iconv_open("CP932", "UTF-8")) { texts_.reserve(kMost); }
  ~Cp932Book() { ::iconv_close(converter_); }
  Cp932Book(const Cp932Book&) = delete;
  Cp932Book& operator=(const Cp932Book&) = delete;

  std::string_view operator()(std::string_view text) {
    std::string input(text), output(text.size(), '\0');
    char *from = input.data(), *to = output.data();
    std::size_t left = input.size(), room = output.size();
    ::iconv(converter_, &from, &left, &to, &room);
    output.resize(output.size() - room);
    return texts_.emplace_back(std::move(output));
  }

 private:
  static constexpr std::size_t kMost = 128;
  iconv_t converter_;
  std::vector<std::string> texts_;
};

struct Words {
  Cp932Book book;
  std::string_view header = book("番号,報道提供日,年代,性別,居住地,退院");
  std::string_view investigating = book("調査中"), hospital = book("入院中"), home = book("自宅療養"),
                   hotel = book("宿泊療養"), hotel_arranging = book("宿泊療養調整中"),
                   arranging = book("入院もしくは療養方法の調整中"), dead = book("死亡"),
                   discharged = book("退院"), home_released = book("自宅療養解除"),
                   hotel_released = book("宿泊療養解除"), outside = book("大阪府外"),
                   special = book("その他(特殊事情)");
  Choice age{{"20", 290},
             {"30", 155},
             {"40", 135},
             {"50", 120},
             {"60", 75},
             {"70", 70},
             {"10", 62},
             {"80", 50},
             {"90", 16},
             {"100", 1},
             {book("未就学児"), 17},
             {book("就学児"), 8},
             {investigating, 1}};
  Choice sex{{book("男性"), 555}, {book("女性"), 445}};
  Choice residence{
      {book("大阪市"), 515},  {book("堺市"), 62},   {book("東大阪市"), 55}, {book("吹田市"), 35},
      {book("豊中市"), 30},   {book("八尾市"), 25}, {book("枚方市"), 24},   {book("高槻市"), 22},
      {book("大東市"), 20},   {book("茨木市"), 20}, {book("松原市"), 20},   {book("岸和田市"), 20},
      {book("寝屋川市"), 18}, {book("守口市"), 16}, {book("門真市"), 16},   {book("富田林市"), 16},
      {book("羽曳野市"), 14}, {book("和泉市"), 14}, {book("箕面市"), 10},   {book("島本町"), 3},
      {book("熊取町"), 5},    {outside, 20},        {investigating, 20}};
};

enum class Care : std::uint8_t { hospital, home, hotel, death, elsewhere, special };

Care draw_care(Draw& draw) {
  const int share = draw.below(1000);
  if (share < 290) return Care::hospital;
  if (share < 660) return Care::home;
  if (share < 975) return Care::hotel;
  if (share < 995) return Care::death;
  return share < 999 ? Care::elsewhere : Care::special;
}

std::string_view word_while_ill(const Words& words, Care care, bool arranged) {
  if (!arranged) return care == Care::hotel ? words.hotel_arranging : words.arranging;
  if (care == Care::home) return words.home;
  return care == Care::hotel ? words.hotel : words.hospital;
}

std::string_view word_afterwards(const Words& words, Care care) {
  switch (care) {
    case Care::hospital:
      return words.discharged;
    case Care::home:
      return words.home_released;
    case Care::hotel:
      return words.hotel_released;
    case Care::death:
      return words.dead;
    default:
      return care == Care::elsewhere ? words.outside : words.special;
  }
}

std::string_view draw_course(Draw& draw, const Words& words, days since) {
  const Care care = draw_care(draw);
  const bool arranged = since > days(draw.below(4)), over = since > days(10 + draw.below(18));
  return over || care >= Care::elsewhere ? word_afterwards(words, care)
                                         : word_while_ill(words, care, arranged);
}

void write_case(TextWriter& out, Draw& draw, const Words& words, std::uint64_t number, sys_days published,
                sys_days as_of, bool is_new) {
  const std::string_view age = words.age(draw), sex = words.sex(draw), residence = words.residence(draw);
  const Slip slip = slip_of(draw, is_new);
  if (slip != Slip::number_missing) out.number(number);
  out.text(",");
  if (slip == Slip::impossible_date) {
    out.text("2020-13-01");
  } else {
    out.date(published);
  }
  out.text(",").text(slip == Slip::letter_for_digit ? "4O" : age).text(",").text(sex).text(",");
  out.text(residence).text(",").text(draw_course(draw, words, as_of - published));
}

}  // namespace

std::optional<std::uint64_t> write_osaka(const SampleRequest& request, std::ostream& stream) {
  const Words words;
  Timeline timeline(epidemic(), request.rows, request.edition);
  TextWriter out(stream);
  out.text(words.header).end("\n");
  std::uint64_t number = 0;
  for (std::uint64_t index = 0; index < timeline.cases(); ++index) {
    Draw draw(request.seed, index);
    number += draw.one_in(4000) ? 2 : 1;
    write_case(out, draw, words, number, timeline.day_of(index), timeline.as_of(),
               index >= timeline.known_before());
    if (!out.end("\n")) return {};
  }
  return out.flush() ? std::optional(timeline.cases()) : std::nullopt;
}

}  // namespace musubi::app::sample
