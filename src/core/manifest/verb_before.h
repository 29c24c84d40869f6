// Whether a verb of use stands before a name, on its line or sentence. Positions are bytes of `text`; nothing before
// `line_begin` is read.
#pragma once

#include <cstddef>
#include <string_view>

namespace cascade::manifest {

// The word right before `at`, behind blanks and marks of bold type and quotation; `begin` becomes where it begins.
std::string_view word_before(std::string_view text, std::size_t at, std::size_t line_begin, std::size_t& begin);

// "use [the] X", "delegate to X", "orchestrates X": the words right before the name at `at`.
bool stands_behind_use(std::string_view text, std::size_t at, std::size_t line_begin);

// The same, with other names of a list in between: "use a-b, c-d and X".
bool follows_use(std::string_view text, std::size_t at, std::size_t line_begin);

// "delegate X at once", "follow X": verbs that also have other objects. "delegate X to" gives X away. The name is
// [at, end).
bool stands_behind_wide_use(std::string_view text, std::size_t at, std::size_t end, std::size_t line_begin);

// "use a-b to plan, X to build or c-d to mend": one verb leads a list in which each name comes with its purpose.
bool shares_use(std::string_view text, std::size_t at, std::size_t end, std::size_t line_begin);

}  // namespace cascade::manifest
