// A small world for expressions: a clock that stands still, one value set, two municipalities, a trace.
#pragma once

#include <string>
#include <vector>

#include "musubi/fhirpath/services.h"

namespace musubi::fhirpath::testing {

/// 2020-04-20T09:15:00.000 in Japan.
class StandingClock final : public base::Clock {
 public:
  base::Instant now() const noexcept override {
    return base::Instant(std::chrono::milliseconds(1'587'341'700'000));
  }
};

class SmallTerminology final : public Terminology {
 public:
  std::optional<bool> contains(std::string_view value_set, Code code) const noexcept override {
    if (value_set != "http://example.org/sex") return std::nullopt;
    return code.code == "male" || code.code == "female";
  }
  std::optional<bool> subsumes(Code general, Code special) const noexcept override {
    return general.code == special.code || general.code == "any";
  }
};

class SmallPlaces final : public Places {
 public:
  std::string_view municipality(std::string_view text, std::string_view prefecture) const noexcept override {
    return text == "新宿区" && (prefecture.empty() || prefecture == "13") ? "131041" : "";
  }
  std::string_view prefecture(std::string_view text) const noexcept override {
    return text == "東京都" ? "13" : "";
  }
};

class KeepingTrace final : public TraceSink {
 public:
  void trace(std::string_view name, std::span<const Value> values) noexcept override {
    lines.push_back(std::string(name) + " " + std::to_string(values.size()));
  }
  std::vector<std::string> lines;
};

class TestServices {
 public:
  TestServices() {
    services_.clock = &clock_;
    services_.terminology = &terminology_;
    services_.places = &places_;
    services_.trace = &trace;
  }
  const Services& services() const noexcept { return services_; }
  KeepingTrace trace;

 private:
  StandingClock clock_;
  SmallTerminology terminology_;
  SmallPlaces places_;
  Services services_;
};

}  // namespace musubi::fhirpath::testing
