// To speak or not to: what a prompt and its best answer look like from outside, and the decision.
#pragma once

#include <cascade/route.h>

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "route/answer/prompt.h"
#include "route/answer/score.h"
#include "route/answer/taught.h"
#include "route/tables.h"

namespace cascade::route {

// What the gate looks at. All shares are per mille.
struct Signals {
  std::uint32_t top = 0;       // 64 * log2 of the best score
  std::uint32_t lead = 0;      // of the best score that the second lacks
  std::uint32_t met = 0;       // share of the prompt's information that the best answer meets
  std::uint32_t unknown = 0;   // share of it in words that no manifest has
  std::uint32_t everyday = 0;  // words of life outside the trade
  std::uint32_t phrases = 0;   // of the trade, of several words
  std::uint32_t words = 0;     // that are no function words
  std::uint32_t answered = 0;  // of them those that the best answer meets
  std::uint32_t small_talk = 0, errand = 0, question = 0;  // chat and replies; small edits and shell lines; trivia
  std::uint32_t definition = 0;                            // "what is a ..."
  std::uint32_t called = 0;                                // 1: the prompt calls it
  // Where prompts taught about the library, in 64ths of a bit: how much better the best manifest explains the prompt
  // than anything that needs nothing, the best idle talk than any request, the first manifest than the next.
  bool taught = false;
  std::int32_t need = 0, idle = 0, ahead = 0;
  std::uint32_t spoken = 0;    // 64 * log2 of the best score of the library's own words
  std::uint32_t untaught = 0;  // 1: no prompt taught about the first manifest
  bool translated = false;     // by the dictionary: fewer words are left to speak
  // Elsewhere, by Caution: from how many points on the library's own prompts show that a load is right; not_shown: it
  // has none, or too few.
  std::array<std::int32_t, 3> load_from{not_shown, not_shown, not_shown};
};

Signals look_at(const Tables& tables, const Prompt& prompt, const Scorer& scorer, const Taught& taught,
                const std::vector<Ranked>& ranked);

// What one signal adds to the points.
struct SignalPoints {
  std::string_view name;
  std::int32_t value = 0, points = 0;
};
std::vector<SignalPoints> weigh(const Signals& signals);

// The sum. Above 0 speaks for an answer, below 0 for silence.
std::int32_t points(const Signals& signals);

// From how many points on the gate opens, and with which lead over the second: per mille of the score, or, where
// prompts taught about the library, 64ths of a bit.
struct Thresholds {
  std::int32_t offer = 0, load = 0;
  std::uint32_t lead = 0;
};
Thresholds thresholds(const Signals& signals, Caution caution) noexcept;
std::uint32_t lead_of(const Signals& signals) noexcept;

Decision decide(const Signals& signals, Caution caution);

}  // namespace cascade::route
