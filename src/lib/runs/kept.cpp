// A subagent in the background may still have been running when its session last looked. So what the ledger says of
// runs is completed from their transcripts as they are now, before anything is counted.
#include "runs/kept.h"

#include "evidence/claims.h"
#include "files/tree.h"
#include "policy/policy.h"
#include "runs/runs.h"
#include "session/ledger.h"

namespace cascade::cli {
namespace {

// An effect that was unverified when the subagent stopped may have been checked since.
void look_again(const session::Ledger& ledger, std::vector<tiers::Run>& runs) {
  for (tiers::Run& run : runs)
    if (run.outcome == tiers::unverified && !systems::has_open_effect(ledger, run.id)) run.outcome = tiers::done;
}

}  // namespace

std::vector<tiers::Run> runs_of_session(const std::string& state, const std::string& id) {
  const session::Ledger ledger(state, id);
  std::vector<session::Entry> lines = ledger.entries();
  for (session::Entry& line : tiers::unsettled_runs(systems::has_open_effect, ledger)) lines.push_back(std::move(line));
  std::vector<tiers::Run> runs = tiers::runs_of(id, lines);
  look_again(ledger, runs);
  return runs;
}

Result<std::vector<policy::OwnPrice>> own_prices(const Environment& environment) {
  const files::DiskTree tree;
  auto policy = policy::read_policy(tree, environment.users_configuration, tree.real_path(".").value_or("/"));
  if (!policy) return policy.error();
  return std::move(policy->tier_list.prices);
}

Result<tiers::RunReport> report_of_kept_runs(const Environment& environment) {
  const auto own = own_prices(environment);
  if (!own) return own.error();
  const std::string& state = environment.state;
  std::vector<tiers::Run> runs;
  for (const session::SessionSummary& summary : session::list_sessions(state))
    for (tiers::Run& run : runs_of_session(state, summary.session_id)) runs.push_back(std::move(run));
  return tiers::report_of(runs, *own);
}

}  // namespace cascade::cli
