// The head under which a manifest stands in a bundle: its card, as emitted. Costs of heads are counted when a manifest
// is parsed, as those of sections are, so that a bundle's cost is known from the records alone.
#pragma once

#include <cascade/manifest.h>

#include <string>
#include <string_view>
#include <vector>

namespace cascade::manifest {

// How much of the manifest follows the head. nothing: the head is all there is of it, a card. all: its whole text
// follows. part: some of it, with marks where something was cut. continued: as part, but the conversation already holds
// the head; only the line that names it comes again.
enum class Follows : std::uint8_t { nothing, all, part, continued };

// What a head tells. Views of the caller's.
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
// Where text follows, the last line is "In full" or "In part" (with marks). It gives no amount: an edit further down
// would change it, and with it everything behind it for whoever keeps the beginning of a text (a client's prompt
// cache).
//
// Nothing of a manifest can end the line or write beside it: control characters, bidirectional controls and the like
// are taken out, white space folds to one blank, and the description is cut at 1,536 characters as the client does
// (2.1.328). Ends with a blank line behind a letter, so that what follows costs the same as alone
// (manifest/emission.h).
std::string head(const HeadFacts& facts, Follows follows);

// What the three heads cost. With exact counts the lines of a head are counted once and added up: each begins with a
// letter or "=" behind a line feed (docs/tokens.md).
HeadCosts count_heads(const HeadFacts& facts, const TokenCounter& counter);

// One line of displayable text: white space folded to single blanks, hidden characters dropped, ill-formed bytes
// replaced, cut after `limit` code points with "..." in the place of the last three.
std::string one_line(std::string_view text, std::size_t limit);

}  // namespace cascade::manifest
