// Locks on a byte far behind the end of a file, so that they keep nobody from reading it. For files/windows only.
#pragma once

#include "files/windows/handle.h"

namespace cascade::files {

// Takes the lock at once or not at all. It goes with the handle.
inline bool lock_range(HANDLE file, bool alone) {
  OVERLAPPED place{};
  place.OffsetHigh = 0x4000'0000;
  const DWORD how = LOCKFILE_FAIL_IMMEDIATELY | (alone ? LOCKFILE_EXCLUSIVE_LOCK : 0);
  return ::LockFileEx(file, how, 0, 1, 0, &place) != 0;
}

}  // namespace cascade::files
