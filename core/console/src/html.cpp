#include "html.h"

#include <fmt/format.h>

namespace musubi::console {
namespace {

constexpr std::string_view kStyle =
    "body{font:16px/1.6 system-ui,sans-serif;margin:0 auto;max-width:64rem;padding:1rem;color:#1b1f24;"
    "background:#fff}h1{font-size:1.4rem;margin:.2rem 0}h2{font-size:1.1rem;margin:1.4rem 0 .4rem}"
    ".scroll{overflow-x:auto}table{border-collapse:collapse;width:100%}th,td{padding:.3rem .6rem;"
    "border-bottom:1px solid #d8dee4;text-align:left;white-space:nowrap}td.n,th.n{text-align:right;"
    "font-variant-numeric:tabular-nums}.good{color:#116329}.bad{color:#a40e26;font-weight:600}"
    ".alarm{border-left:.3rem solid #cf222e;background:#ffebe9;padding:.4rem .8rem;margin:.4rem 0}"
    ".quiet{color:#57606a}p{margin:.3rem 0}a{color:#0550ae}"
    "@media print{.noprint{display:none}body{max-width:none}}";

std::string cell(std::string_view name, std::string_view text, bool number) {
  return fmt::format("<{0}{1}>{2}</{0}>", name, number ? " class=n" : "", escaped(text));
}

std::string row_of(std::string_view name, std::span<const std::string> cells, std::size_t numbers_from) {
  std::string row = "<tr>";
  for (std::size_t index = 0; index < cells.size(); ++index)
    row += cell(name, cells[index], index >= numbers_from);
  return row + "</tr>";
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string safe;
  for (const char each : text) {
    switch (each) {
      case '&':
        safe += "&amp;";
        break;
      case '<':
        safe += "&lt;";
        break;
      case '>':
        safe += "&gt;";
        break;
      case '"':
        safe += "&quot;";
        break;
      case '\'':
        safe += "&#39;";
        break;
      default:
        safe += each;
    }
  }
  return safe;
}

std::string element(std::string_view name, std::string_view text) {
  return fmt::format("<{0}>{1}</{0}>", name, escaped(text));
}

std::string table(std::span<const std::string> head, std::span<const std::vector<std::string>> rows,
                  std::size_t numbers_from) {
  std::string html =
      "<div class=scroll><table><thead>" + row_of("th", head, numbers_from) + "</thead><tbody>";
  for (const auto& row : rows) html += row_of("td", row, numbers_from);
  return html + "</tbody></table></div>";
}

net::Response page(const Page& page) {
  const auto refresh = page.refresh_seconds == 0
                           ? std::string()
                           : fmt::format("<meta http-equiv=refresh content={}>", page.refresh_seconds);
  net::Response response;
  response.content_type = "text/html; charset=utf-8";
  response.body = fmt::format(
      "<!doctype html><html lang={}><head><meta charset=utf-8>"
      "<meta name=viewport content=\"width=device-width,initial-scale=1\">{}<title>{}</title>"
      "<style>{}</style></head><body>{}</body></html>\n",
      page.language == base::Language::japanese ? "ja" : "en", refresh, escaped(page.title), kStyle,
      page.body);
  return response;
}

}  // namespace musubi::console
