// Finds what a manifest's text says about other manifests. One references_<form>.cpp per family of forms;
// docs/references.md has an example of each. Extraction knows only the client's own names: binding decides which
// manifests exist. A finder starts from Candidates::marks(), the places where its forms may begin, or from the facts in
// each TextLine; it does not search the whole text itself.
#pragma once

#include <cascade/manifest.h>
#include <cascade/result.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "manifest/body_text.h"
#include "prose/sentence.h"

namespace cascade::manifest {

// All but the last are a byte that may carry a name: an ASCII one above '-' follows, as all letters and digits
// are and the dot of "x-.5", or the '$' of `$x`.
enum class Mark : std::uint8_t { tick, star, at, slash, colon, dot, hyphen, parenthesis };  // the opening one
constexpr std::size_t mark_kinds = static_cast<std::size_t>(Mark::parenthesis) + 1;

class Marks {
 public:
  explicit Marks(std::string_view text);  // linear

  // Ascending offsets.
  Span<std::size_t> of(Mark mark) const noexcept {
    const std::size_t begin = begins_[static_cast<std::size_t>(mark)];
    return {places_.data() + begin, begins_[static_cast<std::size_t>(mark) + 1] - begin};
  }

 private:
  std::vector<std::size_t> places_;                   // by mark
  std::array<std::size_t, mark_kinds + 1> begins_{};  // in places_
};

enum class Certainty : std::uint8_t { stated, guess, named };  // named: as in Reference

// Collects the references found in a text, form by form, and puts them in order.
class Candidates {
 public:
  explicit Candidates(const BodyText& text) : text_(text), marks_(text.text()) { found_.reserve(usual_count); }

  // `offset` is in BodyText::text(), where the name begins. A kind of 0 or of several bits is not known: the first of
  // agent, command, skill in it is the best guess (skill for 0). A single kind is known unless it is only a `guess`.
  void add(Kinds kinds, std::string_view name, Via via, Strength strength, std::size_t offset,
           Certainty certainty = Certainty::stated);

  // In the order of the file. References to one name on one line become one: the first form of `Via`, the greatest
  // strength.
  // `path` and `file`: of the file.
  std::vector<Reference> take(std::string_view path, const syntax::LineIndex& file);

  const BodyText& body() const noexcept { return text_; }
  const Marks& marks() const noexcept { return marks_; }  // of its text

 private:
  struct Candidate {
    Symbol target;
    bool kind_known = false;
    Via via = Via::prose;
    Strength strength = Strength::mentioned;
    std::size_t offset = 0;  // in the text
    bool named = false;      // as in Reference
    std::size_t line = 0;
  };
  static bool merge(Candidate& kept, const Candidate& later);

  const BodyText& text_;
  Marks marks_;
  static constexpr std::size_t usual_count = 32;

