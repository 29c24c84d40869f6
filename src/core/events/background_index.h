// What the hook and `cascade index`, which the hook starts in the background, agree on.
#pragma once

#include <string>

#include "files/paths.h"
#include "files/run_program.h"

namespace cascade::systems {

// The lock of files::start_detached().
inline std::string background_lock(const std::string& cache) { return files::join(cache, "background.lock"); }

// The index is up to date: the next hook may start the next look at a large library at once.
inline void allow_background_index(const std::string& cache) {
  if (!cache.empty()) files::allow_next_start(background_lock(cache));
}

}  // namespace cascade::systems
