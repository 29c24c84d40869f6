#include "effects/deeds.h"

#include <utility>
#include <vector>

#include "effects/effects.h"
#include "events/event_session.h"
#include "events/verdict.h"
#include "git/git_program.h"
#include "hook/clean.h"
#include "system/system.h"

namespace cascade::systems {
namespace {

bool is_an_end(hook::EventKind event) {
  return event == hook::EventKind::subagent_stop || event == hook::EventKind::turn_end;
}

}  // namespace

Result<client::Answer> note_deed(const HookEvent::Input& input, const policy::Policy& policy,
                                 const Surroundings& surroundings, std::string context) {
  client::Answer answer;
  if (!context.empty()) answer.context = "[cascade] " + std::move(context);
  if (policy.is_blind() || surroundings.state_directory.empty()) return answer;
  const evidence::ToolCall call = evidence::tool_call(input.event);
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

Result<client::Answer> hear_effects(EventSession& session) {
  if (!session.is_of_usual_client() || !session.has_memory()) return client::Answer();
  const hook::EventInput& event = session.event();
  const Surroundings& surroundings = session.surroundings();
  const auto& policy = session.policy();
  if (!policy) return policy.error();
  if (is_an_end(event.kind)) {
    if (policy->mode_of("effects") == policy::Mode::off) return client::Answer();
    const auto said = speak_of_effects(event, *policy, surroundings, session.ledger());
    if (!said) return said.error();
    say_at_end(session, said->mode, said->text);
  } else if (is_task_notification(event) && !policy->is_blind()) {
    if (auto noted = note_task(event, session.ledger(), surroundings.now); !noted) return noted.error();
  } else if (event.kind == hook::EventKind::tool_result || event.kind == hook::EventKind::tool_failure) {
    const auto shown = note_deed(session.input(), *policy, surroundings, {});
    if (!shown) return shown.error();
    add_line(session.lines.context, shown->context);
  }
  return client::Answer();
}

}  // namespace cascade::systems
