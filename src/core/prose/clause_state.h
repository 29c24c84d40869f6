// What is known of the clause that the words read so far end in.
#pragma once

#include "prose/words.h"

#include <cstddef>
#include <cstdint>

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

}  // namespace cascade::prose
