// CP932 to UTF-8 beside glibc's iconv, on the bytes of a synthetic Osaka list.
#include <fmt/format.h>
#include <iconv.h>

#include <sstream>
#include <stdexcept>
#include <string>

#include "cp932.h"
#include "sample/sample.h"
#include "sections.h"
#include "stopwatch.h"

namespace musubi::bench {
namespace {

std::string osaka_bytes(std::uint64_t rows) {
  app::sample::SampleRequest request;
  request.source = "osaka";
  request.rows = rows;
  std::ostringstream out;
  if (app::sample::write_sample(request, out).has_error()) throw std::runtime_error("no sample");
  return std::move(out).str();
}

std::size_t decode_by_iconv(std::string& bytes, std::string& out) {
  const auto converter = ::iconv_open("UTF-8", "CP932");
  char* from = bytes.data();
  std::size_t left = bytes.size();
  char* to = out.data();
  std::size_t room = out.size();
  const auto failed = ::iconv(converter, &from, &left, &to, &room) == static_cast<std::size_t>(-1);
  ::iconv_close(converter);
  if (failed) throw std::runtime_error("iconv refused the sample");
  return out.size() - room;
}

}  // namespace

void decoding(const Setting& setting) {
  auto bytes = osaka_bytes(setting.rows);
  std::string ours(document::cp932_room(bytes.size()), '\0'), theirs(ours.size(), '\0');
  document::Decoding done;
  std::size_t length = 0;
  const auto pair = alternate([&] { done = document::decode_cp932(bytes, ours.data()); },
                              [&] { length = decode_by_iconv(bytes, theirs); });
  const bool same = done.written == length && ours.compare(0, length, theirs, 0, length) == 0;
  print_line("decode CP932", static_cast<double>(bytes.size()) * 1e-6, "MB/s", pair.ours,
             fmt::format("{:.2f} times iconv; output {}", pair.ratio, same ? "identical" : "DIFFERS"));
}

}  // namespace musubi::bench
