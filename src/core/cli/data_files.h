// Locates the files that are shipped with the program, relative to the binary, in installed trees and build trees.
#pragma once

#include <cascade/tokens.h>

#include "cli/environment.h"

#include <string>

namespace cascade::cli {

std::string program_path();  // the running binary, with links resolved; empty if the system does not tell
std::string vocabulary_path(const Environment& environment);  // empty: not found
// The helper program that uses libgit2, next to this one in its build or installation; empty if it is missing.
std::string git_program();
std::string postgres_program();  // the same for the helper that uses libpq
std::string vocabulary_help();   // how to make the table, depending on the program's place
std::string builtin_library();   // the folder with the shipped skills/, agents/ and commands/; empty: not found

// The exact counter if the table exists, otherwise the estimate. Fails only if CASCADE_VOCABULARY names a table that
// cannot be used ("estimate" selects the estimate).
Result<TokenCounter> open_counter(const Environment& environment);

}  // namespace cascade::cli
