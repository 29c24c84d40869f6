// How the output of a command is used.
#pragma once

#include "validate/reading/shell.h"

#include <vector>

namespace cascade::validation {

// Whether the command's output is run: through pipes into an interpreter that reads its program from there, or as a
// word of one (sh -c "$(...)", bash <(...), eval `...`).
bool reaches_interpreter(const std::vector<ShellCommand>& commands, const ShellCommand& command);

// Whether it is an interpreter without a program of its own: `sh`, `bash -s -- x`, `python3 -`; not `python3 -m
// json.tool`.
bool reads_program(const ShellCommand& command);

}  // namespace cascade::validation
