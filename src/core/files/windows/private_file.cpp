#include "files/private_file.h"

#include "files/system_error.h"
#include "files/windows/open.h"
#include "files/windows/wide.h"

namespace cascade::files {

Result<void> make_private_file(const std::string& path) {
  if (open_ours(path, GENERIC_WRITE | FILE_READ_ATTRIBUTES, OPEN_ALWAYS, 0600).is_open()) return {};
  return unwritable("cannot make", path, last_code());
}

Result<std::string> read_head(const std::string& path, std::size_t bytes) {
  const Handle file = open_there(path);
  std::string head(bytes, '\0');
  std::size_t filled = 0;
  if (!file.is_open() || !read_at(file.get(), 0, head.data(), bytes, filled)) {
    Error error = system_error("cannot read", path, last_code());
    error.code = ErrorCode::unreadable;
    return error;
  }
  head.resize(filled);
  return head;
}

Result<void> move_file(const std::string& from, const std::string& to) {
  if (::MoveFileExW(system_path(from).c_str(), system_path(to).c_str(), 0) != 0) return {};
  return unwritable("cannot move", from, last_code());
}

}  // namespace cascade::files
