#include "systems/grade.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "hash/content_hash.h"

namespace cascade::systems {
namespace {

// Self-protection and steps that the user ends are not listed: they ask a question and judge nothing.
constexpr std::array<std::string_view, 4> built_in = {"leases", "repository", "tools", "trust"};

}  // namespace

std::string subject_of(const std::string& session, const std::string& what) {
  return session + "/" + (what.empty() ? std::string() : hash::to_hex(hash::hash64(what)));
}

void grade(std::vector<Verdict>& verdicts, const std::string& session, const std::string& prompt,
           const policy::Policy& policy, const Surroundings& surroundings) {
  if (!surroundings.gates.judge || session.empty() || surroundings.state_directory.empty()) return;
  const auto store = policy::store_of(policy);
  if (!store) return;
  for (Verdict& verdict : verdicts) {
    const bool is_gate = std::find(built_in.begin(), built_in.end(), verdict.system) != built_in.end();
    if (!is_gate || verdict.decision == repository::Decision::silent) continue;
    Judgement judgement;
    judgement.gate = verdict.system;
    judgement.configured = verdict.mode;
    judgement.flagged = true;
    judgement.subject = subject_of(session, prompt + "\n" + verdict.reason);
    judgement.store = *store;
    const auto graded = surroundings.gates.judge(judgement);
    if (graded) verdict.mode = graded->mode;  // if the store cannot be written, nothing is loosened
    verdict.reason += ". " + (graded ? graded->record : "Its record cannot be read: " + graded.error().message);
  }
}

}  // namespace cascade::systems
