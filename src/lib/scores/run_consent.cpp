#include "scores/scores.h"

#include <utility>

#include "cli/console.h"
#include "cli/verb_allow.h"
#include "store/state_store.h"

namespace cascade::cli {

std::optional<scores::Scores> open_scores(Call& call, bool creates) {
  const auto options = configured_store(call.environment(), creates, creates);
  if (!options) return std::nullopt;
  auto scores = scores::Scores::open(*options);
  if (!scores) {
    if (creates) call.console().note("the score is not kept: " + scores.error().message);
    return std::nullopt;
  }
  return *std::move(scores);
}

Result<void> ask_to_run(Call& call, const RunRequest& request) {
  if (request.is_allowed) return {};
  auto scores = open_scores(call, true);
  if (scores) {
    const auto allowed = scores->is_allowed(request.root, request.plan);
    if (allowed && *allowed) return {};
  }
  const Error unasked{ErrorCode::unsupported,
                      "nothing was run: nobody allowed it",
                      {},
                      "a person may allow it at a terminal; in CI, --yes does"};
  if (is_run_by_client(call.environment()) || typed_by_anybody() || !is_on_terminal()) {
    call.console().complain("--run would run, in a copy and confined:\n" +
                            request.plan.substr(0, request.plan.size() - 1));
    return unasked;
  }
  if (!is_word_typed("In a copy of " + request.root + ", confined" + (request.network ? ", with the network" : "") +
                         ", this would run:\n" + request.plan + "Type \"run\" to run it: ",
                     "run"))
    return unasked;
  if (scores)
    if (const auto kept = scores->allow(request.root, request.plan); !kept) call.console().note(kept.error().message);
  return {};
}

}  // namespace cascade::cli
