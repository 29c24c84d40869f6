// The linked files of the roots of a request, read.
#pragma once

#include <cascade/bundle.h>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::bundle {

// Reads a file below one of the library's roots, whose path is written as those of manifests are; refuses every other
// one, and links that lead out of the root. Workspace::read_file.
using ReadFile = std::function<Result<std::string>(std::string_view path)>;

// The files that the text of a skill links to and that can be read as text, in the order of the text; none for another
// kind. Manifests are none: they are references. `id`'s own file is read, too.
std::vector<FileOffer> linked_files(const Registry& registry, ManifestId id, const ReadFile& read);

// Whether a text could name a file at all. Takes a look at its dots.
bool may_name_file(std::string_view text) noexcept;

// Whether a text names the file: by its path or by its last part, as a whole word, case aside.
bool names_file(std::string_view text, std::string_view path);

}  // namespace cascade::bundle
