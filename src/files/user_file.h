// Changing a file that belongs to the user, so that nothing of it is lost but what is meant to change.
#pragma once

#include <cascade/result.h>

#include <string>
#include <string_view>

namespace cascade::files {

// Replaces `before` by `after` in the file at `path` (links are followed by the caller). Mode, owner, access lists and
// other extended attributes stay, hard links keep naming one file, and the new bytes are on the disk when this returns.
// stale: the file does not hold `before`, or somebody changed it meanwhile; unwritable: also for a read-only file. The
// file then is as it was, unless a second writer came within the moment in which the first is put back.
Result<void> replace_user_file(const std::string& path, std::string_view before, std::string_view after);

// Writes a file of ours among the user's, whole and on the disk; one of that name is replaced. mode as for open(2).
// unwritable: nothing is left behind.
Result<void> write_user_file(const std::string& path, std::string_view bytes, unsigned mode);

}  // namespace cascade::files
