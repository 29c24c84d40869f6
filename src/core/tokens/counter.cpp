// Counts piece by piece and asks the memos of its thread before the vocabulary. What is no valid UTF-8 is replaced
// first, because the tokenizer only ever sees valid text. Counts do not depend on what the memos hold.
#include <cascade/tokens.h>

#include <limits>
#include <utility>

#include "hash/content_hash.h"
#include "tokens/byte_pair.h"
#include "tokens/counter_state.h"
#include "unicode/utf8.h"

namespace cascade {

namespace tokens {

TokenCount count_one(const Vocabulary& vocabulary, std::string_view piece) {
  if (unicode::is_valid(piece)) return count_piece(vocabulary, piece);
  return count_piece(vocabulary, unicode::replace_invalid(piece));
}

TokenCount count_missing(const Vocabulary& vocabulary, Memo& memo, std::string_view piece, PieceKey key) {
  const TokenCount count = count_one(vocabulary, piece);
  memo.short_pieces.store(key, count);
  return count;
}

TokenCount count_long(const Vocabulary& vocabulary, Memo& memo, std::string_view piece) {
  if (piece.size() > LongPieceMemo::longest) return count_one(vocabulary, piece);
  const std::uint64_t hash = hash::hash64(piece);
  if (const TokenCount known = memo.long_pieces.find(piece, hash); known != 0) return known;
  const TokenCount count = count_one(vocabulary, piece);
  memo.long_pieces.store(piece, hash, count);
  return count;
}

}  // namespace tokens

TokenCounter::TokenCounter(std::shared_ptr<const State> state) : state_(std::move(state)) {}

Result<TokenCounter> TokenCounter::open(const std::string& table_path) {
  auto file = files::MappedFile::open(table_path);
  if (!file) return file.error();
  auto vocabulary = tokens::Vocabulary::read(file->bytes(), table_path);
  if (!vocabulary) return vocabulary.error();
  const auto state = std::make_shared<State>();
  state->file = *std::move(file);
  state->vocabulary = *std::move(vocabulary);
  return TokenCounter(state);
}

TokenCounter TokenCounter::estimating() { return TokenCounter(std::make_shared<State>()); }

Cost TokenCounter::count(std::string_view text) const noexcept {
  // More than the type can hold: saturates.
  constexpr auto most = std::numeric_limits<TokenCount>::max();
  if (text.size() > tokens::most_countable) return {most, most};
  const tokens::MemoPool::Loan loan = tokens::borrow(*state_, text.size());
  return {tokens::count_tokens(*state_, loan.get(), text), unicode::count_utf16(text)};
}

std::vector<std::uint32_t> TokenCounter::encode(std::string_view text) const {
  std::vector<std::uint32_t> ids;
  if (!state_->vocabulary || text.size() > tokens::most_countable) return ids;
  tokens::for_each_piece(text, [&](std::string_view piece) {
    if (unicode::is_valid(piece))
      tokens::encode_piece(*state_->vocabulary, piece, ids);
    else
      tokens::encode_piece(*state_->vocabulary, unicode::replace_invalid(piece), ids);
  });
  return ids;
}

Result<void> TokenCounter::verify() const {
  if (!state_->vocabulary) return {};
  return state_->vocabulary->verify({});
}

bool TokenCounter::exact() const noexcept { return state_->vocabulary.has_value(); }

std::string_view TokenCounter::vocabulary() const noexcept {
  return state_->vocabulary ? std::string_view(state_->vocabulary->id()) : tokens::estimate_id;
}

}  // namespace cascade
