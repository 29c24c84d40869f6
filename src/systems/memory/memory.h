// Facts that outlive conversations, in the store. Of a subject that somebody gave there is one live fact in a scope and
// owner, and of a claim (memory/claims.h) where nobody gave one; earlier ones stay readable; captured facts are
// candidates until somebody keeps them; secrets are never stored.
#pragma once

#include <cascade/render.h>
#include <cascade/result.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "facts/fact.h"
#include "facts/index_file.h"
#include "facts/recall.h"
#include "store/store.h"
#include "text/ascii.h"

namespace cascade::memory {

using recall::Fact;
using recall::Scope;
using recall::State;

constexpr std::size_t max_subject_bytes = 200, max_text_bytes = 4'000, max_source_bytes = 300;

// The result of adding a fact.
struct Written {
  enum class Outcome : std::uint8_t {
    added,      // it is live
    same,       // an identical fact existed
    captured,   // it is a candidate
    confirmed,  // a candidate captured in a second session; it is live now
    historic,   // it is older than the live fact about its subject
    forgotten,  // somebody forgot it permanently; it is not restored
  };
  Outcome outcome = Outcome::added;
  std::string id;
  std::string known_as;              // same: the subject of the fact that says so, if it has another
  std::string superseded;            // the id of the fact it replaced
  std::string why;                   // what that was replaced for, in words for people
  std::vector<Fact> contradicts;     // live facts that may say something else, the likeliest first
  std::vector<std::string> secrets;  // the kinds of the secrets that were removed
};
std::string_view to_string(Written::Outcome outcome) noexcept;

struct Filter {
  std::optional<Scope> scope;
  std::optional<std::string> owner;
  std::vector<State> states;  // empty: all
  std::size_t limit = 0;      // 0: no limit
  std::string after;          // the id at which the previous page ended
};

// Two facts that may disagree about one subject.
struct Conflict {
  Fact first, second;
  std::string why;  // "same subject", "changed on two machines", "may contradict"
};

struct Imported {
  std::size_t added = 0, same = 0, historic = 0, captured = 0, forgotten = 0;
  std::size_t secrets = 0;           // the number removed
  std::vector<std::string> refused;  // "line 3: it has no subject"
};

// Errors of all operations: those of store::Store; misuse for something that cannot be a fact.
class Memory {
 public:
  // `folder` is the state folder; with `creates` false: not_found if there is no store.
  static Result<Memory> open(const store::Options& options);

  // Adds a live fact, or a candidate if `fact.state` says so. A model's fact does not replace a person's: it becomes a
  // candidate. `replaces`: the id of a live fact whose place it takes, whatever both say; not_found: there is none.
  Result<Written> add(Fact fact, const std::string& replaces = {});
  Result<std::vector<Fact>> list(const Filter& filter);
  Result<std::vector<Fact>> live();
  // Finds by id; else the live fact of that subject, else its newest one; among `owners` if there are any. misuse:
  // several are live.
  Result<std::optional<Fact>> find(const std::string& id_or_subject, const std::vector<std::string>& owners = {});
  // The fact or its replacer, then what was replaced, the newest first.
  Result<std::vector<Fact>> history(const Fact& of);
  // The same of each claim about a subject, one after the other.
  Result<std::vector<Fact>> histories(const std::string& subject, const std::vector<std::string>& owners = {});
  Result<bool> keep(const std::string& id);     // makes a candidate live. False: it is not a candidate
  Result<bool> retire(const std::string& id);   // false: it is not live
  Result<bool> restore(const std::string& id);  // live again beside what replaced it. False: it is live
  // What an earlier release took for replaced although both make different claims.
  Result<std::vector<Fact>> pushed_out();
  // Forgets the fact and everything ever recorded about its subject, permanently: also in the bytes of the file.
  // Returns their number.
  Result<std::size_t> forget(const Fact& fact);
  Result<std::vector<Conflict>> conflicts();
  // Adds several facts in one transaction, like add(); ids, dates and states are kept.
  Result<Imported> import(const std::vector<Fact>& facts);

  // A change that a team does not know yet: a fact in its present state, or none if it was forgotten.
  struct Unsent {
    std::string id;
    std::int64_t changes = 0;
    std::optional<Fact> fact;
  };
  Result<std::vector<Unsent>> unsent(const std::string& team);
  Result<void> sent(const std::vector<Unsent>& told);  // facts that changed again meanwhile stay unsent
  // Takes over others' facts; `forgotten` are ids. If two are live about one subject, the later one stays live, and
  // both are a conflict until somebody decides.
  Result<void> take_over(const std::string& team, const std::vector<Fact>& facts,
                         const std::vector<std::string>& forgotten, std::int64_t position);
  Result<std::int64_t> position(const std::string& team);  // of the last take_over()

