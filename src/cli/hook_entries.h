// Which of the client's settings call us, and whether what they call is there.
#pragma once

#include <string>
#include <vector>

#include "cli/environment.h"

namespace cascade::cli {

struct HookedSettings {
  std::string path;               // of the settings file
  std::vector<std::string> gone;  // programs that are called and do not exist
  std::size_t entries = 0;
};

// The user's settings and those of the working directory, those without an entry of ours left out.
std::vector<HookedSettings> find_hooked_settings(const Environment& environment);

}  // namespace cascade::cli
