// The files that a manifest's text points to, as its author wrote them. Whether they exist is not checked here.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cascade::manifest {

constexpr std::size_t most_linked_paths = 64;

// Relative paths with a file's ending, each once, in order, at most `most_linked_paths`: of links
// ("[forms](forms.md)"), in code spans (`references/forms.md`), after "@" ("@forms.md") and after
// "${CLAUDE_SKILL_DIR}/". Without a leading "./", query and fragment. No URLs, patterns, placeholders or absolute
// paths. Linear.
std::vector<std::string> linked_paths(std::string_view text);

}  // namespace cascade::manifest
