// What a session's effects are worth by now: the witnesses seen after each, and the level they make.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "evidence/finding.h"

namespace cascade::evidence {

// One thing that happened, in the order in which it did.
struct Event {
  enum class What : std::uint8_t {
    effect,
    witness,
    prediction,  // finding.target is an address, `text` what will stand there
    ended,       // the background task `task`; failed where `holds` is false
    waived,      // the effects `of`: the user does without
    told,        // the effects `of`: somebody spoke of them, in the turn `prompt`
  } what = What::effect;
  std::uint64_t id = 0;  // rises
  Finding finding;
  std::string agent, prompt;  // who, in which turn; agent empty: the main conversation
  std::string task;           // effect: it goes on in the background; ended
  std::string text;
  bool holds = true;
  // witness: predictions about that page, and whether their text was there
  std::vector<std::pair<std::uint64_t, bool>> predictions;
  std::vector<std::uint64_t> of;
};

// An effect, and how well it was looked at since. Level 0: not at all, or a prediction about it is false. 1: through
// the same interface. 2: through another one. 3: besides, a prediction was seen false before and true after.
struct Claim {
  std::uint64_t id = 0;
  Finding finding;
  std::string agent, prompt;
  int level = 0, required = 1;  // push, change: 1; publish, deploy: 2
  bool waived = false, told = false;
  bool running = false;  // in the background, and not known to have ended
  std::vector<std::uint64_t> witnesses;

  bool is_open() const noexcept { return level < required && !waived; }
};

// One claim for each effect that did not fail. O(n²) in the events.
std::vector<Claim> assess(const std::vector<Event>& events);

// Whether a look at `seen` shows the state of what `changed` did.
bool shows(const Finding& changed, const Finding& seen);

// A command that would bring the claim to its level; a sentence where none is known.
std::string way_to_show(const Claim& claim);

// Whether words admit that something was not verified. Plain sentences of English and German; "is verified" admits
// nothing, nor does "not only verified".
bool admits(std::string_view message);

}  // namespace cascade::evidence
