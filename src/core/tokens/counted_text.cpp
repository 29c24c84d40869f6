// Why the counts of parts follow from the pieces of the whole text (tokens/estimate.cpp has the rules):
//
// (1) A piece depends on the text from its own begin on, never on text before it. So if a part begins at the begin of
// a piece, its pieces are those of the whole, up to where the end of the part matters.
//
// (2) Only the rules for white space and for punctuation read past white space, and neither reads past a following
// character that is not white. So all pieces before the one with the part's last non-white character stay the same,
// whatever white space follows.
//
// (3) A line break ends a piece unless white space with another line break, a slash or a line break follows. So pieces
// split before a line that is not blank and does not begin with a slash.
//
// Only the last piece of a part and the blank lines after it must be counted where two parts meet.
#include "tokens/counted_text.h"

#include <functional>
#include <limits>
#include <new>
#include <thread>

#include "files/mapped_file.h"
#include "tokens/estimate.h"
#include "tokens/vocabulary.h"
#include "unicode/utf8.h"

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

// What is no valid UTF-8 is replaced first, as the tokenizer sees it. Counts do not depend on what the memos hold.
TokenCount count_one(const Vocabulary& vocabulary, std::string_view piece) {
  if (unicode::is_valid(piece)) return count_piece(vocabulary, piece);
  return count_piece(vocabulary, unicode::replace_invalid(piece));
}

TokenCount count_missing(const Vocabulary& vocabulary, Memo& memo, std::string_view piece, PieceKey key) {
  const TokenCount count = count_one(vocabulary, piece);
  memo.short_pieces.store(key, count);
  return count;
}

// For pieces longer than PieceKey::longest.
TokenCount count_long(const Vocabulary& vocabulary, Memo& memo, std::string_view piece) {
  if (piece.size() > LongPieceMemo::longest) return count_one(vocabulary, piece);
  const std::uint64_t hash = hash::hash64(piece);
  if (const TokenCount known = memo.long_pieces.find(piece, hash); known != 0) return known;
  const TokenCount count = count_one(vocabulary, piece);
  memo.long_pieces.store(piece, hash, count);
  return count;
}

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

// Calls use(piece, tokens) for each piece of a text of at most most_countable bytes. `memo`: null for none.
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

// Writes the pieces of the text, one more for its end, and returns their number. `before`: its place in what it is a
// part of, and the tokens before it. `memo`: null for none. REQUIRES: text.size() + 1 places, at most most_countable
// bytes.
std::size_t place_pieces(const TokenCounter::State& state, Memo* memo, std::string_view text, PiecePlace* places,
                         PiecePlace before = {0, 0});

namespace {

constexpr bool is_solid_ascii(char c) noexcept { return static_cast<signed char>(c) >= 0 && !letters::is_space(c); }
constexpr bool is_break(char c) noexcept { return c == '\n' || c == '\r'; }

constexpr bool is_letter_or_digit(char c) noexcept {
  const CodePointClass value =
      static_cast<signed char>(c) < 0 ? CodePointClass::other : ascii_classes[static_cast<unsigned char>(c)];
  return value == CodePointClass::upper || value == CodePointClass::lower || value == CodePointClass::number;
}

constexpr std::string_view blank_line = "\n\n";  // the text where most parts meet

bool may_cut_character(std::string_view text, std::size_t at) noexcept {
  return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
}

// REQUIRES: text is not empty.
bool begins_white(std::string_view text) noexcept {
  const CodePointClass value = class_of(unicode::decode(text, 0).code_point);
  return value == CodePointClass::white || value == CodePointClass::line_break;
}

// The same for the last character. No other character ends in bytes of white space.
bool ends_white(std::string_view text) noexcept {
  if (static_cast<unsigned char>(text.back()) < 0x80) return letters::is_space(text.back());
  for (std::size_t length = 2; length <= 3 && length <= text.size(); ++length)
    if (begins_white(text.substr(text.size() - length))) return true;
  return false;
}

// How much of `text` is counted with the joint before it: up to a line that begins with ASCII other than a slash (3).
std::size_t joined_length(std::string_view joint, std::string_view text) noexcept {
  bool begins_line = is_break(joint.back());
  for (std::size_t line = 0; line < text.size(); begins_line = true) {
    std::size_t at = line;
    while (at < text.size() && letters::is_space(text[at]) && !is_break(text[at])) ++at;
    if (at == text.size()) break;
    if (begins_line && is_solid_ascii(text[at]) && text[line] != '/') return line;
    while (at < text.size() && !is_break(text[at])) ++at;
    line = at + 1;
  }
  return text.size();
}

// The end of the last non-white character up to which pieces are as in the whole (2); `behind`: its text there.
std::optional<std::size_t> solid_end(std::string_view text, std::string_view behind, std::string_view tail) noexcept {
  std::size_t end = text.size();
  while (end > 0 && letters::is_space(text[end - 1])) --end;
  if (end == 0 || ends_white(text.substr(0, end))) return std::nullopt;
  if (end < text.size()) return end;
  const bool white =
      !tail.empty() && letters::is_space(tail.front()) && (behind.empty() || letters::is_space(behind.front()));
  return white ? std::optional(end) : std::nullopt;
}

}  // namespace

