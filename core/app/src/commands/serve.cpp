// musubi serve: the hub that runs day and night.
#include <malloc.h>

#include <CLI/CLI.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <csignal>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <mutex>

#include "../command_line.h"
#include "../reason_text.h"
#include "../serve/fhir_sources.h"
#include "../serve/hub_log.h"
#include "../serve/hub_metrics.h"
#include "../serve/service_manager.h"
#include "../serve/ways_in.h"
#include "../serve/witness.h"
#include "musubi/console/console.h"
#include "musubi/intake/uploads.h"
#include "musubi/net/server.h"
#include "musubi/net/tokens.h"

namespace musubi::app {
namespace {

namespace asio = boost::asio;
using base::say;

constexpr std::chrono::milliseconds kGrace{5'000};
/// Exit code of a hub that ended itself because an adapter did not come back.
constexpr int kStuckForGood = 4;

struct ServeOptions {
  std::string address;
  int port = -1;
};

/// The hub and everything around it; ends in the order in which it depends on each other.
class Service {
 public:
  Service(Workshop& workshop, const ServeOptions& options)
      : workshop_(workshop),
        options_(options),
        log_(workshop.clock(), LogLevel::info),
        witness_(log_, metrics_),
        tokens_(workshop.options().home, workshop.clock()) {}

  base::Status start() {
    MUSUBI_ASSIGN(settings_, workshop_.settings());
    MUSUBI_TRY(workshop_.ledger());
    MUSUBI_TRY(workshop_.record_baseline());
    MUSUBI_ASSIGN(auto equipment, workshop_.equipment_to_serve());
    MUSUBI_ASSIGN(hub_, pipeline::Hub::start(std::move(equipment), settings_->serve.hub, witness_));
    ways_in_ = std::make_unique<WaysIn>(settings_->serve.ways_in, *hub_, workshop_.clock());
    MUSUBI_TRY(open_uploads());
    MUSUBI_ASSIGN(auto fhir, read_fhir_sources(settings_->sources));
    fhir_.use(std::move(fhir));
    services_ = services();
    return start_server();
  }

  /// Until a signal comes or the hub cannot go on.
  base::Status run() {
    ways_in_->start();
    manager_.ready(address());
    log_.write(LogLevel::info, "hub.log.started", {{"address", address()}});
    std::cerr << say(workshop_.options().language, "app.serve.started", {{"address", address()}})
              << std::endl;
    wait();
    manager_.stopping();
    stop();
    log_.write(LogLevel::info, "hub.log.stopped", {});
    if (const auto failure = hub_->failure()) return *failure;
    return {};
  }

 private:
  base::Status open_uploads() {
    MUSUBI_ASSIGN(uploads_, intake::Uploads::open(settings_->serve.uploads, workshop_.clock()));
    if (uploads_->unreadable() != 0)
      log_.write(LogLevel::warning, "hub.log.uploads_unreadable",
                 {{"count", std::uint64_t{uploads_->unreadable()}}});
    return {};
  }

  std::shared_ptr<const console::Services> services() {
    auto services = std::make_shared<console::Services>();
    services->hub = hub_.get();
    services->clock = &workshop_.clock();
    services->name = settings_->serve.name;
    services->ways_in = ways_in_->all();
    services->uploads = uploads_.get();
    services->silence = settings_->serve.silence;
    services->reason = [sources = reason_sources(workshop_)](std::string_view code, base::Language language) {
      return reason_text(sources, code, language);
    };
    services->metrics = [this] { return metrics_.text(*services_); };
    services->reload = [this] { return reload(); };
    services->away_too_long = settings_->serve.away_too_long;
    services->most_body = settings_->serve.most_body;
    services->two_people = settings_->serve.two_people;
    services->fhir = [this] { return fhir_.now(); };
    services->status_page_open = !server_settings().tls;
    return services;
  }

  net::ServerSettings server_settings() const {
    auto settings = settings_->serve.server;
    if (!options_.address.empty()) settings.address = options_.address;
    if (options_.port >= 0) settings.port = static_cast<std::uint16_t>(options_.port);
    return settings;
  }

  base::Status start_server() {
    net::Routes routes;
    console::add_routes(routes, services_);
    MUSUBI_ASSIGN(server_, net::Server::start(server_settings(), std::move(routes), tokens_, witness_,
                                              workshop_.clock()));
    return {};
  }

  std::string address() const {
    const auto settings = server_settings();
    const bool six = settings.address.find(':') != settings.address.npos;
    return (settings.tls ? "https://" : "http://") + (six ? "[" + settings.address + "]" : settings.address) +
           ":" + std::to_string(server_->port()) + "/";
  }

  void wait() {
    asio::io_context loop;
    asio::signal_set ending(loop, SIGINT, SIGTERM), reloading(loop, SIGHUP);
    asio::steady_timer timer(loop);
    ending.async_wait([&](const auto&, int) { loop.stop(); });
    std::function<void()> on_reload = [&] {
      reloading.async_wait([&](const auto& error, int) {
        if (error) return;
        static_cast<void>(reload());  // told in the log
        on_reload();
      });
    };
    on_reload();
    std::function<void()> look = [&] {
      timer.expires_after(std::chrono::milliseconds(500));
      timer.async_wait([&](const auto& error) {
        if (error || hub_->failure()) return loop.stop();
        end_when_stuck();
        if (manager_.alive_every().count() != 0 && hub_->turns()) manager_.alive();
        uploads_->clear();
        look();
      });
    };
    look();
    loop.run();
  }

  /// A thread inside an adapter cannot be ended; the process can, and the next one knows what to suspect.
  void end_when_stuck() {
    const auto stuck = hub_->stuck_for_good();
    if (!stuck) return;
    log_.write(LogLevel::error, "hub.log.stuck_for_good",
               {{"adapter", stuck->name},
                {"submission", static_cast<std::uint64_t>(stuck->submission)},
                {"ms", static_cast<std::uint64_t>(stuck->time.count())}});
    std::_Exit(kStuckForGood);
  }

  /// Nobody is left in the middle: what comes in is answered or cut off, what is kept goes on at the next
  /// start.
  void stop() {
    ways_in_->stop();
    server_->stop(kGrace);
    hub_->stop();
  }

  base::Status reload() {
    const std::lock_guard lock(reloading_);
    manager_.reloading();
    auto done = reload_now();
    if (done.has_error())
      log_.write(LogLevel::error, "hub.log.not_reloaded", done.error(), {});
    else
      log_.write(LogLevel::info, "hub.log.reloaded", {});
    manager_.ready(address());
    return done;
  }

  base::Status reload_now() {
    MUSUBI_ASSIGN(const auto settings, workshop_.fresh_settings());
    MUSUBI_ASSIGN(auto fhir, read_fhir_sources(settings.sources));
    MUSUBI_ASSIGN(const auto equipment, workshop_.read_again(settings));
    hub_->use(equipment);
    fhir_.use(std::move(fhir));
    return server_->reload();
  }

  Workshop& workshop_;
  const ServeOptions& options_;
  const Settings* settings_ = nullptr;
  ServiceManager manager_;
  HubLog log_;
  HubMetrics metrics_;
  Witness witness_;
  net::TokenBook tokens_;
  std::unique_ptr<pipeline::Hub> hub_;
  std::unique_ptr<WaysIn> ways_in_;
  std::unique_ptr<intake::Uploads> uploads_;
  FhirSourcesNow fhir_;
  std::shared_ptr<const console::Services> services_;
  std::unique_ptr<net::Server> server_;
  std::mutex reloading_;
};

/// Threads that give memory back to the system after each submission only ask for it again, and each time
/// stop the others for a moment.
void keep_memory_of_threads() {
  ::mallopt(M_TRIM_THRESHOLD, 2 << 20);
  ::mallopt(M_MMAP_THRESHOLD, 1 << 20);
}

base::Result<int> run_serve(Workshop& workshop, const ServeOptions& options) {
  // A sender that goes away while it is answered must not end the hub.
  std::signal(SIGPIPE, SIG_IGN);
  pipeline::blame_adapters_for_crashes();
  keep_memory_of_threads();
  Service service(workshop, options);
  MUSUBI_TRY(service.start());
  MUSUBI_TRY(service.run());
  return 0;
}

}  // namespace

void add_serve(CLI::App& app, base::Language language, Action& action) {
  auto options = std::make_shared<ServeOptions>();
  auto* command = app.add_subcommand("serve", say(language, "app.serve.help"));
  command->add_option("--address", options->address, say(language, "app.serve.option.address"));
  command->add_option("--port", options->port, say(language, "app.serve.option.port"))
      ->check(CLI::Range(0, 65'535));
  command->footer("  musubi serve --home var");
  command->callback([options, &action] {
    action = [options](Workshop& workshop) { return run_serve(workshop, *options); };
  });
}

}  // namespace musubi::app
