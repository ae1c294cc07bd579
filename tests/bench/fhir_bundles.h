// Bundles to measure with: those of a folder, or made up.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace musubi::bench {

struct BundleSet {
  std::string name;
  std::vector<std::string> json{}, xml{};
};

/// The files of a folder that are JSON or XML by their first letter, or one such file.
BundleSet bundles_in(const std::filesystem::path& place);
/// Reports of infectious diseases as hospitals send them: about 40 kB each, all valid.
BundleSet made_up_bundles(std::size_t count);

}  // namespace musubi::bench
