// Counts pieces in batches to hide memory latency: first the memo's slots for some hundred pieces are prefetched, then
// read; pieces that the memo does not know are collected and looked up in the vocabulary several at a time. One piece
// after another would wait for memory most of the time.
#include "tokens/piece_counts.h"

#include <array>
#include <utility>

#include "tokens/byte_pair.h"
#include "tokens/counter_state.h"
#include "unicode/utf8.h"

namespace cascade::tokens {
namespace {

// Short pieces that the memo does not know, counted several at a time.
class UnknownPieces {
 public:
  UnknownPieces(const Vocabulary& vocabulary, Memo& memo, const char* text_end)
      : vocabulary_(vocabulary), memo_(memo), text_end_(text_end) {}

  // Where the piece's count belongs; it is there after the next count_all().
  void add(std::string_view piece, TokenCount& count) {
    if (!unicode::is_valid(piece)) {
      count = count_remembered(vocabulary_, memo_, piece, text_end_);
      return;
    }
    vocabulary_.ask(piece);
    pieces_[size_] = piece;
    counts_[size_] = &count;
    if (++size_ == most_together) count_all();
  }

  void count_all() {
    std::array<TokenCount, most_together> counted;
    count_pieces(vocabulary_, {pieces_.data(), size_}, counted.data());
    for (std::size_t i = 0; i < size_; ++i) {
      *counts_[i] = counted[i];
      const PieceKey key = key_of(pieces_[i], text_end_);
      if (memo_.short_pieces.find(key) == 0) memo_.short_pieces.store(key, counted[i]);  // else there twice
    }
    size_ = 0;
  }

 private:
  const Vocabulary& vocabulary_;
  Memo& memo_;
  const char* text_end_;
  std::size_t size_ = 0;
  std::array<std::string_view, most_together> pieces_;
  std::array<TokenCount*, most_together> counts_;
};

PiecePlace place_of(std::string_view text, std::string_view piece, TokenCount count) noexcept {
  return {static_cast<std::uint32_t>(piece.data() - text.data()), count};
}

// The keys of pieces whose slots of the memo were asked for; those slots fit the first-level cache.
using AskedKeys = std::array<PieceKey, 512>;
constexpr TokenCount is_long = 0xFFFFFFFF;  // in place of a slot

// Replaces memo slots by counts. The last piece ends where the next one, not written yet, will begin.
[[gnu::noinline]] void look(const Vocabulary& vocabulary, Memo& memo, std::string_view text, PiecePlace* begin,
                            PiecePlace* end, const AskedKeys& keys, UnknownPieces& unknown) {
  const PieceKey* key = keys.data();
  for (PiecePlace* place = begin; place != end; ++place, ++key) {
    const TokenCount slot = place->tokens_before;
    const TokenCount known = slot == is_long ? 0 : memo.short_pieces.find_at(slot, *key);
    place->tokens_before = known;
    if (known != 0) continue;
    const std::string_view piece(text.data() + place->begin, place[1].begin - place->begin);
    if (slot == is_long)
      place->tokens_before = count_long(vocabulary, memo, piece);
    else
      unknown.add(piece, place->tokens_before);
  }
}

// Writes the pieces with their counts and returns the end of what was written.
PiecePlace* place_counts(const Vocabulary& vocabulary, Memo& memo, std::string_view text, PiecePlace* places) {
  const char* const text_end = text.data() + text.size();
  UnknownPieces unknown(vocabulary, memo, text_end);
  AskedKeys keys;
  auto key = keys.begin();
  PiecePlace *asked = places, *next = places;
  for_each_piece(text, [&](std::string_view piece) {
    if (key == keys.end()) {
      next->begin = static_cast<std::uint32_t>(piece.data() - text.data());
      look(vocabulary, memo, text, std::exchange(asked, next), next, keys, unknown);
      key = keys.begin();
    }
    TokenCount slot = is_long;
    if (piece.size() <= PieceKey::longest) slot = memo.short_pieces.ask(*key = key_of(piece, text_end));
    ++key;
    *next++ = place_of(text, piece, slot);
  });
  next->begin = static_cast<std::uint32_t>(text.size());
  look(vocabulary, memo, text, asked, next, keys, unknown);
  unknown.count_all();
  return next;
}

}  // namespace

std::size_t place_pieces(const TokenCounter::State& state, Memo* memo, std::string_view text, PiecePlace* places,
                         PiecePlace before) {
  PiecePlace* next = places;  // holds counts at first
  if (memo == nullptr || !state.vocabulary) {
    for_each_count(state, memo, text,
                   [&](std::string_view piece, TokenCount count) { *next++ = place_of(text, piece, count); });
  } else {
    next = place_counts(*state.vocabulary, *memo, text, places);
  }
  TokenCount sum = before.tokens_before;
  for (PiecePlace* place = places; place != next; ++place) {
    sum += std::exchange(place->tokens_before, sum);
    place->begin += before.begin;
  }
  *next++ = {before.begin + static_cast<std::uint32_t>(text.size()), sum};
  return static_cast<std::size_t>(next - places);
}

}  // namespace cascade::tokens
