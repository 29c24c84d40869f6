// What a statement claims: of what, what, and whether it allows or forbids. Two facts that nobody gave a subject are
// compared by it: a newer one takes the place of an older one only if it makes the same claim anew.
#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "memory/typed.h"
#include "route/words.h"

namespace cascade::memory {

// The words of a sentence that claims something.

using Texts = std::vector<std::string>;

bool is_part(char c) noexcept;  // of a word
Roles roles_of(std::string word);
bool has(const std::string& padded, std::string_view phrase);
bool says(const std::string& padded, Roles role);

bool is_measured(std::string_view word);
bool is_path(std::string_view word);
bool is_day(const std::string& word);
bool is_name(const std::string& word);

std::string stem(std::string_view text);
Texts tokens(std::string_view text);
Texts content(std::string_view text);  // stems of what says something

Texts split(std::string_view text);  // at blanks
std::string joined(const Texts& words, std::size_t begin, std::size_t end);
std::string bare(std::string_view word);       // in small letters, without signs around it
std::string padded_of(std::string_view text);  // bare words between blanks

// A sentence word by word, as the rows of typed_words.tsv know it.

struct Row {
  std::size_t size = 0;  // in words
  explicit operator bool() const noexcept { return size != 0; }
};

class Statement {
 public:
  explicit Statement(std::string_view text);

  std::size_t size() const noexcept { return begins_.size(); }
  // Where a word begins in the text; the text's size behind the last one.
  std::size_t offset(std::size_t word) const { return word < size() ? folded_.offsets[begins_[word]] : text_.size(); }
  // The words from the one to before the other, with what stands behind them.
  std::string_view part(std::size_t begin, std::size_t end) const;
  std::string_view word(std::size_t at) const;  // folded
  // The longest row of this role that begins with the word.
  Row row_at(std::size_t word, Roles wanted) const;
  std::string_view text() const noexcept { return text_; }

 private:
  std::string_view text_;
  route::FoldedText folded_;
  std::vector<std::size_t> begins_, ends_;  // of words in the folded text
};

// Whether two texts are one sentence: the same but for the case of letters, white space and the mark at the end.
bool same_sentence(std::string_view a, std::string_view b);

// A sentence ends with its line; a full stop ends it where a blank follows. Of a long text the first ones.
std::vector<std::string_view> sentences_of(std::string_view said);

// The form of a statement: clause by clause what it speaks of, and the values that it gives of it. A newer statement
// that says that something has changed takes an older one's place if it speaks of the same and gives another value of
// the same sort.

struct Value {
  std::string text;
  Roles sort = 0;    // measures and kinds of values; of a number without a unit `roles::number` alone
  std::string unit;  // what is counted, if it is no measure: "digits"
};

struct Topic {
  std::string word;             // its stem
  bool before = false;          // it stands before the first value
  bool limits = false;          // behind "for", "in", "when"
  std::size_t of = Topic::end;  // the next topic, if that follows at once: "stock" of "stock import"
  static constexpr std::size_t end = ~std::size_t{0};
};

struct Frame {
  std::vector<Topic> topics;
  std::vector<Value> values;
  Texts verbs;
  bool forbids = false, adds = false;  // "never"; "also"
};

// Those of the clauses that give values.
std::vector<Frame> frames_of(std::string_view said);
// REQUIRES: the newer one says that something has changed.
bool gives_another_value(const std::vector<Frame>& older, const std::vector<Frame>& newer);
// Whether both are one clause that speaks of exactly the same, and only a measure or a time differs: "a normal lesson
// lasts 45 minutes", "normal lessons are 60 min long".
bool differ_in_value(const std::vector<Frame>& older, const std::vector<Frame>& newer);
struct Compared {
  bool same = false, another = false;  // a value of both; one of the same sort that the newer one gives of the same
};
Compared compare(const std::vector<Frame>& older, const std::vector<Frame>& newer);

// Of products for one purpose the same, 0: none is known.
std::size_t purpose_of(const std::string& word);
// Whether both are forms of one word: "review" and "reviewer".
bool are_akin(const std::string& a, const std::string& b);

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
