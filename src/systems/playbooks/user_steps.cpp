// Guards the playbook steps that only the user may end against a model that ends them itself.
#include <algorithm>
#include <optional>

#include "chain/chain.h"
#include "events/judges.h"
#include "playbook/position.h"
#include "playbook/run.h"

namespace cascade::systems {
namespace {

bool has(const shell::Call& call, std::string_view word) {
  return std::any_of(call.words.begin() + 1, call.words.end(),
                     [&](const shell::Value& given) { return given.known && given.text == word; });
}

bool leaves_a_step(const shell::Call& call) {
  if (call.program != "cascade" || call.words.size() < 2) return false;
  const bool known =
      std::all_of(call.words.begin(), call.words.end(), [](const shell::Value& word) { return word.known; });
  if (!known) return true;  // $X may be anything
  return has(call, "step") && (has(call, "done") || has(call, "skip") || has(call, "branch"));
}

class UserSteps final : public CallJudge {
 public:
  explicit UserSteps(JudgedCall& call) : call_(call), run_(playbook::active_run(call.ledger.entries())) {}

  // Asks the user about `cascade step done`, `skip` and `branch` if they would leave such a step.
  void see(const shell::Call& call, const repository::GitWords*) override;

 private:
  JudgedCall& call_;
  std::optional<playbook::Run> run_;  // the open one
};

void UserSteps::see(const shell::Call& call, const repository::GitWords*) {
  if (!run_ || !leaves_a_step(call)) return;
  const std::vector<std::uint32_t> open = run_->open();
  const auto names = [&](std::uint32_t step) {
    return has(call, std::to_string(step)) || has(call, run_->plan.find(step)->skill);
  };
  const bool another = std::any_of(open.begin(), open.end(), [&](std::uint32_t step) {
    return names(step) && run_->plan.chain.exit_of(step).kind != chain::ExitKind::user;
  });
  if (another) return;
  for (const std::uint32_t step : open) {
    if (run_->plan.chain.exit_of(step).kind != chain::ExitKind::user) continue;
    const playbook::Step& planned = *run_->plan.find(step);
    call_.refuse(playbook::asked_source, policy::Mode::block, repository::Decision::ask,
                 "step " + std::to_string(step) + " (" + planned.skill + ") of " + run_->name() +
                     " ends when you say so" + (planned.leave.empty() ? "" : ": " + planned.leave));
  }
}

}  // namespace

Judge user_steps(JudgedCall& call) { return std::make_unique<UserSteps>(call); }

}  // namespace cascade::systems
