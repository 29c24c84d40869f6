// Shows what a conversation pays for the library, listed by the client or served by Cascade; and what the subagents'
// runs that sessions kept have cost. A subagent in the background may still have been running when its session last
// looked, so what the ledger says of runs is completed from their transcripts as they are now, before anything is
// counted.
#include <cascade/hook.h>
#include <cascade/result.h>

#include "cli/call.h"
#include "cli/environment.h"
#include "cli/verb_hook.h"
#include "client/built_in.h"
#include "client/names.h"
#include "evidence/claims.h"
#include "files/tree.h"
#include "hook/layer.h"
#include "listing/listing.h"
#include "policy/policy.h"
#include "policy/tiers.h"
#include "request/task.h"
#include "runs/report.h"
#include "runs/runs.h"
#include "session/ledger.h"
#include "syntax/json.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace cascade::cli {

namespace {

// An effect that was unverified when the subagent stopped may have been checked since.
void look_again(const session::Ledger& ledger, std::vector<tiers::Run>& runs) {
  for (tiers::Run& run : runs)
    if (run.outcome == tiers::unverified && !systems::has_open_effect(ledger, run.id)) run.outcome = tiers::done;
}

std::vector<tiers::Run> runs_of_session(const std::string& state, const std::string& id) {
  const session::Ledger ledger(state, id);
  std::vector<session::Entry> lines = ledger.entries();
  for (session::Entry& line : tiers::unsettled_runs(systems::has_open_effect, ledger)) lines.push_back(std::move(line));
  std::vector<tiers::Run> runs = tiers::runs_of(id, lines);
  look_again(ledger, runs);
  return runs;
}

// Of the user's own cascade.yaml and the project's.
Result<std::vector<policy::OwnPrice>> own_prices(const Environment& environment) {
  const files::DiskTree tree;
  auto policy = policy::read_policy(tree, environment.users_configuration, tree.real_path(".").value_or("/"));
  if (!policy) return policy.error();
  return std::move(policy->tier_list.prices);
}

// Reports one session, or all that are kept.
Exit cost_of_runs(Call& call, const std::optional<std::string>& session) {
  const auto format = call.format({Format::text, Format::json});
  if (!format) return call.console().fail(format.error());
  const std::string& state = call.environment().state;
  const auto own = own_prices(call.environment());
  if (!own) return call.console().fail(own.error());
  std::vector<tiers::Run> runs;
  bool is_known = !session;
  for (const session::SessionSummary& summary : session::list_sessions(state)) {
    if (session && summary.session_id != *session) continue;
    is_known = true;
    for (tiers::Run& run : runs_of_session(state, summary.session_id)) runs.push_back(std::move(run));
  }
  if (!is_known) {
    call.console().fail({ErrorCode::not_found, "there is no session '" + *session + "'", {}, "cascade session list"});
    return Exit::no;
  }
  return call.console().show(
      rendering::run_report(tiers::report_of(runs, *own), runs, *own, *format, call.console().paint()));
}

constexpr std::uint32_t usual_prompts = 10, usual_subagents = 2;

// The tokens of the answer to a session's start, without pinned manifests.
TokenCount card_tokens(Workspace& workspace, const HookOptions& options, const std::string& directory) {
  syntax::JsonWriter event(syntax::JsonWriter::Style::compact);
  event.begin_object()
      .key(client::event_keys::name)
      .string(client::event_names::session_start)
      .key("source")
      .string("startup");
  event.key(client::event_keys::session)
      .string("cost")
      .key(client::event_keys::transcript)
      .string("")
      .key("cwd")
      .string(directory)
      .end_object();
  const auto answer = answer_hook(workspace, options, event.take());
  if (!answer || answer->empty()) return 0;
  const syntax::Parsed parsed = syntax::parse_json(*answer);
  const syntax::Node* output = parsed.root.find(client::answer_keys::output);
  const syntax::Node* text = output == nullptr ? nullptr : output->find(client::answer_keys::context);
  return text == nullptr ? 0 : workspace.counter().count(text->text).tokens;
}

// A library with only the skill by which the model asks Cascade.
Registry entry_alone(const TokenCounter& counter) {
  ManifestSource source;
  source.path = client::entry_skill_path;
  source.component = "skills";
  source.text = client::entry_skill_text();
  std::vector<Manifest> manifests;
  manifests.push_back(parse_manifest(source, counter));
  return Registry::build(manifests);
}

// Sets the skill of middling size, and what it costs when the client loads it and when Cascade packs it for a prompt.
Result<void> add_skill(Workspace& workspace, rendering::CostReport& report) {
  const Registry registry = workspace.registry();
  std::vector<ManifestId> skills;
  for (std::uint32_t i = 0; i < registry.size(); ++i)
    if (const ManifestView manifest = registry[ManifestId{i}];
        manifest.layer == Layer::skill && manifest.kind == Kind::skill && !manifest.document &&
        !client::is_entry_name(manifest.name) && !registry.shadowed_in_favour_of(manifest.id))
      skills.push_back(manifest.id);
  if (skills.empty()) return {};
  const auto middle = skills.begin() + static_cast<std::ptrdiff_t>(skills.size() / 2);
  std::nth_element(skills.begin(), middle, skills.end(), [&](ManifestId a, ManifestId b) {
    return std::pair(registry[a].body.tokens, a) < std::pair(registry[b].body.tokens, b);
  });
  const ManifestView skill = registry[*middle];
  request::Task task;
  task.request.roots = {symbol_of(skill)};
  task.request.diagnose = false;
  task.only_named_files = true;
  task.bundle.budget.limit.tokens = report.prompt_limit;
  const auto bundle = assemble_task(workspace, task);
  if (!bundle) return bundle.error();
  report.skill = std::string(skill.name);
  report.skill_whole = skill.body.tokens;
  report.skill_layer = bundle->cost.tokens;
  return {};
}

// One request for each prompt, and one for each subagent.
struct Conversation {
  std::uint32_t prompts = usual_prompts, subagents = usual_subagents;
};

Result<rendering::CostReport> report_of(Call& call, Workspace& workspace, const std::optional<std::string>& client,
                                        const Conversation& conversation) {
  rendering::CostReport report;
  auto list = client_list(call, workspace, client);
  if (!list) return list.error();
  list->request.shipped = true;  // both sides are about one library: everything that Cascade serves
  for (const Root& root : workspace.roots()) report.has_shipped = report.has_shipped || root.scope == Scope::builtin;
  const HookOptions options = hook_options(call, workspace);
  report.with = listing_report_of(workspace, *list, listing_of(workspace, *list, workspace.registry()));
  // Only Claude Code gets an entry skill.
  const bool has_entry = list->client == &client::usual_dialect();
  report.without = listing_report_of(
      workspace, *list,
      has_entry ? listing_of(workspace, *list, entry_alone(workspace.counter())) : listing::Listing());
  report.prompts = conversation.prompts;
  report.subagents = conversation.subagents;
  report.card = card_tokens(workspace, options, list->directory);
  report.prompt_limit = hook::prompt_limit(options, list->request.model);
  report.agent_limit = hook::agent_limit(options, list->request.model);
  if (auto added = add_skill(workspace, report); !added) return added.error();
  return report;
}

// The clients to report: one, or all whose lists are known.
std::vector<std::optional<std::string>> clients_of(const std::optional<std::string>& named) {
  if (named != "all") return {named};
  std::vector<std::optional<std::string>> all;
  for (const client::Dialect* dialect : client::dialects())
    if (dialect == &client::usual_dialect() || dialect->list != nullptr) all.emplace_back(std::string(dialect->name));
  return all;
}

}  // namespace

