#include "workspace/file_contents.h"

#include <algorithm>

namespace cascade::workspace {

FileContents::FileContents(Scan& scan, const std::vector<SourceRoot>& roots) : scan_(scan), roots_(roots) {
  const std::string_view strings = scan.strings;
  files_.reserve(scan.files.size());
  for (std::size_t i = 0; i < scan.files.size(); ++i) {
    const index_file::FileRecord& file = scan.files[i];
    files_.push_back({{file.root, strings.substr(file.path_offset, file.path_length)}, i});
  }
  std::sort(files_.begin(), files_.end());
}

const std::size_t* FileContents::find(std::string_view path) const {
  const SplitPath split = workspace::split(roots_, path);
  const Place place{static_cast<std::uint32_t>(split.root), split.path};
  const auto found = std::lower_bound(files_.begin(), files_.end(), place,
                                      [](const auto& file, const Place& wanted) { return file.first < wanted; });
  return found == files_.end() || found->first != place ? nullptr : &found->second;
}

std::optional<hash::Hash128> FileContents::of(std::string_view path) const {
  const std::size_t* found = find(path);
  if (found == nullptr) return std::nullopt;
  return hash::Hash128{scan_.files[*found].content_high, scan_.files[*found].content_low};
}

std::string FileContents::take_text(std::string_view path) const {
  const std::size_t* found = find(path);
  return found == nullptr ? std::string() : std::exchange(scan_.texts[*found], std::string());
}

}  // namespace cascade::workspace
