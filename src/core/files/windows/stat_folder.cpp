#include "files/stat_folder.h"

#include <algorithm>
#include <utility>

#include "files/system_error.h"
#include "files/windows/open.h"
#include "files/windows/wide.h"

namespace cascade::files {
namespace {

// As the kernel wants it: it knows no "." and "..".
std::wstring name_below(const char* relative) {
  std::wstring name = wide(relative);
  std::replace(name.begin(), name.end(), L'/', L'\\');
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

StatFolder::StatFolder(StatFolder&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

StatFolder& StatFolder::operator=(StatFolder&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
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

}  // namespace cascade::files
