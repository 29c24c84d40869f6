// What a person says as words and lines, ready to be split into needs.
#pragma once

#include <array>
#include <functional>
#include <span>

#include "prompt/parts.h"

namespace cascade::needs {

// What a word or a row of words may be, as bits: many are several things. words.tsv says what each means.
using Roles = std::uint64_t;
namespace roles {
constexpr Roles bit(unsigned number) noexcept { return Roles{1} << number; }
inline constexpr Roles between = bit(0), joint = bit(1), fresh = bit(2), in_order = bit(3), ask = bit(4), wish = bit(5),
                       question = bit(6), verb = bit(7), noun_too = bit(8), limits = bit(9), advice = bit(10),
                       reason = bit(11), closing = bit(12), handles = bit(13), again = bit(14), refers = bit(15),
                       wrong = bit(16), object = bit(17), aux = bit(18), asks_how = bit(19), person = bit(20),
                       article = bit(21), creates = bit(22), bound = bit(23), number = bit(24), announced = bit(25),
                       details = bit(26), listed = bit(27), politeness = bit(28), wants = bit(29), looks = bit(30),
                       tells = bit(31), infinitive = bit(32), rules_out = bit(33), undone = bit(34), aside = bit(35),
                       preposition = bit(36), determiner = bit(37), pointing = bit(38), subject = bit(39),
                       finite = bit(40), must_be = bit(41), needed = bit(42), ready = bit(43), informs = bit(44),
                       light = bit(45), mends = bit(46), artefact = bit(47), code_act = bit(48), knowledge = bit(49),
                       adverb = bit(50), shown = bit(51), settled = bit(52), renounces = bit(53), keeps = bit(54),
                       edits = bit(55), thanked = bit(56), reach = bit(57), shared = bit(58), greets = bit(59),
                       read_of = bit(60), event = bit(61), long_ago = bit(62), praised = bit(63);
inline constexpr Roles joins = joint | fresh, opens = ask | wish | question, acts = verb | noun_too,
                       belongs = limits | reason | closing | handles;
}  // namespace roles

struct WordRow {
  std::string_view word;  // "en by the way": the language, and words in small letters without accents and apostrophes
  Roles roles = 0;
};

std::span<const WordRow> word_rows() noexcept;                          // sorted by word
std::span<const WordRow> word_rows_from(unsigned char first) noexcept;  // those that begin with this byte

// Whether the word alone has one of the roles in a language; in small letters without accents.
bool has_role(std::string_view language, std::string_view word, Roles wanted);

struct Word {
  std::uint32_t begin = 0, end = 0;          // bytes of the message, with the marks around the word
  std::uint32_t text_at = 0, text_size = 0;  // in small letters without accents, apostrophes and marks around it
  bool comma = false;                        // a comma, a semicolon or a closing bracket stands behind it
  bool paren = false;                        // an opening bracket stands before it
  bool dashed = false;                       // a dash between blanks stands before it
  char mark = 0;                             // the mark that may end a sentence behind it: . ! ? ; or :
  bool quoted = false;  // it stands within back ticks or quotation marks that are still open behind it
};

// Words of a message, from the first to one past the last.
struct Words {
  std::size_t begin = 0, end = 0;
  std::size_t size() const noexcept { return end > begin ? end - begin : 0; }
  bool empty() const noexcept { return end <= begin; }
  template <typename Holds>
  bool any(const Holds& holds) const {
    std::size_t word = begin;
    while (word < end && !holds(word)) ++word;
    return word < end;
  }
};

enum class LineKind : std::uint8_t { text, item, heading, pasted };

struct Line {
  std::uint32_t begin = 0, end = 0;  // bytes, without the line end
  LineKind kind = LineKind::text;
  bool after_blank = false;
  bool indented = false;
  Words words;  // without the mark of a list item
};

// The longest row of words at one place.
struct Row {
  std::size_t size = 0;  // in words; 0: there is none
  Roles roles = 0;
  explicit operator bool() const noexcept { return size != 0; }
};

class Message {
 public:
  // `language`: the two letters of words.tsv. The text must outlive the message.
  Message(std::string_view text, const std::vector<prompt::Part>& parts, std::string_view language);

