// The scores of audits over time, and which commands a person let an audit run.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/call.h"
#include "store/store.h"

namespace cascade::scores {

struct Score {
  std::string head;         // of the history; empty: none was known
  std::int64_t at = 0;      // milliseconds since 1970
  std::uint32_t score = 0;  // thousandths
  bool with_runs = false;
};

// Errors of all operations: those of store::Store.
class Scores {
 public:
  static Result<Scores> open(const store::Options& options);

  // Keeps one score for each repository, head and whether commands ran: the last. It is later than all before, whatever
  // the clock says.
  Result<void> note(const std::string& root, const Score& score);
  // The oldest first; the last `most` of them.
  Result<std::vector<Score>> of(const std::string& root, std::size_t most);

  // `plan`: the text of all commands. A changed command must be allowed again.
  Result<bool> is_allowed(const std::string& root, const std::string& plan);
  Result<void> allow(const std::string& root, const std::string& plan);

 private:
  explicit Scores(store::Store store) : store_(std::move(store)) {}
  store::Store store_;
};

}  // namespace cascade::scores

// Whether commands of a repository may be run: a person says so once for each text of them, or --yes does.

namespace cascade::cli {

struct RunRequest {
  std::string root, plan;  // the repository; the commands as a person reads them, a line each
  bool is_allowed = false, network = false;
};

// unsupported: nobody allowed it. The first time, and whenever the plan has changed, a person is shown what would run.
Result<void> ask_to_run(Call& call, const RunRequest& request);

// Nothing if there is no store: an audit without a memory is still an audit.
std::optional<scores::Scores> open_scores(Call& call, bool creates);

}  // namespace cascade::cli
