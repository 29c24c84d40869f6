#include "records/grade.h"

#include <algorithm>
#include <string_view>

#include "hash/content_hash.h"
#include "records/gate_records.h"
#include "system/system.h"

namespace cascade::systems {
namespace {

// Self-protection and steps that the user ends ask a question and judge nothing. `tools` is the core's own judge.
bool is_gate(std::string_view name) {
  const auto is_called_so = [&](const core::System* system) {
    return system->is_graded &&
           std::find(system->switches.begin(), system->switches.end(), name) != system->switches.end();
  };
  const auto all = core::systems();
  return name == "tools" || std::any_of(all.begin(), all.end(), is_called_so);
}

}  // namespace

std::string subject_of(const std::string& session, const std::string& what) {
  return session + "/" + (what.empty() ? std::string() : hash::to_hex(hash::hash64(what)));
}

std::size_t grade(JudgedCall& call, std::size_t first) {
  const Surroundings& surroundings = call.surroundings;
  const std::string& session = call.event.session_id;
  const std::size_t count = call.verdicts.size();
  if (session.empty() || surroundings.state_directory.empty()) return count;
  const auto store = policy::store_of(call.policy);
  for (std::size_t i = first; store && i < count; ++i) {
    Verdict& verdict = call.verdicts[i];
    if (!is_gate(verdict.system) || verdict.decision == repository::Decision::silent) continue;
    Judgement judgement;
    judgement.gate = verdict.system;
    judgement.configured = verdict.mode;
    judgement.flagged = true;
    judgement.subject = subject_of(session, call.event.prompt_id + "\n" + verdict.reason);
    judgement.store = *store;
    const auto graded = judge_by_record(judgement, surroundings);
    if (graded) verdict.mode = graded->mode;  // if the store cannot be written, nothing is loosened
    verdict.reason += ". " + (graded ? graded->record : "Its record cannot be read: " + graded.error().message);
  }
  return count;
}

}  // namespace cascade::systems
