#include "ways_in.h"

#include "musubi/intake/parcel.h"

namespace musubi::app {

class WaysIn::ToHub final : public intake::Reception {
 public:
  explicit ToHub(pipeline::Hub& hub) : hub_(hub) {}
  base::Result<intake::Taken> take(const intake::Parcel& parcel) noexcept override {
    MUSUBI_ASSIGN(const auto info, hub_.receive_file(parcel.source, parcel.file, parcel.name));
    return intake::Taken{info.id, info.repeated};
  }

 private:
  pipeline::Hub& hub_;
};

WaysIn::WaysIn(intake::Settings settings, pipeline::Hub& hub, const base::Clock& clock)
    : reception_(std::make_unique<ToHub>(hub)),
      ways_in_(intake::open_ways_in(std::move(settings), *reception_, clock)) {}

WaysIn::~WaysIn() { stop(); }

void WaysIn::start() {
  for (const auto& each : ways_in_)
    threads_.emplace_back(
        [way_in = each.get()](const std::stop_token& stop) { intake::watch(*way_in, stop); });
}

void WaysIn::stop() {
  for (auto& thread : threads_) thread.request_stop();
  threads_.clear();
}

std::vector<const intake::WayIn*> WaysIn::all() const {
  std::vector<const intake::WayIn*> all;
  for (const auto& each : ways_in_) all.push_back(each.get());
  return all;
}

}  // namespace musubi::app
