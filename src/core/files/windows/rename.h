// Gives and takes names of files that others may have open or mapped. For files/windows only.
#pragma once

#include <string>

#include "files/windows/handle.h"

namespace cascade::files {

// Gives the open file the name `to` in one step, replacing what has it, even if somebody has that open or mapped. False
// also where the file system cannot. `file` was opened with DELETE among its rights.
bool rename_at_once(HANDLE file, const std::string& to);
// The same; where it cannot be done in one step, the old file is moved aside first, so for a moment there is none.
// Waits a second at most for somebody who has it open and shares nothing. `from` is the open file's name.
bool rename_over(HANDLE file, const std::string& from, const std::string& to);

// Takes the name of a file or a link away at once; who has it open keeps it.
bool unlink(const std::string& path);

}  // namespace cascade::files