Exit run_cost(Call& call) {
  std::optional<std::uint32_t> prompts, subagents;
  Arguments arguments("cost");
  arguments.number("--prompts", prompts);
  arguments.number("--subagents", subagents);
  std::optional<std::string> client;
  arguments.text("--client", client);
  bool runs = false;
  arguments.flag("--runs", runs);
  std::optional<std::string> session;
  arguments.text("--session", session);
  if (const auto ended = call.read(arguments)) return *ended;
  if (session && !runs)
    return call.console().fail(
        {ErrorCode::misuse, "--session can only be used with --runs", {}, "cascade cost --help"});
  if (runs) return cost_of_runs(call, session);
  const auto format = call.format({Format::text, Format::json});
  if (!format) return call.console().fail(format.error());
  if (client == "all" && *format != Format::text)
    return call.console().fail({ErrorCode::misuse, "a document is about one client", {}, "--client NAME"});
  constexpr std::uint32_t most = 1'000'000;
  if (prompts.value_or(0) > most || subagents.value_or(0) > most)
    return call.console().fail({ErrorCode::misuse, "too many requests for one conversation", {}, "up to 1000000"});
  auto workspace = call.open();
  if (!workspace) return call.console().fail(workspace.error());
  const Conversation conversation{prompts.value_or(usual_prompts), subagents.value_or(usual_subagents)};
  std::string out;
  for (const std::optional<std::string>& one : clients_of(client)) {
    const auto report = report_of(call, *workspace, one, conversation);
    if (!report) return call.console().fail(report.error());
    const auto text = rendering::cost_report(*report, *format, call.console().paint());
    if (!text) return call.console().fail(text.error());
    out += (out.empty() ? "" : "\n") + *text;
  }
  call.console().print(out);
  return Exit::yes;
}

}  // namespace cascade::cli
