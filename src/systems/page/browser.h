// Shows something in the user's browser.
#pragma once

#include <cascade/result.h>

#include <string>

#include "cli/environment.h"

namespace cascade::cli {

// `what`: a file or an address. Does not wait for it. not_found: nothing opens pages here; unwritable: no process, or
// no cache folder.
Result<void> open_in_browser(const Environment& environment, const std::string& what);

}  // namespace cascade::cli
