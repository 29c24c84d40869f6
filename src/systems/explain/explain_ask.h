// Asks an author at a terminal, one question at a time.
#pragma once

#include <optional>
#include <string>

#include "cli/call.h"
#include "explanations/record.h"

namespace cascade::cli {

// Fills in the parts and answers of a new record with what is typed. An answer ends with an empty line; what is left
// empty is still to be written in the file. False: standard output is gone.
bool ask_author(Call& call, comprehension::Skeleton& skeleton);

// A line of standard input, read byte by byte so that a person need not close it; at most `longest` bytes. Nothing: it
// has ended.
std::optional<std::string> typed_line(std::size_t longest);

}  // namespace cascade::cli
