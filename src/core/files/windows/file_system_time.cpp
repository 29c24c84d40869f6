#include "files/file_system_time.h"

#include "files/system_error.h"
#include "files/windows/open.h"

namespace cascade::files {

Result<std::int64_t> file_system_time(const std::string& path) {
  {
    const Handle file = open_ours(path, GENERIC_WRITE | FILE_READ_ATTRIBUTES, OPEN_ALWAYS, 0600);
    if (!file.is_open() || !write_all(file.get(), "x")) return unwritable("cannot write", path, last_code());
  }
  Looked looked;  // of a closed file: the time of an open one may be set later
  if (!look(path, looked)) return Error{ErrorCode::unwritable, "cannot read the file system's clock", path, ""};
  return looked.stamp.modified_ns;
}

}  // namespace cascade::files
