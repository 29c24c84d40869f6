// The arguments of a command or skill, put where its text wants them, as the client does (2.1.328).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cascade::hook {

// Words as a shell would split them; quotes group, nothing is expanded.
std::vector<std::string> split_arguments(std::string_view arguments);

// $ARGUMENTS, $ARGUMENTS[n] and $n (counted from 0), $name of `names`, ${CLAUDE_SESSION_ID}; "\$" stands for "$". A
// number past the last word stays. A text that asks for none gets "ARGUMENTS: ..." behind it. Nothing is run.
std::string fill_arguments(std::string_view text, std::string_view arguments, const std::vector<std::string>& names,
                           std::string_view session_id);

}  // namespace cascade::hook
