#include "hub_log.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <boost/json.hpp>

#include "musubi/base/messages.h"

namespace musubi::app {
namespace {

constexpr std::string_view kLevels[] = {"debug", "info", "warning", "error"};

boost::json::value to_json(const LogField& field) {
  return std::visit([](const auto& value) { return boost::json::value(value); }, field.value);
}

std::string codes_of(const base::Error& error) {
  std::string codes;
  for (const auto* each = &error; each != nullptr; each = each->cause())
    codes += (codes.empty() ? "" : " < ") + each->code();
  return codes;
}

}  // namespace

struct HubLog::Sink {
  std::shared_ptr<spdlog::logger> logger =
      std::make_shared<spdlog::logger>("musubi", std::make_shared<spdlog::sinks::stderr_sink_mt>());
};

HubLog::HubLog(const base::Clock& clock, LogLevel least)
    : clock_(clock), least_(least), sink_(std::make_unique<Sink>()) {
  sink_->logger->set_pattern("%v");
  sink_->logger->set_level(spdlog::level::trace);
  sink_->logger->flush_on(spdlog::level::trace);
}
HubLog::~HubLog() = default;

void HubLog::write(LogLevel level, std::string_view message_id,
                   std::initializer_list<LogField> fields) noexcept {
  if (level < least_) return;
  try {
    boost::json::object line{{"time", base::to_text(clock_.now())},
                             {"level", kLevels[static_cast<std::size_t>(level)]},
                             {"id", message_id}};
    for (const auto& each : fields) line[each.name] = to_json(each);
    sink_->logger->info(boost::json::serialize(line));
  } catch (const std::exception&) {  // a line is lost, and nothing else
    return;
  }
}

void HubLog::write(LogLevel level, std::string_view message_id, const base::Error& error,
                   std::initializer_list<LogField> fields) noexcept {
  if (level < least_) return;
  try {
    boost::json::object line{{"time", base::to_text(clock_.now())},
                             {"level", kLevels[static_cast<std::size_t>(level)]},
                             {"id", message_id},
                             {"error", codes_of(error)}};
    for (const auto& each : fields) line[each.name] = to_json(each);
    sink_->logger->info(boost::json::serialize(line));
  } catch (const std::exception&) {
    return;
  }
}

}  // namespace musubi::app
