// Whether claims hold, one by one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "metrics/claimed_figure.h"
#include "metrics/claims.h"
#include "metrics/figures.h"

namespace cascade::metrics {

enum class Verdict : std::uint8_t { holds, in_best_window, cannot_be_judged, wrong };
std::string_view to_string(Verdict verdict) noexcept;  // "holds in the best window"

struct Judgement {
  Claim claim;
  Verdict verdict = Verdict::cannot_be_judged;
  std::string because;
  std::optional<Millionths> found;  // in the claim's own time, rate and unit
  std::optional<Windows> windows;   // of a time without days
  Grade windows_grade = Grade::exact;
  std::optional<std::uint64_t> computed;  // of a number of people: what the claimed figures give
};

std::string decimal_text(Millionths value);  // "6,158", "0.987", with at most three places

// `assimilation`: for the shares that are reviewed or explained.
std::vector<Judgement> judge(const std::vector<Claim>& claims, const std::vector<Repository>& repositories,
                             const std::vector<Figure>& figures, const std::vector<Figure>& assimilation,
                             const Question& question);

}  // namespace cascade::metrics
