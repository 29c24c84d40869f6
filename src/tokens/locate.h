// Where the vocabulary table lies: beside the program, or where the environment says.
#pragma once

#include <cascade/tokens.h>

#include <string>
#include <string_view>
#include <vector>

namespace cascade::tokens {

// The value of CASCADE_VOCABULARY alone when it is not empty. Else, for a program in `executable_directory`:
// <prefix>/share/cascade/o200k.bin of an installed program (<prefix>/bin/cascade), then the source tree's of a built
// one
// (<source>/build/<preset>/cascade). In the order to try them; looks at no disk.
std::vector<std::string> vocabulary_places(std::string_view executable_directory, std::string_view environment);

// A counter over the first table there is. not_found, for a file that the environment names or the first place, when
// there is none: the caller may go on with TokenCounter::estimating(). A table that is there and no good is its error.
Result<TokenCounter> open_counter(std::string_view executable_directory, std::string_view environment);

}  // namespace cascade::tokens
