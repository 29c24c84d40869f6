// Every system that is on judges the event, and their verdicts become one answer.
#include "events/systems.h"

#include <algorithm>
#include <array>

#include "client/names.h"
#include "events/judges.h"
#include "git/git_program.h"
#include "syntax/json.h"
#include "text/ascii.h"

namespace cascade::systems {
namespace {

using policy::Mode, repository::Decision;

// Writing tools pass whole files, and the client accepts files of several mebibytes.
constexpr syntax::NodeLimits event_limits{
    .bytes = std::size_t{64} << 20, .depth = 64, .nodes = 1'000'000, .alias_nodes = 0};

// Without cascade-git that folder alone still serves file checks; only a call that writes to a repository then fails.
void assume_beginning(repository::Expectations& expectations, repository::Git& git, const std::string& project) {
  if (repository::beginning(expectations) != nullptr || project.empty()) return;
  const files::DiskTree tree;
  auto began = repository::expect_directory(project, repository::Source::began, git, tree);
  if (began) return expectations.push_back(*std::move(began));
  repository::Expected folder;
  folder.directory = repository::real_path_of(project, tree);
  folder.work_tree = repository::work_tree_root(folder.directory, tree);
  expectations.push_back(std::move(folder));
}

void keep_verdicts(session::Ledger& ledger, const std::vector<Verdict>& verdicts, std::int64_t now) {
  for (const Verdict& verdict : verdicts) {
    if (verdict.decision == Decision::silent) continue;
    static_cast<void>(ledger.append({.event = session::Event::verdict,
                                     .source = verdict.system,
                                     .layer = std::string(policy::to_string(verdict.mode)),
                                     .decision = verdict.decision == Decision::deny ? "deny" : "ask",
                                     .note = verdict.mode == Mode::warn ? kind_of(verdict) : std::string(),
                                     .written_at = now}));
  }
}

// True if a text of this node names one of these folders: ".git/config", "rm -rf lib/.git".
bool names_kept_folder(const syntax::Node& node) {
  constexpr std::array<std::string_view, 2> kept = {".git", client::own_folder::name};
  const auto is_of_name = [](char c) { return letters::is_letter(c) || letters::is_digit(c) || c == '_' || c == '-'; };
  for (const std::string_view name : kept)
    for (std::size_t at = node.text.find(name); at != std::string::npos; at = node.text.find(name, at + 1)) {
      const std::size_t end = at + name.size();
      const bool begins = at == 0 || (!is_of_name(node.text[at - 1]) && node.text[at - 1] != '.');
      if (begins && (end == node.text.size() || !(is_of_name(node.text[end]) || node.text[end] == '.'))) return true;
    }
  return std::ranges::any_of(node.items, names_kept_folder);
}

// With --dangerously-skip-permissions and nobody to ask (print mode) Claude Code lets a call on these folders run in
// spite of a hook that wants to ask (2.1.332). So what the user would be asked about is refused there.
void refuse_unasked(std::string_view event_json, JudgedCall& call) {
  const auto asks = [](const Verdict& one) { return one.mode == Mode::block && one.decision == Decision::ask; };
  if (!std::ranges::any_of(call.verdicts, asks) || !names_kept_folder(call.event.tool_input)) return;
  const syntax::Parsed event = syntax::parse_json(event_json, event_limits);
  if (client::text_of(event.root, "permission_mode") != "bypassPermissions") return;
  for (Verdict& verdict : call.verdicts) {
    if (!asks(verdict)) continue;
    verdict.decision = Decision::deny;
    verdict.reason += ". Without permission prompts nobody may be asked about it here: run it yourself";
  }
}

}  // namespace

store::Options Surroundings::store_options(const std::string& address, bool creates, bool checkpoints) const {
  return {.folder = state_directory,
          .creates = creates,
          .checkpoints = checkpoints,
          .server = address,
          .program = postgres_program};
}

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
  const files::DiskTree tree;
  const std::string& likely_project = surroundings.project_directory;
  const auto likely = likely_project.empty() ? Result<policy::Policy>(policy::Policy())
                                             : policy::read_policy(tree, surroundings.users_file, likely_project);
  if (!likely) return likely.error();
  // If nothing is configured, the ledger is not read: most tool calls end here.
  if (!likely_project.empty() && likely->is_off()) return std::string();
  session::Ledger ledger(event.session_id.empty() ? std::string() : surroundings.state_directory, event.session_id);
  std::string project = began_in(ledger);
  if (project.empty()) project = likely_project.empty() ? event.working_directory : likely_project;
  const auto policy = !likely_project.empty() && project == likely_project
                          ? likely
                          : policy::read_policy(tree, surroundings.users_file, project);
  if (!policy) return policy.error();
  if (policy->is_off()) return std::string();
  repository::GitProgram git(surroundings.git_program);
  JudgedCall call{
      event,
      event_json,
      *policy,
      surroundings,
      ledger,
      git,
      expectations_of(ledger, event.agent_id.empty() ? std::string(session::main_conversation) : event.agent_id)};
  // cascade-git is asked only if no beginning was recorded; so most command lines do not start it.
  assume_beginning(call.expectations, git, surroundings.project_directory);
  if (auto judged = judge(call); !judged) return judged.error();
  refuse_unasked(event_json, call);
  std::vector<Verdict> told = not_yet_told(call.verdicts, ledger);
  if (!call.verdicts.empty() && !event.session_id.empty() && !surroundings.state_directory.empty())
    keep_verdicts(ledger, call.verdicts, surroundings.now);
  if (!call.slipped.empty()) told.push_back({"repository", Mode::warn, Decision::ask, std::move(call.slipped)});
  // Whoever runs Claude Code's settings is answered in its words, so that a refusal is one.
  event.client = &client::usual_dialect();
  if (!is_line) event.name = client::event_names::tool_call;
  client::Answer answer = answer_of(told);
  hook::join(event, answer, call.said);
  return hook::write_answer(event, std::move(answer));
}

Result<Check> check(const std::string& line, const std::string& directory, const std::string& project,
                    const Surroundings& surroundings) {
  const files::DiskTree tree;
  const auto policy = policy::read_policy(tree, surroundings.users_file, project);
  if (!policy) return policy.error();
  repository::GitProgram git(surroundings.git_program);
  hook::EventInput event;
  event.kind = hook::EventKind::tool_call;
  event.tool_name = client::tool_names::bash;
  event.working_directory = directory;
  event.tool_input.kind = syntax::NodeKind::map;
  for (const std::string& word : {std::string("command"), line})
    event.tool_input.items.push_back({syntax::NodeKind::string, word, false, {}, {}, {}});
  session::Ledger ledger("", "");
  JudgedCall call{event, "", *policy, surroundings, ledger, git, {}, false};
  assume_beginning(call.expectations, git, project);
  if (auto judged = judge(call); !judged) return judged.error();
  Check result;
  Decision decision = Decision::silent;
  for (const Verdict& verdict : call.verdicts) {
    decision = std::max(decision, verdict.decision);
    result.reasons.push_back(verdict.reason);
  }
  result.programs = std::move(call.programs);
  result.verdict = decision == Decision::deny ? "deny" : decision == Decision::ask ? "ask" : "silent";
  return result;
}

}  // namespace cascade::systems
