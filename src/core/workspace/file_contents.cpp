#include "workspace/file_contents.h"

#include <utility>

namespace cascade::workspace {

FileContents::FileContents(Scan& scan, std::size_t manifests) : scan_(scan), files_(manifests, none) {
  for (std::size_t i = 0; i < scan.files.size(); ++i)
    if (scan.files[i].calls_length != 0) files_[scan.files[i].manifest] = static_cast<std::uint32_t>(i);
}

std::optional<hash::Hash128> FileContents::of(ManifestId id) const {
  const std::uint32_t file = files_[index(id)];
  if (file == none) return std::nullopt;
  return hash::Hash128{scan_.files[file].content_high, scan_.files[file].content_low};
}

std::string FileContents::take_text(ManifestId id) const {
  const std::uint32_t file = files_[index(id)];
  return file == none ? std::string() : std::exchange(scan_.texts[file], std::string());
}

}  // namespace cascade::workspace
