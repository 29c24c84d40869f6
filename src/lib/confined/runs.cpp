#include "confined/runs.h"

#include <algorithm>

#include "text/names.h"

namespace cascade::audit {

constexpr letters::Names<Stopped::confinement> stopped_names("no", "time", "memory", "processes", "output", "disk",
                                                             "confinement");
std::string_view to_string(Stopped stopped) noexcept { return stopped_names.of(stopped); }

bool Run::passed() const {
  return !attempts.empty() &&
         std::all_of(attempts.begin(), attempts.end(), [](const Attempt& attempt) { return attempt.passed(); });
}

bool Run::is_flaky() const {
  return std::any_of(attempts.begin(), attempts.end(),
                     [&](const Attempt& attempt) { return attempt.passed() != attempts.front().passed(); });
}

}  // namespace cascade::audit
