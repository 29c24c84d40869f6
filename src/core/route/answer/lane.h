// One of the two lists in which a prompt's candidates are ranked, and how the two become one answer.
#pragma once

#include <vector>

#include "route/answer/gate.h"
#include "route/answer/score.h"
#include "route/tables.h"

namespace cascade::route {

// The manifests of the shipped library, which prompts taught about, or all others. Each lane is ranked and judged as if
// its manifests were alone.
struct Lane {
  std::vector<Ranked> order;  // best first
  Signals signals;            // of the prompt and the lane's best
  std::int32_t points = 0;    // their sum

  bool is_called() const noexcept { return signals.called != 0; }
};

// How far the best of the users' own manifests is ahead of the shipped library's best, in points; 0: even.
std::int32_t own_ahead(const Lane& own, const Lane& shipped) noexcept;

// Whether the lanes' best are so even that neither may be loaded unasked.
bool are_rivals(const Lane& own, const Lane& shipped, Caution caution) noexcept;

// Puts both lanes' manifests on one scale, that of the lane whose best comes first. The other lane's best comes second
// where it would have been offered alone. REQUIRES: neither is empty.
std::vector<Ranked> merged(const Lane& own, const Lane& shipped, Caution caution);

// The number of manifests, from the first, that an offer names: those not much less likely than the first.
std::size_t offered_of(const Tables& tables, const std::vector<Ranked>& order) noexcept;

// Lowers manifests of a plugin below those of a user, and these below those of a project: of two that fit a prompt
// equally well, the nearer one is meant. Nothing changes where all have one origin.
void prefer_near(const Tables& tables, std::vector<Ranked>& order);

}  // namespace cascade::route
