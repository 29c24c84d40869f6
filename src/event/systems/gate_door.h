// The interface to the records of gates. They are kept in a store that the library is not linked with.
#pragma once

#include <cascade/result.h>

#include <functional>
#include <string>

#include "policy/policy.h"

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

struct GateDoor {
  // Records a judgement and the outcome of earlier ones in that work tree.
  std::function<Result<Graded>(const Judgement& judgement)> judge;
  // Whether the same rule has judged the same subject before.
  std::function<bool(const Judgement& judgement)> knows;
  // Settles all open flags of a gate whose subject begins with this one: "fixed", "waived".
  std::function<Result<void>(const Judgement& judgement, const std::string& kind, bool correct)> settle;
};

}  // namespace cascade::systems
