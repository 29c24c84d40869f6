// Guards the playbook steps that only the user may end against a model that ends them itself.
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

  // Asks the user about `cascade step done`, `skip` and `branch` if they would leave such a step.
  void judge(const shell::Call& call, std::vector<Verdict>& verdicts) const;

 private:
  std::optional<playbook::Run> run_;  // the open one
};

}  // namespace cascade::systems
