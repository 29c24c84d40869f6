// The records of gates for the systems that judge: each judgement becomes a trial, and the record decides how hard the
// gate may press.
#pragma once

#include <cascade/result.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "events/judges.h"
#include "events/systems.h"
#include "git/git_program.h"
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
  std::string record;                       // a sentence on how reliable the gate has been, with the trial
  std::string trial;                        // its number, and how to say that it was wrong; empty: none was noted
};

// Records a judgement and the outcome of earlier ones in that work tree. Errors: those of the store.
Result<Graded> judge_by_record(const Judgement& judgement, const Surroundings& surroundings);
// Whether the same rule has judged the same subject before.
bool is_judged(const Judgement& judgement, const Surroundings& surroundings);
// Settles all open flags of a gate whose subject begins with this one: "fixed", "waived".
Result<void> settle(const Judgement& judgement, const std::string& kind, bool correct,
                    const Surroundings& surroundings);

gate::Level level_of(policy::Mode mode) noexcept;  // the mode as a level; off is shadow

}  // namespace cascade::systems

// The gates that are part of Cascade.

namespace cascade::gate {

struct BuiltIn {
  std::string_view name;
  Rule rule;
  std::string_view known_from;  // where the counts of its rule come from, for people
};

const std::vector<BuiltIn>& built_ins();  // by name

}  // namespace cascade::gate

// Finds out from a repository's history what became of commits that gates flagged.

namespace cascade::systems {

constexpr std::int64_t standing_seconds = 14 * 24 * 3600;  // unreverted for this long: it is accepted

// Assigns commits to the flags in a work tree, and outcomes to the commits: reverted, fixed, standing. A repository
// that no longer exists is skipped.
Result<void> settle_by_history(gate::Records& records, repository::GitProgram& git, const std::string& work_tree,
                               std::int64_t now);

// Grades the gates: the systems that judge, by how often they were right.

// The subject of a judgement: the session's prefix followed by `what`.
std::string subject_of(const std::string& session, const std::string& what);

// Records the verdicts of built-in gates from the one with this number on, sets the mode that each gate has earned, and
// adds to each refusal how reliable its gate has been. A gate without a record keeps its configured mode. Returns the
// number of verdicts.
std::size_t grade(JudgedCall& call, std::size_t first);

}  // namespace cascade::systems
