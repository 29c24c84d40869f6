// How a verb has libraries judged by all rules.
#pragma once

#include "cli/call.h"
#include "validate/checkup/checkup.h"

#include <string>
#include <vector>

namespace cascade::cli {

// `profile`: empty for the one that each root's cascade.yaml names. `cached`: what judging a file gave is kept below
// the cache folder. The call must outlive the options.
CheckupOptions checkup_options(Call& call, const std::string& profile, bool cached);

// A project's agents may be called from there wherever they lie: in the library that comes along, in plugins, with the
// user. Empty when none of the roots is a project. What cannot be opened defines none.
std::vector<std::string> agents_below_projects(Call& call, const std::vector<std::string>& roots);

}  // namespace cascade::cli
