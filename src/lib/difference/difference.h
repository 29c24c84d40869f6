// Shows the changes in a file as diff -u does.
#pragma once

#include <cascade/registry.h>
#include <cascade/render.h>
#include <cascade/route.h>

#include "render/parts.h"
#include "rights/rights.h"
#include "route/prompts.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::difference {

// A prompt that is now answered by another manifest. Empty: silence.
struct Reroute {
  std::string id, text;
  std::uint32_t line = 0;
  std::string before, after;
};

// Tokens of a manifest ("skill:review"): of its own text, and of everything that it reaches. Nothing: it does not
// exist.
struct Weight {
  std::string manifest;
  std::optional<std::uint64_t> own_before, own_after, all_before, all_after;
};

// The effects of a change to a library on rights, routing and tokens.
struct Difference {
  std::vector<Right> gained, lost;
  std::size_t prompts = 0;  // the number of prompts asked
  std::vector<Reroute> rerouted;
  std::vector<Weight> weights;  // those that changed, by manifest
};

// The registries of both states must outlive the call.
void compare_rights(const LibraryState& before, const LibraryState& after, Difference& difference);
void compare_weights(const Registry& before, const Registry& after, Difference& difference);
void compare_routes(const Registry& before, const Router& router_before, const Registry& after,
                    const Router& router_after, const std::vector<evaluation::Prompt>& prompts, const Query& like,
                    Difference& difference);

}  // namespace cascade::difference

namespace cascade::rendering {

// Empty if the texts are equal. `path` is used in both headings ("a/x", "b/x"). The shortest script of line changes up
// to a few thousand changed lines, and one block beyond that. O(n + changed²) time.
std::string unified_diff(std::string_view path, std::string_view before, std::string_view after);

// Rendered, for `cascade diff`.
struct DifferenceReport {
  std::string since;    // the revision compared with, as the caller named it
  bool failed = false;  // by the caller's criteria
  difference::Difference difference;
};

std::string deed_of(const difference::Right& right);  // "may use Bash(git *)", "runs the hook PreToolUse Bash: look.sh"

// Formats text and json (cascade.diff/1).
Result<std::string> difference(const DifferenceReport& report, Format format, Paint paint);

}  // namespace cascade::rendering
