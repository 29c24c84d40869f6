// The files that a manifest's text points to, as its author wrote them. Whether they exist is not checked here.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cascade::manifest {

constexpr std::size_t most_linked_paths = 256;

// Relative paths with a file's ending, each once, in order, at most `most_linked_paths`: of links
// ("[forms](forms.md)"), words of prose and code ("see forms.md", `scripts/check.py FILE`, "@forms.md") and after
// "${CLAUDE_SKILL_DIR}/". Without a leading "./", query and fragment. No URLs, patterns, placeholders or absolute
// paths. A word may also be something else ("e.g"), so the caller looks which of them exist. Linear.
std::vector<std::string> linked_paths(std::string_view text);

}  // namespace cascade::manifest
