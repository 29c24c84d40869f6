// "reading 120 of 760" on a terminal while a library is parsed.
#pragma once

#include "cli/console.h"

#include <cstddef>
#include <functional>

namespace cascade::cli {

// Shows nothing for the first 300 ms, then updates at most every 50 ms. `console` must outlive the function.
std::function<void(std::size_t done, std::size_t total)> make_progress(Console& console);

}  // namespace cascade::cli
