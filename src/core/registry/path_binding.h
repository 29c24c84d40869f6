// Finds the manifest that a written path means: "../review/SKILL.md", "agents/linter.md", "skills/review/".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "registry/part.h"
#include "registry/view_table.h"

namespace cascade::registry {

constexpr std::uint32_t no_manifest = 0xffffffffU;

class PathBinder {
 public:
  explicit PathBinder(const std::vector<Part>& manifests);

  // Returns the id of the manifest that `written`, found in manifest `from`, leads to; no_manifest: there is none.
  // Tries in this order: from the file's folder, from every folder above it up to the root, as the end of exactly one
  // path.
  std::uint32_t find(std::uint32_t from, std::string_view written) const;

 private:
  void add_end(std::string_view path);
  std::uint32_t exact(std::string& path) const;
  bool may_end(std::string_view path) const;

  const std::vector<Part>& manifests_;
  ViewTable<std::uint32_t> by_path_;
  // The last two components of each path ("linter.md" with its folder); no_manifest if several share them.
  ViewTable<std::uint32_t> by_tail_;
  ViewTable<char> ends_;  // the last names of all paths, and of the folders of skills
};

}  // namespace cascade::registry
