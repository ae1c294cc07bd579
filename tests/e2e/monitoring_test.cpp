// What watches a hub, config/monitoring, fits what a hub prints: a serving one with samples on its books, and
// one whose recipient is away and refuses. tests/support/monitoring_fits.py holds the two against each other.
#include <sys/wait.h>

#include <fstream>

#include "program.h"
#include "serve/witness.h"
#include "serving_hub.h"
#include "small_hub.h"

namespace musubi {
namespace {

using testing::eventually;
using testing::new_token;
using testing::ServingHub;

constexpr int kSkipped = 77, kNoSuchProgram = 127;
constexpr const char* kSubmissions = "/api/v1/submissions";

int run(const std::string& command) {
  const int status = std::system(command.c_str());
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

std::string text_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// What a serving hub prints that has delivered, held, and refused callers.
std::string printed_by_a_serving_hub(const std::filesystem::path& folder) {
  const auto home = folder / "serving";
  const auto sender = new_token(home, "sender", "tokyo"), staff = new_token(home, "operator");
  const auto sample = folder / "sample.csv";
  testing::run_musubi({"sample", "--source", "tokyo", "--rows", "60", "--output", sample.string()});
  auto rows = text_of(sample);
  const ServingHub hub({.home = home});
  EXPECT_EQ(hub.post(kSubmissions, sender, rows).status, 202U) << hub.log();
  rows.replace(rows.rfind("2020"), 4, "20x0");
  EXPECT_EQ(hub.post(kSubmissions, sender, rows).status, 202U) << hub.log();
  EXPECT_EQ(hub.get("/api/v1/ledger", "not-a-token-of-this-hub").status, 401U);
  eventually([&] {
    const auto records = hub.get("/api/v1/ledger", staff).json().at("records");
    return records.at("received").as_int64() == 120 && records.at("in_flight").as_int64() == 0;
  });
  return hub.get("/metrics").body;
}

class Monitoring : public pipeline::HubTest {
 protected:
  /// What a hub prints that could not keep something, whose recipient refused a record and is away now.
  std::string printed_by_a_troubled_hub() {
    app::HubLog log(clock, app::LogLevel::error);
    app::HubMetrics metrics;
    app::Witness witness(log, metrics);
    hub = pipeline::taken(pipeline::Hub::start(equipment(), quick(), witness));
    sink.refuses = [](std::int64_t record) { return record == 3; };
    receive(rows(1, 20));
    expect_soon([&] { return ledger->balance().dead_letter == 1 && all_settled(); });
    hub->receive({"nobody", "a.csv", rows(1, 1), {}, {}},
                 [](const auto& info) { EXPECT_TRUE(info.has_error()); });
    sink.away = true;
    receive(rows(21, 40));
    console::Services services;
    services.hub = hub.get();
    services.clock = &clock;
    services.away_too_long = std::chrono::minutes(0);
    std::string printed;
    expect_soon([&] {
      printed = metrics.text(services);
      return printed.find("musubi_delivery_failures_total{") != printed.npos;
    });
    hub->stop();
    hub.reset();
    return printed;
  }
};

TEST_F(Monitoring, promtool_has_nothing_against_what_is_printed) {
  const auto serving = folder.write("serving.txt", printed_by_a_serving_hub(folder.path()));
  const auto troubled = folder.write("troubled.txt", printed_by_a_troubled_hub());
  for (const auto& printed : {serving, troubled}) {
    const int code = run("promtool check metrics < " + printed.string());
    if (code == kNoSuchProgram) GTEST_SKIP() << "promtool is not installed (package prometheus)";
    EXPECT_EQ(code, 0) << text_of(printed);
  }
}

TEST_F(Monitoring, alerts_and_dashboard_name_what_is_printed_and_every_alert_fires_and_stays_silent) {
  const auto printed =
      folder.write("printed.txt", printed_by_a_serving_hub(folder.path()) + printed_by_a_troubled_hub());
  const int code =
      run("python3 " MUSUBI_PROJECT_FOLDER "/tests/support/monitoring_fits.py " MUSUBI_PROJECT_FOLDER " " +
          printed.string());
  if (code == kSkipped || code == kNoSuchProgram) GTEST_SKIP() << "python3-yaml or promtool is not installed";
  EXPECT_EQ(code, 0) << text_of(printed);
}

}  // namespace
}  // namespace musubi
