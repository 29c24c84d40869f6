// Starts a program that outlives its parent: without a console, at low priority, outside of the client's job where that
// allows it. A lock on a range would go with us, so the lock is an open file that the program inherits and that shares
// no reading. Its time says when the last one was started that has not succeeded.
#include "files/detached.h"

#include <ctime>

#include "files/system_error.h"
#include "files/windows/open.h"
#include "files/windows/spawn.h"

namespace cascade::files {
namespace {

// Whoever holds this reads, and lets others only write.
Handle take_lock(const std::string& path) {
  return open_ours(path, GENERIC_READ, OPEN_ALWAYS, 0600, FILE_SHARE_WRITE | FILE_SHARE_DELETE);
}

// False: the last one took the lock too recently.
bool is_due(HANDLE lock, const std::string& path, std::int64_t least_seconds) {
  Looked looked;
  if (!look(lock, looked)) return false;
  const std::int64_t age = std::time(nullptr) - looked.stamp.modified_ns / 1'000'000'000;
  if (looked.stamp.size > 0 && age >= 0 && age < least_seconds) return false;
  const Handle writer = open_ours(path, GENERIC_WRITE | FILE_READ_ATTRIBUTES, OPEN_EXISTING, 0600);
  return writer.is_open() && write_all(writer.get(), "\n");
}

// Some clients put what they start into a job that they end as a whole.
DWORD start_outside(Spawn plan, Spawned& spawned) {
  plan.flags = DETACHED_PROCESS | CREATE_NEW_PROCESS_GROUP | BELOW_NORMAL_PRIORITY_CLASS | CREATE_BREAKAWAY_FROM_JOB;
  const DWORD code = spawn(plan, spawned);
  if (code != ERROR_ACCESS_DENIED) return code;
  plan.flags &= ~static_cast<DWORD>(CREATE_BREAKAWAY_FROM_JOB);
  return spawn(plan, spawned);
}

}  // namespace

Result<bool> start_detached(const std::vector<std::string>& words, const std::string& directory,
                            const std::string& lock_path, std::int64_t least_seconds) {
  const Handle lock = take_lock(lock_path);
  if (!lock.is_open()) {
    const int code = last_code();
    if (code == ERROR_SHARING_VIOLATION) return false;
    return unwritable("cannot write", lock_path, code);
  }
  if (!is_due(lock.get(), lock_path, least_seconds)) return false;
  const Handle none = nowhere(), kept = to_hand_on(lock.get());
  Spawn plan{words, nullptr, directory};
  plan.input = plan.output = plan.errors = none.get();
  plan.kept = kept.get();
  Spawned spawned;
  if (const DWORD code = start_outside(plan, spawned); code != 0)
    return unwritable("cannot start", words.front(), static_cast<int>(code));
  return true;
}

// An empty lock file says that no start has to be waited for.
void allow_next_start(const std::string& lock_path) {
  const Handle lock = open_ours(lock_path, GENERIC_WRITE | FILE_READ_ATTRIBUTES, OPEN_EXISTING, 0600);
  if (lock.is_open()) ::SetEndOfFile(lock.get());
}

}  // namespace cascade::files
