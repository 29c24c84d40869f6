// Two sides of one record. When a subagent is about to start, earlier runs are settled first, then its tier decides
// about model and effort, and the choice is written into the ledger; without that record the subagent starts
// unchanged. When a run ends (a tool's result or failure, the subagent's stop, or a notification in a prompt), its end
// and its transcript are noted. The client writes transcripts about 100 ms late, so reading waits up to 400 ms for
// them.
#include <chrono>
#include <iterator>
#include <string>
#include <string_view>
#include <thread>

#include "client/event_input.h"
#include "client/names.h"
#include "events/event_session.h"
#include "evidence/claims.h"
#include "files/tree.h"
#include "hook/event.h"
#include "runs/runs.h"
#include "syntax/frontmatter.h"
#include "syntax/yaml.h"
#include "system/system.h"
#include "tiers/manifest_tier.h"

namespace cascade::systems {
namespace {

using hook::EventInput, hook::EventKind;

constexpr std::uint64_t most_manifest = 1 << 20;
constexpr std::uint32_t transcript_patience_ms = 400;  // the client writes its transcripts some 100 ms late (2.1.328)
constexpr std::string_view notification = "<task-notification>";

// The main conversation's model: that of the answer that makes this call, once it is written; for a subagent's call,
// that of the last answer, which made the call of the subagent itself.
std::string session_model(const EventInput& event) {
  constexpr std::uint32_t step_ms = 25;
  if (!event.agent_id.empty()) return tiers::model_of_call(event.transcript_path, {});
  for (std::uint32_t waited = 0;; waited += step_ms) {
    std::string model = tiers::model_of_call(event.transcript_path, event.tool_use_id);
    if (!model.empty() || waited >= transcript_patience_ms) return model;
    if (!files::DiskTree().stat(event.transcript_path)) return {};
    std::this_thread::sleep_for(std::chrono::milliseconds(step_ms));
  }
}

tiers::Issue issue_of(const EventInput& event, const StartedAgent& agent) {
  tiers::Issue issue;
  issue.call = event.tool_use_id;
  issue.prompt_id = event.prompt_id;
  issue.caller = event.agent_id;
  issue.agent = agent.name;
  issue.task = event.task->prompt;
  issue.session_model = session_model(event);
  tiers::Start& start = issue.start;
  if (const auto text = files::DiskTree().read(agent.path, most_manifest); !agent.path.empty() && text) {
    const tiers::ManifestTier said = tiers::manifest_tier(*text);
    start.tier = said.tier;
    start.own_model = said.model;
    start.own_effort = said.effort;
  }
  start.is_read = agent.is_loaded;
  start.asked_model = event.task->model;
  start.asked_effort = event.task->effort;
  start.nested = !event.agent_id.empty();
  start.session = client::family_of(issue.session_model);
  return issue;
}

// The text between tags, as in "<status>failed</status>" at a background subagent's end.
std::string between(const std::string& text, const std::string& tag) {
  const std::string begin = "<" + tag + ">", end = "</" + tag + ">";
  const std::size_t from = text.find(begin);
  const std::size_t to = from == std::string::npos ? from : text.find(end, from);
  return to == std::string::npos ? std::string() : text.substr(from + begin.size(), to - from - begin.size());
}

// The ledger note about a call in this event; an empty action if there is none.
session::RunNote note_of(const EventInput& event) {
  session::RunNote note;
  note.call = event.tool_use_id;
  if (event.kind == EventKind::tool_result) {
    note.id = hook::text_of(event.tool_response, "agentId");
    const std::string status = hook::text_of(event.tool_response, "status");
    if (!note.id.empty()) note.action = status == "completed" ? session::completed_action : session::launched_action;
  } else if (event.kind == EventKind::tool_failure) {
    note.id = tiers::subagent_of_call(event.transcript_path, note.call);
    note.action = event.is_interrupt ? session::stopped_action : session::failed_action;
    if (event.is_interrupt) note.outcome = tiers::interrupted;
  } else if (event.kind == EventKind::subagent_stop && !event.agent_type.empty()) {
    note.call.clear();
    note.id = event.agent_id;
    note.agent = event.agent_type;
    note.action = session::stopped_action;
    note.expects = tiers::words_hash(event.last_message);
    note.transcript = event.agent_transcript;
  } else if (event.kind == EventKind::prompt) {
    const std::string status = between(event.prompt, "status");
    note.call = between(event.prompt, "tool-use-id");
    note.id = between(event.prompt, "task-id");
    if (status == "failed") note.action = session::failed_action;
    if (status == "killed" || status == "stopped") {
      note.action = session::stopped_action;
      note.outcome = tiers::interrupted;
    }
  }
  if (note.transcript.empty() && !note.id.empty())
    note.transcript = tiers::subagent_transcript(event.transcript_path, note.id);
  return note;
}

bool concerns(const EventInput& event) {
  if (event.kind == EventKind::prompt) return event.prompt.rfind(notification, 0) == 0;
  return (event.kind != EventKind::tool_result && event.kind != EventKind::tool_failure) ||
         client::tool_names::starts_agents(event.tool_name);
}

Result<void> note_runs(const EventSession& session) {
  const EventInput& event = session.event();
  session::RunNote note = note_of(event);
  if (!note.action.empty())
    if (auto noted = tiers::note_call(std::move(note), event.prompt_id, session.ledger(), session.now()); !noted)
      return noted;
  tiers::Settling settling;
  settling.now = session.now();
  settling.unlinked = event.kind == EventKind::turn_end || event.kind == EventKind::session_end;
  settling.patience_ms = settling.unlinked ? transcript_patience_ms : 0;
  return tiers::settle(settling, has_open_effect, session.ledger());
}

// Without a record a raise could happen twice, so the subagent then starts unchanged.
ModelChoice choose_model(EventSession& session, Workspace& library, const HookOptions& options) {
  const EventInput& event = session.event();
  if (!event.task || !session.has_memory() || event.tool_use_id.empty() || !session.is_of_usual_client()) return {};
  if (session.mode("tiers") == policy::Mode::off) return {};
  const std::optional<StartedAgent> agent = started_agent(library, options, session.described());
  if (!agent) return {};
  const policy::Policy& policy = *session.policy();
  tiers::Settling settling{.now = session.now(), .patience_ms = transcript_patience_ms, .unlinked = true};
  if (auto settled = tiers::settle(settling, has_open_effect, session.ledger()); !settled) session.log(settled.error());
  tiers::Issue issue = issue_of(event, *agent);
  issue.sets = policy.mode_of("tiers") == policy::Mode::block;
  auto choice = tiers::issue(issue, policy.tier_list, has_open_effect, session.ledger(), session.now());
  if (choice) return {choice->model, choice->effort};
  session.log(choice.error());
  return {};
}

}  // namespace

void prepare_model(EventSession& session, Workspace& library, HookOptions& options) {
  options.model_choice = choose_model(session, library, options);
}

Result<client::Answer> note_tiers(EventSession& session) {
  if (!session.is_of_usual_client() || !session.has_memory() || !concerns(session.event())) return client::Answer();
  if (session.mode("tiers") == policy::Mode::off) return client::Answer();
  if (auto noted = note_runs(session); !noted) return noted.error();
  return client::Answer();
}

}  // namespace cascade::systems

namespace cascade::tiers {

ManifestTier manifest_tier(std::string_view text) {
  const syntax::Frontmatter at = syntax::find_frontmatter(text);
  const syntax::Parsed parsed = syntax::parse_yaml(text.substr(at.begin, at.end - at.begin));
  ManifestTier tier{{}, text_of(parsed.root, "model"), text_of(parsed.root, "effort")};
  if (const syntax::Node* const metadata = parsed.root.find("metadata")) {
    tier.tier = text_of(*metadata, "cascade-tier");
    // The name with Cascade's prefix wins: a plain `tier` may be meant for another tool.
    if (tier.tier.empty()) tier.tier = text_of(*metadata, "tier");
  }
  return tier;
}

}  // namespace cascade::tiers

namespace cascade::core {
namespace {

constexpr std::string_view tiers_switches[] = {"tiers"};

}  // namespace

extern const System tiers_system = {
    .name = "tiers",
    .switches = {tiers_switches, std::size(tiers_switches)},
    .rank = 30,
    .hear = systems::note_tiers,
    .prepare = systems::prepare_model,
};

}  // namespace cascade::core
