// What the caller should do about a run, as told by its exit code (docs/cli/cascade.md).
#pragma once

#include <cascade/result.h>

#include <string>
#include <utility>

namespace cascade::cli {

enum class Exit : int {
  yes = 0,     // done
  no = 1,      // the answer is no, or there are findings
  misuse = 2,  // a wrong flag, verb or configuration key
  failed = 3,  // could not: disk, permission, nothing to look at
  bug = 4,     // ours
};

// A wrong flag, verb or configuration key, and what to write instead.
inline Error misuse(std::string message, std::string help = {}) {
  return {ErrorCode::misuse, std::move(message), {}, std::move(help)};
}

constexpr Exit exit_for(ErrorCode code) noexcept { return code == ErrorCode::misuse ? Exit::misuse : Exit::failed; }

}  // namespace cascade::cli
