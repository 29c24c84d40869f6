#include "audit/runs.h"

#include <algorithm>

namespace cascade::audit {

std::string_view to_string(Stopped stopped) noexcept {
  switch (stopped) {
    case Stopped::no: return "no";
    case Stopped::time: return "time";
    case Stopped::memory: return "memory";
    case Stopped::processes: return "processes";
    case Stopped::output: return "output";
    case Stopped::disk: return "disk";
    case Stopped::confinement: break;
  }
  return "confinement";
}

bool Run::passed() const {
  return !attempts.empty() &&
         std::all_of(attempts.begin(), attempts.end(), [](const Attempt& attempt) { return attempt.passed(); });
}

bool Run::is_flaky() const {
  return std::any_of(attempts.begin(), attempts.end(),
                     [&](const Attempt& attempt) { return attempt.passed() != attempts.front().passed(); });
}

}  // namespace cascade::audit
