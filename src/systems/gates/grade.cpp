#include "gates/grade.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "gates/gate_records.h"
#include "hash/content_hash.h"

namespace cascade::systems {
namespace {

// Self-protection and steps that the user ends are not listed: they ask a question and judge nothing.
constexpr std::array<std::string_view, 4> built_in = {"leases", "repository", "tools", "trust"};

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
    const bool is_gate = std::find(built_in.begin(), built_in.end(), verdict.system) != built_in.end();
    if (!is_gate || verdict.decision == repository::Decision::silent) continue;
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
