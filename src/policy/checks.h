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

// A check of the user's own: what it runs, and when. Another exit status than 0 flags.
struct Check {
  enum class At : std::uint8_t { commit, stop, push };
  std::string name;
  std::vector<std::string> run;  // a program and its words; no shell takes part
  At at = At::commit;
  Mode mode = Mode::block;     // at most; its record decides (docs/gates.md)
  std::uint32_t seconds = 20;  // after which it is ended
  std::string origin;          // the project's file that has it; empty: the user's own
};

constexpr std::uint32_t most_check_seconds = 20;  // of one; the client waits for thirty

// `gates: { lint: { run: [npm, run, lint], at: commit } }`. The first fault, or nothing.
std::optional<Fault> read_checks(const syntax::Node& value, std::vector<Check>& checks);

std::string_view to_string(Check::At at) noexcept;

}  // namespace cascade::policy
