// Downloads that a shell text runs unread, found by following the text as a shell would.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cascade::validation {

// The source of each download whose content a program of the text runs: through pipes, substitutions, variables,
// functions, aliases or files. A file that another program checks or shows first is not among them. In the order in
// which they are run; empty: there is none. Lines may begin with a prompt, and need not be valid shell to their end.
std::vector<std::string> downloads_run_by(std::string_view text);

}  // namespace cascade::validation
