#include "workspace/file_contents.h"

#include <algorithm>

namespace cascade::workspace {

FileContents::FileContents(const Scan& scan, const std::vector<SourceRoot>& roots) : roots_(roots) {
  const std::string_view strings = scan.strings;
  files_.reserve(scan.files.size());
  for (const index_file::FileRecord& file : scan.files)
    files_.push_back(
        {{file.root, strings.substr(file.path_offset, file.path_length)}, {file.content_high, file.content_low}});
  std::sort(files_.begin(), files_.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
}

std::optional<hash::Hash128> FileContents::of(std::string_view path) const {
  const SplitPath split = workspace::split(roots_, path);
  const Place place{static_cast<std::uint32_t>(split.root), split.path};
  const auto found = std::lower_bound(files_.begin(), files_.end(), place,
                                      [](const auto& file, const Place& wanted) { return file.first < wanted; });
  if (found == files_.end() || found->first != place) return std::nullopt;
  return found->second;
}

}  // namespace cascade::workspace
