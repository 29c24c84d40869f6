// What each scanned file holds, by the path that its manifest has.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hash/content_hash.h"
#include "workspace/roots.h"
#include "workspace/scan.h"

namespace cascade::workspace {

// Views into the scan and the roots, which outlive it. O(log n).
class FileContents {
 public:
  FileContents(Scan& scan, const std::vector<SourceRoot>& roots);
  std::optional<hash::Hash128> of(std::string_view path) const;
  // What the scan read, once: it is handed over. Empty where the scan did not keep it, or somebody has it. Different
  // files may be taken by different threads at the same time.
  std::string take_text(std::string_view path) const;

 private:
  using Place = std::pair<std::uint32_t, std::string_view>;  // root, path in it
  const std::size_t* find(std::string_view path) const;

  Scan& scan_;
  const std::vector<SourceRoot>& roots_;
  std::vector<std::pair<Place, std::size_t>> files_;  // their numbers, sorted by place
};

}  // namespace cascade::workspace
