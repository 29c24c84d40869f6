// Shows what the client lists in every request, and which descriptions are worth their room.
#include <cascade/hook.h>
#include <cascade/result.h>

#include <algorithm>
#include <ctime>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "cli/call.h"
#include "cli/environment.h"
#include "cli/hook_entries.h"
#include "cli/verb_hook.h"
#include "cli/verbs.h"
#include "client/built_in.h"
#include "client/dialect.h"
#include "client/installers.h"
#include "client/models.h"
#include "client/names.h"
#include "client/plugin.h"
#include "client/settings_files.h"
#include "evidence/claims.h"
#include "files/paths.h"
#include "files/process.h"
#include "files/tree.h"
#include "hook/layer.h"
#include "listed/client_listing.h"
#include "listing/listing.h"
#include "policy/policy.h"
#include "render/overview.h"
#include "request/task.h"
#include "runs/report.h"
#include "runs/runs.h"
#include "session/ledger.h"
#include "settings/tuning_record.h"
#include "syntax/put.h"
#include "system/system.h"

// Gathers everything that decides what a client lists by itself: its settings, the user's switches, how often each
// skill was used, the model's window, refused plugins, and the order in which the client finds files.

namespace cascade::cli {
namespace {

struct ClientList {
  const client::Dialect* client = &client::usual_dialect();
  std::string directory;                 // the folder in which the client would start
  listing::ListingRequest request;       // for this folder and model
  listing::Switches switches;            // of this client
  listing::ProjectHistory history;       // includes the sessions' ledgers
  std::vector<std::string> mcp_servers;  // configured for this folder
};

// What the user says to Cascade, or else what the client begins with, or else cascade.yaml.
void choose_model(const Call& call, const Workspace& workspace, ClientList& list) {
  const Environment& environment = call.environment();
  std::string &model = list.request.model, &from = list.request.model_from;
  model = call.options().model.empty() ? environment.model : call.options().model;
  if (model != call.options().model) from = "CASCADE_MODEL";
  if (list.client == &client::usual_dialect()) {
    const client::ChosenModel own =
        client::chosen_model(client::settings_files(files::DiskTree(), environment.user, list.directory),
                             [](const std::string& name) { return files::variable(name.c_str()).value_or(""); });
    list.request.settings.long_windows = own.no_long_from.empty();
    if (model.empty()) model = own.name, from = own.from;
    if (!own.no_long_from.empty()) from += (from.empty() ? "" : "; ") + own.no_long_from;
  }
  if (!model.empty() || workspace.preferences().model.empty()) return;
  model = workspace.preferences().model;
  from = "model in cascade.yaml" + (from.empty() ? "" : "; " + from);
}

// Manifests that Cascade gave to sessions in this folder count as used there.
void add_ledgers(const std::string& state, const std::string& directory, listing::Uses& uses) {
  for (const session::SessionSummary& one : session::list_sessions(state)) {
    if (!files::is_within(directory, one.directory)) continue;
    const session::Ledger ledger(state, one.session_id);
    for (const std::string& root : ledger.active(session::main_conversation))
      if (const auto symbol = Symbol::parse(root); symbol && symbol->kind != Kind::agent) ++uses[symbol->name];
  }
}

// The client leaves out a whole plugin if it does not like its description.
std::vector<std::string> refused_plugins(Call& call, const Workspace& workspace) {
  std::vector<std::string> refused;
  for (const std::string& path : workspace.files()) {
    if (files::file_name(path) != "plugin.json") continue;
    const auto text = workspace.read_file(path);
    const std::string name = text ? client::refused_plugin(*text) : std::string();
    if (name.empty()) continue;
    refused.push_back(name);
    call.console().note("the client does not load the plugin '" + name + "': in " + path +
                        " each of its agents has to be a path that ends in .md");
  }
  return refused;
}

// misuse: an unknown model or client, or a client whose list was never measured. Without a name: Claude Code.
Result<ClientList> client_list(Call& call, const Workspace& workspace,
                               const std::optional<std::string>& client = std::nullopt) {
  const auto known = call.model(workspace.preferences().model);
  if (!known) return known.error();
  const files::DiskTree tree;
  const Environment& environment = call.environment();
  ClientList list;
  if (client) {
    list.client = client::find_dialect(*client);
    if (list.client == nullptr) return unknown_client(*client);
    if (list.client != &client::usual_dialect() && list.client->list == nullptr)
      return misuse("what " + std::string(list.client->title) + " lists was never measured");
  }
  list.directory = tree.real_path(".").value_or(".");
  list.request.settings =
      client::ListingSettings::read(tree, environment.user, list.directory, environment.listing_budget);
  choose_model(call, workspace, list);
  list.request.overrides = client::SkillOverrides::read(tree, environment.user, list.directory);
  list.switches = switches_here(call, workspace);
  list.switches.client = list.client->name;
  list.request.denied = list.switches.clients;
  const auto usage =
      std::make_shared<const client::SkillUsage>(client::SkillUsage::read(tree, environment.user, std::time(nullptr)));
  list.request.usage = [usage](std::string_view skill) { return usage->score(skill); };
  list.history = listing::read_history(tree, environment.user, list.directory);
  add_ledgers(environment.state, list.directory, list.history.uses);
  list.request.refused_plugins = refused_plugins(call, workspace);
  list.mcp_servers = client::mcp_servers(tree, environment.user, list.directory);
  return list;
}

// The manifests of the registry that the client lists.
listing::Listing listing_of(const Workspace& workspace, const ClientList& list, const Registry& registry) {
  if (list.client == &client::usual_dialect())
    return listing::client_listing(registry, workspace.counter(), list.request);
  listing::DialectRequest request;
  request.client = list.client;
  for (const Root& root : workspace.roots()) request.roots.push_back(root.path);
  const auto model = token_model(list.request.model);
  request.window = model ? model->window : 0;
  request.shipped = list.request.shipped;
  request.switches = &list.switches;
  request.read = [&workspace](std::string_view path) { return workspace.read_file(path); };
  return listing::dialect_listing(registry, workspace.counter(), request);
}

// Whether the mod is installed, which drops the client's own list.
bool has_mod(const Call& call) {
  const std::string& folder = call.environment().user.folder;
  return !folder.empty() && files::DiskTree().stat(files::join(folder, std::string(mod_folder)));
}

// The list itself and its cost.
rendering::ListingReport listing_report_of(const Workspace& workspace, const ClientList& list,
                                           listing::Listing listing) {
  rendering::ListingReport report;
  report.listing = std::move(listing);
  report.model = list.request.model;
  report.model_from = list.request.model_from;
  if (list.client != &client::usual_dialect()) {
    report.client = std::string(list.client->title) + " " + std::string(list.client->tables.version);
    return report;
  }
  report.room = client::listing_room(list.request.settings, report.model);
  report.mcp_servers = list.mcp_servers;
  report.mcp_tools = list.history.mcp_tools;
  std::string names;
  for (const std::string& tool : report.mcp_tools) names += tool + "\n";
  report.mcp_cost = workspace.counter().count(names);
  report.mcp_definitions = list.history.mcp_definitions;
  for (const listing::ToolDefinition& tool : report.mcp_definitions)
    (tool.on_demand ? report.mcp_on_demand : report.mcp_always) += workspace.counter().count(tool.json);
  return report;
}

// Shows what a conversation pays for the library, listed by the client or served by Cascade; and what the subagents'
// runs that sessions kept have cost. A subagent in the background may still have been running when its session last
// looked, so what the ledger says of runs is completed from their transcripts as they are now, before anything is
// counted.

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
      rendering::run_report(tiers::report_of(runs, *own), runs, *own, call.format(), call.console().paint()));
}

