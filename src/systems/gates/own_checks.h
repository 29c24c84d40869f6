// Runs the user's own checks at their moments: before a commit, before a push, at the end of a turn.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "events/systems.h"
#include "events/verdict.h"
#include "files/tree.h"
#include "git/git_program.h"
#include "git/words.h"
#include "hook/event.h"
#include "policy/policy.h"

namespace cascade::systems {

class OwnChecks {
 public:
  OwnChecks(const hook::EventInput& event, const policy::Policy& policy, const Surroundings& surroundings,
            repository::GitProgram& git)
      : event_(event), policy_(policy), surroundings_(surroundings), git_(git) {}

  // Looks at one call of git on the line: commit, push.
  void see(const repository::GitWords& git);
  // Runs the checks that the line calls for.
  void judge_line(std::vector<Verdict>& verdicts);
  // Runs the checks for the end of a turn, unless the work tree is the same as at the last judgement.
  void judge_turn(std::vector<Verdict>& verdicts);

 private:
  void add(policy::Check::At at, const std::string& directory);
  void judge(const policy::Check& check, const std::string& work_tree, std::vector<Verdict>& verdicts);

  const hook::EventInput& event_;
  const policy::Policy& policy_;
  const Surroundings& surroundings_;
  repository::GitProgram& git_;
  std::vector<std::pair<policy::Check::At, std::string>> due_;  // with the work tree
  std::int64_t began_ms_ = 0;                                   // when the first one started
};

}  // namespace cascade::systems
