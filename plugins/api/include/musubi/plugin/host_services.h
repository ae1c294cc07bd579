// What the hub lends to an adapter. Outlives every adapter.
#pragma once

#include <filesystem>
#include <memory>
#include <string_view>

#include "musubi/base/clock.h"
#include "musubi/base/error.h"
#include "musubi/model/catalogue.h"
#include "musubi/model/value_set.h"

namespace musubi::plugin {

enum class LogLevel : std::uint8_t { debug, information, warning, error };

/// Threads: every call from any thread. None blocks.
class MUSUBI_SDK_API HostServices {
 public:
  virtual ~HostServices();
  virtual const base::Clock& clock() const noexcept = 0;
  virtual std::shared_ptr<const model::Catalogue> catalogue() const noexcept = 0;
  virtual std::shared_ptr<const model::ValueSets> value_sets() const noexcept = 0;
  /// Where an adapter may keep files of its own; exists.
  virtual const std::filesystem::path& data_folder() const noexcept = 0;
  /// True: the adapter made with these services will only be asked to read; it creates and changes nothing.
  virtual bool only_reading() const noexcept;
  /// `message` is a catalogued id or a plain sentence without personal data.
  virtual void log(LogLevel level, std::string_view message) noexcept = 0;
};

}  // namespace musubi::plugin
