// The parts of the verb `explain`.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cli/call.h"
#include "explain/change.h"
#include "explain/check.h"

// Writes the file of an explanation without explaining anything.
namespace cascade::cli {

struct NewExplanation {
  std::string range, id, into, waive, by;
  bool ask = false;  // one question at a time, although standard input is no terminal
};
Exit write_explanation(Call& call, const NewExplanation& options);

// Shows a record's hunks and questions, reads the reviewer's sentence from standard input, and only then shows what the
// author wrote. The sentence goes into the record.
Exit review_explanation(Call& call, const std::string& range, const std::string& id, const std::string& by);

// Takes hunks out in throwaway work trees and runs there what their authors say would fail.
struct ShowOptions {
  bool is_allowed = false;      // --yes
  std::uint32_t seconds = 300;  // for one command
};

// Runs statements on one change. Both trees are written anew from the commits for each of them, so that nothing that an
// earlier command left behind is there, and each command runs confined as `audit --run` confines it.
class HunkRunner {
 public:
  HunkRunner(Call& call, const comprehension::Repository& repository, const comprehension::Change& change,
             ShowOptions options)
      : call_(call), repository_(repository), change_(change), options_(options) {}

  // Whether the commands that the change's records name may be run. unsupported: nobody allowed them.
  Result<void> ask(const std::vector<comprehension::TreeText>& records) const;
  void show(comprehension::Showing& showing) const;  // REQUIRES: its command was allowed

 private:
  struct Trees;
  Result<void> take_out(const comprehension::Hunk& hunk, const Trees& trees) const;
  Result<comprehension::Ran> run(const std::string& tree, const std::string& command) const;
  Result<void> show_in(comprehension::Showing& showing, const Trees& trees) const;

  Call& call_;
  const comprehension::Repository& repository_;
  const comprehension::Change& change_;
  ShowOptions options_;
};

}  // namespace cascade::cli
