// The record of each gate: its judgements and their outcomes.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/store.h"

namespace cascade::gate {

enum class Level : std::uint8_t { shadow, warn, block };  // in order of strictness; shadow: records and says nothing
std::string_view to_string(Level level) noexcept;
std::optional<Level> parse_level(std::string_view text) noexcept;

// Flags with a known outcome. Exact up to a million of both together.
struct Counts {
  std::uint64_t right = 0, wrong = 0;
  std::uint64_t total() const noexcept { return right + wrong; }
};

// An interval for the precision, in parts per million. Without outcomes: 0 to 1,000,000.
struct Interval {
  std::uint32_t lower = 0, upper = 0;
};
Interval interval(Counts counts) noexcept;  // Wilson, 95 %; rounded outwards
std::string to_string(Interval interval);   // "0.82 to 0.98", both rounded down

Level level_of(Counts counts) noexcept;  // the level that the counts alone would allow
bool is_decision(std::uint64_t outcomes) noexcept;

// The level after an outcome. `counts` include it; `grew`: it is a new outcome, not a correction of an earlier one.
// Flagged changes that went through and still stand (`standing`) may turn out wrong flags, and reverts come sooner
// than 14 quiet days: a promotion counts them as wrong, or a bad gate would look good while it is young.
Level next_level(Level earned, Counts counts, std::uint64_t standing, bool grew) noexcept;

// The next decision that can reach `level`: at how many outcomes, and how many of those to come must be right.
struct Way {
  std::uint64_t outcomes = 0, more = 0, right = 0;
};
Way way_to(Level level, Counts counts) noexcept;

// The rule that judges. A changed rule is a new rule with its own record.
struct Rule {
  std::string gate;       // its name
  std::string words;      // says what it does: two rules with the same words are the same rule
  Counts known{};         // on labelled cases, before it judged anything here
  bool is_graded = true;  // false: its flags follow from facts; they are recorded and may always block
};

struct Trial {
  std::int64_t id = 0;
  std::string gate;
  std::int64_t version = 0;  // of its rule
  std::string subject;       // what was judged; the same subject is one trial until its outcome is known
  bool flagged = false;
  Level mode = Level::shadow;     // the mode in force at the time
  std::string repo, base, state;  // the work tree, its commit, and a hash of what was not committed; may be empty
  std::string commit;             // the commit that the subject became; empty: unknown
  std::int64_t at = 0;            // seconds since 1970
  std::optional<bool> correct{};  // none: not yet known
  std::string outcome{};          // the kind of outcome that decided
};

// fixed, reverted, red: right. green, standing (not reverted after 14 days): wrong, unless a stronger outcome is
// known. judged, waived: the user's word, which overrides all others.
struct Outcome {
  std::string kind;
  bool correct = false;
  std::string source;  // for people: a commit, "the user"
};

struct Standing {
  std::int64_t version = 0;  // 0: the rule has not judged anything yet
  Counts live;               // from trials here
  Counts known;              // from labelled cases, before
  Level earned = Level::shadow;
  std::uint64_t open = 0;      // flags without an outcome
  std::uint64_t standing = 0;  // those of them that became a commit
  std::optional<Level> set{};  // by `cascade gate set`, overriding the configuration
  bool is_graded = true;
  Counts all() const noexcept { return {live.right + known.right, live.wrong + known.wrong}; }
};
Standing beginning(const Rule& rule) noexcept;  // for a rule without records
// How often the gate was right: "This gate has been right in 34 of 36 (95 % interval 0.82 to 0.98)".
std::string sentence_about(const Standing& standing);
// The level in force: the weaker of the configured (or set) one and the earned one.
Level in_force(const Standing& standing, Level configured) noexcept;

// Errors of all operations: those of store::Store.
class Records {
 public:
  static Result<Records> open(const store::Options& options);

  Result<Standing> standing(const Rule& rule);
  Result<std::vector<std::string>> names();  // every gate with a record, by name
  // Records a judgement. A trial of the same subject whose outcome is not yet known is the same trial.
  Result<Trial> note(const Rule& rule, Trial trial);
  Result<std::optional<Trial>> find(std::int64_t id);
  Result<std::vector<Trial>> trials(const std::string& gate, std::int64_t version, std::size_t most);  // newest first
  // Flags in a work tree (empty: in all) whose outcome is unknown or only "standing".
  Result<std::vector<Trial>> unsettled(const std::string& repo);
  Result<std::vector<Trial>> of_commit(const std::string& beginning);  // a commit, or its first digits
  // The flags whose subject begins with this and that have no outcome.
  Result<std::vector<Trial>> of_subject(const std::string& gate, const std::string& beginning);
  // Whether the rule judged this very subject, flagged or not.
  Result<bool> knows(const Rule& rule, const std::string& subject);

  // Records the outcome of a trial and updates the gate's level at once; false: nothing changed.
  Result<bool> decide(std::int64_t id, const Outcome& outcome, std::int64_t now);
  Result<void> attach(std::int64_t id, const std::string& commit);
  Result<void> set(const std::string& gate, std::optional<Level> level);  // none: the configuration applies again

 private:
  explicit Records(store::Store store) : store_(std::move(store)) {}
  void lock(const std::string& gate);
  Result<std::int64_t> version_of(const Rule& rule, std::int64_t now);
  Result<std::vector<Trial>> read(const std::string& where, const std::vector<std::string>& words,
                                  const std::vector<std::int64_t>& numbers);
  Result<Outcome> decisive(std::int64_t id);
  Result<void> regrade(const Trial& trial, bool correct);
  store::Store store_;
};

}  // namespace cascade::gate
