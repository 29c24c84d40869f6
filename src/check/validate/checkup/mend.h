// Applies the fixes of findings, to files or only to their texts.
#pragma once

#include "validate/checkup/checkup.h"

#include <cstddef>
#include <string>
#include <vector>

namespace cascade {

// A file that fixes change. `path`: as in findings.
struct MendedFile {
  std::string path, before, after;
  std::size_t edits = 0;
};

// Returns the files as the fixes of a checkup's findings would change them, by path; with `unsafe` also fixes that
// change what the client reads. Writes nothing.
std::vector<MendedFile> mend(const Checkup& checkup, bool unsafe);

// Returns the findings, each with the fix that mend() would apply for it alone, if any.
std::vector<Diagnostic> with_fixes(const Checkup& checkup);

// Writes one of them atomically, keeping mode and attributes. stale: the file has changed.
Result<void> write_mended(const Checkup& checkup, const MendedFile& file);

}  // namespace cascade
