// A text that is counted once, to price many texts made of its parts.
//
//   const CountedText counted(counter, "# A\n\nOne.\n\nTwo.\n");
//   counted.count("", {{0, 11}}, "");   // as counter.count("# A\n\nOne.\n\n")
#pragma once

#include <cascade/tokens.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "tokens/count_memo.h"

namespace cascade::tokens {

// [begin, end) in bytes.
struct ByteRange {
  std::size_t begin = 0, end = 0;
  std::size_t size() const noexcept { return end - begin; }
};

class CountedText {
 public:
  // Both must outlive it.
  CountedText(const TokenCounter& counter, std::string_view text);
  // Counts only these ranges, which are in order and do not touch. REQUIRES: each begins where the text begins, or a
  // line that is not blank and does not begin with a slash, and ends where the text ends or such a line begins; all
  // ranges asked for later lie in one of them.
  CountedText(const TokenCounter& counter, std::string_view text, Span<const ByteRange> counted);
  ~CountedText();
  CountedText(const CountedText&) = delete;
  CountedText& operator=(const CountedText&) = delete;

  std::string_view text() const noexcept { return text_; }
  // The cost of all that was counted.
  Cost cost() const noexcept { return cost_; }
  // As counter.count() of the range. REQUIRES: its ends are where those of a range to count may be.
  Cost cost_of(const ByteRange& range) const;

  // Returns what counter.count() would give for the ranges joined in this order, with `head` before and `tail` after
  // them. Ranges of whole lines take O(log n) each plus the counting where they meet; any others take as long as
  // counting their text. REQUIRES: each range is within the text; `head` is ASCII.
  Cost count(std::string_view head, Span<const ByteRange> ranges, std::string_view tail) const;

 private:
  // A character with fewer UTF-16 units than bytes: where it ends, and the total difference up to there.
  struct Shortfall {
    std::uint32_t end, total;
  };

  void count_ranges(Span<const ByteRange> counted);
  std::optional<TokenCount> tokens_of(std::string_view head, Span<const ByteRange> ranges, std::string_view tail) const;
  std::optional<TokenCount> tokens_with(std::string_view tail, std::size_t begin, std::size_t end) const;
  TokenCount tokens_in(std::string_view joint) const;
  const PiecePlace* piece_with(std::size_t at) const noexcept;
  const PiecePlace* piece_at(std::size_t at) const noexcept;
  std::uint32_t shortfall_before(std::size_t at) const noexcept;

  const TokenCounter& counter_;
  std::string_view text_;
  Cost cost_;
  PieceRoom room_;
  Span<const PiecePlace> pieces_;  // in `room_`, in order, with one more for the end
  TokenCount blank_line_tokens_ = 0;
  std::vector<Shortfall> shortfalls_;
};

}  // namespace cascade::tokens
