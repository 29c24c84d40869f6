// The door to the records of gates, which lie in a store that the library is not linked with.
#pragma once

#include <cascade/result.h>

#include <functional>
#include <string>

#include "policy/policy.h"

namespace cascade::systems {

// One judgement.
struct Judgement {
  std::string gate;
  std::string rule;                      // rule_words() of a check; empty: a gate that is built in
  const policy::Check* check = nullptr;  // null: built in
  policy::Mode configured = policy::Mode::block;
  bool flagged = false;
  bool is_noted = true;                   // false: only the mode in force is asked for
  std::string subject;                    // what was judged
  std::string repo, base, state, commit;  // of a check: where, on which commit, beyond it, what it is as a commit
  std::string store;                      // policy::Policy::store
};

struct Graded {
  policy::Mode mode = policy::Mode::block;  // in force: the weaker of configured and earned
  std::string record;                       // how sure the gate has been, a sentence
};

struct GateDoor {
  // Notes a judgement, with what became of earlier ones in that work tree.
  std::function<Result<Graded>(const Judgement& judgement)> judge;
  // Whether the same subject was judged by the same rule before.
  std::function<bool(const Judgement& judgement)> knows;
  // What came of all flags of a gate whose subject begins so, and is not known yet: "fixed", "waived".
  std::function<Result<void>(const Judgement& judgement, const std::string& kind, bool correct)> settle;
};

}  // namespace cascade::systems
