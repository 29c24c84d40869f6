// What a tool call needs that only one can use at a time, and the taking of it.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "files/tree.h"
#include "hook/event.h"
#include "policy/policy.h"
#include "shell/trace.h"
#include "systems/systems.h"
#include "systems/verdict.h"

namespace cascade::systems {

class Leased {
 public:
  // Browsers by their server and the client's session, files that the call writes, declared resources by their tools.
  Leased(const hook::EventInput& event, const policy::Policy& policy, const files::Tree& tree);

  // A program of the call's line: declared resources that are known by it, and `cascade lease` itself.
  void see(const shell::Call& call);
  // Takes them all, after every other verdict: what is refused anyway takes nothing. Error: in mode block nobody knows
  // who holds them.
  Result<void> take(const Surroundings& surroundings, std::vector<Verdict>& verdicts) const;

  const std::vector<std::string>& resources() const noexcept { return resources_; }

 private:
  void add(std::string resource);

  const hook::EventInput& event_;
  const policy::Policy& policy_;
  std::vector<std::string> resources_;
  std::vector<std::pair<std::string, std::string>> calls_;  // of `cascade lease`: action and resource
};

}  // namespace cascade::systems
