#include "files/copy_folder.h"

#include <vector>

#include "files/paths.h"
#include "files/system_error.h"
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

}  // namespace cascade::files
