// Every entry is opened relative to its open folder and never through a link, so nobody can exchange a folder for a
// link between two steps. The limits are checked while reading, before memory is spent.
#include "files/whole_folder.h"

#include <algorithm>
#include <array>

#include "files/system_error.h"
#include "files/windows/open.h"
#include "files/windows/wide.h"

namespace cascade::files {
namespace {

constexpr ULONG itself = 0x0020'0000;       // FILE_OPEN_REPARSE_POINT
constexpr std::uint32_t usual_mode = 0755;  // Windows has no such bits: the same for all, so that they tell nothing

class FolderReader {
 public:
  FolderReader(std::string root, const FolderLimits& limits) : root_(std::move(root)), limits_(limits) {}

  Result<void> read_folder(HANDLE folder, const std::string& path, std::size_t depth) {
    if (depth > limits_.depth) return refused("is too deep", path);
    std::vector<Entry> entries;
    if (!list(folder, entries, limits_.entries)) return system_error("cannot list", place(path), last_code());
    if (entries.size() > limits_.entries) return refused("holds too many files", "");
    std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.name < b.name; });
    for (const Entry& entry : entries) {
      const std::string below = path.empty() ? entry.name : path + "/" + entry.name;
      if (all_.size() >= limits_.entries) return refused("holds too many files", "");
      const Handle file = open_at(folder, wide(entry.name), GENERIC_READ, itself);
      if (!file.is_open()) return system_error("cannot open", place(below), last_code());
      if (auto read = read_entry(file.get(), below, depth); !read) return read;
    }
    return {};
  }

  Result<void> read_entry(HANDLE file, const std::string& path, std::size_t depth) {
    Looked looked;
    if (!look(file, looked)) return system_error("cannot look at", place(path), last_code());
    if (looked.link) return refused("is a link", path);
    all_.push_back({path, looked.stamp.directory, usual_mode, {}});
    if (looked.stamp.directory) return read_folder(file, path, depth + 1);
    return read_text(file, path, all_.back().text);
  }

  std::vector<WholeFile> take() { return std::move(all_); }

 private:
  std::string place(const std::string& path) const { return path.empty() ? root_ : root_ + "/" + path; }
  Error refused(const char* what, const std::string& path) const {
    return {ErrorCode::unsupported, what, place(path), ""};
  }

  Result<void> read_text(HANDLE file, const std::string& path, std::string& text) {
    std::array<char, std::size_t{16} << 10> block;
    while (true) {
      std::size_t got = 0;
      if (!read_at(file, text.size(), block.data(), block.size(), got))
        return system_error("cannot read", place(path), last_code());
      if (got == 0) return {};
      bytes_ += got;
      if (bytes_ > limits_.bytes) return refused("holds too many bytes", "");
      text.append(block.data(), got);
    }
  }

  std::string root_;
  const FolderLimits& limits_;
  std::uint64_t bytes_ = 0;
  std::vector<WholeFile> all_;
};

}  // namespace

Result<std::vector<WholeFile>> read_whole_folder(const std::string& path, const FolderLimits& limits) {
  const Handle folder = open_there(path);
  if (!folder.is_open()) return system_error("cannot open", path, last_code());
  Looked looked;
  if (!look(folder.get(), looked) || !looked.stamp.directory) return system_error("cannot open", path, ERROR_DIRECTORY);
  FolderReader reader(path, limits);
  if (auto read = reader.read_folder(folder.get(), "", 0); !read) return read.error();
  std::vector<WholeFile> all = reader.take();
  std::sort(all.begin(), all.end(), [](const WholeFile& a, const WholeFile& b) { return a.path < b.path; });
  return all;
}

Result<WholeFile> read_whole_file(const std::string& path, const FolderLimits& limits) {
  const Handle opened = open_itself(path);
  if (!opened.is_open()) return system_error("cannot open", path, last_code());
  FolderReader reader(path, limits);
  if (auto read = reader.read_entry(opened.get(), "", 0); !read) return read.error();
  WholeFile file = std::move(reader.take().front());
  if (file.directory) return Error{ErrorCode::unsupported, "is a folder", path, ""};
  file.path = path.substr(path.find_last_of("/\\") + 1);
  return file;
}

}  // namespace cascade::files
