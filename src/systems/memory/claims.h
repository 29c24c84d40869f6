// What a statement claims: of what, what, and whether it allows or forbids. Two facts that nobody gave a subject are
// compared by it: a newer one takes the place of an older one only if it makes the same claim anew.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "memory/claim_frame.h"
#include "memory/typed.h"

namespace cascade::memory {

// How a newer fact stands to an older one. From `value` on it takes its place.
enum class Relation : std::uint8_t {
  none,
  may_contradict,  // they speak of the same thing: both live, and somebody is asked
  value,           // another value of the same thing
  over,            // it says that what the older one is about is over
  opposite,        // it allows what the older one forbids, or the other way round
};
std::string_view to_string(Relation relation) noexcept;  // in words for people

struct Claim {
  explicit Claim(std::string_view text);

  std::string said;           // without what opens it: "remember:", "from now on"
  std::string first, padded;  // its first clause; that in small letters between blanks
  std::string verb;
  Roles kind = 0;   // of the verb: what it says of the subject
  bool is = false;  // the verb is a form of "to be" before a value
  bool forbids = false, permits = false, is_news = false, adds = false, denies = false;
  bool corrects = false;                    // is news, or opens as such: "from now on"
  std::vector<std::string> subject, words;  // stems of what says something
  std::set<std::string> set, told;          // those of `words`; of these what says what it is about
  std::vector<Frame> frames;
  std::vector<std::string> frame, values;  // the first clause with "#" for each value, and these

 private:
  void read_verb(const std::vector<std::string>& raw);
  void read_frame(std::size_t verb_at);
};

Relation relation_of(const Claim& older, const Claim& newer);
// How much of one thing both speak: which of two that a newer one may replace is meant.
std::int32_t points_of(const Claim& older, const Claim& newer);

// What the statement is about, as people read it: the path that a rule names, else the words before the verb, else the
// first words behind it.
std::string subject_in(std::string_view text);
// Whether the statement says what it is about, so that it needs no subject beside it: "we deploy on Mondays", and not
// "Mondays", "is reset each night" or "it is green".
bool says_its_subject(std::string_view text);
// Whether words before a colon are a subject, and not an order or what opens a sentence: "decision", "never touch it".
bool can_be_subject(std::string_view words);

}  // namespace cascade::memory
