// Changes a file that belongs to the user without losing anything but what is meant to change.
#pragma once

#include <cascade/result.h>

#include <string>
#include <string_view>

namespace cascade::files {

// Replaces `before` by `after` in the file at `path` (the caller resolves links). Mode, owner, access lists and other
// extended attributes stay, hard links keep naming one file, and the new bytes are on the disk on return. stale: the
// file does not hold `before`, or somebody changed it meanwhile; unwritable: also for a read-only file. After an error
// the file is as it was, unless a second writer came in the moment in which the first one's text was put back.
Result<void> replace_user_file(const std::string& path, std::string_view before, std::string_view after);

// Writes a file of ours among the user's, whole and flushed to the disk; replaces an existing one. mode as for
// open(2). unwritable: nothing is left behind.
Result<void> write_user_file(const std::string& path, std::string_view bytes, unsigned mode);

}  // namespace cascade::files