  std::vector<Candidate> found_;
};

// Task("…", "…", "agent"), Agent(name), subagent_type: name, Skill(name), SlashCommand(/name).
void find_calls(const BodyText& body, Candidates& out);
// /name, /plugin:name; not paths, routes, tags or regular expressions.
void find_slash_words(const BodyText& body, Candidates& out);
// plugin:name without a slash, and skill:name where the prefix is a kind.
void find_qualified(const BodyText& body, Candidates& out);
// [text](path) to a Markdown file or a folder.
void find_links(const BodyText& body, Candidates& out);
// skills/x/SKILL.md, `agents/x.md`, `x.md`, `some-skill/`.
void find_paths(const BodyText& body, Candidates& out);
// agent_spawn { type: "x" }, agent spawn --type x, --agent x.
void find_other_spawns(const BodyText& body, Candidates& out);
// "Agents: a, b", "reports_to: x", lists under "agents:", "agents (a, b)".
void find_labels(const BodyText& body, Candidates& out);
// Cells of a column headed Agent, Skill or Command.
void find_table_cells(const BodyText& body, Candidates& out);
// `name`, **name**, @name, headings that are just a name.
void find_marked(const BodyText& body, Candidates& out);
// "- **Release Engineer** — what for": the bold title at `begin` leads an item. Its last word must be somebody who does
// something.
void find_leading_title(const BodyText& body, const TextLine& line, std::string_view title, std::size_t begin,
                        Candidates& out);
// "use code-reviewer", "the code-reviewer agent", names in a list under "Agents".
void find_prose(const BodyText& body, Candidates& out);
// "the researcher agent", "spawn an explore agent", "delegate to the architect and tester", titles in sentences.
void find_words(const BodyText& body, Candidates& out);
// mcp__server__tool anywhere, each once.
std::vector<ToolMention> find_mcp_tools(const syntax::LineIndex& file, std::string_view path);

// The ranges of the names that a value lists: "a, b and c", "[a, b]", "a → b", "a (why) / b", in text[begin, end). A
// piece that is more than a name is left out; text in parentheses or after a dash is an explanation.
std::vector<std::pair<std::size_t, std::size_t>> names_listed(std::string_view text, std::size_t begin,
                                                              std::size_t end);

// Names marked only by their place: a reader sees that "(code-reviewer)" or "see code-reviewer" names a manifest when
// one has this name. When none has it, binding drops the words.

// Whether the name [begin, end) of the text is set apart from its sentence: in parentheses, next to an arrow, after a
// word such as "see" or "via", alone in a table's cell, at the head of a list item, between a preposition and the end
// of its clause, between a preposition and a purpose, right next to a script without blanks, before the thing it does
// or gives ("the x-y gate"), in "[[…]]". Reads the line, and the line above for the word before it.
bool is_set_off(const BodyText& body, const TextLine& line, std::size_t begin, std::size_t end);

// Whether a line of a drawing or list in a fence sets it off: at the line's head, next to a drawn line or an arrow, in
// brackets, as a participant of a sequence diagram.
bool is_drawn(const BodyText& body, const TextLine& line, std::size_t begin, std::size_t end);

// Whether a word such as "see" or "via" or an arrow comes right before the name, or a script without
// blanks is right next to it.
bool is_pointed_at(const BodyText& body, const TextLine& line, std::size_t begin, std::size_t end);

// Whether a letter or mark of such a script begins at `at`: kana, CJK, Hangul.
bool is_unspaced(std::string_view text, std::size_t at) noexcept;

// Whether a description refers a matter to it: "noisy pages are alert-tuning", "ranking threats is threat-modeler's".
bool is_referred_to(const BodyText& body, const TextLine& line, std::size_t begin, std::size_t end);

// The kinds that the text around [begin, end) speaks of: the word next to it ("the X agent", "skill X"), else the words
// on its line, then on the line that introduces it, then in its heading. The first of these with any kind counts.
Kinds cue_for(const BodyText& body, const TextLine& line, std::size_t begin, std::size_t end);
// Only of the word right after or before the name; only marks and blanks may come between.
Kinds kind_beside(std::string_view text, const TextLine& line, std::size_t begin, std::size_t end);

// Whether a name in code marks ends its noun: "the `x` skill to sort", not "the skill `name` field".
bool ends_noun(const BodyText& body, const TextLine& line, std::size_t end);

// Whether no letter precedes it on its line, only marks of lists, emphasis and quotes. Reads back to the last letter.
bool leads_line(const BodyText& body, const TextLine& line, std::size_t begin);

// "delegate to `x`", "hand off to `x`", "invoke `x`": whether a verb that hands work on comes right before [begin, …)
// and its marks.
bool is_handed_work(const BodyText& body, const TextLine& line, std::size_t begin);

// Adds the name if it is distinctive or a cue gives its kind, unless it is a word such as "agent" or, without a hyphen
// or colon, one of the client's tools. An ordinary word with cues of several kinds is added once for each.
void add_soft(const BodyText& body, const TextLine& line, std::size_t begin, std::size_t end, Via via, Kinds cue,
              Candidates& out, Certainty certainty = Certainty::stated);

// How a sentence uses a name: calls it, names it, or warns it off.

// excluded: "do not call X", "rather than X", "instead of X", "not for this, use X instead", or a use under a heading
// such as "When not to use". invoked: "use X", "run the X command", "delegate to X". mentioned: all else, "collaborate
// with X". `begin` and `end` are of the name (with its marks) in BodyText::text(). Looks at most 160 bytes around it.
Strength strength_of(const BodyText& body, const TextLine& line, std::size_t begin, std::size_t end);

// The same for a form that is itself a call ("Skill(x)"): invoked, required in a prerequisite, excluded when warned
// off, mentioned in printed output or in a list of related manifests.
Strength call_strength(const BodyText& body, const TextLine& line, std::size_t begin, std::size_t end);

using prose::sentence_window, prose::SentenceWords;

// A use in an example or below "Next steps", one left to somebody ("use X when you want", "Need a list? Use X"), a
// request that somebody types ("> Use X to …"), an advice ("Next: run X") in code, a program's page of help ("run `x
// --help`"). `before`: the words before the name, which ends at `end`.
bool is_shown(const BodyText& body, const TextLine& line, const SentenceWords& before, std::size_t begin,
              std::size_t end);

// Whether code that begins with a slash word shows how it is typed, because no text above it orders that.
bool is_shown_command(const BodyText& body, const TextLine& line);

// Orders of languages that put no blanks between words, or the verb behind the name: Chinese, Japanese, Korean.
enum class UnspacedOrder { none, call, refusal };

// "调用 `x`", "`x` を実行する", "`x` 스킬을 호출한다": whether the text before a name on its line, or after it, has it
// called, or forbids that. An occasion ("使用 `x` 时", "`x` を実行した後") and what the user does are no orders.
UnspacedOrder unspaced_order(std::string_view before, std::string_view after);

// Positions below are bytes of `text`; nothing before `line_begin` is read.

// The word right before `at`, behind blanks and marks of bold type and quotation; `begin` becomes where it begins.
std::string_view word_before(std::string_view text, std::size_t at, std::size_t line_begin, std::size_t& begin);

// "use [the] X", "delegate to X", "orchestrates X": the words right before the name at `at`.
bool stands_behind_use(std::string_view text, std::size_t at, std::size_t line_begin);

// The same, with other names of a list in between: "use a-b, c-d and X".
bool follows_use(std::string_view text, std::size_t at, std::size_t line_begin);

// "delegate X at once", "follow X": verbs that also have other objects. "delegate X to" gives X away. The name is
// [at, end).
bool stands_behind_wide_use(std::string_view text, std::size_t at, std::size_t end, std::size_t line_begin);

// "use a-b to plan, X to build or c-d to mend": one verb leads a list in which each name comes with its purpose.
bool shares_use(std::string_view text, std::size_t at, std::size_t end, std::size_t line_begin);

}  // namespace cascade::manifest
