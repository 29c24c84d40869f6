// Whether claims hold, one by one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "metrics/claims.h"
#include "metrics/figures.h"

namespace cascade::metrics {

enum class Verdict : std::uint8_t { holds, in_best_window, cannot_be_shown, wrong };
std::string_view to_string(Verdict verdict) noexcept;  // "holds in the best window"

struct Judgement {
  Claim claim;
  Verdict verdict = Verdict::cannot_be_shown;
  std::string because;
  std::optional<std::uint64_t> found;  // over the range that was asked for
  std::optional<Windows> windows;      // of the claim's length
  Grade windows_grade = Grade::exact;
  std::optional<std::uint64_t> nearest;  // the window's value that comes nearest to the claim
  Day nearest_begin = 0;
  std::uint64_t nearest_commits = 0;      // of all commits, those in that window
  std::optional<std::uint64_t> computed;  // of people: what the claimed figures give
};

std::vector<Judgement> judge(const std::vector<Claim>& claims, const std::vector<Repository>& repositories,
                             const std::vector<Figure>& figures, const Question& question);

}  // namespace cascade::metrics
