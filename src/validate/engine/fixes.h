// Edits that mend findings. Each is made of the finding's rule, its words and its place in the text as it is now, so
// that whatever found it may have been another step; what the text does not bear out gives no edit.
#pragma once

#include <cascade/validate.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::validation {

// The finding's own fix where it has one. A safe edit of front matter is read again: every field must have the text
// that it had. O(text).
std::optional<Fix> fix_of(const Diagnostic& finding, std::string_view text);

// `text` with the edits of one file, those that overlap an earlier one left out; `applied` counts them. Offsets outside
// the text are left out, too.
std::string with_edits(std::string_view text, std::vector<Edit> edits, std::size_t& applied);

}  // namespace cascade::validation
