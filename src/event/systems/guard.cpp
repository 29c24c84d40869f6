// One PreToolUse or PreSkillShellCommand event: every system that is on judges it, and their verdicts become one
// answer.
#include <algorithm>

#include "client/events.h"
#include "client/names.h"
#include "files/paths.h"
#include "hook/event.h"
#include "repository/git_program.h"
#include "systems/expectations.h"
#include "systems/grade.h"
#include "systems/kept_trees.h"
#include "systems/layer_two.h"
#include "systems/leased.h"
#include "systems/own_checks.h"
#include "systems/protection.h"
#include "systems/skill_hooks.h"
#include "systems/skill_lines.h"
#include "systems/slipped.h"
#include "systems/systems.h"
#include "systems/tools.h"
#include "systems/user_steps.h"
#include "systems/verdict.h"

namespace cascade::systems {
namespace {

using policy::Mode;
using repository::Decision;

// Writing tools pass whole files, and the client accepts files of several mebibytes.
constexpr syntax::NodeLimits event_limits{
    .bytes = std::size_t{64} << 20, .depth = 64, .nodes = 1'000'000, .alias_nodes = 0};

repository::Settings settings_for(const policy::Policy& policy, const Surroundings& surroundings) {
  repository::Settings settings;
  settings.protected_branches = policy.protected_branches;
  settings.asks_git = policy.git_hooks;
  settings.only_follows = policy.repository == Mode::off;
  settings.home = surroundings.home;
  settings.client_folder = surroundings.client_folder;
  settings.environment = surroundings.environment;
  const files::DiskTree tree;
  for (const std::string& folder : surroundings.temporary)
    settings.temporary.push_back(repository::real_path_of(folder, tree));
  return settings;
}

Result<void> judge_event(repository::Judge& judge, const hook::EventInput& event) {
  for (const std::string& file : written_files(event)) judge.file(file, event.working_directory);
  if (event.tool_name == client::tool_names::bash)
    return judge.command(hook::text_of(event.tool_input, "command"), event.working_directory);
  return judge_mcp(judge, event);
}

// Supplies the session's beginning if none was recorded: the directory that the client names. Without cascade-git that
// folder alone still serves file checks; only a call that writes to a repository then fails, instead of every call.
void assume_beginning(repository::Expectations& expectations, repository::Git& git, const Surroundings& surroundings) {
  if (repository::beginning(expectations) != nullptr || surroundings.project_directory.empty()) return;
  const files::DiskTree tree;
  auto began = repository::expect_directory(surroundings.project_directory, repository::Source::began, git, tree);
  if (began) return expectations.push_back(*std::move(began));
  repository::Expected folder;
  folder.directory = repository::real_path_of(surroundings.project_directory, tree);
  folder.work_tree = repository::work_tree_root(folder.directory, tree);
  expectations.push_back(std::move(folder));
}

void keep_verdicts(session::Ledger& ledger, const std::vector<Verdict>& verdicts, std::int64_t now) {
  for (const Verdict& verdict : verdicts) {
    if (verdict.decision == Decision::silent) continue;
    session::Entry entry;
    entry.event = session::Event::verdict;
    entry.source = verdict.system;
    entry.layer = policy::to_string(verdict.mode);
    entry.decision = verdict.decision == Decision::deny ? "deny" : "ask";
    if (verdict.mode == Mode::warn) entry.note = kind_of(verdict);
    entry.written_at = now;
    static_cast<void>(ledger.append(std::move(entry)));
  }
}

// Refuses a tool that the agent's manifest does not name.
void judge_tool(const hook::EventInput& event, const session::Ledger& ledger, const policy::Policy& policy,
                const Surroundings& surroundings, std::vector<Verdict>& verdicts) {
  const std::string agent = policy.tools == Mode::off ? std::string() : acting_agent(ledger, event);
  if (agent.empty() || event.asked) return;  // the entry skill runs nothing
  const auto tools = tools_of(agent, event.working_directory, surroundings);
  if (!tools || is_named(*tools, event.tool_name)) return;
  std::string names;
  for (const std::string& name : *tools) names += (names.empty() ? "" : ", ") + name;
  verdicts.push_back({"tools", policy.tools, Decision::deny,
                      "the agent " + agent + " may use " + names + ", and not " + event.tool_name +
                          ": its manifest does not name it. Do it with these tools, or say what is missing"});
}

// Refuses a command in a skill's text that nobody has allowed.
void judge_line(const hook::EventInput& event, const policy::Policy& policy, const Surroundings& surroundings,
                std::vector<Verdict>& verdicts) {
  if (policy.trust == Mode::off || client::is_own_source(event.source)) return;
  judge_skill_line(event, policy.trust, called_there(event.command_name, event.working_directory, surroundings),
                   hook_place(surroundings), verdicts);
}

// After a refusal that no one lifted, this call found an accepted way: the refusal was right.
void note_amends(const hook::EventInput& event, session::Ledger& ledger, const policy::Policy& policy,
                 const Surroundings& surroundings) {
  const auto store = policy::store_of(policy);
  if (!surroundings.gates.settle || !store) return;
  for (auto entry = ledger.entries().rbegin(); entry != ledger.entries().rend(); ++entry) {
    if (entry->event == session::Event::expect && (entry->source == "allowed" || entry->source == "named")) return;
    if (entry->event != session::Event::verdict || entry->source != "repository") continue;
    if (entry->decision != "deny" || entry->layer != policy::to_string(Mode::block)) return;
    session::Entry amends;
    amends.event = session::Event::verdict;
    amends.source = "repository";
    amends.layer = policy::to_string(policy.repository);
    amends.decision = "amended";
    amends.written_at = surroundings.now;
    Judgement judgement;
    judgement.gate = "repository";
    judgement.subject = subject_of(event.session_id, "");
    judgement.store = *store;
    if (ledger.append(std::move(amends))) static_cast<void>(surroundings.gates.settle(judgement, "fixed", true));
    return;
  }
}

// Directories whose repositories a command may reach.
void add_places(const shell::Call& call, std::vector<std::string>& places) {
  constexpr std::size_t most = 8;
  const auto add = [&](const std::string& place) {
    if (places.size() < most && !place.empty() && std::find(places.begin(), places.end(), place) == places.end())
      places.push_back(place);
  };
  add(call.directory);
  for (const shell::Value& word : call.words)
    if (word.known && word.text.find('/') != std::string::npos &&
        (files::is_absolute(word.text) || !call.directory.empty()))
      add(files::join(call.directory, word.text));
}

// Repositories that this call makes are the session's own from then on.
void note_made(const repository::Judge& judge, session::Ledger& ledger, const files::Tree& tree,
               const Surroundings& surroundings) {
  for (const repository::Facts& facts : judge.made()) {
    if (tree.stat(facts.common_dir)) continue;  // it is there already, and somebody else's
    repository::Expected made;
    made.source = repository::Source::made;
    made.directory = facts.work_tree;
    made.common_dir = facts.common_dir;
    made.work_tree = facts.work_tree;
    made.has_remotes = !facts.config.empty();
    static_cast<void>(ledger.append(entry_of(made, std::string(session::main_conversation), surroundings.now)));
  }
}

// Before a command runs: mends layer two, and notes where branches are that the command must not move.
std::string watch(const hook::EventInput& event, const repository::Expectations& expectations,
                  const std::vector<std::string>& places, const policy::Policy& policy,
                  const Surroundings& surroundings) {
  std::string said = note_references(event.session_id, expectations, places, policy, surroundings);
  if (const std::string changed = mend_layer_two(event.session_id, surroundings); !changed.empty())
    said += (said.empty() ? "" : "\n") +
            ("something replaced the guard's own hooks (" + changed +
             "), perhaps a hook manager. They were written again; the repository's own belong into its own folder: git "
             "config core.hooksPath");
  return said;
}

// The systems judge in two groups. What costs nothing and is lost by a refusal goes first; leases are taken only when
// the others have spoken, since a lease that is held for a call that is then refused blocks others for nothing.
// `slipped`: what an earlier command did past layer two.
Result<std::vector<Verdict>> verdicts_on(const hook::EventInput& event, session::Ledger& ledger,
                                         const policy::Policy& policy, const Surroundings& surroundings,
                                         std::string& slipped) {
  const files::DiskTree tree;
  repository::GitProgram git(surroundings.git_program);
  repository::Expectations expectations =
      expectations_of(ledger, event.agent_id.empty() ? std::string(session::main_conversation) : event.agent_id);
  std::vector<Verdict> verdicts;
  const Protection protection(surroundings, policy, tree);
  const repository::Settings settings = settings_for(policy, surroundings);
  // cascade-git is asked only if no beginning was recorded; so most command lines do not start it.
  assume_beginning(expectations, git, surroundings);
  repository::Judge judge(expectations, settings, git, tree);
  Leased leased(event, policy, tree);
  KeptTrees kept_trees(policy, git, tree);
  const UserSteps user_steps(ledger);
  OwnChecks checks(event, policy, surroundings, git);
  bool writes = false;  // to a repository
  std::vector<std::string> places;
  judge.follow([&](const shell::Call& call, const repository::GitWords* words) {
    protection.judge(call, verdicts);
    user_steps.judge(call, verdicts);
    if (call.session != shell::Session::other_host) kept_trees.judge(call, words, verdicts);
    if (call.session != shell::Session::other_host) leased.see(call);
    if (call.session == shell::Session::own && words != nullptr) checks.see(*words);
    writes = writes || (words != nullptr && repository::deed(*words) == repository::Deed::writes);
    if (policy.git_hooks) add_places(call, places);
  });
  protection.judge(event, verdicts);
  kept_trees.judge(event, verdicts);
  if (event.kind == hook::EventKind::skill_line)
    judge_line(event, policy, surroundings, verdicts);
  else
    judge_tool(event, ledger, policy, surroundings, verdicts);
  if (auto judged = judge_event(judge, event); !judged) return judged.error();
  if (policy.repository != Mode::off)
    for (const repository::Finding& finding : judge.findings())
      verdicts.push_back({"repository", policy.repository, finding.decision, finding.reason});
  grade(verdicts, event.session_id, event.prompt_id, policy, surroundings);
  const std::size_t graded = verdicts.size();
  if (auto taken = leased.take(surroundings, verdicts); !taken) return taken.error();
  std::vector<Verdict> leases(verdicts.begin() + static_cast<std::ptrdiff_t>(graded), verdicts.end());
  grade(leases, event.session_id, event.prompt_id, policy, surroundings);
  verdicts.resize(graded);
  verdicts.insert(verdicts.end(), leases.begin(), leases.end());
  checks.judge_line(verdicts);
  if (!is_refused(verdicts)) {
    note_made(judge, ledger, tree, surroundings);
    if (policy.git_hooks && policy.repository != Mode::off && event.tool_name == client::tool_names::bash)
      slipped = watch(event, expectations, places, policy, surroundings);
  }
  if (writes && verdicts.empty()) note_amends(event, ledger, policy, surroundings);
  return verdicts;
}

// Runs the skill hooks, unless the call is refused already. Their decisions on the call join the verdicts.
client::Answer hooks_on(const hook::EventInput& event, std::string_view event_json, const policy::Policy& policy,
                        session::Ledger& ledger, const Surroundings& surroundings, std::vector<Verdict>& verdicts) {
  if (is_refused(verdicts) || policy.trust == Mode::off) return {};
  const std::vector<std::string> active = session::in_force(ledger, event.agent_id);
  if (active.empty()) return {};
  const auto library = library_of(surroundings, event.working_directory, Freshness::off);
  if (!library) return {};
  HookWords words = run_skill_hooks(hooked_among(*library, active), event, event_json, policy.trust, ledger,
                                    hook_place(surroundings));
  grade(words.verdicts, event.session_id, event.prompt_id, policy, surroundings);
  verdicts.insert(verdicts.end(), words.verdicts.begin(), words.verdicts.end());
  return std::move(words.answer);
}

}  // namespace

std::optional<Workspace> library_of(const Surroundings& surroundings, std::string directory, Freshness freshness) {
  if (!surroundings.library) return std::nullopt;
  WorkspaceOptions options = surroundings.library();
  options.directory = std::move(directory);
  options.freshness = freshness;
  options.log = {};
  auto library = Workspace::open(std::move(options));
  return library ? std::optional(*std::move(library)) : std::nullopt;
}

Result<std::string> answer_guard(std::string_view event_json, const Surroundings& surroundings) {
  auto read = hook::read_event(event_json, event_limits);
  if (!read) return read.error();
  hook::EventInput& event = *read;
  const bool is_line = event.kind == hook::EventKind::skill_line;
  if (!is_line && event.kind != hook::EventKind::tool_call) return std::string();
  policy::Policies policies(surroundings.users_file);
  // If nothing is configured, the ledger is not read: most tool calls end here.
  if (!surroundings.project_directory.empty()) {
    const auto& likely = policies.at(surroundings.project_directory);
    if (!likely) return likely.error();
    if (likely->is_off()) return std::string();
  }
  session::Ledger ledger(event.session_id.empty() ? std::string() : surroundings.state_directory, event.session_id);
  std::string project = began_in(ledger);
  if (project.empty())
    project = surroundings.project_directory.empty() ? event.working_directory : surroundings.project_directory;
  const auto& policy = policies.at(project);
  if (!policy) return policy.error();
  if (policy->is_off()) return std::string();
  std::string slipped;
  auto verdicts = verdicts_on(event, ledger, *policy, surroundings, slipped);
  if (!verdicts) return verdicts.error();
  client::Answer said;
  if (!is_line) said = hooks_on(event, event_json, *policy, ledger, surroundings, *verdicts);
  std::vector<Verdict> told = not_yet_told(*verdicts, ledger);
  if (!verdicts->empty() && !event.session_id.empty() && !surroundings.state_directory.empty())
    keep_verdicts(ledger, *verdicts, surroundings.now);
  if (!slipped.empty()) told.push_back({"repository", Mode::warn, Decision::ask, std::move(slipped)});
  // Whoever runs Claude Code's settings is answered in its words, so that a refusal is one.
  event.client = &client::usual_dialect();
  if (!is_line) event.name = client::event_names::tool_call;
  client::Answer answer = answer_of(told);
  hook::join(event, answer, said);
  return hook::write_answer(event, std::move(answer));
}

Result<Check> check(const std::string& line, const std::string& directory, const std::string& project,
                    const Surroundings& surroundings) {
  const files::DiskTree tree;
  const auto policy = policy::read_policy(tree, surroundings.users_file, project);
  if (!policy) return policy.error();
  repository::GitProgram git(surroundings.git_program);
  auto began = repository::expect_directory(project, repository::Source::began, git, tree);
  if (!began) return began.error();
  const repository::Expectations expectations = {*std::move(began)};
  repository::Settings settings = settings_for(*policy, surroundings);
  settings.only_follows = false;
  const Protection protection(surroundings, *policy, tree);
  KeptTrees kept_trees(*policy, git, tree);
  std::vector<Verdict> verdicts;
  Check result;
  repository::Judge judge(expectations, settings, git, tree);
  judge.follow([&](const shell::Call& call, const repository::GitWords* words) {
    if (!call.words.empty())
      result.programs.push_back((call.directory.empty() ? "?" : call.directory) + ": " +
                                repository::shell_words(call.words, 0));
    protection.judge(call, verdicts);
    kept_trees.judge(call, words, verdicts);
  });
  if (auto judged = judge.command(line, directory); !judged) return judged.error();
  for (const repository::Finding& finding : judge.findings())
    verdicts.push_back({"repository", Mode::block, finding.decision, finding.reason});
  Decision decision = Decision::silent;
  for (const Verdict& verdict : verdicts) {
    decision = std::max(decision, verdict.decision);
    result.reasons.push_back(verdict.reason);
  }
  result.verdict = decision == Decision::deny ? "deny" : decision == Decision::ask ? "ask" : "silent";
  return result;
}

}  // namespace cascade::systems
