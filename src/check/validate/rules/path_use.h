// How a text uses the path of a file at a place: whether it needs the file there, makes it, or means somebody else's.
// `begin` and `end` are the path's offsets in the text.
#pragma once

#include "validate/rules/context.h"

#include <cstddef>
#include <string_view>

namespace cascade::validation {

// At most 60 bytes of the line before the place.
std::string_view words_before(std::string_view text, std::size_t at);

// The path is written to, so the file need not exist yet; another place in the text creates it.
bool is_output(std::string_view text, std::size_t begin);
bool is_made(std::string_view text, std::string_view path);

// The text shows the path instead of using it: an example, a drawing, a volume, what is taken back.
bool is_only_shown(const Document& document, std::size_t begin, std::size_t end);

// Code before the place in its fence changes the directory, or the program on its line runs it elsewhere.
bool runs_elsewhere(const Document& document, std::size_t begin);

// The sentence, or the text before the code, says that the file belongs to the project or a repository.
bool is_of_others(const Document& document, std::size_t begin, std::size_t end);

// A program before the path runs it; "(Runs `node scripts/x.js`, which ...)" describes the command before it.
bool is_run(std::string_view text, std::size_t begin);
bool is_run_by_another(std::string_view text, std::size_t begin);

// "..., shipped only in the other plugin": the sentence says that not every copy has the file.
bool is_shipped_elsewhere(const Document& document, std::size_t begin);

// `[ -f "${ROOT}/x" ]`, or `FILE="${ROOT}/x"` and then `[ -f "$FILE" ]`: the code asks whether the file is there.
bool is_asked_for(const Document& document, std::size_t begin);

}  // namespace cascade::validation
