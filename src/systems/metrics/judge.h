// Whether claims hold, one by one, by what the history shows of a claim's figure: in its own time, rate and unit.
//   commits, merges, reverts, lines_added …   sums over commits (figures.h)
//   lines_changed, lines_net                  added and deleted lines together, added without deleted
//   authors        different names of authors, as .mailmap gives them
//   tags, files    tags by their date, files of the newest commit
//   active_days    days with a commit
//   rework, reviewed, explained               shares
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "metrics/claims.h"
#include "metrics/figures.h"

namespace cascade::metrics {

enum class Verdict : std::uint8_t { holds, in_best_window, cannot_be_judged, wrong, not_judged };
std::string_view to_string(Verdict verdict) noexcept;  // "holds in the best window"; `not_judged`: prose

struct Judgement {
  Claim claim;
  Verdict verdict = Verdict::cannot_be_judged;
  std::string because;
  std::optional<Millionths> found;  // in the claim's own time, rate and unit
  std::optional<Windows> windows;   // of a time without days
  Grade windows_grade = Grade::exact;
};

std::string decimal_text(Millionths value);  // "6,158", "0.987", with at most three places

// `assimilation`: for the shares that are reviewed or explained. Complexity: linear in commits for each claim.
std::vector<Judgement> judge(const std::vector<Claim>& claims, const std::vector<Repository>& repositories,
                             const std::vector<Figure>& figures, const std::vector<Figure>& assimilation,
                             const Question& question);

}  // namespace cascade::metrics
