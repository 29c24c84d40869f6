// What a person asks of the guard.
#pragma once

#include <string>

#include "cli/call.h"

namespace cascade::cli {

// cascade guard check 'COMMAND' [--cwd DIR] [--project DIR]
Exit check_line(Call& call, const std::string& line, const std::string& cwd, const std::string& project);

// cascade guard allow WHAT. Uses the session that was written to last, unless one is named.
Exit allow_in_session(Call& call, const std::string& what, std::string session);

}  // namespace cascade::cli
