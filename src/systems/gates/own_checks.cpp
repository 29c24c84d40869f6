// The line of a tool call is followed first, and due checks are only noted: one for each moment and work tree, however
// often the line commits. They run after all other systems have judged, and not at all if the call is refused anyway.
// What a check says is weighed by its record (gates): without a readable record it warns at most.
#include "gates/gate_view.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "events/event_session.h"
#include "events/judges.h"
#include "events/systems.h"
#include "files/paths.h"
#include "files/process.h"
#include "files/run_program.h"
#include "files/tree.h"
#include "git/git_program.h"
#include "git/words.h"
#include "hash/content_hash.h"
#include "hook/event.h"
#include "policy/policy.h"
#include "records/gate_records.h"
#include "text/word_set.h"

namespace cascade::systems {
namespace {

using policy::Mode, repository::Decision;

constexpr std::int64_t most_ms = 24'000;  // milliseconds for all of them: the client waits thirty seconds

bool has_checks(const policy::Policy& policy, policy::Check::At at) {
  return std::ranges::any_of(policy.checks,
                             [&](const policy::Check& check) { return check.at == at && check.mode != Mode::off; });
}

class OwnChecks final : public CallJudge {
 public:
  OwnChecks(const hook::EventInput& event, const policy::Policy& policy, const Surroundings& surroundings,
            repository::GitProgram& git, std::vector<Verdict>& verdicts)
      : event_(event), policy_(policy), surroundings_(surroundings), git_(git), verdicts_(verdicts) {}

  // Looks at one call of git on the line: commit, push.
  void see(const shell::Call&, const repository::GitWords* git) override {
    if (git == nullptr) return;
    const bool commits = has_checks(policy_, policy::Check::At::commit),
               pushes = has_checks(policy_, policy::Check::At::push);
    if (!commits && !pushes) return;
    std::string verb = git->verb;
    if (!git->place_known || git->place.directory.empty()) return;
    if (repository::deed(*git) == repository::Deed::unknown) {
      const auto facts = git_.look(git->place);
      const std::string alias = facts && *facts ? (*facts)->value("alias." + verb) : std::string();
      verb = alias.substr(0, alias.find(' '));
    }
    const bool tries = std::ranges::any_of(git->words, [](const shell::Value& word) {
      return word.text == "--dry-run" || word.text == "--help" || word.text == "-h";
    });
    if (tries) return;
    if (verb == "commit" && commits) add(policy::Check::At::commit, git->place.directory);
    if (verb == "push" && pushes) add(policy::Check::At::push, git->place.directory);
  }

  // Runs the checks that the line calls for.
  Result<void> judge() override {
    for (const auto& [at, work_tree] : due_)
      for (const policy::Check& check : policy_.checks)
        if (check.at == at && check.mode != Mode::off) judge(check, work_tree);
    return {};
  }

  // Runs the checks for the end of a turn, unless the work tree is the same as at the last judgement.
  void judge_turn() {
    if (!has_checks(policy_, policy::Check::At::stop)) return;
    if (surroundings_.wait_longer) surroundings_.wait_longer();
    const std::string work_tree = repository::work_tree_root(event_.working_directory, files::DiskTree());
    for (const policy::Check& check : policy_.checks)
      if (check.at == policy::Check::At::stop && check.mode != Mode::off) judge(check, work_tree);
  }

 private:
  void add(policy::Check::At at, const std::string& directory) {
    const std::string root = repository::work_tree_root(directory, files::DiskTree());
    const std::pair<policy::Check::At, std::string> one{at, root};
    if (began_ms_ == 0) began_ms_ = files::milliseconds_since_boot();  // not before: a lease may delay the first check
    if (!root.empty() && std::ranges::find(due_, one) == due_.end()) due_.push_back(one);
  }

  void judge(const policy::Check& check, const std::string& work_tree) {
    const std::string where = work_tree.empty() ? event_.working_directory : work_tree;
    Judgement judgement;
    judgement.gate = check.name;
    judgement.rule = rule_words(check, where);
    judgement.check = &check;
    judgement.configured = check.mode;
    judgement.repo = work_tree;
    const auto store = policy::store_of(policy_);
    if (!store) return;
    judgement.store = *store;
    const auto state = work_tree.empty()
                           ? Result<repository::GitProgram::State>(Error{ErrorCode::not_found, "no repository", "", ""})
                           : git_.state(work_tree);
    if (state) {
      judgement.base = state->head;
      judgement.state = state->state;
      if (check.at == policy::Check::At::push) judgement.commit = state->head;
    }
    judgement.subject =
        std::string(to_string(check.at)) + "/" + judgement.repo + "/" + judgement.base + "/" + judgement.state;
    const bool is_turn = check.at == policy::Check::At::stop;
    if (is_turn && state && is_judged(judgement, surroundings_)) return;
    if (!state || !is_turn) judgement.subject += "/" + subject_of(event_.session_id, event_.prompt_id);
    const std::int64_t now = files::milliseconds_since_boot();
    if (began_ms_ == 0) began_ms_ = now;
    const std::int64_t left = std::max<std::int64_t>(most_ms - (now - began_ms_), 1);
    const CheckRun run = run_check(check, where, where, static_cast<std::uint32_t>(left));
    judgement.flagged = run.flagged;
    judgement.is_noted = run.failure.empty();
    const auto graded = judge_by_record(judgement, surroundings_);
    // If a check's record cannot be read, no one knows how far it may be trusted: it warns at most.
    const Mode mode = graded ? graded->mode : std::min(check.mode, Mode::warn);
    const std::string record = graded ? graded->record : "Its record cannot be read: " + graded.error().message;
    const std::string named = "the check " + check.name + " (" + command_of(check) + ")";
    if (!run.failure.empty())
      verdicts_.push_back({check.name, mode, Decision::ask, named + " could not judge this: " + run.failure});
    else if (run.flagged)
      verdicts_.push_back(
          {check.name, mode, Decision::deny,
           named + " failed with status " + std::to_string(run.exit_code) + " in " + where + ". " + record,
           run.output});
  }

