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
    const char* const end = text.data() + text.size();
    UnknownPieces unknown(*state.vocabulary, *memo, end);
    for_each_piece(text, [&](std::string_view piece) {
      const TokenCount known = piece.size() > PieceKey::longest ? count_long(*state.vocabulary, *memo, piece)
                                                                : memo->short_pieces.find(key_of(piece, end));
      *next = place_of(text, piece, known);
      if (known == 0) unknown.add(piece, next->tokens_before);
      ++next;
    });
    unknown.count_all();
  }
  TokenCount sum = 0;
  for (PiecePlace* place = places; place != next; ++place) sum += std::exchange(place->tokens_before, sum);
  *next++ = {static_cast<std::uint32_t>(text.size()), sum};
  return static_cast<std::size_t>(next - places);
}

}  // namespace cascade::tokens
