#include "hub_log.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <fmt/format.h>

#include "musubi/base/json_text.h"
#include "musubi/base/messages.h"

namespace musubi::app {
namespace {

constexpr std::string_view kLevels[] = {"debug", "info", "warning", "error"};

void append_value(std::string& line, std::string_view text) { base::append_json_string(line, text); }
void append_value(std::string& line, bool yes) { line += yes ? "true" : "false"; }
template <class Number>
void append_value(std::string& line, Number number) {
  fmt::format_to(std::back_inserter(line), "{}", number);
}

void append(std::string& line, const LogField& field) {
  line += ",";
  base::append_json_string(line, field.name);
  line += ":";
  std::visit([&line](const auto& value) { append_value(line, value); }, field.value);
}

std::string begin_line(base::Instant now, LogLevel level, std::string_view message_id) {
  std::string line;
  line.reserve(320);
  line.append(R"({"time":)");
  base::append_json_string(line, base::to_text(now));
  append(line, {"level", kLevels[static_cast<std::size_t>(level)]});
  append(line, {"id", message_id});
  return line;
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
    auto line = begin_line(clock_.now(), level, message_id);
    for (const auto& each : fields) append(line, each);
    sink_->logger->info(line.append("}"));
  } catch (const std::exception&) {  // a line is lost, and nothing else
    return;
  }
}

void HubLog::write(LogLevel level, std::string_view message_id, const base::Error& error,
                   std::initializer_list<LogField> fields) noexcept {
  if (level < least_) return;
  try {
    auto line = begin_line(clock_.now(), level, message_id);
    append(line, {"error", codes_of(error)});
    for (const auto& each : fields) append(line, each);
    sink_->logger->info(line.append("}"));
  } catch (const std::exception&) {
    return;
  }
}

}  // namespace musubi::app
