// A system that is asked for new records over HTTPS, page by page (kintone, G-MIS and their like). Every page
// becomes one parcel, verbatim. Where the next run begins, the watermark, is moved durably, and only after
// all pages of a run have been taken: after a crash a run is repeated, which is recognised, and never
// skipped.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "musubi/intake/back_off.h"
#include "musubi/intake/parcel.h"
#include "musubi/intake/transport_security.h"
#include "musubi/intake/way_in.h"

namespace musubi::intake {

enum class Paging : std::uint8_t {
  none,    ///< one page
  offset,  ///< {offset} counts records; the last page is one with fewer than `page_size`
  number,  ///< {page} counts pages from 1; the last page is one with fewer than `page_size`
  link,    ///< the answer names the address of the next page; the last page names none
  cursor   ///< the answer names the {cursor} of the next page; the last page names none
};
std::string_view name_of(Paging paging) noexcept;

struct PullSettings {
  using Pairs = std::vector<std::pair<std::string, std::string>>;

  std::string name{};    ///< of this way in
  std::string source{};  ///< of every page
  std::string url{};     ///< https://… without a query; http only with `unencrypted`
  bool unencrypted = false;
  /// Parameters of the query and headers of the request. Filled in: {watermark}, {page_size}, {offset},
  /// {page}, {cursor} in the query, {token} in the headers. A parameter with an empty {cursor} is left out.
  Pairs query{}, headers{};
  std::filesystem::path token_file{};  ///< read at every run; its content is in no log and no error
  Paging paging = Paging::none;
  std::uint32_t page_size = 500;
  std::string items{};  ///< JSON pointer (RFC 6901) of the list of records in a page
  std::string
      next{};  ///< JSON pointer of the next link or cursor; empty with `link`: the header Link (RFC 8288)
  std::string watermark{};  ///< JSON pointer, within a record, of its time or number of change; empty: none
  std::string first_watermark{};   ///< of the first run ever
  std::filesystem::path folder{};  ///< of our own: pages on their way, and the watermark
  std::chrono::seconds every{900};
  std::chrono::seconds timeout{30};                    ///< of one answer
  std::chrono::seconds longest_run{1'800};             ///< then it is given up, and repeated later
  std::uint64_t most_bytes = std::uint64_t{64} << 20;  ///< of one page
  std::uint32_t most_pages = 10'000;                   ///< of one run
  BackOffPolicy back_off{.first = std::chrono::seconds(10), .most = std::chrono::hours(1)};
  TransportSecurity security{};
};

/// Threads: look(), which is one run, one at a time; health() any.
class Pull final : public WayIn {
 public:
  /// `reception` and `clock` must outlive it.
  Pull(PullSettings settings, Reception& reception, const base::Clock& clock);
  ~Pull() override;

  std::chrono::milliseconds look(const std::stop_token& stop) noexcept override;
  Health health() const override;

 private:
  class Work;
  std::unique_ptr<Work> work_;
};

}  // namespace musubi::intake