  const hook::EventInput& event_;
  const policy::Policy& policy_;
  const Surroundings& surroundings_;
  repository::GitProgram& git_;
  std::vector<Verdict>& verdicts_;
  std::vector<std::pair<policy::Check::At, std::string>> due_;  // with the work tree
  std::int64_t began_ms_ = 0;                                   // when the first one started
};

// A program without a slash in its name is looked up on PATH as a shell would do, but in absolute folders only. A
// relative folder there, or a name found in the project, would let a checked-out file run in place of the user's tool.

constexpr std::size_t most_output = std::size_t{64} << 10, shown_output = 1'500;
constexpr std::uint64_t longest_script = std::uint64_t{4} << 20;

std::string value_of(const std::vector<std::string>& environment, std::string_view name) {
  for (const std::string& entry : environment)
    if (entry.size() > name.size() && entry[name.size()] == '=' && entry.compare(0, name.size(), name) == 0)
      return entry.substr(name.size() + 1);
  return {};
}

// The index of the word that names the check's own script; npos if none does.
std::size_t script_word(const std::vector<std::string>& words) {
  if (words.front().find('/') != std::string::npos && !files::is_absolute(words.front())) return 0;
  if (!letters::lists("bash dash node perl php python python3 ruby sh", files::file_name(words.front())))
    return std::string::npos;
  if (words.size() < 2 || words[1].empty() || words[1].front() == '-') return std::string::npos;
  return 1;
}

// The words to run. If the check has a script of its own, it is taken from the folder `scripts`.
std::vector<std::string> words_for(const policy::Check& check, const std::string& scripts, const files::Tree& tree) {
  std::vector<std::string> words = check.run;
  const std::size_t script = script_word(words);
  if (script == std::string::npos) return words;
  const std::string path = files::join(scripts, words[script]);
  if (tree.stat(path)) words[script] = path;
  return words;
}

std::string end_of(std::string text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  if (text.size() <= shown_output) return text;
  const std::size_t line = text.find('\n', text.size() - shown_output);
  return "...\n" + text.substr(line == std::string::npos ? text.size() - shown_output : line + 1);
}

}  // namespace

Judge own_checks(JudgedCall& call) {
  return std::make_unique<OwnChecks>(call.event, call.policy, call.surroundings, call.git, call.verdicts);
}

// The findings of the user's own checks at the end of a turn. A turn that a hook has already prolonged is not prolonged
// again.
Result<client::Answer> hear_turn_end(EventSession& session) {
  const hook::EventInput& event = session.event();
  if (!session.is_of_usual_client() || !session.has_memory() || event.kind != hook::EventKind::turn_end)
    return client::Answer();
  const auto& policy = session.policy();
  if (!policy) return policy.error();
  if (policy->checks.empty()) return client::Answer();
  std::vector<Verdict> verdicts;
  repository::GitProgram git(session.surroundings().git_program);
  OwnChecks(event, *policy, session.surroundings(), git, verdicts).judge_turn();
  for (const Verdict& verdict : verdicts)
    if (verdict.mode != policy::Mode::block || !event.stop_hook_active)
      say_at_end(session, verdict.mode,
                 verdict.printed.empty() ? verdict.reason : verdict.reason + ". It printed:\n" + verdict.printed);
  return client::Answer();
}

std::string command_of(const policy::Check& check) {
  return letters::joined(check.run, " ", [&](const std::string& word) { return repository::shell_word(word); });
}

std::string rule_words(const policy::Check& check, const std::string& scripts) {
  std::string text = std::string(to_string(check.at)) + ": " + command_of(check);
  if (!check.origin.empty()) text += "\nof " + check.origin;
  const std::size_t script = script_word(check.run);
  if (script == std::string::npos) return text;
  const auto content = files::DiskTree().read(files::join(scripts, check.run[script]), longest_script);
  return content ? text + "\n" + hash::to_hex(hash::hash64(*content)) : text;
}

CheckRun run_check(const policy::Check& check, const std::string& directory, const std::string& scripts,
                   std::uint32_t most_ms) {
  const files::DiskTree tree;
  CheckRun run;
  files::ProgramCall call;
  call.words = words_for(check, scripts, tree);
  call.environment = files::process_environment();
  if (call.words.front().find('/') == std::string::npos)
    call.words.front() = files::program_on_path(tree, value_of(call.environment, "PATH"), call.words.front());
  else
    call.words.front() = files::join(directory, call.words.front());
  if (const auto stamp = tree.stat(call.words.front()); !stamp || !stamp->executable) {
    run.failure = "there is no program " + check.run.front();
    return run;
  }
  call.directory = directory;
  call.milliseconds = std::min(most_ms, check.seconds * 1'000);
  call.max_bytes = most_output;
  auto ended = files::run_program(call);
  if (!ended) {
    run.failure = ended.error().message;
  } else if (ended->timed_out) {
    run.failure = "it took longer than " + std::to_string(call.milliseconds / 1'000) + " seconds";
  } else {
    run.exit_code = ended->exit_code;
    run.flagged = ended->exit_code != 0;
    run.output = end_of(std::move(ended->output) + std::move(ended->errors));
  }
  return run;
}

}  // namespace cascade::systems
