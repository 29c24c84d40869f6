#include "systems/deeds.h"

#include "evidence/deed.h"
#include "systems/effects.h"
#include "systems/sightings.h"
#include "systems/tool_call.h"

namespace cascade::systems {

Result<std::string> note_deed(const hook::EventInput& event, const policy::Policy& policy,
                              const Surroundings& surroundings) {
  if (policy.is_blind() || surroundings.state_directory.empty()) return std::string();
  const evidence::ToolCall call = tool_call(event);
  const evidence::Deed deed = evidence::read_deed(call);
  // Most calls do nothing outside and show nothing of it: then the ledger is not read.
  if (const auto findings = evidence::find(call, deed, policy.effect_rules); !findings.empty()) {
    session::Ledger ledger(surroundings.state_directory, event.session_id);
    if (auto noted = note_effects(call, findings, ledger, surroundings.now); !noted) return noted.error();
  }
  hook::Answer answer;
  if (policy.playbooks != policy::Mode::off) {
    auto hint = note_sightings(event, deed, surroundings);
    if (!hint) return hint.error();
    answer.context = *std::move(hint);
  }
  return hook::write_answer(event, std::move(answer));
}

Result<std::string> note_turn_end(const hook::EventInput& event, const policy::Policy& policy,
                                  const Surroundings& surroundings) {
  if (policy.effects == policy::Mode::off) return std::string();
  session::Ledger ledger(surroundings.state_directory, event.session_id);
  return speak_of_effects(event, policy.effects, ledger, surroundings.now);
}

}  // namespace cascade::systems
