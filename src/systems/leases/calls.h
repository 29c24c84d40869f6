// What the guard and events do with leases: take what a call needs, claim a subagent's files, give back what is over.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "events/judges.h"
#include "events/systems.h"
#include "evidence/ports.h"
#include "files/tree.h"
#include "hook/event.h"
#include "leases/lease.h"
#include "policy/policy.h"
#include "shell/trace.h"

// The process that a lease from a shell belongs to, and whether it lasts.

namespace cascade::lease {

// Whether a process with these words ends as soon as the command that it runs: a shell with one line to do, or a
// program that only runs another one.
bool ends_with_its_command(const std::vector<std::string>& words);

// A process in a few words: "sh -c ... (process 4711)".
std::string owner_text(std::int64_t pid, const std::vector<std::string>& words);

// The agent of a session (empty: the main conversation) that runs `cascade lease ACTION RESOURCE` in its shell. The
// client tells its hooks but not the program (2.1.328), so the guard leaves a note just before the line runs, and the
// program takes it. Of several the oldest counts, as calls run in order; one older than 20 seconds was most likely
// refused by the user, so a later one is preferred.
std::string take_caller(const std::string& state, const std::string& session, const std::string& action,
                        const std::string& resource);

// Leaves a note on this machine that a conversation holds a lease on a server, or has renewed it now. It decides
// nothing. Without it, a call that needs no lease does not ask the server, and the end of its turn releases nothing.
void note_held(const std::string& state, const std::string& session, const std::string& agent);

}  // namespace cascade::lease

namespace cascade::systems {

// The resources that a tool call needs alone, and the caller.
struct LeaseDemand {
  std::string session, agent;          // agent empty: the main conversation
  std::vector<std::string> resources;  // "port:*": none is taken, but none may be another's
  std::string purpose;                 // the tool's name
  bool waits = true;                   // waits for its turn; false: only reports what it would have waited for
  std::string store;                   // policy::Policy::store
};

// Takes what is free or the caller's own, and renews what the caller has. Returns a sentence for each resource that it
// cannot have. A store on a server is asked only if this conversation may hold something there. Error: it is unknown
// who holds them.
Result<std::vector<std::string>> take_leases(const LeaseDemand& demand, const Surroundings& surroundings);
// Before an agent starts: takes all resources, or none and returns those that others hold. `agent` of the demand is the
// id of the call.
Result<std::vector<std::string>> begin_work(const LeaseDemand& demand, const Surroundings& surroundings);

// Who holds what is taken here: the client's process if it is known, else the calling shell.
lease::Holder own_holder(std::int64_t client_process, const std::string& session, const std::string& agent = {});

// Gives the second of two subagents on the same files a work tree of its own.

// The files that a text names, with links resolved, each once, sorted. A word counts if it is a file below `directory`
// or could be a new one in an existing folder ("src/new.cpp"). Folders do not count, since many tasks name the same
// folder and share no file.
std::vector<std::string> named_files(std::string_view text, const std::string& directory, const files::Tree& tree);

// Before the agent tool runs: the files that its prompt names and that another agent, still at work in the same work
// tree, was given. Empty: it may work in this tree and is recorded as working on them; or leases do not block, it is no
// repository, the agent cannot write, or it gets a work tree anyway.
Result<std::vector<std::string>> contested_files(const hook::EventInput& event, const policy::Policy& policy,
                                                 const Surroundings& surroundings);

// Finds the resources that a tool call needs and that only one caller can use at a time, and takes them.

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
