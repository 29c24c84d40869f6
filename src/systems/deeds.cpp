#include "systems/deeds.h"

#include <utility>
#include <vector>

#include "client/names.h"
#include "evidence/deed.h"
#include "hook/clean.h"
#include "repository/git_program.h"
#include "syntax/json.h"
#include "systems/effects.h"
#include "systems/own_checks.h"
#include "systems/sightings.h"
#include "systems/tool_call.h"
#include "systems/verdict.h"

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
std::string answer(const hook::EventInput& event, const std::vector<Said>& all) {
  std::string context, message;
  for (const Said& said : all) {
    if (said.text.empty() || said.mode == policy::Mode::shadow) continue;
    std::string& text = said.mode == policy::Mode::block ? context : message;
    text += (text.empty() ? "[cascade] " : "\n[cascade] ") + hook::clean(said.text);
  }
  if (context.empty() && message.empty()) return {};
  syntax::JsonWriter json(syntax::JsonWriter::Style::compact);
  json.begin_object();
  if (!message.empty()) json.key(client::answer_keys::notice).string(hook::beginning(message, most_units));
  if (!context.empty()) {
    json.key(client::answer_keys::output).begin_object().key(client::answer_keys::event).string(event.name);
    json.key(client::answer_keys::context).string(hook::beginning(context, most_units)).end_object();
  }
  return json.end_object().take();
}

}  // namespace

Result<std::string> note_deed(const hook::EventInput& event, const policy::Policy& policy,
                              const Surroundings& surroundings, std::string context) {
  hook::Answer answer;
  if (!context.empty()) answer.context = "[cascade] " + std::move(context);
  if (policy.is_blind() || surroundings.state_directory.empty())
    return answer.context.empty() ? std::string() : hook::write_answer(event, std::move(answer));
  const evidence::ToolCall call = tool_call(event);
  const evidence::Deed deed = evidence::read_deed(call);
  // Most calls neither change nor show anything outside; for those the ledger is not read.
  if (const auto findings = evidence::find(call, deed, policy.effect_rules); !findings.empty()) {
    session::Ledger ledger(surroundings.state_directory, event.session_id);
    if (auto noted = note_effects(call, findings, policy, surroundings, ledger); !noted) return noted.error();
  }
  if (policy.playbooks != policy::Mode::off) {
    auto hint = note_sightings(event, deed, surroundings);
    if (!hint) return hint.error();
    answer.context += (answer.context.empty() || hint->empty() ? "" : "\n") + *hint;
  }
  return hook::write_answer(event, std::move(answer));
}

Result<std::string> note_turn_end(const hook::EventInput& event, const policy::Policy& policy,
                                  const Surroundings& surroundings) {
  std::vector<Said> all;
  if (policy.effects != policy::Mode::off) {
    session::Ledger ledger(surroundings.state_directory, event.session_id);
    auto said = speak_of_effects(event, policy, surroundings, ledger);
    if (!said) return said.error();
    all.push_back(*std::move(said));
  }
  if (event.kind == hook::EventKind::turn_end && !policy.checks.empty())
    for (Said& said : checked(event, policy, surroundings)) all.push_back(std::move(said));
  return answer(event, all);
}

}  // namespace cascade::systems
