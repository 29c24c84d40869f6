// The exit codes, which tell the caller what to do about a run (docs/cli/cascade.md).
#pragma once

#include <cascade/result.h>

#include <string>
#include <utility>

namespace cascade::cli {

enum class Exit : int {
  yes = 0,     // done
  no = 1,      // the answer is no, or there are findings
  misuse = 2,  // a wrong flag, verb or configuration key
  failed = 3,  // could not work: disk, permission, nothing to look at
  bug = 4,     // a fault of ours
};

// The error for a wrong flag, verb or configuration key, with the correction.
inline Error misuse(std::string message, std::string help = {}) {
  return {ErrorCode::misuse, std::move(message), {}, std::move(help)};
}

constexpr Exit exit_for(ErrorCode code) noexcept { return code == ErrorCode::misuse ? Exit::misuse : Exit::failed; }

}  // namespace cascade::cli
