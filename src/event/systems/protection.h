// Asks the user about any call that would switch a guard off or let the model free itself.
#pragma once

#include <string>
#include <vector>

#include "files/tree.h"
#include "hook/event.h"
#include "policy/policy.h"
#include "shell/trace.h"
#include "systems/guarded_files.h"
#include "systems/systems.h"
#include "systems/verdict.h"

namespace cascade::systems {

class Protection {
 public:
  Protection(const Surroundings& surroundings, const policy::Policy& policy, const files::Tree& tree);

  // Judges one program of a line: a verb of ours that loosens a guard, a guarded file that it writes, or the
  // environment that layer two needs.
  void judge(const shell::Call& call, std::vector<Verdict>& verdicts) const;
  // Judges a tool that writes a file.
  void judge(const hook::EventInput& event, std::vector<Verdict>& verdicts) const;

 private:
  void ask(std::string reason, std::vector<Verdict>& verdicts) const;
  void judge_own_verb(const shell::Call& call, std::vector<Verdict>& verdicts) const;
  void judge_switches(const shell::Call& call, std::vector<Verdict>& verdicts) const;
  void judge_environment(const shell::Call& call, std::vector<Verdict>& verdicts) const;

  const policy::Policy& policy_;
  const GuardedFiles files_;
};

}  // namespace cascade::systems