 private:
  explicit Memory(store::Store store, std::string folder);
  // One transaction, with what the body returns. Before the facts change the recall index is removed, so that a hook
  // never uses an outdated one; the next reader rebuilds it.
  template <typename Body>
  auto write(const Body& body) {
    const recall::IndexChange change(folder_);
    return store_.transaction(body);
  }
  // What was read, in the body of write(), which need not look: after a fault of it the store does nothing more, and
  // the transaction ends with it.
  template <typename Value>
  Value got(Result<Value> read) {
    if (read) return *std::move(read);
    store_.fail(read.error());
    return {};
  }
  // Which of two facts of a subject lives: what is told now, whatever a clock that was put back says, or the later one.
  enum class Order { told_now, as_dated };
  Result<Written> put(Fact fact, Order order, const std::string& replaces = {});
  void find_claim(Fact& fact, Written& written, const std::string& replaces);
  void join_claims(const Fact& replaced, Fact& fact, Written& written);
  Written place(Fact fact, Written written, Order order);
  void supersede(const Fact& live, const Fact& fact, Written& written);
  Written capture(Fact fact, Written written, Order order);
  void give_id(Fact& fact);
  Result<std::optional<Fact>> one(const std::string& where, const std::vector<std::string>& values);
  std::optional<Fact> first(const std::string& where, const std::vector<std::string>& values) {
    return got(one(where, values));
  }
  Result<std::vector<Fact>> rows(const std::string& where, const std::vector<std::string>& values);
  void insert(const Fact& fact);
  bool is_forgotten(const std::string& id);
  void note_change(const std::string& id);
  void take_over(Fact fact);
  void settle(const Fact& fact);

  store::Store store_;
  std::string folder_;
};

// Prepares a fact for storing: folds white space, removes hidden characters, replaces secrets. misuse: it has no
// subject or text, or is too long.
Result<Fact> tidy(Fact fact, std::vector<std::string>& secrets);

// How the store finds the facts about one subject.

// Two subjects are one if they agree but for the case of ASCII letters. It is stored next to the subject, because the
// store must find it by an index and SQLite and a server disagree about other letters.
inline std::string folded_subject(const std::string& subject) { return letters::to_lower(subject); }

// The condition for the facts about the same subject, and the values of its three parameters.
constexpr const char* same_subject = "scope = ? AND owner = ? AND folded = ?";

// A claim in capitals is no folded subject.
inline std::vector<std::string> subject_of(const recall::Fact& fact) {
  return {std::string(to_string(fact.scope)), fact.owner,
          fact.claim.empty() ? folded_subject(fact.subject) : fact.claim};
}

// A team's facts on a server that several machines share.

struct Synchronised {
  std::size_t sent = 0, received = 0;
};

// Sends unsent facts to the server and takes over others' changes since. May be interrupted anywhere and repeated.
// `server` are the options of a store on a server; tests may use a file. Errors: those of store::Store.
Result<Synchronised> synchronise(Memory& memory, const store::Options& server, const std::string& team);

// Facts as text and back: our own JSON lines, notes as in CLAUDE.md, the file of the reference memory server.

// Writes one line of JSON per fact (docs/formats/memory.md).
std::string write_lines(const std::vector<Fact>& facts);

struct ReadFacts {
  std::vector<Fact> facts;
  std::vector<std::string> refused;  // lines that are no fact, each with its place
};

// The facts in a file; `usual` gives scope, owner, source, author, trust and date if the file does not.
//   lines: {"subject": ..., "text": ..., ...} a line, all but these two optional; `supersedes` or `superseded_by` an id
//   reference server: {"type": "entity", "name": ..., "observations": [...]} and relations, a line or one document
//   notes: Markdown; each list item and each paragraph is a fact, its subject the text before a colon, or the heading;
//     front matter gives name (the first heading), description (a fact) and type (the facts' kind)
// malformed: the file has none of these formats; misuse: it holds no fact.
Result<ReadFacts> read_facts(std::string_view text, const std::string& path, const Fact& usual);

// The place from which memory is asked, and the index of what it recalls.

// The repository, person and team of the folder. `home`, `users_file`: the user's folder and own cascade.yaml.
recall::Place place_at(const std::string& directory, const std::string& home, const std::string& users_file);

// The recall index in the state folder, built from the store if it is missing. not_found: there is no store. `waits`:
// see make_index().
Result<recall::Index> recall_index(const std::string& state, bool waits);

// Rebuilds the index after facts have changed. If that fails, whoever needs it next rebuilds it.
void refresh_recall(const std::string& state, Memory& memory);

}  // namespace cascade::memory

// The output of `cascade memory`.

namespace cascade::rendering {

std::string memory_written_text(const memory::Written& written, Format format);
// What is asked of facts that both live: one line; empty: nothing.
std::string memory_question_text(const memory::Written& written);
// `next`: the start of the following page; empty on the last page.
std::string memory_list_text(const std::vector<recall::Fact>& facts, const std::string& next, Format format);
std::string memory_show_text(const recall::Fact& fact, const std::vector<recall::Fact>& history, Format format);
struct FoundFact {
  recall::Fact fact;
  recall::Recalled recalled;
};
std::string memory_search_text(const std::vector<FoundFact>& found, const recall::Signals& signals, Format format);
std::string memory_conflicts_text(const std::vector<memory::Conflict>& conflicts, Format format);
std::string memory_import_text(const memory::Imported& imported, Format format);

}  // namespace cascade::rendering
