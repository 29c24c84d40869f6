#include "effects/deeds.h"

#include <utility>
#include <vector>

#include "effects/effects.h"
#include "events/tool_call.h"
#include "events/verdict.h"
#include "gates/own_checks.h"
#include "git/git_program.h"
#include "hook/clean.h"
#include "system/system.h"

namespace cascade::systems {
namespace {

// The findings of the user's own checks at the end of a turn. A turn that a hook has already prolonged is not prolonged
// again.
std::vector<Said> checked(const hook::EventInput& event, const policy::Policy& policy,
                          const Surroundings& surroundings) {
  std::vector<Verdict> verdicts;
  repository::GitProgram git(surroundings.git_program);
  OwnChecks(event, policy, surroundings, git).judge_turn(verdicts);
  std::vector<Said> all;
  for (Verdict& verdict : verdicts)
    if (verdict.mode != policy::Mode::block || !event.stop_hook_active)
      all.push_back({verdict.mode,
                     verdict.printed.empty() ? verdict.reason : verdict.reason + ". It printed:\n" + verdict.printed});
  return all;
}

// Faults that the model must fix go to the model and prolong the turn; everything else goes to the user.
client::Answer answer_of(const std::vector<Said>& all) {
  client::Answer answer;
  for (const Said& said : all) {
    if (said.text.empty() || said.mode == policy::Mode::shadow) continue;
    std::string& text = said.mode == policy::Mode::block ? answer.context : answer.notice;
    text += (text.empty() ? "[cascade] " : "\n[cascade] ") + hook::clean(said.text);
  }
  answer.notice = hook::beginning(answer.notice, most_units);
  return answer;
}

}  // namespace

Result<client::Answer> note_deed(const HookEvent::Input& input, const policy::Policy& policy,
                                 const Surroundings& surroundings, std::string context) {
  client::Answer answer;
  if (!context.empty()) answer.context = "[cascade] " + std::move(context);
  if (policy.is_blind() || surroundings.state_directory.empty()) return answer;
  const evidence::ToolCall call = tool_call(input.event);
  const evidence::Deed deed = evidence::read_deed(call);
  // Most calls neither change nor show anything outside; for those the ledger is not read.
  if (const auto findings = evidence::find(call, deed, policy.effect_rules); !findings.empty()) {
    session::Ledger& ledger = input.ledger(surroundings.state_directory);
    if (auto noted = note_effects(call, findings, policy, surroundings, ledger); !noted) return noted.error();
  }
  for (const core::System* system : core::systems()) {
    if (system->see == nullptr) continue;
    auto hint = system->see(input, deed, policy, surroundings);
    if (!hint) return hint.error();
    answer.context += (answer.context.empty() || hint->empty() ? "" : "\n") + *hint;
  }
  return answer;
}

Result<client::Answer> note_turn_end(const HookEvent::Input& input, const policy::Policy& policy,
                                     const Surroundings& surroundings) {
  std::vector<Said> all;
  if (policy.mode_of("effects") != policy::Mode::off) {
    auto said = speak_of_effects(input.event, policy, surroundings, input.ledger(surroundings.state_directory));
    if (!said) return said.error();
    all.push_back(*std::move(said));
  }
  if (input.event.kind == hook::EventKind::turn_end && !policy.checks.empty())
    for (Said& said : checked(input.event, policy, surroundings)) all.push_back(std::move(said));
  return answer_of(all);
}

}  // namespace cascade::systems
