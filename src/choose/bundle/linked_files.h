// Reads the linked files of a request's roots.
#pragma once

#include <cascade/bundle.h>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::bundle {

// Reads a file below one of the library's roots, whose path is written like a manifest's; refuses any other file, and
// links that lead out of the root. Workspace::read_file.
using ReadFile = std::function<Result<std::string>(std::string_view path)>;

// Returns the files that a skill's text links to and that are readable as text, in the order of the text; none for
// another kind. Manifests are not included: they are references. Also reads `id`'s own file.
std::vector<FileOffer> linked_files(const Registry& registry, ManifestId id, const ReadFile& read);

// Whether a text may name a file at all; looks only at its dots.
bool may_name_file(std::string_view text) noexcept;

// Whether a text names the file: by its path or its last part, as a whole word, regardless of case.
bool names_file(std::string_view text, std::string_view path);

}  // namespace cascade::bundle
