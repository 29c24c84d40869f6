// The record of each gate: what it said, and what came of it.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gate/calibration.h"
#include "store/store.h"

namespace cascade::gate {

// What judges. A rule that changed is another rule, with a record of its own.
struct Rule {
  std::string gate;       // its name
  std::string words;      // says what it does: two rules with the same words are one
  Counts known{};         // on labelled cases, before it judged anything here
  bool is_graded = true;  // false: its flags follow from facts; they are recorded and may always block
};

struct Trial {
  std::int64_t id = 0;
  std::string gate;
  std::int64_t version = 0;  // of its rule
  std::string subject;       // what was judged; the same subject is one trial until its outcome is known
  bool flagged = false;
  Level mode = Level::shadow;     // that was in force
  std::string repo, base, state;  // the work tree, its commit, and a hash of what was not committed; may be empty
  std::string commit;             // that what was judged became; empty: none is known
  std::int64_t at = 0;            // seconds since 1970
  std::optional<bool> correct{};  // none: not known yet
  std::string outcome{};          // the kind that decided
};

// fixed, reverted, red: right. green, standing (unreverted after 14 days): wrong, as long as nothing stronger is known.
// judged, waived: the user's word, which beats all others.
struct Outcome {
  std::string kind;
  bool correct = false;
  std::string source;  // for people: a commit, "the user"
};
bool is_stronger(std::string_view kind, std::string_view than) noexcept;

struct Standing {
  std::int64_t version = 0;  // 0: the rule has not judged anything yet
  Counts live;               // here
  Counts known;              // before
  Level earned = Level::shadow;
  std::uint64_t open = 0;      // flags without an outcome
  std::uint64_t standing = 0;  // of them, those that became a commit
  std::optional<Level> set{};  // by `cascade gate set`, whatever the configuration says
  bool is_graded = true;
  Counts all() const noexcept { return {live.right + known.right, live.wrong + known.wrong}; }
};
// Of a rule that nothing is recorded of.
Standing beginning(const Rule& rule) noexcept;
// What holds: the weaker of what is configured (or set) and what is earned.
Level in_force(const Standing& standing, Level configured) noexcept;

// Errors of all operations: as of store::Store.
class Records {
 public:
  static Result<Records> open(const store::Options& options);

  Result<Standing> standing(const Rule& rule);
  // Every gate that has a record, by name.
  Result<std::vector<std::string>> names();
  // Keeps what the rule said. A trial of the same subject whose outcome is not known yet is the same trial.
  Result<Trial> note(const Rule& rule, Trial trial);
  Result<std::optional<Trial>> find(std::int64_t id);
  // The newest first.
  Result<std::vector<Trial>> trials(const std::string& gate, std::int64_t version, std::size_t most);
  // Flags in a work tree (empty: in all) whose outcome is not known, or only that nothing came of them so far.
  Result<std::vector<Trial>> unsettled(const std::string& repo);
  Result<std::vector<Trial>> of_commit(const std::string& beginning);  // a commit, or its first digits
  // The flags whose subject begins so and that have no outcome.
  Result<std::vector<Trial>> of_subject(const std::string& gate, const std::string& beginning);
  // Whether this very subject was judged by the rule, flagged or not.
  Result<bool> knows(const Rule& rule, const std::string& subject);

  // What came of a trial. The gate's level follows at once; false: nothing changed by it.
  Result<bool> decide(std::int64_t id, const Outcome& outcome, std::int64_t now);
  Result<void> attach(std::int64_t id, const std::string& commit);
  // none: what is configured holds again.
  Result<void> set(const std::string& gate, std::optional<Level> level);

  store::Store& store() noexcept { return store_; }

 private:
  explicit Records(store::Store store) : store_(std::move(store)) {}
  Result<void> lock(const std::string& gate);
  Result<std::int64_t> version_of(const Rule& rule, std::int64_t now);
  Result<std::vector<Trial>> read(const std::string& where, const std::vector<std::string>& words,
                                  const std::vector<std::int64_t>& numbers);
  Result<Outcome> decisive(std::int64_t id);
  Result<void> regrade(const Trial& trial, bool correct);
  store::Store store_;
};

}  // namespace cascade::gate