CountedText::CountedText(const TokenCounter& counter, std::string_view text) : counter_(counter), text_(text) {
  const ByteRange all{0, text.size()};
  count_ranges({&all, 1});
}

CountedText::CountedText(const TokenCounter& counter, std::string_view text, Span<const ByteRange> counted)
    : counter_(counter), text_(text) {
  count_ranges(counted);
}

void CountedText::count_ranges(Span<const ByteRange> counted) {
  if (text_.size() > most_countable) {
    for (const ByteRange& range : counted) cost_ += counter_.count(text_.substr(range.begin, range.size()));
    return;
  }
  const TokenCounter::State& state = TokenCounter::State::of(counter_);
  std::size_t bytes = 0;
  for (const ByteRange& range : counted) bytes += range.size();
  const MemoPool::Loan loan = borrow(state, bytes);
  room_ = loan.take_room(bytes + counted.size);
  std::uint32_t total = 0;
  for (const ByteRange& range : counted) {
    const PiecePlace before{static_cast<std::uint32_t>(range.begin), cost_.tokens};
    PiecePlace* const places = room_.places.get() + pieces_.size;
    const std::string_view own = text_.substr(0, range.end);
    const std::size_t count = place_pieces(state, loan.get(), text_.substr(range.begin, range.size()), places, before);
    pieces_ = {room_.places.get(), pieces_.size + count};
    cost_.tokens = places[count - 1].tokens_before;
    for (std::size_t at = unicode::skip_ascii(own, range.begin); at < own.size(); at = unicode::skip_ascii(own, at)) {
      const unicode::Decoded decoded = unicode::decode(own, at);
      at += decoded.length;
      total += decoded.length - (decoded.code_point > 0xFFFF ? 2 : 1);
      shortfalls_.push_back({static_cast<std::uint32_t>(at), total});
    }
  }
  blank_line_tokens_ = count_tokens(state, loan.get(), blank_line);
  cost_.chars = static_cast<std::uint32_t>(bytes) - total;
}

CountedText::~CountedText() {
  if (room_.size != 0) borrow(TokenCounter::State::of(counter_), 0).give_back(std::move(room_));
}

Cost CountedText::count(std::string_view head, Span<const ByteRange> ranges, std::string_view tail) const {
  if (const std::optional<TokenCount> tokens = tokens_of(head, ranges, tail)) {
    std::uint32_t chars = static_cast<std::uint32_t>(head.size()) + unicode::count_utf16(tail);
    for (const ByteRange& range : ranges) {
      const std::uint32_t shortfall = shortfall_before(range.end) - shortfall_before(range.begin);
      chars += static_cast<std::uint32_t>(range.size()) - shortfall;
    }
    return {*tokens, chars};
  }
  std::string joined(head);
  for (const ByteRange& range : ranges) joined += text_.substr(range.begin, range.size());
  return counter_.count(joined.append(tail));
}

std::optional<TokenCount> CountedText::tokens_of(std::string_view head, Span<const ByteRange> ranges,
                                                 std::string_view tail) const {
  TokenCount total = 0;
  std::size_t bytes = head.size() + tail.size();
  std::string joint(head);  // counted by itself: it ends where a piece ends, whatever follows
  for (const ByteRange* range = ranges.begin(); range != ranges.end(); ++range) {
    const std::string_view part = text_.substr(range->begin, range->size());
    if (part.empty()) continue;
    bytes += part.size();
    if (may_cut_character(text_, range->begin) || may_cut_character(text_, range->end)) return {};
    std::size_t begin = range->begin;
    if (!joint.empty()) {
      const std::size_t joined = joined_length(joint, part);
      joint += part.substr(0, joined);
      if (joined == part.size()) continue;
      begin += joined;
      total += tokens_in(joint);
      joint.clear();
    }
    const bool last = range + 1 == ranges.end();
    if (last && bytes <= most_countable && !may_cut_character(tail, 0)) {
      if (const auto with_tail = tokens_with(tail, begin, range->end)) return total + *with_tail;
    }
    const auto solid = solid_end(text_.substr(begin, range->end - begin), text_.substr(range->end), last ? tail : "");
    const PiecePlace* const from = piece_at(begin);
    if (!solid || from == nullptr) return {};
    const PiecePlace* const to = piece_with(begin + *solid - 1);
    // A word or number before white space stays as it is (2); punctuation takes line breaks.
    const std::size_t solid_at = begin + *solid;
    const bool whole = is_letter_or_digit(text_[solid_at - 1]) && to[1].begin == solid_at;
    total += to[whole ? 1 : 0].tokens_before - from->tokens_before;
    joint = text_.substr(to[whole ? 1 : 0].begin, range->end - to[whole ? 1 : 0].begin);
  }
  if (bytes > most_countable || may_cut_character(tail, 0)) return {};
  joint += tail;
  return total + tokens_in(joint);
}

