// Makes edits that mend findings, each from the finding's rule, its words and its place in the present text, whichever
// step found it. If the text does not match the finding, there is no edit.
#pragma once

#include <cascade/validate.h>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "validate/checkup/checkup.h"

namespace cascade::validation {

// Returns the finding's own fix if it has one. After a safe edit of front matter, the text is read again: every field
// must keep its text. O(text).
std::optional<Fix> fix_of(const Diagnostic& finding, std::string_view text);

// Applies the edits of one file to `text`, except those that overlap an earlier one or are outside the text; `applied`
// counts them.
std::string with_edits(std::string_view text, std::vector<Edit> edits, std::size_t& applied);

}  // namespace cascade::validation

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
