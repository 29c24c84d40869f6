// Reads the linked files of a request's roots.
#pragma once

#include <cascade/bundle.h>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::bundle {

// Workspace::read_file: only files below one of the library's roots, with a path like a manifest's.
using ReadFile = std::function<Result<std::string>(std::string_view path)>;

constexpr std::size_t most_linked_files = 64;

// `place`: where it can be opened. `purpose`: what it says about itself. A cost of 0: no text, it can only be listed.
struct ListedFile {
  LinkedFile file;
  std::string place, purpose;
};

// Of a manifest's text, in its order, without manifests. What is no text is empty: it can be opened, not packed.
std::vector<FileOffer> linked_files(const Registry& registry, ManifestId id, const ReadFile& read);

// "/a/b", "../c.md" -> "/a/c.md". A path that climbs above its beginning keeps its "..".
std::string place_of_file(std::string_view folder, std::string_view path);

// Whether a text may name a file at all; looks only at its dots.
bool may_name_file(std::string_view text) noexcept;

// Whether a text names the file: by its path or its last part, as a whole word, regardless of case.
bool names_file(std::string_view text, std::string_view path);

}  // namespace cascade::bundle

namespace cascade::manifest {

constexpr std::size_t most_linked_paths = 256;

// Relative paths with a file's ending, each once, in order: of links, words of prose and code ("see forms.md",
// "@forms.md") and after "${CLAUDE_SKILL_DIR}/". A word may also be something else ("e.g"), so the caller looks which
// exist. Linear.
std::vector<std::string> linked_paths(std::string_view text);

}  // namespace cascade::manifest