  const std::vector<Line>& lines() const noexcept { return lines_; }
  const Word& operator[](std::size_t word) const noexcept { return words_[word].word; }
  std::string_view text() const noexcept { return text_; }
  std::string_view text_of(std::size_t word) const noexcept;  // as it is looked up
  std::string_view raw(std::size_t word) const noexcept;      // as it is written

  // The longest row with one of these roles that begins at the first of the words and ends within them.
  Row row_at(Words words, Roles wanted) const;
  bool is(std::size_t word, Roles wanted) const { return row_at({word, word + 1}, wanted).size == 1; }
  bool has(Words words, Roles wanted) const;

 private:
  static constexpr std::size_t longest_row = 6;
  struct Entry {
    Word word;
    bool known = false;
    std::array<Roles, longest_row> rows{};  // by their number of words
  };
  void add_line(Line line);
  void split_inline_list(const Line& line);
  void add_words(std::uint32_t begin, std::uint32_t end);
  void look_up(std::size_t word) const;

  std::string_view text_;
  std::string key_;  // the language and a blank
  std::string folded_;
  mutable std::vector<Entry> words_;
  std::vector<Line> lines_;
};

// A message as a list of needs: each thing that the person asks for, with what they say about it.

// What made a part of a message a need of its own.
enum class Sign : std::uint8_t {
  whole,      // nothing: the message is one need
  asks,       // a sentence that asks
  item,       // an item of a list
  clause,     // a clause of a sentence that asks as the one before does
  joint,      // words that say that something else follows ("by the way")
  statement,  // a statement with a subject of its own
};
std::string_view to_string(Sign sign) noexcept;

struct ByteRange {
  std::uint32_t begin = 0, end = 0;
};

// A statement that may be a need of its own.
struct Statement {
  ByteRange range;
  bool joined = false;  // a joint stands before it ("also", "and"), or it begins a paragraph
};

struct Need {
  ByteRange part;  // of the message: the clause that asks, what was said before it and what belongs to it
  ByteRange core;  // the clause that asks, without the joints before it
  Sign sign = Sign::whole;
  std::vector<Statement> statements;  // within the part and beside the core
  std::vector<Statement> sides;       // of joints within the part between clauses of which the second does not ask
};

// `parts`: the text as prompt::read_parts() reads it. `language`: two letters ("en"); another one than the tables have
// is split at its lists only. In the order of the text and without overlaps; the part of an only need is the whole
// text. At least one. Linear in the text.
std::vector<Need> read_needs(std::string_view text, const std::vector<prompt::Part>& parts, std::string_view language);

// The names that a person calls by the grammar of a call, whether or not anything has them: "use the X skill", "load
// skill X", "/X". prompt/parts.h finds the known ones, however they are called.

struct NamedCall {
  std::string_view name;  // in the text, without its mark
  prompt::CallMark mark = prompt::CallMark::none;
  // The grammar alone says that it is a name; where it does not, it is one only if something has nearly this name.
  bool sure = false;
  bool plain = false;  // written as any word is: one that people use for other things is no name
};

// Whether a text may hold such a call: it begins with a mark, or has a word of kind. One pass over its words.
bool may_call(std::string_view text);

// Orders of the person alone: what is refused, asked about or told of is not called. Several names at once ("the X and
// Y skills") are not read. `said`: what the person says (prompt/parts.h); `language`: two letters.
std::vector<NamedCall> named_calls(std::string_view said, std::string_view language);

// How single words of a message are written.
struct Marks {
  bool quoted = false, code = false, number = false, name = false;
};
std::vector<Marks> marks_of(const Message& message);

// The message of the same length with "file" in place of each path and, where nothing fails, blanks in place of
// quotations of several words: what is said besides what is only named.
struct Said {
  std::string text;
  std::vector<std::string> paths;
};
Said without_names(const Message& message, const std::vector<Marks>& marks);

// The length of the mark of a list item at the beginning of the text, with the blanks behind it: "- ", "2) ", "(b) ".
std::size_t item_mark(std::string_view text) noexcept;

enum class Head : std::uint8_t {
  none,
  request,
  ask,
  wish,
  question,
  again,
  limits,
  reason,
  closing,
  handles,
  statement
};

constexpr bool opens(Head head) noexcept { return head >= Head::request && head <= Head::again; }

// A clause without the joints before it.
struct Clause {
  Words words;
  bool fresh = false;  // one of the joints says that something new follows
  bool joined = false;
};
Clause without_joints(const Message& message, Words words);

// `asked`: a question mark ends the sentence. `inside`: other clauses of the sentence stand before it.
Head head_of(const Message& message, Words words, bool asked, bool inside = false);

// Whether it refers to something said before within its first words.
bool leans(const Message& message, Words words);

// Where a clause may be two, although the second does not ask.
struct Doubt {
  std::size_t at;  // the first word of the second, with its joints
  bool strong;     // the joint says that something new follows
};

struct ClauseCut {
  Words words;                  // the clause, with the joints before it
  Head head = Head::statement;  // what opens it
  std::vector<Doubt> doubts;
};

// The clauses of a sentence in order; the first is its beginning. `after_need`: a need stands before the sentence.
std::vector<ClauseCut> clauses_of(const Message& message, Words sentence, bool asked, bool after_need);

// What a message wants done: its clauses as orders, questions, reports and conditions, and of each order the act and
// its object. Needs are cut where one begins, this wherever somebody else, another time or another act begins.

enum class Speech : std::uint8_t {
  order,      // an imperative, a polite question, a wish
  question,   // asks to be told something, in whatever form
  need,       // somebody or something needs it
  shown,      // "here are …"
  fragment,   // no verb
  statement,  // tells something
  aside,      // a time, a condition, a relative clause
  ruled_out,  // "don't …", "not yet", "my colleague won't …"
};

constexpr std::size_t no_word = static_cast<std::size_t>(-1);

struct Piece {
  Speech speech = Speech::fragment;
  Words words;
  std::size_t act = no_word;  // an order's verb; no_word: none, or the object comes first
  Words object, rest;         // an order's object, up to a preposition, and what follows
  bool tells = false;         // a question in the form of an order ("explain …")
};

// Whether a word is the act of a manifest that may be meant, so that it may head an order.
using IsAct = std::function<bool(std::size_t word)>;

// "prints", "dropping": a form of a verb of the rows; English, in small letters.
bool is_verb_form(std::string_view word);

// The clauses of what is said, in order. `language`: the message's. A language without rows has fragments only.
std::vector<Piece> pieces_of(
    const Message& message, const std::vector<Marks>& marks, std::string_view language,
    const IsAct& is_act = [](std::size_t) { return false; });

// Whether a long message asks for an act or an answer anywhere; a story, a report, thanks do not.
bool asks_for_anything(const Message& message, const std::vector<Marks>& marks, std::string_view language);

// "Thanks, the deploy worked", "great work, thank you", "thanks! how was your weekend?": begins with thanks, and asks
// for nothing but how somebody is. What is told in another sentence is work, unless it is well ("everything is fine").
bool is_thanks(const Message& message, const std::vector<Marks>& marks, std::string_view language);

// "I read about Kubernetes yesterday", "our meeting about the GDPR is at three", "we had a memory leak last year": one
// statement, which tells what was read, when people meet or what is long over. What fails now is none.
bool is_mere_report(const Message& message, const std::vector<Marks>& marks, std::string_view language);

// "What is a Helm chart?", "what does idempotent mean?": asks what a word means, and nothing of its own matter.
bool asks_for_definition(const Message& message, const std::vector<Marks>& marks, std::string_view language);

// "Rename x to y in a.ts", "fix the typo in a.md", "add a check in a.py line 8": its whole effect is a line or a file.
// "Rename the class x across the repository" and "rename the column x in production" are none.
bool is_small_edit(const Message& message, const std::vector<Marks>& marks, std::string_view language);

}  // namespace cascade::needs
