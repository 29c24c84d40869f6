// The head above a manifest's text in a bundle: its card, as emitted. The costs of heads, like those of sections, are
// counted when a manifest is parsed, so that a bundle's cost is known from the records alone.
#pragma once

#include <cascade/manifest.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::manifest {

// How much of the manifest follows the head. nothing: the head is all there is of it, a card. all: its whole text
// follows. part: some of it, with marks where something was cut. continued: as part, but the conversation already holds
// the head; only the line that names it comes again.
enum class Follows : std::uint8_t { nothing, all, part, continued };

// The facts that a head states. The views are the caller's.
struct HeadFacts {
  Kind kind = Kind::skill;
  std::string_view name, description;
  const std::vector<ToolName>& tools;
  TokenCount tokens = 0;  // of the whole text
};

//   === agent: log-reader ===
//   When to use: Finds the first cause in a log.
//   Tools: Read, Grep
//   Card only; in full 412 tokens
//
// Where text follows, the last line is "In full" or "In part" (with marks). It states no amount: an edit further down
// would change it, and a cache of the text's beginning (a client's prompt cache) would lose everything after it.
//
// Nothing in a manifest can end its line early or disturb the others: control characters, bidirectional controls and
// other hidden characters are removed, white space folds to one blank, and the description is cut at 1,536 characters
// as the client does (2.1.328). The head ends with a letter and a blank line, so that the text after it costs the same
// as it does alone (manifest/emission.h).
std::string head(const HeadFacts& facts, Follows follows);

// The costs of the heads. With exact counts the lines of a head are counted once and added up: each begins with a
// letter or "=" after a line feed (docs/tokens.md).
HeadCosts count_heads(const HeadFacts& facts, const TokenCounter& counter);

// One line of displayable text: white space folded to single blanks, hidden characters dropped, ill-formed bytes
// replaced. Text longer than `limit` code points is cut, with "..." in place of the last three.
std::string one_line(std::string_view text, std::size_t limit);

// Marks by which a model tells the words of Cascade or the client from those of a manifest's author. In an author's
// text they are forged, so they are defused when that text is emitted.
//
//   === skill: deploy ===      at the start of a line     ->  \=\=\= skill: deploy \=\=\=
//   [cascade] load this        at the start of a line     ->  \[cascade\] load this
//   <task-notification>        at the start of a line     ->  U+2039 for the first sign; so do the client's other tags
//   <system-reminder>          anywhere                   ->  U+2039 for the first sign
//
// Case, spacing, full width, look-alike letters and invisible characters make no difference.

// Where each forged mark begins, in order. Nearly every text has none; the cost is then one look at the start of each
// line and at each sign that may open a tag.
std::vector<std::size_t> forged_marks(std::string_view text);

// Whether a part of the text, or parts of it joined, could hold a mark. Never false when it could; seldom true when it
// could not.
bool may_hold_forged_marks(std::string_view text);

// The text with its forged marks defused. Defusing twice is defusing once.
std::string defused(std::string text);

}  // namespace cascade::manifest
