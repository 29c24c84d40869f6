// Why the counts of parts follow from the pieces of the whole text (tokens/piece_scanner.cpp has the rules):
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
#include "text/ascii.h"

#include <algorithm>
#include <string>

#include "tokens/code_point_class.h"
#include "tokens/counter_state.h"
#include "tokens/piece_counts.h"
#include "unicode/utf8.h"

namespace cascade::tokens {
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

// Returns how much of `text` must be counted with the joint before it: everything up to the first line that is not
// blank and begins with ASCII other than a slash (3); all of it if there is none. REQUIRES: `joint`, the text before
// it, is not empty.
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

// Returns the end of the last non-white character up to which pieces are as in the whole (2). `behind`: the text that
// follows in the whole; `tail`: the text that follows here.
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

Cost CountedText::cost_of(const ByteRange& range) const {
  if (pieces_.size == 0) return counter_.count(text_.substr(range.begin, range.size()));
  const std::uint32_t shortfall = shortfall_before(range.end) - shortfall_before(range.begin);
  return {piece_with(range.end)->tokens_before - piece_with(range.begin)->tokens_before,
          static_cast<std::uint32_t>(range.size()) - shortfall};
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

// Empty: the shortcuts do not apply.
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

// Counts text[begin, end) and `tail`, if the whole text also has the tail there and a line begins after it (3): then
// all pieces are those of the whole.
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

// Returns the last piece that begins at or before `at`. The steps have no branches, because each comparison is as
// often true as false. REQUIRES: there are pieces.
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

}  // namespace cascade::tokens
