#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "files/folder.h"
#include "files/loopback.h"
#include "files/paths.h"
#include "files/tree.h"
#include "files/windows/open.h"
#include "files/windows/wide.h"

namespace cascade::files {
namespace {

class FolderCopy {
 public:
  explicit FolderCopy(const CopyLimits& limits) : limits_(limits) {}

  Result<void> folder(const std::string& from, const std::string& to, std::size_t depth) {
    if (depth > limits_.depth) return too_large("nests deeper than can be copied", from);
    const Handle opened = open_there(from);
    std::vector<Entry> entries;
    if (!opened.is_open() || !list(opened.get(), entries)) return system_error("cannot read", from, last_code());
    for (const Entry& one : entries)
      if (auto copied = entry(one, join(from, one.name), join(to, one.name), depth); !copied) return copied;
    return {};
  }

 private:
  static Error too_large(std::string_view what, const std::string& path) {
    return {ErrorCode::unsupported, std::string(what), path, "remove what is built or installed there, and try again"};
  }

  Result<void> entry(const Entry& what, const std::string& from, const std::string& to, std::size_t depth) {
    if (++entries_ > limits_.entries) return too_large("has more files than can be copied", from);
    if (what.type == EntryType::link) return link(from, to);
    if (what.type == EntryType::file) return file(from, to);
    if (::CreateDirectoryW(system_path(to).c_str(), nullptr) == 0) return system_error("cannot make", to, last_code());
    return folder(from, to, depth + 1);
  }

  static Result<void> link(const std::string& from, const std::string& to) {
    const auto target = DiskTree().link_target(from);
    if (!target) return target.error();
    const DWORD attributes = ::GetFileAttributesW(system_path(from).c_str());
    constexpr DWORD without_rights =
        0x2;  // SYMBOLIC_LINK_FLAG_ALLOW_UNPRIVILEGED_CREATE, where the user is a developer
    const DWORD kind = (attributes & FILE_ATTRIBUTE_DIRECTORY) != 0 ? SYMBOLIC_LINK_FLAG_DIRECTORY : 0;
    const std::wstring place = system_path(to);
    std::wstring text = is_absolute(*target) ? plain_path(*target) : wide(*target);
    for (wchar_t& c : text)
      if (c == L'/') c = L'\\';
    if (::CreateSymbolicLinkW(place.c_str(), text.c_str(), kind | without_rights) == 0)
      return system_error("cannot copy the link", from, last_code());
    return {};
  }

  // With its times and attributes.
  Result<void> file(const std::string& from, const std::string& to) {
    Looked looked;
    if (!look(from, looked)) {
      const int code = last_code();
      return code == ERROR_FILE_NOT_FOUND ? Result<void>() : system_error("cannot read", from, code);
    }
    bytes_ += looked.stamp.size;
    if (bytes_ > limits_.bytes) return too_large("is larger than can be copied", from);
    if (::CopyFileW(system_path(from).c_str(), system_path(to).c_str(), TRUE) == 0)
      return system_error("cannot copy", from, last_code());
    return {};
  }

  CopyLimits limits_;
  std::uint64_t bytes_ = 0, entries_ = 0;
};

}  // namespace

Result<void> copy_folder(const std::string& from, const std::string& to, const CopyLimits& limits) {
  return FolderCopy(limits).folder(from, to, 0);
}

// Every entry is opened relative to its open folder and never through a link, so nobody can exchange a folder for a
// link between two steps. The limits are checked while reading, before memory is spent.
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
    std::ranges::sort(entries, [](const Entry& a, const Entry& b) { return a.name < b.name; });
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
  std::ranges::sort(all, [](const WholeFile& a, const WholeFile& b) { return a.path < b.path; });
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

std::optional<std::vector<std::string>> folder_names(const std::string& folder, std::size_t most) {
  const Handle opened = open_there(folder);
  std::vector<Entry> entries;
  if (!opened.is_open() || !list(opened.get(), entries, most) || entries.size() > most) return std::nullopt;
  std::vector<std::string> names;
  names.reserve(entries.size());
  for (Entry& entry : entries) names.push_back(std::move(entry.name));
  return names;
}

namespace {

// As the kernel wants it: it knows no "." and "..".
std::wstring name_below(const char* relative) {
  std::wstring name = wide(relative);
  std::ranges::replace(name, L'/', L'\\');
  return name == L"." ? std::wstring() : name;
}

constexpr ULONG only_folders = 0x1;  // FILE_DIRECTORY_FILE

}  // namespace

Result<StatFolder> StatFolder::open(const std::string& folder) {
  Handle opened = open_there(folder, FILE_LIST_DIRECTORY | FILE_READ_ATTRIBUTES);
  if (!opened.is_open()) return system_error("cannot open", folder, last_code());
  Looked looked;
  if (!files::look(opened.get(), looked) || !looked.stamp.directory)
    return system_error("cannot open", folder, ERROR_DIRECTORY);
  return StatFolder(number_of(opened.release()));
}

StatFolder::~StatFolder() {
  if (descriptor_ != -1) ::CloseHandle(handle_of(descriptor_));
}

std::optional<Stamp> StatFolder::look(const char* relative) const noexcept {
  const Handle file = open_at(handle_of(descriptor_), name_below(relative), FILE_READ_ATTRIBUTES, 0);
  Looked looked;
  if (!file.is_open() || !files::look(file.get(), looked)) return std::nullopt;
  return looked.stamp;
}

std::optional<StatFolder> StatFolder::below(const char* relative) const noexcept {
  Handle folder =
      open_at(handle_of(descriptor_), name_below(relative), FILE_LIST_DIRECTORY | FILE_READ_ATTRIBUTES, only_folders);
  if (!folder.is_open()) return std::nullopt;
  return StatFolder(number_of(folder.release()));
}

namespace {

std::string place_for_temporaries() {
  std::wstring place(MAX_PATH + 1, L'\0');
  place.resize(::GetTempPathW(static_cast<DWORD>(place.size()), place.data()));
  return inner_path(place);
}

// Links are taken away themselves.
void remove_folder(const std::string& path) {
  std::vector<Entry> entries;
  if (const Handle folder = open_there(path); folder.is_open()) list(folder.get(), entries);
  for (const Entry& entry : entries) {
    const std::string below = join(path, entry.name);
    if (entry.type == EntryType::directory)
      remove_folder(below);
    else if (!unlink(below))
      ::RemoveDirectoryW(system_path(below).c_str());  // a link to a folder
  }
  ::RemoveDirectoryW(system_path(path).c_str());
}

}  // namespace

Result<TemporaryFolder> TemporaryFolder::make() {
  std::string path = join(place_for_temporaries(), "cascade-" + random_token());
  const Access access(0700);
  if (::CreateDirectoryW(system_path(path).c_str(), access.attributes()) == 0)
    return unwritable("cannot make", path, last_code());
  return TemporaryFolder(std::move(path));
}

TemporaryFolder::~TemporaryFolder() {
  if (!path_.empty()) remove_folder(path_);
}

bool is_on_network(const std::string& folder) noexcept {
  const std::wstring path = plain_path(folder);
  if (path.rfind(L"\\\\", 0) == 0) return true;
  return path.size() >= 3 && ::GetDriveTypeW(path.substr(0, 3).c_str()) == DRIVE_REMOTE;
}

}  // namespace cascade::files
