// Why parts can be counted from the pieces of the whole (tokens/piece_scanner.cpp has the rules):
//   (1) A piece depends on the text from its own begin on, never on what is before it. So where a part begins at the
//       begin of a piece, its pieces are those of the whole, until the part's end comes into play.
//   (2) No rule but that of white space and that of punctuation reads past white space, and neither reads past a
//       character that is not white from in front of it. So pieces before the one with a part's last character that is
//       not white stay the same, whatever white space follows in the place of the white space that follows there.
//   (3) A line break ends a piece unless white space with a further line break, a slash or a line break follows. So
//       pieces split before a line that is not blank and does not begin with a slash.
// What is left to be counted where two parts meet is the last piece of the first, and blank lines.
#include "tokens/counted_text.h"

#include <algorithm>
#include <limits>
#include <string>

#include "tokens/code_point_class.h"
#include "tokens/counter_state.h"
#include "unicode/utf8.h"

namespace cascade::tokens {
namespace {

constexpr bool is_ascii_white(char c) noexcept { return c == ' ' || (c >= '\t' && c <= '\r'); }
constexpr bool is_break(char c) noexcept { return c == '\n' || c == '\r'; }

// REQUIRES: text is not empty.
bool begins_white(std::string_view text) noexcept {
  const CodePointClass value = class_of(unicode::decode(text, 0).code_point);
  return value == CodePointClass::white || value == CodePointClass::line_break;
}

// The same of the last character. No other character ends in the bytes of white space.
bool ends_white(std::string_view text) noexcept {
  if (static_cast<unsigned char>(text.back()) < 0x80) return is_ascii_white(text.back());
  for (std::size_t length = 2; length <= 3 && length <= text.size(); ++length)
    if (begins_white(text.substr(text.size() - length))) return true;
  return false;
}

TokenCount count_tokens(const TokenCounter& counter, std::string_view text) {
  TokenCount total = 0;
  for_each_count(TokenCounter::State::of(counter), text,
                 [&total](std::string_view, TokenCount tokens) { total += tokens; });
  return total;
}

// The length of what belongs to the joint before `text`: all lines up to the first that is not blank. Empty when the
// pieces do not split there (3). REQUIRES: `joint`, what is before it, is not empty.
std::optional<std::size_t> blank_lines(std::string_view joint, std::string_view text) noexcept {
  std::size_t line = 0, at = 0;
  for (; at < text.size() && is_ascii_white(text[at]); ++at)
    if (is_break(text[at])) line = at + 1;
  if (at == text.size()) return at;
  if (begins_white(text.substr(at)) || text[line] == '/') return std::nullopt;
  if (!is_break(line == 0 ? joint.back() : text[line - 1])) return std::nullopt;
  return line;
}

// The end of the last character that is not white, where pieces are as in the whole up to it (2). `behind`: what
// follows in the whole; `tail`: what follows here.
std::optional<std::size_t> solid_end(std::string_view text, std::string_view behind, std::string_view tail) noexcept {
  std::size_t end = text.size();
  while (end > 0 && is_ascii_white(text[end - 1])) --end;
  if (end == 0 || ends_white(text.substr(0, end))) return std::nullopt;
  if (end < text.size()) return end;
  const bool white =
      !tail.empty() && is_ascii_white(tail.front()) && (behind.empty() || is_ascii_white(behind.front()));
  return white ? std::optional(end) : std::nullopt;
}

}  // namespace

CountedText::CountedText(const TokenCounter& counter, std::string_view text) : counter_(counter), text_(text) {
  if (text.size() > most_countable) {
    cost_ = counter.count(text);
    return;
  }
  begins_.reserve(text.size() / 4 + 2);
  tokens_before_.reserve(text.size() / 4 + 2);
  for_each_count(TokenCounter::State::of(counter), text, [this](std::string_view piece, TokenCount tokens) {
    begins_.push_back(static_cast<std::uint32_t>(piece.data() - text_.data()));
    tokens_before_.push_back(cost_.tokens);
    cost_.tokens += tokens;
  });
  begins_.push_back(static_cast<std::uint32_t>(text.size()));
  tokens_before_.push_back(cost_.tokens);
  std::uint32_t total = 0;
  for (std::size_t at = unicode::skip_ascii(text, 0); at < text.size(); at = unicode::skip_ascii(text, at)) {
    const unicode::Decoded decoded = unicode::decode(text, at);
    at += decoded.length;
    total += decoded.length - (decoded.code_point > 0xFFFF ? 2 : 1);
    shortfalls_.push_back({static_cast<std::uint32_t>(at), total});
  }
  cost_.chars = static_cast<std::uint32_t>(text.size()) - total;
}

Cost CountedText::count(Span<const ByteRange> ranges, std::string_view tail) const {
  if (const std::optional<TokenCount> tokens = tokens_of(ranges, tail)) {
    std::uint32_t chars = unicode::count_utf16(tail);
    for (const ByteRange& range : ranges) {
      const std::uint32_t shortfall = shortfall_before(range.end) - shortfall_before(range.begin);
      chars += static_cast<std::uint32_t>(range.size()) - shortfall;
    }
    return {*tokens, chars};
  }
  std::string joined;
  for (const ByteRange& range : ranges) joined += text_.substr(range.begin, range.size());
  return counter_.count(joined.append(tail));
}

// Empty where the shortcuts do not hold.
std::optional<TokenCount> CountedText::tokens_of(Span<const ByteRange> ranges, std::string_view tail) const {
  TokenCount total = 0;
  std::size_t bytes = tail.size();
  std::string joint;  // what is to be counted by itself: it ends where a piece ends, whatever comes behind
  bool first = true;
  for (const ByteRange* range = ranges.begin(); range != ranges.end(); ++range) {
    const std::string_view part = text_.substr(range->begin, range->size());
    if (part.empty()) continue;
    bytes += part.size();
    std::size_t begin = range->begin;
    if (!first) {
      const auto blank = blank_lines(joint, part);
      if (!blank) return {};
      joint += part.substr(0, *blank);
      if (*blank == part.size()) continue;
      begin += *blank;
      total += count_tokens(counter_, joint);
      joint.clear();
    }
    first = false;
    const bool last = range + 1 == ranges.end();
    const auto solid = solid_end(text_.substr(begin, range->end - begin), text_.substr(range->end), last ? tail : "");
    const auto from = piece_at(begin);
    if (!solid || !from) return {};
    const auto behind = std::upper_bound(begins_.begin(), begins_.end(), begin + *solid - 1);
    const auto to = static_cast<std::size_t>(behind - begins_.begin()) - 1;
    total += tokens_before_[to] - tokens_before_[*from];
    joint = text_.substr(begins_[to], range->end - begins_[to]);
  }
  if (bytes > most_countable) return {};
  joint += tail;
  return total + count_tokens(counter_, joint);
}

// The number of the piece that begins there.
std::optional<std::size_t> CountedText::piece_at(std::size_t begin) const noexcept {
  const auto found = std::lower_bound(begins_.begin(), begins_.end(), begin);
  if (found == begins_.end() || *found != begin) return std::nullopt;
  return static_cast<std::size_t>(found - begins_.begin());
}

std::uint32_t CountedText::shortfall_before(std::size_t at) const noexcept {
  const auto behind = std::upper_bound(shortfalls_.begin(), shortfalls_.end(), at,
                                       [](std::size_t end, const Shortfall& one) { return end < one.end; });
  return behind == shortfalls_.begin() ? 0 : std::prev(behind)->total;
}

}  // namespace cascade::tokens
