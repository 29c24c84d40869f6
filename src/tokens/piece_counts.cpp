#include "tokens/piece_counts.h"

#include <array>
#include <utility>

#include "tokens/counter_state.h"

namespace cascade::tokens {
namespace {

// Pieces that the memo does not know. They are looked up some at a time: the table is large, and one search after the
// other would wait for memory most of the time.
class UnknownPieces {
 public:
  UnknownPieces(const Vocabulary& vocabulary, Memo& memo, const char* text_end)
      : vocabulary_(vocabulary), memo_(memo), text_end_(text_end) {}

  // Where the piece's count belongs; it is there after the next count_all().
  void add(std::string_view piece, TokenCount& count) {
    pieces_[size_] = piece;
    counts_[size_] = &count;
    if (++size_ == together) count_all();
  }

  void count_all() {
    vocabulary_.prepare({pieces_.data(), size_});
    for (std::size_t i = 0; i < size_; ++i) *counts_[i] = count_remembered(vocabulary_, memo_, pieces_[i], text_end_);
    size_ = 0;
  }

 private:
  static constexpr std::size_t together = Vocabulary::most_prepared;

  const Vocabulary& vocabulary_;
  Memo& memo_;
  const char* text_end_;
  std::size_t size_ = 0;
  std::array<std::string_view, together> pieces_;
  std::array<TokenCount*, together> counts_;
};

// Writes pieces with their counts. The memo is as large as what is near the processor, so it is asked for the places of
// some hundred pieces first, which takes no time, and looked into when they have come.
class PlacedPieces {
 public:
  PlacedPieces(const Vocabulary& vocabulary, Memo& memo, std::string_view text, PiecePlace* places)
      : vocabulary_(vocabulary),
        memo_(memo),
        text_(text),
        end_(text.data() + text.size()),
        first_(places),
        next_(places),
        unknown_(vocabulary, memo, end_) {}

  void add(std::string_view piece) {
    const std::uint32_t place = piece.size() > PieceKey::longest ? 0 : memo_.short_pieces.ask(key_of(piece, end_));
    *next_++ = {static_cast<std::uint32_t>(piece.data() - text_.data()), place};
    if (next_ - first_ == asked_for) look(static_cast<std::uint32_t>(piece.data() + piece.size() - text_.data()));
  }

  // The end of what is written; all counts are there.
  PiecePlace* finish() {
    look(static_cast<std::uint32_t>(text_.size()));
    unknown_.count_all();
    return next_;
  }

 private:
  static constexpr std::ptrdiff_t asked_for = 512;  // pieces; what they ask for fits the first cache

  // From places in the memo to counts. `end`: of the last piece.
  void look(std::uint32_t end) {
    next_->begin = end;
    for (; first_ != next_; ++first_) {
      const std::string_view piece(text_.data() + first_->begin, first_[1].begin - first_->begin);
      const TokenCount known = piece.size() > PieceKey::longest
                                   ? count_long(vocabulary_, memo_, piece)
                                   : memo_.short_pieces.find_at(first_->tokens_before, key_of(piece, end_));
      first_->tokens_before = known;
      if (known == 0) unknown_.add(piece, first_->tokens_before);
    }
  }

  const Vocabulary& vocabulary_;
  Memo& memo_;
  std::string_view text_;
  const char* end_;            // of the text
  PiecePlace *first_, *next_;  // [first_, next_) have places in the memo where their counts belong
  UnknownPieces unknown_;
};

PiecePlace place_of(std::string_view text, std::string_view piece, TokenCount count) noexcept {
  return {static_cast<std::uint32_t>(piece.data() - text.data()), count};
}

}  // namespace

std::size_t place_pieces(const TokenCounter::State& state, Memo* memo, std::string_view text, PiecePlace* places) {
  PiecePlace* next = places;  // with counts first
  if (memo == nullptr || !state.vocabulary) {
    for_each_count(state, memo, text,
                   [&](std::string_view piece, TokenCount count) { *next++ = place_of(text, piece, count); });
  } else {
    PlacedPieces placed(*state.vocabulary, *memo, text, places);
    for_each_piece(text, [&placed](std::string_view piece) { placed.add(piece); });
    next = placed.finish();
  }
  TokenCount sum = 0;
  for (PiecePlace* place = places; place != next; ++place) sum += std::exchange(place->tokens_before, sum);
  *next++ = {static_cast<std::uint32_t>(text.size()), sum};
  return static_cast<std::size_t>(next - places);
}

}  // namespace cascade::tokens
