// What outlives conversations: facts in the store. One live fact a subject, scope and owner; what was true before stays
// readable; what is captured waits apart until somebody keeps it; secrets never come in.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "recall/fact.h"
#include "store/store.h"

namespace cascade::memory {

using recall::Fact;
using recall::Scope;
using recall::State;

constexpr std::size_t max_subject_bytes = 200, max_text_bytes = 4'000, max_source_bytes = 300;

// What became of a fact that was handed in.
struct Written {
  enum class Outcome : std::uint8_t {
    added,      // it is live
    same,       // it was there, word for word
    captured,   // it is a candidate
    confirmed,  // a candidate that was captured in a second session: it is live now
    historic,   // it is older than what is live about its subject
    forgotten,  // somebody forgot it for good: it is not taken back
  };
  Outcome outcome = Outcome::added;
  std::string id;
  std::string superseded;            // the id of what it took the place of
  std::vector<std::string> secrets;  // kinds of those that were taken out
};
std::string_view to_string(Written::Outcome outcome) noexcept;

struct Filter {
  std::optional<Scope> scope;
  std::optional<std::string> owner;
  std::vector<State> states;  // empty: all
  std::size_t limit = 0;      // 0: no limit
  std::string after;          // the id that the page before ended with
};

// Two that may say different things about one matter.
struct Conflict {
  Fact first, second;
  std::string why;  // "same subject", "nearly the same text", "changed on two machines"
};

struct Imported {
  std::size_t added = 0, same = 0, historic = 0, captured = 0, forgotten = 0;
  std::size_t secrets = 0;           // that were taken out
  std::vector<std::string> refused;  // "line 3: it has no subject"
};

// Errors of all operations: as of store::Store; misuse for a fact that cannot be one.
class Memory {
 public:
  // `folder` is the state folder; with `creates` false: not_found where there is no store.
  static Result<Memory> open(const store::Options& options);

  // A live fact, or a candidate if `fact.state` says so. What a model wrote does not take the place of what a person
  // did: it becomes a candidate.
  Result<Written> add(Fact fact);
  Result<std::vector<Fact>> list(const Filter& filter);
  // By id; else the live fact of that subject, else the newest of it, among `owners` where there are any.
  Result<std::optional<Fact>> find(const std::string& id_or_subject, const std::vector<std::string>& owners = {});
  Result<std::vector<Fact>> history(const Fact& of);  // all about its subject, the newest first
  Result<bool> keep(const std::string& id);           // a candidate becomes live. False: it is none
  Result<bool> retire(const std::string& id);         // false: it is not live
  // The fact and all that was ever said about its subject, for good: out of the file's bytes, too. How many.
  Result<std::size_t> forget(const Fact& fact);
  Result<std::vector<Conflict>> conflicts();
  // Several facts in one transaction, as add(); ids, dates and states are kept.
  Result<Imported> import(const std::vector<Fact>& facts);

  // What a team has not been told yet: a fact as it is now, or none where it was forgotten.
  struct Unsent {
    std::string id;
    std::int64_t changes = 0;
    std::optional<Fact> fact;
  };
  Result<std::vector<Unsent>> unsent(const std::string& team);
  Result<void> sent(const std::vector<Unsent>& told);  // what changed again meanwhile stays unsent
  // Takes over what others wrote; `forgotten` are ids. Of two that are live about one subject the later stays so, and
  // both are a conflict until somebody decides about the subject.
  Result<void> take_over(const std::string& team, const std::vector<Fact>& facts,
                         const std::vector<std::string>& forgotten, std::int64_t position);
  Result<std::int64_t> position(const std::string& team);  // of the last take_over()

 private:
  explicit Memory(store::Store store, std::string folder);
  Result<void> write(const std::function<Result<void>()>& body);
  Result<Written> put(Fact fact);
  Result<Written> place(Fact fact, Written written);
  Result<Written> capture(Fact fact, Written written);
  Result<std::string> free_id(const Fact& fact);
  Result<std::optional<Fact>> one(const std::string& where, const std::vector<std::string>& values);
  Result<std::vector<Fact>> rows(const std::string& where, const std::vector<std::string>& values);
  Result<void> insert(const Fact& fact);
  Result<void> change(const std::string& sql, const std::vector<std::string>& values);
  Result<bool> is_forgotten(const std::string& id);
  Result<void> note_change(const std::string& id);
  Result<void> take_over(const Fact& fact);
  Result<void> take_over_live(Fact fact);
  Result<void> settle(const Fact& fact);

  store::Store store_;
  std::string folder_;
};

// A fact as it may be stored: white space folded, hidden characters out, secrets replaced. misuse: without a subject or
// a text, or too long.
Result<Fact> tidy(Fact fact, std::vector<std::string>& secrets);

}  // namespace cascade::memory
