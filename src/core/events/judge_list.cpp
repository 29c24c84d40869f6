// The judges in their order. Those that only speak come first. What costs nothing and would be lost by a refusal is
// taken after them: leases, since one that is held for a call that is then refused blocks others for nothing; then the
// user's checks, which take long; then notes about what the call will change; at last programs of skills.
#include "systems/judges.h"

#include "client/names.h"
#include "repository/judge.h"
#include "systems/grade.h"
#include "systems/tools.h"

namespace cascade::systems {
namespace {

using policy::Mode;

repository::Settings settings_for(const JudgedCall& call) {
  const policy::Policy& policy = call.policy;
  const Surroundings& surroundings = call.surroundings;
  repository::Settings settings;
  settings.protected_branches = policy.protected_branches;
  settings.asks_git = policy.git_hooks;
  settings.only_follows = policy.repository == Mode::off && call.happens;
  settings.home = surroundings.home;
  settings.client_folder = surroundings.client_folder;
  settings.environment = surroundings.environment;
  for (const std::string& folder : surroundings.temporary)
    settings.temporary.push_back(repository::real_path_of(folder, call.tree));
  return settings;
}

Result<void> judge_event(repository::Judge& judge, const hook::EventInput& event) {
  for (const std::string& file : written_files(event)) judge.file(file, event.working_directory);
  if (event.tool_name != client::tool_names::bash) return judge_mcp(judge, event);
  const syntax::Node* line = event.tool_input.find("command");
  if (line == nullptr || line->kind != syntax::NodeKind::string)
    judge.cannot_tell("the event holds no command that could be read");
  else if (event.working_directory.empty())
    judge.cannot_tell("the event does not say where the command would run");
  return judge.command(hook::text_of(event.tool_input, "command"), event.working_directory);
}

// Judges what the call writes to repositories. Whoever asks is told what this guard would say even where it is off.
class Repository final : public CallJudge {
 public:
  explicit Repository(JudgedCall& call)
      : call_(call), settings_(settings_for(call)), judge_(call.expectations, settings_, call.git, call.tree) {}

  Result<void> judge() override {
    judge_.follow(call_.tell);
    if (auto judged = judge_event(judge_, call_.event); !judged) return judged;
    call_.made = judge_.made();
    const Mode mode = call_.happens ? call_.policy.repository : Mode::block;
    if (mode == Mode::off) return {};
    for (const repository::Finding& finding : judge_.findings())
      call_.refuse("repository", mode, finding.decision, finding.reason);
    return {};
  }

 private:
  JudgedCall& call_;
  const repository::Settings settings_;
  repository::Judge judge_;
};

Judge repositories(JudgedCall& call) { return std::make_unique<Repository>(call); }

constexpr JudgeRow judges[] = {
    {protection, nullptr, Sees::every_program, Takes::nothing},
    {user_steps, nullptr, Sees::every_program, Takes::nothing},
    {kept_trees, nullptr, Sees::this_machine, Takes::nothing},
    {nullptr, skill_lines, {}, Takes::nothing},
    {nullptr, named_tools, {}, Takes::nothing},
    {repositories, nullptr, Sees::every_program, Takes::nothing},
    {leases, nullptr, Sees::this_machine, Takes::something},
    {own_checks, nullptr, Sees::own_shell, Takes::something},
    {consequences, nullptr, Sees::every_program, Takes::something},
    {nullptr, skill_hooks, {}, Takes::something},
};

bool is_shown(const shell::Call& program, Sees sees) {
  if (sees == Sees::own_shell) return program.session == shell::Session::own;
  return sees == Sees::every_program || program.session != shell::Session::other_host;
}

}  // namespace

Result<void> judge(JudgedCall& call) {
  std::vector<Judge> all;
  for (const JudgeRow& row : judges) all.push_back(row.make == nullptr ? nullptr : row.make(call));
  call.tell = [&](const shell::Call& program, const repository::GitWords* git) {
    for (std::size_t i = 0; i < all.size(); ++i)
      if (all[i] != nullptr && is_shown(program, judges[i].sees)) all[i]->see(program, git);
    if (!call.happens && !program.words.empty())
      call.programs.push_back((program.directory.empty() ? "?" : program.directory) + ": " +
                              repository::shown(program.words).text);
  };
  std::size_t graded = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (judges[i].takes == Takes::something) {
      if (!call.happens) break;
      graded = grade(call, graded);
      if (is_refused(call.verdicts)) break;
    }
    if (auto judged = all[i] == nullptr ? judges[i].whole(call) : all[i]->judge(); !judged) return judged;
  }
  if (call.happens) grade(call, graded);
  return {};
}

}  // namespace cascade::systems
