#include "musubi/intake/settings.h"

#include <algorithm>
#include <array>
#include <utility>

#include "musubi/base/japanese_date.h"
#include "settings_of_ways.h"

namespace musubi::intake {
namespace {

namespace fs = std::filesystem;
using base::YamlMap;

constexpr std::string_view kFolderKeys[] = {"kind",    "source",        "folder",     "hub",    "complete_by",
                                            "settle",  "settle_closed", "scan_every", "ignore", "most_bytes",
                                            "archive", "refused",       "keep_days",  "enabled"};

std::optional<WayInKind> kind_of(const YamlMap& map) {
  constexpr std::array kKinds{WayInKind::folder, WayInKind::pull, WayInKind::imap, WayInKind::pop3};
  if (!map || map.required("kind") == nullptr) return std::nullopt;
  const auto word = map.text("kind");
  return word ? base::choose(*word, "kind", kKinds, map.problems()) : std::nullopt;
}

base::Names keys_of(WayInKind kind) {
  switch (kind) {
    case WayInKind::folder:
      return folder_keys();
    case WayInKind::pull:
      return pull_keys();
    case WayInKind::imap:
    case WayInKind::pop3:
      break;
  }
  return mailbox_keys();
}

void read_way_in(const base::Located& name, const base::YamlNode& node, const fs::path& folder,
                 base::Problems& problems, Settings& into) {
  if (!is_plain_name(name.text)) problems.error(name.mark, "intake.config_name");
  const auto kind = kind_of(YamlMap(node, problems));
  if (!kind) return;
  const YamlMap map(node, keys_of(*kind), problems);
  if (map.has("enabled") && !map.yes("enabled")) return;
  const SettingsReader reader(map, folder);
  switch (*kind) {
    case WayInKind::folder:
      into.folders.push_back(read_folder(reader, name.text));
      break;
    case WayInKind::pull:
      into.pulls.push_back(read_pull(reader, name.text));
      break;
    case WayInKind::imap:
      into.mailboxes.push_back(read_mailbox(reader, name.text, MailProtocol::imap));
      break;
    case WayInKind::pop3:
      into.mailboxes.push_back(read_mailbox(reader, name.text, MailProtocol::pop3));
      break;
  }
}

std::vector<std::chrono::sys_days> holidays_of(const YamlMap& map) {
  std::vector<std::chrono::sys_days> days;
  for (const auto& node : map.items("holidays")) {
    const auto text = base::text_of(node, "holidays", map.problems());
    const auto date = text ? base::parse_iso_date(text->text) : std::nullopt;
    const auto day = date ? base::day_of(*date) : std::nullopt;
    if (day)
      days.push_back(*day);
    else if (text)
      map.problems().error(text->mark, "yaml.not_a_day", {{"key", "holidays"}});
  }
  std::ranges::sort(days);
  return days;
}

SilenceSettings read_silence_of(const base::YamlNode& node, base::Problems& problems) {
  constexpr double kLeastFactor = 1.0, kMostFactor = 1000.0;
  const YamlMap map(node, {"expected_every", "factor", "least", "one_sending", "business_days", "holidays"},
                    problems);
  const SettingsReader reader(map, {});
  SilenceSettings settings;
  std::chrono::minutes every{0};
  reader.duration("expected_every", every);
  if (every.count() > 0) settings.expected_every = every;
  if (const auto factor = map.number("factor")) settings.factor = *factor;
  reader.check(settings.factor >= kLeastFactor && settings.factor <= kMostFactor, "factor",
               "intake.config_count", {{"least", "1"}, {"most", "1000"}});
  reader.duration("least", settings.least);
  reader.duration("one_sending", settings.one_sending);
  settings.business_days = map.yes("business_days");
  settings.holidays = holidays_of(map);
  return settings;
}

}  // namespace

base::Names folder_keys() { return kFolderKeys; }

DropFolderSettings read_folder(const SettingsReader& reader, const std::string& name) {
  constexpr std::array kWays{CompleteBy::stable, CompleteBy::rename, CompleteBy::sentinel};
  constexpr std::uint64_t kMostDays = 36'500;
  DropFolderSettings settings;
  settings.name = name;
  settings.folder = reader.required_path("folder");
  reader.text("source", settings.source);
  reader.text("hub", settings.hub);
  reader.check(is_plain_name(settings.hub) && settings.hub.find('.') == std::string::npos, "hub",
               "intake.config_hub");
  reader.choice("complete_by", kWays, settings.complete_by);
  reader.duration("settle", settings.settle);
  reader.duration("settle_closed", settings.settle_closed);
  reader.duration("scan_every", settings.scan_every);
  if (reader.map().has("ignore")) settings.ignore = reader.map().words("ignore");
  reader.size("most_bytes", settings.most_bytes);
  reader.path("archive", settings.archive);
  reader.path("refused", settings.refused);
  reader.count("keep_days", 0, kMostDays, settings.keep_days);
  return settings;
}

void read_security(const SettingsReader& reader, TransportSecurity& into) {
  reader.path("authorities", into.authorities);
  reader.path("certificate", into.certificate);
  reader.path("private_key", into.private_key);
  if (!into.certificate.empty()) reader.map().required("private_key");
}

bool is_this_machine(std::string_view host) noexcept {
  return host == "localhost" || host == "127.0.0.1" || host == "::1";
}

Settings read_ways_in(const base::YamlNode& ways_in, const fs::path& folder, base::Problems& problems) {
  Settings settings;
  const YamlMap map(ways_in, problems);
  for (const auto& [name, node] : map.entries()) read_way_in(name, node, folder, problems, settings);
  return settings;
}

std::map<std::string, SilenceSettings> read_silence(const base::YamlNode& silence, base::Problems& problems) {
  std::map<std::string, SilenceSettings> settings;
  const YamlMap map(silence, problems);
  for (const auto& [source, node] : map.entries())
    settings.emplace(source.text, read_silence_of(node, problems));
  return settings;
}

std::vector<std::unique_ptr<WayIn>> open_ways_in(Settings settings, Reception& reception,
                                                 const base::Clock& clock) {
  std::vector<std::unique_ptr<WayIn>> ways;
  for (auto& each : settings.folders)
    ways.push_back(std::make_unique<DropFolder>(std::move(each), reception, clock));
  for (auto& each : settings.pulls) ways.push_back(std::make_unique<Pull>(std::move(each), reception, clock));
  for (auto& each : settings.mailboxes)
    ways.push_back(std::make_unique<Mailbox>(std::move(each), reception, clock));
  return ways;
}

}  // namespace musubi::intake