// For text[begin, end) and a `tail` that the whole has there, before a new line: all pieces are those of the whole (3).
std::optional<TokenCount> CountedText::tokens_with(std::string_view tail, std::size_t begin, std::size_t end) const {
  const std::size_t stop = end + tail.size();
  if (tail.empty() || !is_break(tail.back()) || text_.compare(end, tail.size(), tail) != 0) return {};
  if (stop < text_.size() && (!is_solid_ascii(text_[stop]) || text_[stop] == '/')) return {};
  const PiecePlace *const from = piece_at(begin), *const to = piece_at(stop);
  if (from == nullptr || to == nullptr) return {};
  return to->tokens_before - from->tokens_before;
}

TokenCount CountedText::tokens_in(std::string_view joint) const {
  if (joint == blank_line) return blank_line_tokens_;
  const TokenCounter::State& state = TokenCounter::State::of(counter_);
  return count_tokens(state, borrow(state, joint.size()).get(), joint);
}

// The last piece that begins at or before `at`; without branches, since each comparison is as often true as false.
const PiecePlace* CountedText::piece_with(std::size_t at) const noexcept {
  const PiecePlace* first = pieces_.begin();
  for (std::size_t left = pieces_.size, half = left / 2; half != 0; half = left / 2) {
    first += (first[half].begin <= at) * half;
    left -= half;
  }
  return first;
}

// Null: no piece begins there.
const PiecePlace* CountedText::piece_at(std::size_t at) const noexcept {
  const PiecePlace* const found = pieces_.size == 0 ? nullptr : piece_with(at);
  return found != nullptr && found->begin == at ? found : nullptr;
}

std::uint32_t CountedText::shortfall_before(std::size_t at) const noexcept {
  const auto behind = std::upper_bound(shortfalls_.begin(), shortfalls_.end(), at,
                                       [](std::size_t end, const Shortfall& one) { return end < one.end; });
  return behind == shortfalls_.begin() ? 0 : std::prev(behind)->total;
}

// Counts pieces in batches to hide memory latency: the memo's slots for some hundred pieces are prefetched, then read;
// unknown pieces are looked up in the vocabulary several at a time.
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

// A thread begins its search for a free memo at a place that its id decides, so that it usually finds its own again. A
// memo is made, and made larger, only once enough bytes were counted to pay for it.
namespace tokens {
namespace {

// A memo of each size pays off from this number of counted bytes.
constexpr std::size_t least_for_small = 4096, least_for_large = 64 * 1024;

std::unique_ptr<Memo> make_memo(Memo::Size size) noexcept {
  try {
    return std::make_unique<Memo>(size);
  } catch (const std::bad_alloc&) {
    return nullptr;  // counting works without
  }
}

std::size_t first_slot(std::size_t slots) noexcept {
  const std::uint64_t id = std::hash<std::thread::id>()(std::this_thread::get_id());
  return static_cast<std::size_t>((id * 0x9E3779B97F4A7C15U) >> 32) % slots;
}

}  // namespace

MemoPool::Loan::Loan(MemoPool& pool, std::size_t text_size) noexcept {
  const std::size_t first = first_slot(slot_count);
  for (std::size_t i = 0; i < slot_count; ++i) {
    Slot& slot = pool.slots_[(first + i) % slot_count];
    if (slot.lent.exchange(true, std::memory_order_acquire)) continue;
    slot_ = &slot;
    slot.counted += text_size;
    const bool large = slot.counted >= least_for_large;
    if (large && (!slot.memo || slot.memo->size == Memo::Size::small))
      slot.memo = make_memo(Memo::Size::large);
    else if (!slot.memo && slot.counted >= least_for_small)
      slot.memo = make_memo(Memo::Size::small);
    return;
  }
}

MemoPool::Loan::~Loan() {
  if (slot_ != nullptr) slot_->lent.store(false, std::memory_order_release);
}

PieceRoom MemoPool::Loan::take_room(std::size_t size) const {
  if (slot_ != nullptr && slot_->room.size >= size) return std::exchange(slot_->room, {});
  const std::size_t made = std::max(size, PieceRoom::least);
  return {std::unique_ptr<PiecePlace[]>(new PiecePlace[made]), made};  // left uninitialised
}

void MemoPool::Loan::give_back(PieceRoom room) const noexcept {
  if (slot_ != nullptr && room.size > slot_->room.size && room.size <= PieceRoom::most_kept)
    slot_->room = std::move(room);
}

}  // namespace tokens
}  // namespace cascade
