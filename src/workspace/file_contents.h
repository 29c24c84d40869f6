// What each scanned file holds, by the manifest that came of it.
#pragma once

#include <cascade/registry.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hash/content_hash.h"
#include "workspace/scan.h"

namespace cascade::workspace {

// Views into the scan, which outlives it. REQUIRES: the scan has built its registry, of so many `manifests`. O(1).
class FileContents {
 public:
  FileContents(Scan& scan, std::size_t manifests);
  std::optional<hash::Hash128> of(ManifestId id) const;
  // What the scan read, once: it is handed over. Empty where the scan did not keep it, or somebody has it. Different
  // files may be taken by different threads at the same time.
  std::string take_text(ManifestId id) const;

 private:
  static constexpr std::uint32_t none = 0xffffffffU;

  Scan& scan_;
  std::vector<std::uint32_t> files_;  // their numbers, by manifest
};

}  // namespace cascade::workspace