constexpr std::uint32_t usual_prompts = 10, usual_subagents = 2;

// The tokens of the answer to a session's start, without pinned manifests.
TokenCount card_tokens(Workspace& workspace, const HookOptions& options, const std::string& directory) {
  syntax::JsonWriter event(syntax::JsonWriter::Style::compact);
  put(event.begin_object(), client::event_keys::name, client::event_names::session_start, "source", "startup",
      client::event_keys::session, "cost", client::event_keys::transcript, "", "cwd", directory)
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
Result<rendering::CostReport> report_of(Call& call, Workspace& workspace, const std::optional<std::string>& client,
                                        std::uint32_t prompts, std::uint32_t subagents) {
  rendering::CostReport report;
  auto list = client_list(call, workspace, client);
  if (!list) return list.error();
  list->request.shipped = true;  // both sides are about one library: everything that Cascade serves
  const bool has_shipped =
      std::ranges::any_of(workspace.roots(), [](const Root& root) { return root.scope == Scope::builtin; });
  const HookOptions options = hook_options(call, workspace);
  report.with = listing_report_of(workspace, *list, listing_of(workspace, *list, workspace.registry()));
  if (has_shipped) {
    list->request.shipped = false;
    report.own = listing_report_of(workspace, *list, listing_of(workspace, *list, workspace.registry()));
    list->request.shipped = true;
  }
  // Only Claude Code gets an entry skill.
  const bool has_entry = list->client == &client::usual_dialect();
  report.without = listing_report_of(
      workspace, *list,
      has_entry ? listing_of(workspace, *list, entry_alone(workspace.counter())) : listing::Listing());
  report.prompts = prompts;
  report.subagents = subagents;
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
  if (const auto ended = call.read(arguments, {Format::text, Format::json})) return *ended;
  if (session && !runs)
    return call.console().fail(misuse("--session can only be used with --runs", "cascade cost --help"));
  if (runs) return cost_of_runs(call, session);
  if (client == "all" && call.format() != Format::text)
    return call.console().fail(misuse("a document is about one client", "--client NAME"));
  constexpr std::uint32_t most = 1'000'000;
  if (prompts.value_or(0) > most || subagents.value_or(0) > most)
    return call.console().fail(misuse("too many requests for one conversation", "up to 1000000"));
  auto workspace = call.open();
  if (!workspace) return call.console().fail(workspace.error());
  std::string out;
  for (const std::optional<std::string>& one : clients_of(client)) {
    const auto report =
        report_of(call, *workspace, one, prompts.value_or(usual_prompts), subagents.value_or(usual_subagents));
    if (!report) return call.console().fail(report.error());
    const auto text = rendering::cost_report(*report, call.format(), call.console().paint());
    if (!text) return call.console().fail(text.error());
    out += (out.empty() ? "" : "\n") + *text;
  }
  return call.console().show(out);
}

namespace {

// What the client lists of the library; where the mod leaves some of it out, without that.
rendering::ListingReport listed_now(const Call& call, const Workspace& workspace, const ClientList& list) {
  auto report = listing_report_of(workspace, list, listing_of(workspace, list, workspace.registry()));
  if (list.client == &client::usual_dialect() && has_mod(call)) {
    report.without_mod = rendering::every_request(report);
    report.mod = listing::shorten(report.listing, workspace.counter());
  }
  return report;
}

Exit show(Call& call, const Workspace& workspace, const ClientList& list, bool lines, Format format) {
  const Registry registry = workspace.registry();
  const auto report = listed_now(call, workspace, list);
  if (lines && format == Format::text) return call.console().show(rendering::listing_lines(report.listing));
  return call.console().show(rendering::listing_report(registry, report, format, call.console().paint()));
}

// Overrides written by an earlier tuning are not the user's own.
void forget_own_overrides(const Call& call, const std::string& path, ClientList& list) {
  const auto record = init::read_tuning(files::DiskTree(), call.environment().state, path);
  if (record)
    list.request.overrides =
        list.request.overrides.without(init::tuned_skills(*record), client::SkillListing::name_only, path);
}

Exit tune(Call& call, const Workspace& workspace, ClientList& list, bool dry_run, Format format) {
  if (call.environment().state.empty())
    return call.console().fail({ErrorCode::not_found,
                                "there is no folder to keep what was there before in",
                                {},
                                "set HOME or XDG_STATE_HOME"});
  const std::string path = init::tuned_settings_path();
  forget_own_overrides(call, path, list);
  const auto plan = listing::plan_tuning(workspace.registry(), workspace.counter(), list.request, list.history.uses);
  rendering::Tuned tuned{path, false, rendering::window_text(listing_report_of(workspace, list, plan.before))};
  const bool fits = plan.before.whole_chars <= plan.before.budget;
  if (!plan.name_only.empty()) {
    const auto change = init::plan_tuned_settings(files::DiskTree(), call.environment().state, path, plan.name_only);
    if (!change) return call.console().fail(change.error());
    if (!dry_run && change->changes())
      if (auto done = init::write_tuned_settings(call.environment().state, *change); !done)
        return call.console().fail(done.error());
    tuned.written = !dry_run;
  }
  return call.console().show(rendering::tuned_listing(plan, tuned, format),
                             plan.name_only.empty() && !fits ? Exit::no : Exit::yes);
}

Exit restore(Call& call, bool dry_run, Format format) {
  const files::DiskTree tree;
  const std::string path = init::tuned_settings_path(), &state = call.environment().state;
  const auto record = init::read_tuning(tree, state, path);
  if (!record && record.error().code == ErrorCode::not_found)
    return call.console().deny("nothing was tuned here\n  help: cascade listing tune");
  if (!record) return call.console().fail(record.error());
  const auto undone = init::undo_tuned_settings(state, *record, dry_run);
  if (!undone) return call.console().fail(undone.error());
  return call.console().show(rendering::restored_listing(*undone, {path, !dry_run}, format));
}

// What the client lists and Cascade serves: the lines that its mod leaves out. No prices: each start waits for this.
Exit names(Call& call, Format format) {
  if (format != Format::text) return call.console().fail(rendering::no_format("listing names", format));
  auto workspace = call.open();
  if (!workspace) return call.console().fail(workspace.error());
  const Registry registry = workspace->registry();
  std::set<std::string> lines;
  for (const ManifestId id : listing::loaded(registry)) {
    const ManifestView manifest = registry[id];
    if (manifest.scope == Scope::builtin || client::is_entry_name(manifest.name)) continue;
    lines.insert((manifest.kind == Kind::agent ? "agent " : "skill ") + listing::listed_name(manifest) + "\n");
  }
  for (const std::string& line : lines) call.console().print(line);
  return Exit::yes;
}

}  // namespace

// Asks for the mod where the client's own list is dear: it stands in every request of every conversation.
Result<void> check_listing(Call& call, Workspace& library, bool /*repairs*/, std::vector<rendering::Check>& checks) {
  constexpr std::uint32_t dear = 3'000;
  const files::DiskTree tree;
  const std::string& folder = call.environment().user.folder;
  if (folder.empty() || !tree.stat(folder) || has_mod(call)) return {};
  const auto list = client_list(call, library);
  if (!list) return list.error();
  const Cost cost =
      rendering::every_request(listing_report_of(library, *list, listing_of(library, *list, library.registry())));
  if (cost.tokens <= dear) return {};
  checks.push_back(
      {"listing", rendering::CheckState::warning,
       "the client's list of skills and agents takes " + std::to_string(cost.tokens) + " tokens of every request",
       "cascade init --listing short, which Claude Code 2.1.287 or later needs; or cascade listing tune"});
  return {};
}

Result<std::uint32_t> listed_tokens(Call& call, const Workspace& library) {
  const auto list = client_list(call, library);
  if (!list) return list.error();
  return rendering::every_request(listed_now(call, library, *list)).tokens;
}

Exit run_listing(Call& call) {
  std::vector<std::string> words;
  bool dry_run = false, lines = false;
  Arguments arguments("listing");
  arguments.words("ACTION", words, 0, 1);
  arguments.flag("--lines", lines);
  std::optional<std::string> client;
  arguments.text("--client", client);
  arguments.flag("--dry-run", dry_run);
  if (const auto ended = call.read(arguments, {Format::text, Format::json})) return *ended;
  const std::string action = words.empty() ? "show" : words[0];
  if (action == "restore") return restore(call, dry_run, call.format());
  if (action == "names") return names(call, call.format());
  if (action != "show" && action != "tune")
    return call.console().fail(misuse("listing has no action '" + action + "'", std::string(call.verb().takes)));
  if (client && action != "show")
    return call.console().fail(misuse("--client can only be used with show: only " +
                                          std::string(client::usual_dialect().title) + "'s list can be tuned",
                                      "cascade listing show --client NAME"));
  auto workspace = call.open();
  if (!workspace) return call.console().fail(workspace.error());
  auto list = client_list(call, *workspace, client);
  if (!list) return call.console().fail(list.error());
  if (action == "tune" && has_mod(call))
    call.console().note(
        "the mod is in place (cascade init --listing short): it leaves all of this out, so there is nothing to tune");
  return action == "show" ? show(call, *workspace, *list, lines, call.format())
                          : tune(call, *workspace, *list, dry_run, call.format());
}

}  // namespace cascade::cli

namespace cascade::core {
namespace {

using cli::Group, cli::Words;
constexpr cli::Verb listing_verbs[] = {
    {"listing", Group::set_up, 50, "show what the client lists in every request, and tune it", cli::run_listing,
     Words::files, "show, names, tune, restore"},
    {"cost", Group::measure, 10, "count what a conversation pays for the library, listed or served", cli::run_cost},
};

constexpr Examination listing_examinations[] = {{Examined::hooks, cli::check_listing}};

}  // namespace

extern const System listing_system = {
    .name = "listing",
    .verbs = {listing_verbs, std::size(listing_verbs)},
    .doctor = {listing_examinations, std::size(listing_examinations)},
    .every_request = cli::listed_tokens,
};

}  // namespace cascade::core
