// The words of a sentence beside a place in it: in lower case, at most 160 bytes and 40 words, each with its roles.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace cascade::prose {

// What a word may be, as bits: many have several roles. words.tsv says what each means.
using Roles = std::uint64_t;
namespace roles {
constexpr Roles bit(unsigned number) noexcept { return Roles{1} << number; }
inline constexpr Roles det = bit(0), universal = bit(1), pronoun = bit(2), self = bit(3), you = bit(4), user = bit(5),
                       be = bit(6), aux = bit(7), past = bit(8), must = bit(9), may = bit(10), neg = bit(11),
                       nobody = bit(12), slip = bit(13), after_no = bit(14), reason = bit(15), sub = bit(16),
                       reversal = bit(17), rel = bit(18), prep = bit(19), means = bit(20), to = bit(21),
                       topic = bit(22), join = bit(23), adverb = bit(24), filler = bit(25), kind = bit(26),
                       call = bit(27), invoking = bit(28), call_wide = bit(29), call_foreign = bit(30), hand = bit(31),
                       hand_wide = bit(32), doing = bit(33), gives = bit(34), regards = bit(35), beside = bit(36),
                       refuses = bit(37), unmind = bit(38), proposes = bit(39), undoes = bit(40), bars = bit(41),
                       pair = bit(42), noun = bit(43), third = bit(44), lead = bit(45), verb = bit(46),
                       forbid_foreign = bit(47), way = bit(48), light = bit(49), urge = bit(50), halts = bit(51),
                       refusal = bit(52), pair_begin = bit(53);
inline constexpr Roles is_use = call | call_wide | call_foreign, hands_over = hand | hand_wide;
// Whoever is one of these is no verb.
inline constexpr Roles is_closed =
    det | pronoun | self | you | be | aux | must | may | neg | sub | rel | prep | join | kind;
inline constexpr Roles is_verb =
    is_use | hands_over | doing | gives | regards | beside | refuses | unmind | proposes | undoes | verb;
}  // namespace roles

struct WordRow {
  std::string_view word;
  Roles roles = 0;
};

std::span<const WordRow> word_rows() noexcept;                          // sorted by word
std::span<const WordRow> word_rows_from(unsigned char first) noexcept;  // those that begin with this byte

// Of a word whose ASCII letters are small; "re-run" is "run". 0: none of the rows.
Roles roles_of(std::string_view word) noexcept;
Roles roles_in_any_case(std::string_view word) noexcept;
// "steer" and "clear": whether the two say no together. REQUIRES: `verb` has the role pair_begin, for speed alone.
bool is_refusing_pair(std::string_view verb, std::string_view behind) noexcept;

constexpr std::size_t sentence_window = 160;  // bytes looked at on either side

// Words without the marks around them. A mark that ends a sentence or clause is a word of its own.
class SentenceWords {
 public:
  explicit SentenceWords(std::string_view text);

  std::size_t size() const noexcept { return count_; }
  std::string_view operator[](std::size_t i) const noexcept {
    return {letters_.data() + words_[i].begin, words_[i].length};
  }
  Roles roles(std::size_t i) const noexcept { return roles_[i]; }
  bool is(std::size_t i, Roles wanted) const noexcept { return i < count_ && (roles_[i] & wanted) != 0; }
  bool has(std::size_t i, std::string_view word) const noexcept { return i < count_ && (*this)[i] == word; }
  bool is_label(std::size_t i) const noexcept;    // a colon ends the word, also behind marks of emphasis
  bool is_set_off(std::size_t i) const noexcept;  // marks of code or emphasis stand right before and behind the word
  // Whether a bracket that opens behind the beginning of word `first` is open before word `last`, and not only for it.
  bool is_in_brackets(std::size_t first, std::size_t last) const noexcept;
  bool opens_bracket(std::size_t i) const noexcept;  // a bracket opens right before the word
  bool is_in_call() const noexcept;                  // "Skill(": the bracket open behind the last words is a call's
  bool closes_with_bracket() const noexcept;         // a bracket opens or closes behind the last word
  bool is_bracket_open() const noexcept;             // a bracket opens behind the last word
  void keep_last_sentence() noexcept;                // only the words after the last end of a sentence

 private:
  struct Word {
    std::uint8_t begin, length;
  };
  static_assert(sentence_window < 256);

  void add(std::size_t begin, std::size_t length) noexcept;
  void drop(std::size_t first) noexcept;  // so many words

  std::array<char, sentence_window> letters_{};
  std::array<Word, 40> words_{};
  std::array<Roles, 40> roles_{};
  std::size_t count_ = 0, size_ = 0;  // words, bytes
};

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
  bool adjunct = false;  // the sentence begins with a condition or a place, and a comma

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
  // `soft`: behind a comma or "and", so that a list may go on instead. `after_order`: of one, or joined by a word.
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

bool is_name_like(const SentenceWords& words, std::size_t i) noexcept;  // a path, a name, a word in marks
// Whether the word stands between a verb or preposition and the name: articles, kinds, the names listed before it.
bool is_beside_name(const SentenceWords& words, std::size_t i) noexcept;
// Whether a word can be the verb of an order, by its class and its ending; `open`: one of no class may be, too.
bool may_be_verb(const SentenceWords& words, std::size_t i, bool open) noexcept;
// The roles of "avoiding" and "avoids" are those of "avoid".
Roles base_roles(std::string_view word) noexcept;

// What a clause says of a name. ordered: "let X choose". advised: "consider X". refused: "keep away from X". told:
// anything else. bare: no verb says anything of the name, as in a label or a list.
enum class Stance : std::uint8_t { bare, told, ordered, advised, refused };

// What the name is in its clause.
enum class Part : std::uint8_t { object, means, receiver, source, topic, subject };

struct Reading {
  Stance stance = Stance::bare;
  Part part = Part::object;
  bool denied = false;                              // the verb that governs the name is
  bool by_others = false;                           // who does it is somebody else, or whoever may
  std::size_t head = static_cast<std::size_t>(-1);  // its verb in `before`; -1: none
};

// English. Linear in the words; nothing is allocated.
Reading read_clause(const Place& place) noexcept;

}  // namespace cascade::prose
