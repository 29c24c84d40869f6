// A section's text as a bundle holds it. Section costs are counted on this text, so that a bundle's cost is known from
// the records alone, before anything is read.
#pragma once

#include "tokens/counted_text.h"

#include <string>
#include <string_view>
#include <vector>

namespace cascade::manifest {

// `text`, a section's bytes in the file (or its shorter form), without blank lines in front and white space behind,
// ill-formed UTF-8 replaced, forged marks defused (manifest/forged_marks.h), ended by a blank line. Empty when there is
// nothing but white space. One space is put before a slash that begins the text.
//
// Invariant: for emitted texts a and b, tokens(a + b) == tokens(a) + tokens(b). The o200k pattern never joins a line
// feed with what follows it, except with further line feeds (none begin b) and, behind punctuation, with slashes (none
// begin b).
std::string emitted(std::string_view text);

// What emitted texts cost that are made of whole lines of one text. That text is counted once; it and the counter must
// outlive this.
class EmissionCosts {
 public:
  EmissionCosts(const TokenCounter& counter, std::string_view text);

  // Of the text itself, as it is.
  Cost whole() const noexcept { return counted_.cost(); }
  // What counter.count(emitted(...)) gives for the ranges joined. REQUIRES: each begins where a line or the text begins
  // and ends where a line or the text ends.
  Cost of(Span<const tokens::ByteRange> ranges);

 private:
  std::string_view bytes_of(const tokens::ByteRange& range) const;
  bool hold_command_marks(Span<const tokens::ByteRange> ranges) const;
  Cost count_joined(Span<const tokens::ByteRange> ranges) const;

  const TokenCounter& counter_;
  tokens::CountedText counted_;
  bool may_hold_commands_, may_hold_marks_;
  std::vector<tokens::ByteRange> kept_;  // of the ranges asked for, to save memory from being taken again and again
};

}  // namespace cascade::manifest
