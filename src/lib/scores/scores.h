// Which commands a person let an audit run.
#pragma once

#include <cascade/result.h>

#include <string>

#include "cli/call.h"
#include "store/store.h"

namespace cascade::scores {

// Errors of all operations: those of store::Store.
class Scores {
 public:
  static Result<Scores> open(const store::Options& options);

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

}  // namespace cascade::cli
