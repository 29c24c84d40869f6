// A log that is too long is replaced by a shorter one in a new file: whoever waits for the lock then notices that the
// path names another file, and opens that one.
#include "files/file_lock.h"

namespace cascade::files {

Result<void> extend_log(const std::string& path, std::uint64_t max_bytes,
                        const std::function<std::string(std::string_view content)>& line,
                        const std::function<std::string(std::string_view content)>& shorten) {
  const auto file = LockedFile::open(path);
  if (!file) return file.error();
  const std::uint64_t size = file->size();
  const std::uint64_t most = 4 * max_bytes;  // a larger file is not one of ours
  std::string content(size > most ? 0 : size, '\0');
  if (const auto read = file->read(content); !read) return read;
  if (size > max_bytes) {
    content = shorten(content);
    if (content.size() > max_bytes) content.clear();
    std::string added = line(content);
    if (!added.empty()) content += added + '\n';
    return file->replace(content);
  }
  std::string added = line(content);
  if (added.empty()) return {};
  if (!content.empty() && content.back() != '\n') added.insert(0, 1, '\n');
  added += '\n';
  return file->append(added);
}

}  // namespace cascade::files
