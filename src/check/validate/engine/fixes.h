// Makes edits that mend findings, each from the finding's rule, its words and its place in the present text, whichever
// step found it. If the text does not match the finding, there is no edit.
#pragma once

#include <cascade/validate.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::validation {

// Returns the finding's own fix if it has one. After a safe edit of front matter, the text is read again: every field
// must keep its text. O(text).
std::optional<Fix> fix_of(const Diagnostic& finding, std::string_view text);

// Applies the edits of one file to `text`, except those that overlap an earlier one or are outside the text; `applied`
// counts them.
std::string with_edits(std::string_view text, std::vector<Edit> edits, std::size_t& applied);

}  // namespace cascade::validation
