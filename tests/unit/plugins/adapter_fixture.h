// An adapter as the hub has it: loaded from its library, behind the interface.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>

#include "musubi/base/messages.h"
#include "musubi/plugin_host/plugin_host.h"
#include "musubi/testkit/test_services.h"
#include "temporary_folder.h"

namespace musubi::testing {

inline std::filesystem::path shared_data() {
  const char* given = std::getenv("MUSUBI_SHARED_DATA");
  return given != nullptr ? given : std::filesystem::path(MUSUBI_PROJECT_FOLDER) / "../shared/data";
}

class AdapterTest : public ::testing::Test {
 protected:
  /// Loaded once: adapters of tables ask nothing of them.
  static plugin::HostServices& services() {
    static const TemporaryFolder kFolder;
    static auto loaded = testkit::TestServices::load(MUSUBI_PROJECT_FOLDER, kFolder.path());
    return **loaded;
  }

  std::unique_ptr<plugin::Source> make(const std::string& name,
                                       const std::map<std::string, std::string>& options) {
    plugin_host::PluginHost host;
    const auto library = plugin_host::library_file_name(plugin::AdapterKind::source, name);
    const std::filesystem::path folder = name == "mihon" ? MUSUBI_TEMPLATE_FOLDER : MUSUBI_ADAPTER_FOLDER;
    const auto loaded = host.load({folder / library});
    if (loaded.has_error()) return fail(loaded.error());
    auto made = host.make_source(name, services(), options);
    return made.has_value() ? std::move(*made) : fail(made.error());
  }

  static plugin::Submission of_text(std::string bytes, const std::string& name) {
    return {.bytes = document::ByteSource::of_text(std::move(bytes), name),
            .name = name,
            .stated_as_of = std::nullopt};
  }

  /// nullopt, and the test skipped, where the real data are not at hand.
  static std::optional<plugin::Submission> of_real_file(const std::string& name) {
    const auto path = shared_data() / "line-lists" / name;
    auto source = document::ByteSource::open_file(path, path.filename().string());
    if (source.has_error()) return std::nullopt;
    return plugin::Submission{
        .bytes = *source, .name = path.filename().string(), .stated_as_of = std::nullopt};
  }

  /// Rows without a fault; every part is read to its end.
  static std::size_t sound_rows(plugin::Source& source, const plugin::Submission& given,
                                const plugin::Part& part) {
    auto reader = source.open(given, part);
    EXPECT_TRUE(reader.has_value()) << base::describe(base::Language::english, reader.error());
    if (reader.has_error()) return 0;
    document::RowBatch batch;
    std::size_t rows = 0;
    while (true) {
      const auto read = (*reader)->read(batch, 1000);
      EXPECT_TRUE(read.has_value()) << base::describe(base::Language::english, read.error());
      if (read.has_error() || *read == 0) return rows;
      rows += *read - batch.faults().size();
    }
  }

 private:
  static std::unique_ptr<plugin::Source> fail(const base::Error& error) {
    ADD_FAILURE() << base::describe(base::Language::english, error);
    return nullptr;
  }
};

inline plugin::Layout layout_of(std::string mapping, std::string version, std::vector<std::string> columns,
                                document::Shape shape = document::Shape::csv) {
  plugin::Layout layout;
  layout.mapping = std::move(mapping);
  layout.version = std::move(version);
  layout.shape = shape;
  layout.columns = std::move(columns);
  return layout;
}

inline std::chrono::sys_days day(int year, unsigned month, unsigned of_month) {
  return std::chrono::year_month_day(std::chrono::year(year), std::chrono::month(month),
                                     std::chrono::day(of_month));
}

}  // namespace musubi::testing
