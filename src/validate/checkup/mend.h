// Applying the fixes that findings have, to files or only to their texts.
#pragma once

#include "validate/checkup/checkup.h"

#include <cstddef>
#include <string>
#include <vector>

namespace cascade {

// A file that fixes change. `path`: as findings name it.
struct MendedFile {
  std::string path, before, after;
  std::size_t edits = 0;
};

// What the fixes of a checkup's findings make of their files, by path; with `unsafe` those too that change what the
// client reads. Nothing is written.
std::vector<MendedFile> mend(const Checkup& checkup, bool unsafe);

// What was found, each finding with the fix that mend() would take of it alone, or with none.
std::vector<Diagnostic> with_fixes(const Checkup& checkup);

// Writes one of them: atomically, mode and attributes kept. stale when the file is not what it was.
Result<void> write_mended(const Checkup& checkup, const MendedFile& file);

}  // namespace cascade
