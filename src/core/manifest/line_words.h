// Reads the words of lines that the forms of references may need.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "text/ascii.h"
#include "text/byte_block.h"

namespace cascade::manifest {

// The kinds that a text speaks of, as a set ("agents and skills").
using Kinds = std::uint8_t;
constexpr Kinds kinds_skill = 1, kinds_agent = 2, kinds_command = 4;

// The kinds that one word stands for: agent, subagent, specialist, skill, command, each also in the plural; 0: none.
Kinds kind_word(std::string_view word);
// The same of the word that the text begins with, and in the singular alone.
Kinds kind_at_begin(std::string_view text);
Kinds kind_of_one(std::string_view word);

// The forms that a line may hold, as a set: the finder of a form skips lines without its sign. label: a part of a kind
// word or a relation, which every label has; type: "gent_type" in any case; spawn: a word that ends in "spawn";
// article: "the x agent", with any word and any kind word; title: "Xyz agent", "**Xyz** agent" with a word of two
// letters or more that begins with a capital; delegate: "legate"; tool: "Skill tool"; parenthesis: "agents ("; used:
// "x agent" in lower case.
using Signs = std::uint16_t;
constexpr Signs sign_label = 1 << 0, sign_type = 1 << 1, sign_spawn = 1 << 2, sign_article = 1 << 3,
                sign_title = 1 << 4, sign_delegate = 1 << 5, sign_tool = 1 << 6, sign_parenthesis = 1 << 7,
                sign_used = 1 << 8;

struct LineWords {
  Signs signs = 0;
  Kinds kinds = 0;       // that its words stand for
  bool relates = false;  // may hold a relation such as "reports_to"
};

// The bytes where a part of a wanted word may begin: each kind word has one of "ge", "mm", "sk" and "sp", each relation
// an 's' before its joint, which begins with 'f', 'o', 't' or 'w', and "delegate" has "ga". As
// letters::for_each_where() wants it.
inline constexpr auto may_be_parts = [](const char* from) noexcept {
  const letters::ByteBlock next = letters::load_block(from + 1);
  const letters::ByteBlock first = letters::to_lower(letters::load_block(from)), second = letters::to_lower(next);
  const letters::ByteBlock third = letters::to_lower(letters::load_block(from + 2));
  const letters::ByteBlock begins_joint = (third == 'f') | (third == 'o') | (third == 't') | (third == 'w');
  static_assert(('e' & ~4) == 'a');
  return ((first == 'g') & ((second & ~4) == 'a')) | ((first == 'm') & (second == 'm')) |
         ((first == 's') & ((second == 'k') | (second == 'p') | (((next == ' ') | (next == '_')) & begins_joint)));
};

// What the part at `at` tells of its line. All parts of a line together tell all.
LineWords read_part(std::string_view line, std::size_t at);

// Words of other languages than English: the rows of foreign_words.tsv, which says what each means.
enum class ForeignRole : std::uint8_t {
  agent,
  skill,
  command,
  user,
  verb_before,
  joint,
  refusal_before,
  time,
  offer,
  order_noun,
  particle,
  verb_behind,
  denial,
  occasion
};

struct ForeignWord {
  ForeignRole role = ForeignRole::agent;
  std::string_view word;
};

std::span<const ForeignWord> foreign_words() noexcept;

// The longest word of this role that the text begins or ends with; empty: none.
std::string_view foreign_begin(std::string_view text, ForeignRole role) noexcept;
std::string_view foreign_end(std::string_view text, ForeignRole role) noexcept;
// The first of them anywhere in the text, as a part of it; empty: none.
std::string_view foreign_inside(std::string_view text, ForeignRole role) noexcept;

// Of a whole word ("agente", "Habilidad", "スキル"); 0 of any other.
Kinds foreign_kind_word(std::string_view word) noexcept;

// A kind word at an end of a text whose language puts no blanks between words, and its length; none where `kind` is 0.
struct UnspacedKind {
  Kinds kind = 0;
  std::size_t bytes = 0;
};
UnspacedKind unspaced_kind_at_begin(std::string_view text) noexcept;  // "スキルを使う"
UnspacedKind unspaced_kind_at_end(std::string_view text) noexcept;    // "使用技能"

// Labels and set phrases: the rows of phrase_rows.tsv, which says what each means.
enum class Says : std::uint8_t {
  not_for,
  bad,
  elsewhere,
  unfinished,
  related,
  prerequisite,
  another,
  handing_on,
  told,
  triggers,
  output,
  message,
  aside,
  aside_command,
  left_open,
  missing,
  beside,
  program,
  oneself,
  wrong,
  right,
  warning,
  relation
};
enum class Where : std::uint8_t { begins, ends, holds, word, whole };

struct Phrase {
  Says says = Says::not_for;
  Where where = Where::begins;
  std::string_view words;  // in small letters
};

std::span<const Phrase> phrases() noexcept;

// Whether the text, in any case, has one of these phrases where its row wants it.
bool says(std::string_view text, Says what) noexcept;

// How names look in running text.
inline constexpr letters::ByteSet name_bytes("-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz");
// letters::is_name() as a table look-up, for long runs.
constexpr bool is_name_byte(char c) noexcept { return name_bytes.has(c); }

// A mark that encloses a name in text: emphasis, code, quotation.
constexpr bool is_enclosing(char c) noexcept { return c == '*' || c == '_' || c == '`' || c == '"' || c == '\''; }

// The end of the name that begins at `at`: a letter (or a digit: "01-planner"), then letters, digits, '_', '-', and a
// dot only before a digit ("gpt-5.1", but "coder." ends before the dot). `at` itself when no name begins there.
std::size_t name_end(std::string_view text, std::size_t at) noexcept;

// A name that begins with a digit has a letter after one of its hyphens; dates, ranges and versions have none.
bool begins_with_digit(std::string_view text, std::size_t at) noexcept;

// The end of the name that contains the byte at `at`.
std::size_t rest_of_name(std::string_view text, std::size_t at) noexcept;

// As name_end, with further names after ':' or '::' ("plugin:name", "c4::code").
std::size_t qualified_end(std::string_view text, std::size_t at) noexcept;

// Whether the whole text is such a name.
bool is_plain_name(std::string_view text) noexcept;
bool is_qualified_name(std::string_view text) noexcept;

// "CodeReviewer": a capital behind a small letter. Such a name may be a manifest's as it is, or in parts.
bool has_hump(std::string_view name) noexcept;

// A hyphen or colon inside: hardly an ordinary word.
bool is_distinctive(std::string_view name) noexcept;

// "reviewer", "architect": a word for somebody who does something. Only such words in lower case.
bool is_doer(std::string_view word) noexcept;

// "doc-reviewer", "task-planning-agent": a name of several words whose last stands for somebody who does something.
bool is_role_name(std::string_view name) noexcept;

// A placeholder that examples use for a name: "agent-name", "your-skill", "plugin:skill", "agent-1".
bool is_example_name(std::string_view name) noexcept;

}  // namespace cascade::manifest
