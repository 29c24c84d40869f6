// Where a clause begins and ends, and whether a word can be the verb of an order there.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "prose/sentence.h"

namespace cascade::prose {

constexpr std::size_t no_word = static_cast<std::size_t>(-1);

// order: none is named, as in an order. reader: "you". self: the manifest. everyone, nobody: a rule. somebody: a person
// who does things in their own time.
enum class Subject : std::uint8_t { unknown, order, reader, self, other, everyone, nobody, somebody };

struct Clause {
  Subject subject = Subject::unknown;
  std::size_t head = no_word, begin = no_word;  // its verb, its first word
  Roles head_roles = 0, modal = 0;
  bool denied = false;             // what the verb says is not to be
  bool negated = false;            // by a word before the verb: a second verb behind "or" shares it
  bool paired = false;             // by a verb and its particle ("steer clear")
  bool reversed = false;           // "not … until"
  bool contrast = false;           // behind "instead of", "rather than", ", not"
  bool subordinate = false;        // in a clause that only tells
  bool leads = false;              // that clause comes first and ends with a comma
  bool after_negated = false;      // begins behind the comma of a denied order
  std::size_t relative = no_word;  // where "that" or "which" began a clause about the subject
  bool slip = false;               // "mistakenly"
  bool never = false;
  bool user = false;     // somebody was named who may be the one to act
  bool others = false;   // it tells what somebody else does: behind "that", of an owner's, of another manifest
  bool made = false;     // "is written using"
  bool past = false;     // told of what was
  bool advised = false;  // "consider", "suggest"
  bool too = false;      // "too small for"

  bool is_order() const noexcept { return subject == Subject::order || subject == Subject::reader; }
};

// Where a name is: the words of its sentence on both sides.
struct Place {
  const SentenceWords& before;  // of the same sentence
  const SentenceWords& behind;
  bool whole = true;  // `before` begins where the sentence does
  bool open = true;   // running text: a clause may have any verb, not only those of the rows
};

class Opening {
 public:
  explicit Opening(const Place& place) noexcept : place_(place), words_(place.before), behind_(place.behind) {}

  bool ends_clause(std::size_t i) const noexcept;
  bool ends_behind(std::size_t i) const noexcept;  // of the words behind the name
  bool breaks_before(std::size_t i) const noexcept;
  // Whether the name begins a clause of its own, or stands in brackets. `last`: the last word before it.
  bool is_cut_off(std::size_t last) const noexcept;
  // "Please", "then", "1.", "step 3": may stand before the verb of an order.
  bool is_skipped(std::size_t i) const noexcept;
  // Whether the word is an order's verb. `soft`: behind a comma or "and", so that a list may go on instead.
  // `after_order`: of an order, or joined by a word.
  bool is_order(std::size_t i, bool soft, bool after_order) const noexcept;
  // "Do not", "never", "please don't": the verb that it denies; no_word: nothing is denied here.
  std::size_t denied_verb(std::size_t i) const noexcept;
  // "Keep … out", "steer clear", also behind the name.
  bool refuses_in_pair(std::size_t i) const noexcept;

 private:
  bool is_sentence_of(std::size_t first) const noexcept;

  const Place& place_;
  const SentenceWords &words_, &behind_;
};

// Whether a word can be the verb of an order, by its class and its ending.
bool is_adverb(std::string_view word) noexcept;   // "quickly"
bool is_nominal(std::string_view word) noexcept;  // "integration", "findings": a noun by its ending
bool is_name_like(const SentenceWords& words, std::size_t i) noexcept;  // a path, a name, a word in marks
// Whether the word stands between a verb or preposition and the name: articles, kinds, the names listed before it.
bool is_beside_name(const SentenceWords& words, std::size_t i) noexcept;
// `open`: a word of no class may be one too.
bool may_be_verb(const SentenceWords& words, std::size_t i, bool open) noexcept;
// The roles of "avoiding" and "avoids" are those of "avoid".
Roles base_roles(std::string_view word) noexcept;

}  // namespace cascade::prose
