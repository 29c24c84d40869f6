// A text that is counted once, for the costs of many texts that are made of its parts.
//
//   const CountedText counted(counter, "# A\n\nOne.\n\nTwo.\n");
//   counted.count({{0, 11}}, "");   // as counter.count("# A\n\nOne.\n\n")
#pragma once

#include <cascade/tokens.h>

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string_view>
#include <vector>

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

  std::string_view text() const noexcept { return text_; }
  // Of the text itself.
  Cost cost() const noexcept { return cost_; }

  // What counter.count() gives for the ranges joined in this order and `tail` behind them. Ranges of whole lines whose
  // joined text is no line of blanks take O(log n) each, any others as long as counting their text.
  // REQUIRES: each range lies in the text.
  Cost count(Span<const ByteRange> ranges, std::string_view tail) const;

 private:
  struct Joint;
  // A character that takes fewer UTF-16 units than bytes: where it ends, and by how much all up to it do.
  struct Shortfall {
    std::uint32_t end, total;
  };

  std::optional<TokenCount> tokens_of(Span<const ByteRange> ranges, std::string_view tail) const;
  std::optional<std::size_t> piece_at(std::size_t begin) const noexcept;
  std::uint32_t shortfall_before(std::size_t at) const noexcept;

  const TokenCounter& counter_;
  std::string_view text_;
  Cost cost_;
  // Of the pieces in order: where each begins, and the tokens of all before it; one entry more for the end.
  std::vector<std::uint32_t> begins_, tokens_before_;
  std::vector<Shortfall> shortfalls_;
};

}  // namespace cascade::tokens
