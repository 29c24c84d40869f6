// The records of gates for the systems that judge: each judgement becomes a trial, and the record decides how hard the
// gate may press.
#pragma once

#include <cascade/result.h>

#include <string>

#include "events/systems.h"
#include "policy/policy.h"
#include "records/record.h"

namespace cascade::systems {

struct Judgement {
  std::string gate;
  std::string rule;                      // rule_words() of a check; empty for a built-in gate
  const policy::Check* check = nullptr;  // null for a built-in gate
  policy::Mode configured = policy::Mode::block;
  bool flagged = false;
  bool is_noted = true;                   // false: only asks for the mode in force
  std::string subject;                    // what was judged
  std::string repo, base, state, commit;  // of a check: work tree, its commit, changes beyond it, commit judged
  std::string store;                      // policy::Policy::store
};

struct Graded {
  policy::Mode mode = policy::Mode::block;  // in force: the weaker of the configured and the earned one
  std::string record;                       // a sentence on how reliable the gate has been
};

// Records a judgement and the outcome of earlier ones in that work tree. Errors: those of the store.
Result<Graded> judge_by_record(const Judgement& judgement, const Surroundings& surroundings);
// Whether the same rule has judged the same subject before.
bool is_judged(const Judgement& judgement, const Surroundings& surroundings);
// Settles all open flags of a gate whose subject begins with this one: "fixed", "waived".
Result<void> settle(const Judgement& judgement, const std::string& kind, bool correct,
                    const Surroundings& surroundings);

// The mode as a level; off is shadow.
gate::Level level_of(policy::Mode mode) noexcept;

}  // namespace cascade::systems
