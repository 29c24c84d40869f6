// What would switch a guard off, or let the model release itself, is asked about.
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

  // One program of a line: a verb of ours that loosens, a file of ours that is written, the environment that layer two
  // needs.
  void judge(const shell::Call& call, std::vector<Verdict>& verdicts) const;
  // A tool that writes a file.
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
