// emitted() trims a section, defuses forged marks and ends it with a blank line. EmissionCosts prices such texts
// without building them: it trims the ranges in place and adds up tokens of the text counted once. Where emitting may
// change more than that (forged marks, commands to run, a first range of white space only), it builds the text and
// counts it.
#include "manifest/emission.h"

#include "manifest/forged_marks.h"
#include "text/ascii.h"
#include "unicode/utf8.h"

#include <algorithm>

namespace cascade::manifest {
namespace {

using tokens::ByteRange;

// The length of the white-space character (Unicode's White_Space, which is what the token pattern means) that `text`
// begins with; 0 when it begins with none.
std::size_t leading_space(std::string_view text) noexcept {
  if (text.empty()) return 0;
  const auto first = static_cast<unsigned char>(text[0]);
  if (first == 0x20 || (first >= 0x09 && first <= 0x0D)) return 1;
  if (first < 0xC2) return 0;
  const unicode::Decoded next = unicode::decode(text, 0);
  const char32_t c = next.code_point;
  const bool space = c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 ||
                     c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
  return space ? next.length : 0;
}

// The same at the end. No other character ends in the bytes of a white-space character.
std::size_t trailing_space(std::string_view text) noexcept {
  for (std::size_t length = 1; length <= 3 && length <= text.size(); ++length)
    if (leading_space(text.substr(text.size() - length)) == length) return length;
  return 0;
}

std::string_view without_trailing_space(std::string_view text) noexcept {
  for (std::size_t space = trailing_space(text); space != 0; space = trailing_space(text)) text.remove_suffix(space);
  return text;
}

// The text without leading blank lines; indentation stays. Empty when the text is only white space.
std::string_view without_blank_lines(std::string_view text) noexcept {
  std::size_t begin = 0, at = 0;
  for (std::size_t space = 0; (space = leading_space(text.substr(at))) != 0; at += space)
    if (text[at] == '\n' || text[at] == '\r') begin = at + 1;
  return text.substr(at == text.size() ? at : begin);
}

constexpr std::string_view blank_line = "\n\n", command_mark = "!`";
constexpr std::string_view not_run = "(Commands written as !`...` have not been run.)";

// The space put before a text that begins with a slash. REQUIRES: the text is not empty.
std::string_view before(std::string_view text) noexcept { return text.front() == '/' ? " " : ""; }

bool has_command_to_run(std::string_view text) noexcept {
  for (std::size_t at = text.find(command_mark); at != std::string_view::npos; at = text.find(command_mark, at + 2)) {
    const bool begins = at == 0 || letters::is_json_space(text[at - 1]);
    const std::size_t end = text.find_first_of("`\n", at + 2);
    if (begins && end != std::string_view::npos && text[end] == '`' && end > at + 2) return true;
  }
  return false;
}

}  // namespace

std::string emitted(std::string_view text) {
  text = without_blank_lines(without_trailing_space(text));
  if (text.empty()) return {};
  std::string out;
  out.reserve(text.size() + 64);
  out += before(text);
  if (unicode::is_valid(text))
    out += text;
  else
    out += unicode::replace_invalid(text);
  out = defused(std::move(out));
  out += blank_line;
  if (has_command_to_run(text)) out.append(not_run).append(blank_line);
  return out;
}

EmissionCosts::EmissionCosts(const TokenCounter& counter, std::string_view text, Span<const ByteRange> counted)
    : counter_(counter), counted_(counter, text, counted) {
  for (const ByteRange& range : counted) {
    const std::string_view own = bytes_of(range);
    may_hold_commands_ = may_hold_commands_ || own.find(command_mark) != std::string_view::npos;
    may_hold_marks_ = may_hold_marks_ || may_hold_forged_marks(own);
  }
}

Cost EmissionCosts::of(Span<const ByteRange> ranges) {
  kept_.assign(ranges.begin(), ranges.end());
  for (; !kept_.empty(); kept_.pop_back()) {
    kept_.back().end = kept_.back().begin + without_trailing_space(bytes_of(kept_.back())).size();
    if (kept_.back().size() != 0) break;
  }
  if (kept_.empty()) return counter_.count({});
  if (may_hold_marks_) return count_joined(ranges);
  const std::string_view front = without_blank_lines(bytes_of(kept_.front()));
  if (front.empty() || hold_command_marks(ranges)) return count_joined(ranges);
  kept_.front().begin = kept_.front().end - front.size();
  return counted_.count(before(front), {kept_.data(), kept_.size()}, blank_line);
}

std::string_view EmissionCosts::bytes_of(const ByteRange& range) const {
  return counted_.text().substr(range.begin, range.size());
}

bool EmissionCosts::hold_command_marks(Span<const ByteRange> ranges) const {
  return may_hold_commands_ && std::any_of(ranges.begin(), ranges.end(), [this](const ByteRange& range) {
           return bytes_of(range).find(command_mark) != std::string_view::npos;
         });
}

Cost EmissionCosts::count_joined(Span<const ByteRange> ranges) const {
  std::string joined;
  for (const ByteRange& range : ranges) joined += bytes_of(range);
  return counter_.count(emitted(joined));
}

}  // namespace cascade::manifest
