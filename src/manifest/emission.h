// A section's text as a bundle holds it. Section costs are counted on this text, so that a bundle's cost is known from
// the records alone, before anything is read.
#pragma once

#include <string>
#include <string_view>

namespace cascade::manifest {

// `text`, a section's bytes in the file (or its shorter form), without blank lines in front and white space behind,
// ill-formed UTF-8 replaced, ended by a blank line. Empty when there is nothing but white space. One space is put
// before a slash that begins the text.
//
// Invariant: for emitted texts a and b, tokens(a + b) == tokens(a) + tokens(b). The o200k pattern never joins a line
// feed with what follows it, except with further line feeds (none begin b) and, behind punctuation, with slashes (none
// begin b).
std::string emitted(std::string_view text);

}  // namespace cascade::manifest
