#include "page.h"

#include <simdjson.h>

#include <algorithm>
#include <optional>

namespace musubi::intake {
namespace {

using base::Error;
using base::ErrorKind;
namespace dom = simdjson::dom;

constexpr std::size_t kMostMark = 4096;  // of a link, a cursor or a watermark

/// A text, or a whole number as text; nullopt: something else.
std::optional<std::string> scalar(const dom::element& element) {
  if (element.is_string()) return std::string(element.get_string().value_unsafe());
  if (element.is_int64()) return std::to_string(element.get_int64().value_unsafe());
  if (element.is_uint64()) return std::to_string(element.get_uint64().value_unsafe());
  return std::nullopt;
}

bool is_usable(const std::string& mark) {
  return mark.size() <= kMostMark && std::ranges::none_of(mark, [](char each) {
           return static_cast<unsigned char>(each) < 0x20 || each == 0x7F;
         });
}

Error unusable(std::string_view code, const std::string& pointer) {
  return Error(ErrorKind::unavailable, code, {{"pointer", pointer}});
}

base::Result<std::string> next_of(const dom::element& document, const std::string& pointer) {
  dom::element next;
  if (document.at_pointer(pointer).get(next) != simdjson::SUCCESS || next.is_null()) return std::string();
  if (next.is_bool() && !next.get_bool().value_unsafe()) return std::string();
  auto text = scalar(next);
  if (!text || !is_usable(*text)) return unusable("intake.page_next", pointer);
  return std::move(*text);
}

base::Result<std::string> latest_of(const dom::array& items, const std::string& pointer) {
  std::string latest;
  for (const auto& item : items) {
    dom::element mark;
    if (item.at_pointer(pointer).get(mark) != simdjson::SUCCESS) continue;
    auto text = scalar(mark);
    if (text && is_usable(*text) && is_later(*text, latest)) latest = std::move(*text);
  }
  if (latest.empty() && items.size() > 0) return unusable("intake.page_without_watermark", pointer);
  return latest;
}

/// Digits without leading zeros; nullopt: no whole number that is not negative.
std::optional<std::string_view> digits(std::string_view text) noexcept {
  if (text.empty() || text.find_first_not_of("0123456789") != text.npos) return std::nullopt;
  text.remove_prefix(std::min(text.find_first_not_of('0'), text.size() - 1));
  return text;
}

}  // namespace

bool is_read(const PullSettings& settings) noexcept {
  return settings.paging != Paging::none || !settings.items.empty() || !settings.watermark.empty();
}

base::Result<Page> read_page(std::string_view json, const PullSettings& settings) {
  dom::parser parser;
  dom::element document;
  if (parser.parse(json.data(), json.size()).get(document) != simdjson::SUCCESS)
    return Error(ErrorKind::unavailable, "intake.page_not_json");
  dom::array items;
  if (document.at_pointer(settings.items).get(items) != simdjson::SUCCESS)
    return unusable("intake.page_without_items", settings.items);
  Page page{.items = std::as_const(items).size()};
  if (!settings.next.empty()) {
    MUSUBI_ASSIGN(page.next, next_of(document, settings.next));
  }
  if (!settings.watermark.empty()) {
    MUSUBI_ASSIGN(page.watermark, latest_of(items, settings.watermark));
  }
  return page;
}

bool is_later(std::string_view watermark, std::string_view than) noexcept {
  const auto left = digits(watermark), right = digits(than);
  if (!left || !right) return watermark > than;
  return left->size() != right->size() ? left->size() > right->size() : *left > *right;
}

std::string filled(std::string_view text, const PullSettings::Pairs& values) {
  std::string all;
  while (!text.empty()) {
    const auto value = std::ranges::find_if(values, [&](const auto& each) {
      return text.starts_with('{') && text.substr(1).starts_with(each.first) &&
             text.substr(1 + each.first.size()).starts_with('}');
    });
    all += value == values.end() ? std::string(1, text.front()) : value->second;
    text.remove_prefix(value == values.end() ? 1 : value->first.size() + 2);
  }
  return all;
}

}  // namespace musubi::intake
