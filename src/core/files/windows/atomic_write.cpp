// The bytes go into a new file next to the old one, and the new file then takes the name.
#include "files/atomic_write.h"

#include <algorithm>

#include "files/path_root.h"
#include "files/paths.h"
#include "files/process.h"
#include "files/system_error.h"
#include "files/windows/access.h"
#include "files/windows/new_file.h"
#include "files/windows/open.h"
#include "files/windows/rename.h"
#include "files/windows/wide.h"

namespace cascade::files {
namespace {

Result<void> write(const std::string& path, const std::string& temporary, const std::vector<std::string_view>& pieces,
                   unsigned mode, const Seal& seal) {
  const Handle file = open_new(temporary, mode);
  if (!file.is_open()) return unwritable("cannot write", path, last_code());
  const bool written =
      std::all_of(pieces.begin(), pieces.end(), [&](std::string_view piece) { return write_all(file.get(), piece); });
  if (written && seal_file(file.get(), seal) && rename_over(file.get(), temporary, path)) return {};
  const int code = last_code();
  unlink(temporary);
  return unwritable(written ? "cannot replace" : "cannot write", path, code);
}

bool is_directory(const std::string& path) {
  Looked looked;
  return look(path, looked) && looked.stamp.directory;
}

}  // namespace

Result<void> write_atomically(const std::string& path, std::string_view bytes, unsigned mode) {
  // The process id keeps concurrent writers apart.
  return write(path, path + "." + std::to_string(own_process()) + ".new", {bytes}, mode, {});
}

Result<void> write_sealed(const std::string& path, const std::vector<std::string_view>& pieces, const Seal& seal,
                          unsigned mode) {
  return write(path, path + ".new", pieces, mode, seal);
}

void seal_again(const std::string& path, const Stamp& known, std::int64_t modified_ns) {
  const Handle file = open_itself(path, FILE_READ_ATTRIBUTES | FILE_WRITE_ATTRIBUTES);
  Looked looked;
  if (file.is_open() && look(file.get(), looked) && looked.stamp == known) set_modified(file.get(), modified_ns);
}

Result<void> remove_file(const std::string& path) {
  if (unlink(path)) return {};
  const int code = last_code();
  if (code == ERROR_FILE_NOT_FOUND || code == ERROR_PATH_NOT_FOUND) return {};
  return unwritable("cannot remove", path, code);
}

void remove_empty_folder(const std::string& path) { ::RemoveDirectoryW(system_path(path).c_str()); }

Result<void> make_directories(const std::string& path, unsigned mode) {
  const std::string whole = normalise(from_native(path));
  if (is_directory(whole)) return {};
  const Access access(mode);
  for (std::size_t end = whole.find('/', std::max<std::size_t>(root_size(whole), 1));; end = whole.find('/', end + 1)) {
    const std::string part = whole.substr(0, end);
    if (::CreateDirectoryW(system_path(part).c_str(), access.attributes()) == 0) {
      const int code = last_code();
      if (code != ERROR_ALREADY_EXISTS && !is_directory(part)) return unwritable("cannot create folder", part, code);
    }
    if (end == std::string::npos) break;
  }
  if (!is_directory(whole)) return Error{ErrorCode::unwritable, "not a folder", path, ""};
  return {};
}

}  // namespace cascade::files
