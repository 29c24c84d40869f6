// Converts facts to text and back: our own JSON lines, notes as in CLAUDE.md, the file of the reference memory server.
#pragma once

#include <cascade/result.h>

#include <string>
#include <string_view>
#include <vector>

#include "memory/memory.h"

namespace cascade::memory {

// Writes one line of JSON per fact (docs/formats/memory.md).
std::string write_lines(const std::vector<Fact>& facts);

struct ReadFacts {
  std::vector<Fact> facts;
  std::vector<std::string> refused;  // lines that are no fact, each with its place
};

// The facts in a file; `usual` gives scope, owner, source, author, trust and date if the file does not.
//   lines: {"subject": ..., "text": ..., ...} a line, all but these two optional; `supersedes` or `superseded_by` an id
//   reference server: {"type": "entity", "name": ..., "observations": [...]} and relations, a line or one document
//   notes: Markdown; each list item and each paragraph is a fact, its subject the text before a colon, or the heading;
//     front matter gives name (the first heading), description (a fact) and type (the facts' kind)
// malformed: the file has none of these formats; misuse: it holds no fact.
Result<ReadFacts> read_facts(std::string_view text, const std::string& path, const Fact& usual);

}  // namespace cascade::memory
