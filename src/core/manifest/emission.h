// A section's text as a bundle holds it. Section costs are counted on this text, so that a bundle's cost is known from
// the records alone, before anything is read.
#pragma once

#include "tokens/counted_text.h"

#include <string>
#include <string_view>
#include <vector>

namespace cascade::manifest {

// `text`, a section's bytes in the file (or its shorter form), without leading blank lines and trailing white space,
// ill-formed UTF-8 replaced, forged marks defused (manifest/forged_marks.h), followed by a blank line. Empty when the
// text is only white space. A text that begins with a slash gets one space before it.
//
// Invariant: for emitted texts a and b, tokens(a + b) == tokens(a) + tokens(b). The o200k pattern never joins a line
// feed with what follows it, except with further line feeds (none begin b) and, after punctuation, with slashes (none
// begin b).
std::string emitted(std::string_view text);

// The costs of emitted texts that consist of whole lines of one text. Its ranges are counted once; it and the counter
// must outlive this object.
class EmissionCosts {
 public:
  // Counts these ranges of the text, as CountedText does.
  EmissionCosts(const TokenCounter& counter, std::string_view text, Span<const tokens::ByteRange> counted);

  // The cost of all that was counted, unchanged; and that of a part that might be counted by itself.
  Cost whole() const noexcept { return counted_.cost(); }
  Cost unchanged(const tokens::ByteRange& range) const { return counted_.cost_of(range); }
  // The same as counter.count(emitted(...)) of the ranges joined. REQUIRES: each range begins where a line or the text
  // begins and ends where a line or the text ends.
  Cost of(Span<const tokens::ByteRange> ranges);

 private:
  std::string_view bytes_of(const tokens::ByteRange& range) const;
  bool hold_command_marks(Span<const tokens::ByteRange> ranges) const;
  Cost count_joined(Span<const tokens::ByteRange> ranges) const;

  const TokenCounter& counter_;
  tokens::CountedText counted_;
  bool may_hold_commands_ = false, may_hold_marks_ = false;
  std::vector<tokens::ByteRange> kept_;  // a copy of the ranges asked for, kept to reuse its memory
};

}  // namespace cascade::manifest
