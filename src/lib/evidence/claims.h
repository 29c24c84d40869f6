// How well a session's effects are confirmed so far: the witnesses seen after each, and the resulting level.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "evidence/find.h"
#include "session/ledger.h"

namespace cascade::evidence {

// One event; events are in the order in which they happened.
struct Event {
  // prediction: finding.target is an address, `text` the expected text there. ended: the background task `task` ended;
  // it failed if `holds` is false. waived: of the effects `of` the user does not require a look. told: somebody
  // mentioned them.
  using What = session::Event;
  What what = What::effect;
  std::uint64_t id = 0;  // ascending
  Finding finding;
  std::string agent;  // the author; empty: the main conversation
  std::string task;   // effect: it continues in the background; ended: which
  std::string text;
  bool holds = true;
  // witness: predictions about that page, and whether their text was found
  std::vector<std::pair<std::uint64_t, bool>> predictions;
  std::vector<std::uint64_t> of;
};

// An effect and how well it was checked since. Level 0: not at all, or a prediction about it was false. 1: through the
// same interface. 2: through another one. 3: in addition, a prediction was seen false before and true after.
struct Claim {
  std::uint64_t id = 0;
  Finding finding;
  std::string agent;
  int level = 0, required = 1;  // push, change: 1; publish, deploy: 2
  bool waived = false, told = false;
  bool running = false;  // in the background, without a known end
  std::vector<std::uint64_t> witnesses;

  bool is_open() const noexcept { return level < required && !waived; }
};

// One claim for each effect that did not fail. O(n²) in the events.
std::vector<Claim> assess(const std::vector<Event>& events);

// Whether a look at `seen` shows the state that `changed` produced.
bool shows(const Finding& changed, const Finding& seen);

// Returns a command that would raise the claim to its level; a sentence if none is known.
std::string way_to_show(const Claim& claim);

// Whether words admit that something was not verified, in the languages that prompts are understood in; neither "is
// verified" nor "not only verified" is an admission.
bool admits(std::string_view message);

}  // namespace cascade::evidence

// What a session's ledger says of the world outside: effects, and looks at them.

namespace cascade::systems {

evidence::Finding finding_of(const session::Entry& entry);

// All ledger entries about the outside, in the order in which they happened.
std::vector<evidence::Event> outside_events(const session::Ledger& ledger);

// Whether a subagent has done something outside that nobody has looked at.
bool has_open_effect(const session::Ledger& ledger, const std::string& agent);

}  // namespace cascade::systems
