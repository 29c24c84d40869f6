// Steps of playbooks that end when the user says so, held against a model that says it for them.
#pragma once

#include <optional>
#include <vector>

#include "playbook/run.h"
#include "session/ledger.h"
#include "shell/trace.h"
#include "systems/verdict.h"

namespace cascade::systems {

class UserSteps {
 public:
  explicit UserSteps(const session::Ledger& ledger);

  // `cascade step done`, `skip` and `branch` that would leave such a step: the user is asked.
  void judge(const shell::Call& call, std::vector<Verdict>& verdicts) const;

 private:
  std::optional<playbook::Run> run_;  // that is open
};

}  // namespace cascade::systems
