#include "listing/cost_runs.h"

#include "runs/kept.h"
#include "runs/report.h"
#include "session/ledger.h"

namespace cascade::cli {

Exit cost_of_runs(Call& call, const std::optional<std::string>& session) {
  const auto format = call.format({Format::text, Format::json});
  if (!format) return call.console().fail(format.error());
  const std::string& state = call.environment().state;
  const auto own = own_prices(call.environment());
  if (!own) return call.console().fail(own.error());
  std::vector<tiers::Run> runs;
  bool is_known = !session;
  for (const session::SessionSummary& summary : session::list_sessions(state)) {
    if (session && summary.session_id != *session) continue;
    is_known = true;
    for (tiers::Run& run : runs_of_session(state, summary.session_id)) runs.push_back(std::move(run));
  }
  if (!is_known) {
    call.console().fail({ErrorCode::not_found, "there is no session '" + *session + "'", {}, "cascade session list"});
    return Exit::no;
  }
  return call.console().show(
      rendering::run_report(tiers::report_of(runs, *own), runs, *own, *format, call.console().paint()));
}

}  // namespace cascade::cli
