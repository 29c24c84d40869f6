#include "scores/scores.h"

#include <utility>

#include "cli/console.h"
#include "cli/verb_allow.h"
#include "store/store.h"

namespace cascade::scores {
namespace {

const store::Module& score_tables() {
  static const store::Module module = {
      "scores",
      {"CREATE TABLE audit_score(root TEXT NOT NULL, head TEXT NOT NULL, with_runs INTEGER NOT NULL,"
       " at INTEGER NOT NULL, score INTEGER NOT NULL, PRIMARY KEY(root, head, with_runs));"
       "CREATE TABLE audit_consent(root TEXT PRIMARY KEY, plan TEXT NOT NULL)",
       "DROP TABLE audit_score"}};
  return module;
}

}  // namespace

Result<Scores> Scores::open(const store::Options& options) {
  auto store = store::Store::open(options);
  if (!store) return store.error();
  if (auto ready = store->migrate(score_tables()); !ready) return ready.error();
  return Scores(*std::move(store));
}

Result<bool> Scores::is_allowed(const std::string& root, const std::string& plan) {
  const auto look = store_.ask("SELECT plan FROM audit_consent WHERE root = ?", {root});
  if (!look) return look.error();
  return look->has_row() && look->text(0) == plan;
}

Result<void> Scores::allow(const std::string& root, const std::string& plan) {
  return store_.change("INSERT INTO audit_consent VALUES (?, ?) ON CONFLICT(root) DO UPDATE SET plan = excluded.plan",
                       {root, plan});
}

}  // namespace cascade::scores

namespace cascade::cli {

Result<void> ask_to_run(Call& call, const RunRequest& request) {
  if (request.is_allowed) return {};
  // Without a store nothing is kept: an audit without a memory is still an audit.
  const auto options = configured_store(call.environment(), true, true);
  auto scores = options ? scores::Scores::open(*options) : Result<scores::Scores>(options.error());
  if (options && !scores) call.console().note("the score is not kept: " + scores.error().message);
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
