// Where the files are that come with the program: found from the binary's own place, in an installed tree and in a
// build tree alike.
#pragma once

#include <cascade/tokens.h>

#include "cli/environment.h"

#include <string>

namespace cascade::cli {

std::string program_path();  // the running binary, links resolved; empty when the system does not tell
std::string vocabulary_path(const Environment& environment);  // empty: nowhere
// The program that asks libgit2, beside this one in its build or installation; empty: it is not there.
std::string git_program();
std::string postgres_program();  // the same for the one that asks libpq
std::string vocabulary_help();   // how the table is made, from where the program lies
std::string builtin_library();   // the folder with the shipped skills/, agents/ and commands/; empty: nowhere

// The exact counter where the table is. Without one, the estimate; an error only when CASCADE_VOCABULARY names a table
// that cannot be used ("estimate" names the estimate).
Result<TokenCounter> open_counter(const Environment& environment);

}  // namespace cascade::cli
