#include "files/atomic_write.h"
#include "files/file_lock.h"
#include "files/system_error.h"
#include "index/index_file.h"

namespace cascade::index_file {

std::string lock_path(const std::string& path) { return path + ".lock"; }

Result<void> save(const std::string& path, const hash::Hash128& key, std::int64_t scan_start_ns,
                  const std::vector<Region>& regions, std::uint64_t boot) {
  const files::FileLock lock(lock_path(path));
  if (lock.state() == files::FileLock::State::failed) {
    Error error = files::system_error("cannot write the index", path, lock.error());
    error.code = ErrorCode::unwritable;
    return error;
  }
  if (lock.state() == files::FileLock::State::taken)
    return Error{ErrorCode::stale, "another process is writing the index", path, ""};
  const FileLayout layout(key, scan_start_ns, regions);
  return files::write_sealed(path, layout.pieces(), {seal_of(scan_start_ns, boot), boot == 0}, 0600);
}

}  // namespace cascade::index_file
