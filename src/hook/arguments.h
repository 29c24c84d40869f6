// Fills in the arguments of a command or skill as the client does (2.1.328).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cascade::hook {

// Splits words as a shell would: quotes group, nothing is expanded.
std::vector<std::string> split_arguments(std::string_view arguments);

// Replaces $ARGUMENTS, $ARGUMENTS[n] and $n (counted from 0), $name for each of `names`, and ${CLAUDE_SESSION_ID}; "\$"
// becomes "$". A number beyond the last word stays as it is. A text without placeholders gets "ARGUMENTS: ..."
// appended. Nothing is run.
std::string fill_arguments(std::string_view text, std::string_view arguments, const std::vector<std::string>& names,
                           std::string_view session_id);

}  // namespace cascade::hook
