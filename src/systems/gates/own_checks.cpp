// The line of a tool call is followed first, and due checks are only noted: one for each moment and work tree, however
// often the line commits. They run after all other systems have judged, and not at all if the call is refused anyway.
// What a check says is weighed by its record (gates): without a readable record it warns at most.
#include "gates/own_checks.h"
#include "events/event_session.h"

#include <algorithm>

#include "events/judges.h"
#include "files/process.h"
#include "gates/check_run.h"
#include "git/verbs.h"
#include "records/gate_records.h"
#include "records/grade.h"

namespace cascade::systems {
namespace {

using policy::Mode;
using repository::Decision;

constexpr std::int64_t most_ms = 24'000;  // milliseconds for all of them: the client waits thirty seconds

bool has_checks(const policy::Policy& policy, policy::Check::At at) {
  return std::any_of(policy.checks.begin(), policy.checks.end(),
                     [&](const policy::Check& check) { return check.at == at && check.mode != Mode::off; });
}

std::string moment(const Judgement& judgement) {
  return std::string(judgement.check->at == policy::Check::At::commit ? "commit"
                     : judgement.check->at == policy::Check::At::stop ? "stop"
                                                                      : "push") +
         "/" + judgement.repo + "/" + judgement.base + "/" + judgement.state;
}

}  // namespace

void OwnChecks::add(policy::Check::At at, const std::string& directory) {
  const std::string root = repository::work_tree_root(directory, files::DiskTree());
  const std::pair<policy::Check::At, std::string> one{at, root};
  if (began_ms_ == 0) began_ms_ = files::milliseconds_since_boot();  // not before: a lease may delay the first check
  if (!root.empty() && std::find(due_.begin(), due_.end(), one) == due_.end()) due_.push_back(one);
}

void OwnChecks::see(const repository::GitWords& git) {
  const bool commits = has_checks(policy_, policy::Check::At::commit),
             pushes = has_checks(policy_, policy::Check::At::push);
  if (!commits && !pushes) return;
  std::string verb = git.verb;
  if (!git.place_known || git.place.directory.empty()) return;
  if (repository::deed(git) == repository::Deed::unknown) {
    const auto facts = git_.look(git.place);
    const std::string alias = facts && *facts ? (*facts)->value("alias." + verb) : std::string();
    verb = alias.substr(0, alias.find(' '));
  }
  const bool tries = std::any_of(git.words.begin(), git.words.end(), [](const shell::Value& word) {
    return word.text == "--dry-run" || word.text == "--help" || word.text == "-h";
  });
  if (tries) return;
  if (verb == "commit" && commits) add(policy::Check::At::commit, git.place.directory);
  if (verb == "push" && pushes) add(policy::Check::At::push, git.place.directory);
}

void OwnChecks::judge(const policy::Check& check, const std::string& work_tree, std::vector<Verdict>& verdicts) {
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
  judgement.subject = moment(judgement);
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
    verdicts.push_back({check.name, mode, Decision::ask, named + " could not judge this: " + run.failure});
  else if (run.flagged)
    verdicts.push_back({check.name, mode, Decision::deny,
                        named + " failed with status " + std::to_string(run.exit_code) + " in " + where + ". " + record,
                        run.output});
}

void OwnChecks::judge_line(std::vector<Verdict>& verdicts) {
  for (const auto& [at, work_tree] : due_)
    for (const policy::Check& check : policy_.checks)
      if (check.at == at && check.mode != Mode::off) judge(check, work_tree, verdicts);
}

void OwnChecks::judge_turn(std::vector<Verdict>& verdicts) {
  if (!has_checks(policy_, policy::Check::At::stop)) return;
  if (surroundings_.wait_longer) surroundings_.wait_longer();
  const std::string work_tree = repository::work_tree_root(event_.working_directory, files::DiskTree());
  for (const policy::Check& check : policy_.checks)
    if (check.at == policy::Check::At::stop && check.mode != Mode::off) judge(check, work_tree, verdicts);
}

namespace {

class LineChecks final : public CallJudge {
 public:
  explicit LineChecks(JudgedCall& call) : call_(call), checks_(call.event, call.policy, call.surroundings, call.git) {}

  void see(const shell::Call&, const repository::GitWords* git) override {
    if (git != nullptr) checks_.see(*git);
  }
  Result<void> judge() override {
    checks_.judge_line(call_.verdicts);
    return {};
  }

 private:
  JudgedCall& call_;
  OwnChecks checks_;
};

}  // namespace

Judge own_checks(JudgedCall& call) { return std::make_unique<LineChecks>(call); }

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
  OwnChecks(event, *policy, session.surroundings(), git).judge_turn(verdicts);
  for (const Verdict& verdict : verdicts)
    if (verdict.mode != policy::Mode::block || !event.stop_hook_active)
      say_at_end(session, verdict.mode,
                 verdict.printed.empty() ? verdict.reason : verdict.reason + ". It printed:\n" + verdict.printed);
  return client::Answer();
}

}  // namespace cascade::systems
