// The judges of a tool call, for the event and for `guard check`.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/event_input.h"
#include "events/systems.h"
#include "files/tree.h"
#include "git/expected.h"
#include "git/git_program.h"
#include "git/words.h"
#include "hook/event.h"
#include "policy/policy.h"
#include "session/ledger.h"
#include "shell/trace.h"

namespace cascade::systems {

struct Verdict {
  std::string system;  // "repository", "protection", "tools"
  policy::Mode mode = policy::Mode::block;
  repository::Decision decision = repository::Decision::silent;
  std::string reason;
  std::string printed{};  // a check's output, on lines of its own
};

// Whether a system that may block refuses the call.
bool is_refused(const std::vector<Verdict>& verdicts);

// The strictest verdict wins; each reason once, the strictest first. Mode warn is told the user, shadow nobody.
client::Answer answer_of(const std::vector<Verdict>& verdicts);

// Without verdicts in mode warn that this session was told: a notice at every tool call is read at none.
std::vector<Verdict> not_yet_told(std::vector<Verdict> verdicts, const session::Ledger& ledger);

// What makes two notices one kind: the system, and the words without their numbers.
std::string kind_of(const Verdict& verdict);

constexpr std::size_t most_units = 9'500;  // UTF-16 units of one text; the client cuts at 10,000 (2.1.328)

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

// Verdicts that gates grade are graded before the next judge takes anything. Error: one could not judge.
Result<void> judge(JudgedCall& call);

// The core's own: an agent uses the tools that it names.
Result<void> named_tools(JudgedCall& call);

// A subagent with a worktree of its own is expected there; added, named and allowed places hold for all.
repository::Expectations expectations_of(const session::Ledger& ledger, const std::string& recipient);

session::Entry entry_of(const repository::Expected& expected, const std::string& recipient, std::int64_t now);

// The directory in which the session began; empty if unknown.
std::string began_in(const session::Ledger& ledger);

// Tools by their names and inputs, since nothing else is known of those of MCP servers, and by a subagent's manifest.

// The tool's own name, after "mcp__<server>__"; empty for any other tool.
std::string_view mcp_tool(std::string_view name);

// As spelled in its input: of tools with a path and a text, and MCP tools whose name says so. Empty for Bash.
std::vector<std::string> written_files(const hook::EventInput& event);

// The text that goes into a written file, or what an edit puts into it; empty: none, or it is not known.
std::string written_text(const hook::EventInput& event);

// Writes to a hosted repository ("owner/name"), or a line for a shell, also of a tool that is new to Cascade.
struct ToolDeed {
  std::string hosted, line, directory;
};
ToolDeed tool_deed(const hook::EventInput& event);

// The one injected for the event's subagent, or else its type. Empty for the main conversation.
std::string acting_agent(const session::Ledger& ledger, const hook::EventInput& event);

// By the client's names ("Read", "mcp__x__y", "mcp__x__*"). Nothing: all are allowed, or there is no such agent.
std::optional<std::vector<std::string>> tools_of(const std::string& agent, const std::string& directory,
                                                 const Surroundings& surroundings);

// By its full name, by its server ("mcp__x" for "mcp__x__y"), or by a prefix that ends in "*".
bool is_named(const std::vector<std::string>& names, const std::string& tool);

}  // namespace cascade::systems
