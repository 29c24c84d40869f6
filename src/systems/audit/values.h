// Reads single values out of settings files, as the rows of ecosystems.tsv describe them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/repository.h"
#include "syntax/node.h"

namespace cascade::audit {

// A value with the line that says it.
struct Value {
  std::string text;
  Place place;
};

// JSON, YAML, TOML or INI by the file's name, as one tree; null for another file. A part that cannot be read is
// missing, and Repository::unread() says so.
const syntax::Node* structure_of(const Repository& repository, std::string_view path);

// The node at "compilerOptions.strict"; null: there is none.
const syntax::Node* at_path(const syntax::Node& root, std::string_view path);

// `form`: "key A.B", "keys A.B C" (the keys of these maps), "array A", "whole", "after X" (what follows X on its line,
// unquoted), "attribute TAG NAME", "call X" (a word in X(...)), "lines", "section X", "module", "pinned X" (lines with
// X), "hash X" (the keys of X => { ... }).
std::vector<Value> values_of(const Repository& repository, const std::string& path, std::string_view form);

// "FILE", "FILE#key", "FILE#key=value", "FILE#line=TEXT" or "FILE~text" below `folder`: the first file that is there,
// says something, and has the key (with that value or item; `[]`: an empty list; `everything`: a pattern that fits all
// files), a line that is the text, or the text anywhere. FILE may be a pattern; in a file without structure the key is
// a text.
std::optional<Place> declared_by(const Repository& repository, std::string_view folder, std::string_view condition);

// Whether a settings file says anything: more than comments, blanks and empty brackets.
bool says_something(std::string_view text);

// "1.2" or "1.2.3" at the beginning of a text, after a "v" and brackets; empty: none.
std::string version_at(std::string_view text);

}  // namespace cascade::audit
