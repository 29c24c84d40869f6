// The user's own checks: cascade.yaml's `gates`.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "policy/policy.h"

namespace cascade::policy {

constexpr std::uint32_t most_check_seconds = 20;  // of one; the client waits for thirty

// `gates: { lint: { run: [npm, run, lint], at: commit } }`. The first fault, or nothing.
std::optional<Fault> read_checks(const syntax::Node& value, std::vector<Check>& checks);

std::string_view to_string(Check::At at) noexcept;

}  // namespace cascade::policy
