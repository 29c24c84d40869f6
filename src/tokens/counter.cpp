#include <cascade/tokens.h>

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "files/mapped_file.h"
#include "hash/content_hash.h"
#include "tokens/byte_pair.h"
#include "tokens/count_memo.h"
#include "tokens/estimate.h"
#include "tokens/piece_scanner.h"
#include "tokens/vocabulary.h"
#include "unicode/utf8.h"

namespace cascade {

struct TokenCounter::State {
  files::MappedFile file;
  std::optional<tokens::Vocabulary> vocabulary;  // views `file`; empty: estimate
  mutable tokens::MemoPool memos;                // changes the time of a count, never its result
};

namespace {

using tokens::LongPieceMemo;
using tokens::Memo;
using tokens::PieceKey;
using tokens::Vocabulary;

// The vocabulary sees ill-formed bytes as U+FFFD.
TokenCount count_one(const Vocabulary& vocabulary, std::string_view piece) {
  if (unicode::is_valid(piece)) return tokens::count_piece(vocabulary, piece);
  return tokens::count_piece(vocabulary, unicode::replace_invalid(piece));
}

TokenCount count_short(const Vocabulary& vocabulary, Memo& memo, std::string_view piece, const PieceKey& key) {
  if (const TokenCount known = memo.short_pieces.find(key); known != 0) return known;
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

TokenCount count_remembered(const Vocabulary& vocabulary, Memo& memo, std::string_view text) {
  TokenCount total = 0;
  const char* const end = text.data() + text.size();
  tokens::for_each_piece(text, [&](std::string_view piece) {
    if (piece.size() > PieceKey::longest) {
      total += count_long(vocabulary, memo, piece);
    } else if (end - piece.data() >= PieceKey::readable) {
      total += count_short(vocabulary, memo, piece, PieceKey::of(piece.data(), piece.size()));
    } else {
      std::array<char, PieceKey::readable> copy{};
      std::copy(piece.begin(), piece.end(), copy.begin());
      total += count_short(vocabulary, memo, piece, PieceKey::of(copy.data(), piece.size()));
    }
  });
  return total;
}

TokenCount count_tokens(const TokenCounter::State& state, std::string_view text) {
  TokenCount total = 0;
  if (!state.vocabulary) {
    tokens::for_each_piece(text, [&](std::string_view piece) { total += tokens::estimate_piece(piece); });
    return total;
  }
  const tokens::MemoPool::Loan loan(state.memos, text.size());
  if (loan.get() != nullptr) return count_remembered(*state.vocabulary, *loan.get(), text);
  tokens::for_each_piece(text, [&](std::string_view piece) { total += count_one(*state.vocabulary, piece); });
  return total;
}

}  // namespace

TokenCounter::TokenCounter(std::shared_ptr<const State> state) : state_(std::move(state)) {}

Result<TokenCounter> TokenCounter::open(const std::string& table_path) {
  auto file = files::MappedFile::open(table_path);
  if (!file) return file.error();
  auto vocabulary = Vocabulary::read(file->bytes(), table_path);
  if (!vocabulary) return vocabulary.error();
  const auto state = std::make_shared<State>();
  state->file = *std::move(file);
  state->vocabulary = *std::move(vocabulary);
  return TokenCounter(state);
}

TokenCounter TokenCounter::estimating() { return TokenCounter(std::make_shared<State>()); }

Cost TokenCounter::count(std::string_view text) const noexcept {
  // More than the type can hold: as much as it can.
  constexpr auto most = std::numeric_limits<TokenCount>::max();
  if (text.size() > most / 3) return {most, most};
  return {count_tokens(*state_, text), unicode::count_utf16(text)};
}

std::vector<std::uint32_t> TokenCounter::encode(std::string_view text) const {
  std::vector<std::uint32_t> ids;
  if (!state_->vocabulary || text.size() > std::numeric_limits<TokenCount>::max() / 3) return ids;
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
