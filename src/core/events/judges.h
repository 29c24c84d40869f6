// The list of judges of a tool call: what each sees of it, and in which order they speak. The event and `guard check`
// go through the same list.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "events/systems.h"
#include "events/verdict.h"
#include "files/tree.h"
#include "git/expected.h"
#include "git/git_program.h"
#include "git/words.h"
#include "hook/event.h"
#include "policy/policy.h"
#include "session/ledger.h"
#include "shell/trace.h"

namespace cascade::systems {

// One call while it is judged, and what was found so far. What it refers to must outlive it.
struct JudgedCall {
  const hook::EventInput& event;
  std::string_view json;  // the event as the client wrote it
  const policy::Policy& policy;
  const Surroundings& surroundings;
  session::Ledger& ledger;
  repository::GitProgram& git;
  repository::Expectations expectations;
  bool happens = true;  // false: somebody asks what would be said. Nothing is taken, run or written

  std::vector<Verdict> verdicts{};
  std::vector<std::string> programs{};  // of the line, "directory: words"; only if the call does not happen
  repository::Expectations made{};      // repositories and work trees that it makes
  client::Answer said{};                // by hooks of skills
  std::string slipped{};                // what an earlier command did past layer two
  repository::Follower tell{};          // shows one program of the line to all judges
  files::DiskTree tree{};

  void refuse(std::string_view system, policy::Mode mode, repository::Decision decision, std::string reason) {
    verdicts.push_back({std::string(system), mode, decision, std::move(reason)});
  }
};

// A system while it looks at one call. It adds its verdicts to the call.
class CallJudge {
 public:
  virtual ~CallJudge() = default;
  // Looks at one program of the call's line. `git`: the words of a call of git; else null.
  virtual void see(const shell::Call&, const repository::GitWords* git) { static_cast<void>(git); }
  // Judges the call as a whole. Error: it cannot be judged, and must be refused.
  virtual Result<void> judge() { return {}; }
};

using Judge = std::unique_ptr<CallJudge>;

// Runs the call through all judges. Verdicts that gates grade are graded before the next judge takes anything. Error:
// one of them could not judge.
Result<void> judge(JudgedCall& call);

// The core's own: an agent uses the tools that it names.
Result<void> named_tools(JudgedCall& call);

}  // namespace cascade::systems
