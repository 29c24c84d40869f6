// The user's own checks: cascade.yaml's `gates`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policy/mode.h"
#include "syntax/node.h"

namespace cascade::policy {

// One of the user's own checks: its command and its moment. Any exit status except 0 raises a flag.
struct Check {
  enum class At : std::uint8_t { commit, stop, push };
  std::string name;
  std::vector<std::string> run;  // a program and its words, without a shell
  At at = At::commit;
  Mode mode = Mode::block;     // the strictest possible; its record decides (docs/gates.md)
  std::uint32_t seconds = 20;  // the time after which it is ended
  std::string origin;          // the project's file that defines it; empty: the user's own
};

constexpr std::uint32_t most_check_seconds = 20;  // for one check; the client waits thirty seconds

// Reads `gates: { lint: { run: [npm, run, lint], at: commit } }`. Returns the first fault, or nothing.
std::optional<Fault> read_checks(const syntax::Node& value, std::vector<Check>& checks);

std::string_view to_string(Check::At at) noexcept;

}  // namespace cascade::policy
