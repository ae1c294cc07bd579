// The files a mapping is made of: its own, and those of the mappings it extends. Together they are the text
// it is pinned by.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace musubi::mapping {

struct MappingFile {
  std::string name;  ///< as it is shown
  std::string text;
};

/// Finds the files of other mappings. Threads: one.
class MappingFiles {
 public:
  virtual ~MappingFiles() = default;
  /// `reference`: "source/name" (the newest version) or "source/name@version".
  virtual std::optional<MappingFile> find(std::string_view reference) = 0;
  /// The known one nearest to a misspelt one; empty: none is near.
  virtual std::string suggest(std::string_view reference) = 0;
};

/// Those of a folder of mappings, <folder>/<source>/*.yaml. Files are looked at when the first is asked for.
class FolderFiles final : public MappingFiles {
 public:
  explicit FolderFiles(std::filesystem::path folder) : folder_(std::move(folder)) {}
  std::optional<MappingFile> find(std::string_view reference) override;
  std::string suggest(std::string_view reference) override;

 private:
  struct Known {
    std::string id, version;
    std::filesystem::path path;
  };
  void look();

  std::filesystem::path folder_;
  std::vector<Known> known_;
  bool looked_ = false;
};

/// Those of a text that bundle() made.
class BundledFiles final : public MappingFiles {
 public:
  explicit BundledFiles(std::map<std::string, MappingFile, std::less<>> files) : files_(std::move(files)) {}
  std::optional<MappingFile> find(std::string_view reference) override;
  std::string suggest(std::string_view) override { return {}; }

 private:
  std::map<std::string, MappingFile, std::less<>> files_;
};

/// A mapping's own file and the ones it extends, by reference, in order of the chain.
struct Bundle {
  MappingFile own;
  std::vector<std::pair<std::string, MappingFile>> bases;
};

/// One text of all; the file itself where it extends none.
std::string bundle(const Bundle& files);
/// The parts of a text that bundle() made; any other text is a mapping's own file, shown as `name`. nullopt:
/// it begins like a bundle and is none.
std::optional<Bundle> unbundle(std::string_view text, const std::string& name);

/// Every mapping file below a folder; not those of catalogue, valuesets and conceptmaps, nor *.test.yaml.
std::vector<std::filesystem::path> files_below(const std::filesystem::path& folder, std::error_code& failure);

}  // namespace musubi::mapping
