// The state of a TokenCounter, and how it counts piece by piece.
#pragma once

#include <cascade/tokens.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>
#include <string_view>

#include "files/mapped_file.h"
#include "tokens/estimate.h"
#include "tokens/memo_pool.h"
#include "tokens/piece_scanner.h"
#include "tokens/vocabulary.h"

namespace cascade {

struct TokenCounter::State {
  files::MappedFile file;
  std::optional<tokens::Vocabulary> vocabulary;  // views `file`; empty: estimate
  mutable tokens::MemoPool memos;                // affects the time of a count, never its result

  static const State& of(const TokenCounter& counter) noexcept { return *counter.state_; }
};

namespace tokens {

// Longer texts are not counted: the numbers would overflow.
constexpr std::size_t most_countable = 0xFFFFFFFFU / 3;

// The vocabulary sees ill-formed bytes as U+FFFD.
TokenCount count_one(const Vocabulary& vocabulary, std::string_view piece);

// As count_one(), for a piece that a memo may know; the second is for pieces longer than PieceKey::longest.
TokenCount count_missing(const Vocabulary& vocabulary, Memo& memo, std::string_view piece, PieceKey key);
TokenCount count_long(const Vocabulary& vocabulary, Memo& memo, std::string_view piece);

// Borrows the memo for counting a text of this size. An estimate needs none, so none is made for it.
inline MemoPool::Loan borrow(const TokenCounter::State& state, std::size_t text_size) noexcept {
  return {state.memos, state.vocabulary ? text_size : 0};
}

// REQUIRES: piece.size() is at most PieceKey::longest; `end`: the end of the text that contains it.
inline PieceKey key_of(std::string_view piece, const char* end) noexcept {
  std::array<char, PieceKey::readable> copy;
  const char* bytes = piece.data();
  if (end - bytes < PieceKey::readable) {
    copy.fill('\0');
    std::memcpy(copy.data(), bytes, piece.size());
    bytes = copy.data();
  }
  return PieceKey::of(bytes, piece.size());
}

inline TokenCount count_remembered(const Vocabulary& vocabulary, Memo& memo, std::string_view piece, const char* end) {
  if (piece.size() > PieceKey::longest) return count_long(vocabulary, memo, piece);
  const PieceKey key = key_of(piece, end);
  if (const TokenCount known = memo.short_pieces.find(key); known != 0) return known;
  return count_missing(vocabulary, memo, piece, key);
}

// Calls use(std::string_view piece, TokenCount tokens) for each piece of the text. `memo`: null for none. REQUIRES:
// text.size() is at most most_countable.
template <typename Use>
void for_each_count(const TokenCounter::State& state, Memo* memo, std::string_view text, Use use) {
  if (!state.vocabulary)
    return for_each_piece(text, [&](std::string_view piece) { use(piece, estimate_piece(piece)); });
  const Vocabulary& vocabulary = *state.vocabulary;
  if (memo == nullptr)
    return for_each_piece(text, [&](std::string_view piece) { use(piece, count_one(vocabulary, piece)); });
  const char* const end = text.data() + text.size();
  for_each_piece(text, [&](std::string_view piece) { use(piece, count_remembered(vocabulary, *memo, piece, end)); });
}

inline TokenCount count_tokens(const TokenCounter::State& state, Memo* memo, std::string_view text) {
  TokenCount total = 0;
  // A short text is copied whole, or each of its pieces would be: a key reads bytes behind its piece.
  std::array<char, 128 + PieceKey::readable> copy;
  if (memo != nullptr && state.vocabulary && text.size() <= copy.size() - PieceKey::readable) {
    text.copy(copy.data(), text.size());
    const char* const end = copy.data() + copy.size();
    std::fill(copy.data() + text.size(), copy.data() + text.size() + PieceKey::readable, '\0');
    for_each_piece({copy.data(), text.size()},
                   [&](std::string_view piece) { total += count_remembered(*state.vocabulary, *memo, piece, end); });
    return total;
  }
  for_each_count(state, memo, text, [&total](std::string_view, TokenCount tokens) { total += tokens; });
  return total;
}

}  // namespace tokens
}  // namespace cascade
