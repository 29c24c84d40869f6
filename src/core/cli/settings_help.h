// `cascade help settings`: every key of cascade.yaml.
#pragma once

#include <string>

#include "cli/call.h"

namespace cascade::cli {

// The rows of policy::settings() with the values in force here; with a `name`, those of one key or group. Empty: there
// is no such key.
std::string settings_help(const Call& call, const std::string& name);

}  // namespace cascade::cli
