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

// The process that called this program; the launcher of the npm package, which only waits for it, does not count.
std::int64_t calling_process();

// Whether a process with these words ends as soon as the command that it runs: a shell with one line to do, or a
// program that only runs another one.
bool ends_with_its_command(const std::vector<std::string>& words);

// A process in a few words: "sh -c ... (process 4711)".
std::string owner_text(std::int64_t pid, const std::vector<std::string>& words);

// Tells which agent of a session runs `cascade lease take NAME` in its shell. The client tells its hooks but not the
// program itself (2.1.328). So the guard, which sees the line just before it runs, leaves a note, and the program takes
// it.
class Callers {
 public:
  // `state`: the state folder.
  explicit Callers(std::string state) : state_(std::move(state)) {}

  // Notes that `agent` (empty: the main conversation) is about to run `cascade lease ACTION RESOURCE`. For the main
  // conversation nothing is noted unless a subagent of the session has left a note before.
  void expect(const std::string& session, const std::string& agent, const std::string& action,
              const std::string& resource) const;
  // The agent of this call; its note is removed. Of several notes the oldest counts, since calls run in the order in
  // which they were let through. But a note older than 20 seconds was most likely refused by the user, so a later one
  // is preferred.
  std::string take(const std::string& session, const std::string& action, const std::string& resource) const;

 private:
  std::string path(const std::string& session) const;
  std::string state_;
};

// A note on this machine that a conversation holds a lease on a server. It decides nothing. Without it, a call that
// needs no lease does not ask the server, and the end of its turn releases nothing.
class HeldNotes {
 public:
  // `state`: the state folder. One conversation is a session and an agent in it.
  explicit HeldNotes(std::string state) : state_(std::move(state)) {}

  void write(const std::string& session, const std::string& agent) const;  // held or renewed now
  // True if there is a note, and it is older than half a minute or from before the machine started.
  bool is_due(const std::string& session, const std::string& agent) const;
  bool has(const std::string& session, const std::string& agent, bool whole_session) const;
  void remove(const std::string& session, const std::string& agent, bool whole_session) const;

 private:
  std::string folder(const std::string& session) const;
  std::string path(const std::string& session, const std::string& agent) const;
  std::string state_;
};

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

// Who holds what is taken here: the client's process if it is known, else the calling shell. The session and the agent
// are left empty.
lease::Holder own_holder(std::int64_t client_process);

// Gives the second of two subagents on the same files a work tree of its own.

// The files that a text names, with links resolved, each once, sorted. A word counts if it is a file below `directory`
// or could be a new one in an existing folder ("src/new.cpp"). Folders do not count, since many tasks name the same
// folder and share no file.
std::vector<std::string> named_files(std::string_view text, const std::string& directory, const files::Tree& tree);

// For an event before the agent tool (PreToolUse): the files that its prompt names and that another agent, still at
// work in the same work tree, was given. Empty: the agent may work in this tree and is recorded as working on the files
// that it names. Also empty if leases do not block, outside a repository, for an agent that cannot write (its tools
// include none of Edit, Write and NotebookEdit), and for one that gets a work tree anyway.
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
