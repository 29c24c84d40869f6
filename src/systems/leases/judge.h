// Finds the resources that a tool call needs and that only one caller can use at a time, and takes them.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "events/judges.h"
#include "events/systems.h"
#include "evidence/ports.h"
#include "files/tree.h"
#include "hook/event.h"
#include "policy/policy.h"
#include "shell/trace.h"

namespace cascade::systems {

class Leased {
 public:
  // Finds browsers (by their server and the client's session), files that the call writes, and resources declared for
  // its tool.
  Leased(const hook::EventInput& event, const policy::Policy& policy, const files::Tree& tree);

  // Looks at one program of the call's line: resources declared for that program, ports that it takes or frees, and
  // `cascade lease` itself.
  void see(const shell::Call& call);
  // Takes all of them, after every other verdict, so that a refused call takes nothing. Error: the mode is block and it
  // is unknown who holds them.
  Result<void> take(const Surroundings& surroundings, std::vector<Verdict>& verdicts) const;

  const std::vector<std::string>& resources() const noexcept { return resources_; }

 private:
  void add(std::string resource);

  const hook::EventInput& event_;
  const policy::Policy& policy_;
  std::vector<std::string> resources_;
  evidence::Ports ports_;
  std::vector<std::pair<std::string, std::string>> calls_;  // of `cascade lease`: action and resource
};

}  // namespace cascade::systems
