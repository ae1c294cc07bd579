#include "serve_settings.h"

#include <algorithm>
#include <array>
#include <vector>

namespace musubi::app {
namespace {

using base::YamlMap;
using plugin::Option;
using plugin::OptionType;

constexpr std::array kServe{
    Option{
        .name = "address",
        .type = OptionType::text,
        .default_value = "127.0.0.1",
        .help_japanese = "待ち受ける IP アドレス。この機械の外からも届くものには、証明書とトークンが要ります",
        .help_english = "IP address to listen on; one that others can reach needs a certificate and tokens"},
    Option{.name = "port",
           .type = OptionType::integer,
           .default_value = "8080",
           .help_japanese = "ポート番号。0 は空いているもの",
           .help_english = "Port; 0: any that is free",
           .minimum = 0,
           .maximum = 65'535},
    Option{.name = "certificate",
           .type = OptionType::path,
           .help_japanese = "TLS の証明書（PEM）",
           .help_english = "TLS certificate with its chain, PEM"},
    Option{.name = "key",
           .type = OptionType::path,
           .help_japanese = "その秘密鍵（PEM）",
           .help_english = "Its key, PEM"},
    Option{.name = "client_ca",
           .type = OptionType::path,
           .help_japanese = "相手の証明書を確かめる認証局（PEM）。ハブ間の相互認証に使います",
           .help_english =
               "Authority that callers' certificates are checked against, PEM: mutual TLS between hubs"},
    Option{.name = "client_certificate_required",
           .type = OptionType::boolean,
           .default_value = "no",
           .help_japanese = "証明書のない相手とはつながない",
           .help_english = "No connection without a certificate of the caller"},
    Option{
        .name = "loops",
        .type = OptionType::integer,
        .default_value = "0",
        .help_japanese =
            "接続を受け持ち、短い要求にはその場で答えるスレッドの数。0 はコアごとに一つ（最大8）",
        .help_english =
            "Threads that keep the connections and answer short requests in place; 0: one a core, at most 8",
        .minimum = 0,
        .maximum = 64},
    Option{.name = "workers",
           .type = OptionType::integer,
           .default_value = "4",
           .help_japanese = "時間のかかる要求に答えるスレッドの数",
           .help_english = "Threads that answer requests that take time",
           .minimum = 1,
           .maximum = 256},
    Option{.name = "carriers",
           .type = OptionType::integer,
           .default_value = "2",
           .help_japanese = "同時に処理する提供元の数",
           .help_english = "Sources that are carried at the same time",
           .minimum = 1,
           .maximum = 64},
    Option{.name = "requests_per_second",
           .type = OptionType::integer,
           .default_value = "200",
           .help_japanese = "トークンごとの一秒あたりの要求数。0 は制限なし",
           .help_english = "Requests per second and token; 0: no limit",
           .minimum = 0,
           .maximum = 1'000'000},
    Option{.name = "most_body_bytes",
           .type = OptionType::integer,
           .default_value = "2147483648",
           .help_japanese = "一度に送れる最大バイト数",
           .help_english = "Largest submission by HTTP, in bytes",
           .minimum = 1,
           .maximum = std::int64_t{1} << 40},
    Option{.name = "most_uploads",
           .type = OptionType::integer,
           .default_value = "16",
           .help_japanese = "一つの提供元が同時に始めておけるアップロード（分割送信）の数",
           .help_english = "Uploads in pieces that one source may have open at once",
           .minimum = 0,
           .maximum = 10'000},
    Option{.name = "upload_kept_for",
           .type = OptionType::duration,
           .default_value = "24h",
           .help_japanese = "続きの来ないアップロードを消すまでの時間",
           .help_english = "How long an upload that nobody goes on with is kept"},
    Option{.name = "most_waiting_bytes",
           .type = OptionType::integer,
           .default_value = "4294967296",
           .help_japanese = "処理待ちの上限（バイト）。超えると「後で送ってください」と答えます",
           .help_english = "Received and not read yet, in bytes, before senders are told to come later",
           .minimum = 1,
           .maximum = std::int64_t{1} << 50},
    Option{.name = "most_in_flight",
           .type = OptionType::integer,
           .default_value = "5000000",
           .help_japanese = "配送待ちの記録の上限",
           .help_english = "Records accepted and not delivered yet, before senders are told to come later",
           .minimum = 1,
           .maximum = std::int64_t{1} << 40},
    Option{.name = "disk_reserve_bytes",
           .type = OptionType::integer,
           .default_value = "67108864",
           .help_japanese = "空けておくディスクの容量（バイト）",
           .help_english = "Disk space left free for the hub's own books, in bytes",
           .minimum = 0,
           .maximum = std::int64_t{1} << 50},
    Option{.name = "batch_rows",
           .type = OptionType::integer,
           .default_value = "2000",
           .help_japanese = "一度に書き込む記録の数",
           .help_english = "Records per transaction of the ledger and per delivery",
           .minimum = 1,
           .maximum = 1'000'000},
    Option{.name = "away_too_long",
           .type = OptionType::duration,
           .default_value = "10m",
           .help_japanese = "届け先への配送がこれより長く待つと警報",
           .help_english = "How long a recipient may be owed something before it is an alarm"},
    Option{.name = "most_attempts",
           .type = OptionType::integer,
           .default_value = "3",
           .help_japanese =
               "ハブがこれだけ続けて落ちるか失敗した受付や便は、脇に置いて先へ進みます。0 は何度でも試みる",
           .help_english = "Attempts at a submission or consignment that the hub dies of or an adapter fails "
                           "at, before it is set aside; 0: no limit",
           .minimum = 0,
           .maximum = 1'000'000},
    Option{.name = "stuck_after",
           .type = OptionType::duration,
           .default_value = "10m",
           .help_japanese = "アダプターが一度の呼び出しからこれより長く戻らないと警報",
           .help_english = "How long one call of an adapter may take before it is an alarm"},
    Option{.name = "end_when_stuck",
           .type = OptionType::duration,
           .default_value = "30m",
           .help_japanese = "これより長く戻らないと、ハブは終了コード 4 "
                            "で終わり、起動し直されるのを待ちます。0s は終わらない",
           .help_english =
               "How long before the hub ends itself, with exit code 4, to be started again; 0s: never"},
    Option{.name = "two_people_decide",
           .type = OptionType::boolean,
           .default_value = "no",
           .help_japanese = "保留の訂正と差し戻しを、二人で決める。一人が申し出て、別の一人が認める",
           .help_english =
               "Two people put held records right or send them back: one proposes, another one confirms"},
};

constexpr std::array kDelivery{
    Option{.name = "first_wait",
           .type = OptionType::duration,
           .default_value = "500ms",
           .help_japanese = "失敗してから次に試すまでの時間。失敗が続くと倍々に延びます",
           .help_english = "Wait after a failure; it doubles while failures go on"},
    Option{.name = "longest_wait",
           .type = OptionType::duration,
           .default_value = "60s",
           .help_japanese = "その上限",
           .help_english = "The longest wait"},
    Option{.name = "suspect_after",
           .type = OptionType::integer,
           .default_value = "5",
           .help_japanese = "ほかは届くのに同じものがこれだけ失敗したら、原因の記録を切り分けます",
           .help_english =
               "Failures of the same consignment, while others pass, before its records are tried apart",
           .minimum = 1,
           .maximum = 1'000},
    Option{.name = "failures_to_open",
           .type = OptionType::integer,
           .default_value = "5",
           .help_japanese = "続けてこれだけ失敗したら、応答なしとみなします",
           .help_english = "Failures in a row before the recipient is held to be away",
           .minimum = 1,
           .maximum = 1'000},
    Option{.name = "records_per_minute",
           .type = OptionType::integer,
           .default_value = "0",
           .help_japanese = "一分あたりに届ける記録の上限。0 は制限なし",
           .help_english = "Records per minute; 0: as many as it takes",
           .minimum = 0,
           .maximum = std::int64_t{1} << 40},
};

/// Each option is read by itself, so that what is said of it names its line.
plugin::Options read_options(const base::YamlNode& node, std::string_view section,
                             std::span<const Option> table, base::Problems& problems) {
  std::vector<std::string_view> names;
  for (const auto& option : table) names.push_back(option.name);
  const YamlMap map(node, base::Names(names), problems);
  std::map<std::string, std::string> good;
  for (const auto& [option, value] : base::pairs_of(node, section, problems)) {
    if (std::ranges::find(names, option.text) == names.end()) continue;
    const auto read = plugin::Options::read(table, {{option.text, value.text}});
    if (read.has_error())
      problems.add(read.error().at(problems.place(value.mark)));
    else
      good[option.text] = value.text;
  }
  return *plugin::Options::read(table, good);
}

std::uint64_t natural(const plugin::Options& options, std::string_view name) {
  return static_cast<std::uint64_t>(options.integer(name));
}

net::ServerSettings server_settings(const plugin::Options& options, const std::filesystem::path& folder) {
  net::ServerSettings server;
  server.address = options.text("address");
  server.port = static_cast<std::uint16_t>(options.integer("port"));
  server.loops = natural(options, "loops");
  server.workers = natural(options, "workers");
  server.rate.requests_per_second = static_cast<double>(options.integer("requests_per_second"));
  server.rate.burst = 2 * server.rate.requests_per_second;
  const auto file = [&](std::string_view name) {
    const auto& given = options.text(name);
    return given.empty() ? std::filesystem::path() : folder / given;
  };
  if (!options.text("certificate").empty())
    server.tls = net::Tls{file("certificate"), file("key"), file("client_ca"),
                          options.boolean("client_certificate_required")};
  return server;
}

delivery::Pacing pacing_of(const plugin::Options& options) {
  delivery::Pacing pacing;
  pacing.retry.first_wait = options.duration("first_wait");
  pacing.retry.longest_wait = options.duration("longest_wait");
  pacing.retry.attempts = static_cast<std::uint32_t>(options.integer("suspect_after"));
  pacing.failures_to_open = static_cast<std::uint32_t>(options.integer("failures_to_open"));
  pacing.records_per_minute = natural(options, "records_per_minute");
  return pacing;
}

void read_delivery(const YamlMap& root, pipeline::HubSettings& hub) {
  hub.pacing = pacing_of(*plugin::Options::read(kDelivery, {}));
  if (!root.has("delivery")) return;
  for (const auto& [sink, node] : YamlMap(*root.find("delivery"), root.problems()).entries())
    hub.pacing_of[sink.text] = pacing_of(read_options(node, "delivery", kDelivery, root.problems()));
}

}  // namespace

std::span<const plugin::Option> serve_options() { return kServe; }
std::span<const plugin::Option> delivery_options() { return kDelivery; }

ServeSettings read_serve_settings(const YamlMap& root, const std::filesystem::path& folder,
                                  const std::filesystem::path& home) {
  ServeSettings settings;
  auto& problems = root.problems();
  settings.name = root.word("name", settings.name);
  const auto options = root.has("serve") ? read_options(*root.find("serve"), "serve", kServe, problems)
                                         : *plugin::Options::read(kServe, {});
  settings.server = server_settings(options, folder);
  settings.most_body = natural(options, "most_body_bytes");
  settings.uploads.folder = home / "uploads";
  settings.uploads.most_bytes = settings.most_body;
  settings.uploads.most_open = natural(options, "most_uploads");
  settings.uploads.keep =
      std::chrono::duration_cast<std::chrono::seconds>(options.duration("upload_kept_for"));
  settings.away_too_long =
      std::chrono::duration_cast<std::chrono::minutes>(options.duration("away_too_long"));
  settings.two_people = options.boolean("two_people_decide");
  auto& hub = settings.hub;
  hub.carriers = natural(options, "carriers");
  hub.tuning.batch_rows = natural(options, "batch_rows");
  hub.most_waiting_bytes = natural(options, "most_waiting_bytes");
  hub.most_in_flight = natural(options, "most_in_flight");
  hub.disk_reserve = natural(options, "disk_reserve_bytes");
  hub.tuning.most_attempts = static_cast<std::uint32_t>(options.integer("most_attempts"));
  hub.stuck_after = options.duration("stuck_after");
  hub.end_when_stuck = options.duration("end_when_stuck");
  read_delivery(root, hub);
  if (root.has("ways_in")) settings.ways_in = intake::read_ways_in(*root.find("ways_in"), home, problems);
  if (root.has("silence")) settings.silence = intake::read_silence(*root.find("silence"), problems);
  return settings;
}

}  // namespace musubi::app
