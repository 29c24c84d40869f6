// emitted() trims a section, defuses forged marks and ends it with a blank line. EmissionCosts prices such texts
// without building them: it trims the ranges in place and adds up tokens of the text counted once. Where emitting may
// change more than that (forged marks, commands to run, a first range of white space only), it builds the text and
// counts it.
#include "manifest/emission.h"

#include <algorithm>

#include "manifest/forged_marks.h"
#include "manifest/head.h"
#include "text/ascii.h"
#include "text/byte_block.h"
#include "unicode/utf8.h"

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

// Marks are built from short fixed texts. MarkCosts prices them without building each one: it counts the fixed parts
// and each section's place once, adds up what a mark needs, and computes the tokens of numbers from their digits. An
// inexact counter, or an owner whose name ends in a sign, gives no such pieces: then the whole mark is counted.
namespace {

constexpr std::size_t longest_name = 200, longest_heading = 60;

bool is_number(std::string_view text) noexcept { return std::all_of(text.begin(), text.end(), letters::is_digit); }

constexpr letters::ByteSet plain_bytes("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 -_.,:()'/&?");

// Whether it means the same to every shell inside quotation marks and cannot end the mark.
bool is_plain(std::string_view heading) noexcept {
  return !is_number(heading) && heading.size() <= longest_heading && heading.front() != ' ' && heading.back() != ' ' &&
         std::all_of(heading.begin(), heading.end(), [](char c) { return plain_bytes.has(c); });
}

constexpr letters::ByteSet quoted_bytes(" ()'&?<>|;*");

bool is_one_word(std::string_view item) noexcept { return quoted_bytes.find_in(item) == std::string_view::npos; }

std::string counted(std::size_t count, std::string_view noun) {
  return std::to_string(count) + " " + std::string(noun) + (count == 1 ? "" : "s");
}

}  // namespace

std::string item_owner(const Symbol& symbol) {
  return std::string(to_string(symbol.kind)) + ":" + one_line(symbol.name, longest_name);
}

std::string item_place(std::string_view heading, bool unique, std::uint32_t number, std::uint32_t further) {
  std::string place = "#";
  if (unique && is_plain(heading))
    place += heading;
  else
    place += std::to_string(number);
  if (further != 0) place.append("+").append(std::to_string(further));
  return place;
}

std::string section_item(const Symbol& symbol, std::string_view heading, bool unique, std::uint32_t number,
                         std::uint32_t further) {
  return item_owner(symbol) + item_place(heading, unique, number, further);
}

std::string cut_mark(std::string_view what, std::string_view item) {
  const std::string_view quote = is_one_word(item) ? "" : "\"";
  return std::string("[cut: ").append(what).append("; cascade show ").append(quote).append(item).append(quote) +
         "]\n\n";
}

std::string same_mark(std::string_view heading, std::string_view item) {
  const std::string name = heading.empty() ? std::string("text") : "\"" + one_line(heading, longest_heading) + "\"";
  return "[same " + name + " as above: " + std::string(item) + "]\n\n";
}

std::string cut_lines(std::size_t lines, bool code) { return counted(lines, "line") + (code ? " of code" : ""); }

std::string cut_sections_text(std::size_t sections, TokenCount tokens) {
  return counted(sections, "section") + ", " + counted(tokens, "token");
}

namespace {

// A sign or blank and a number: the vocabulary has "#", "+", the blank and each number of up to three digits as a
// token.
Cost number_cost(std::size_t number) noexcept {
  std::uint32_t digits = 1;
  for (; number >= 10; number /= 10) ++digits;
  return {1 + (digits + 2) / 3, 1 + digits};
}

bool ends_in_word(std::string_view text) noexcept {
  return letters::is_letter(text.back()) || letters::is_digit(text.back());
}

std::string with_further(const MarkCosts::Place& place) {
  std::string text(place.text);
  if (place.further != 0) text.append("+").append(std::to_string(place.further));
  return text;
}

// The parts that marks share, in the order of MarkCosts::Shared.
enum SharedPart : std::size_t {
  begin_of_mark,
  end_of_sections,
  end_of_tokens = 3,
  end_of_lines = 5,
  end_of_mark = 9,
  quoted_end
};
constexpr std::array<std::string_view, 2> sections_end = {" sections,", " section,"};
constexpr std::array<std::string_view, 2> tokens_end = {" tokens; cascade show", " token; cascade show"};
constexpr std::array<std::string_view, 4> lines_end = {" lines; cascade show", " line; cascade show",
                                                       " lines of code; cascade show", " line of code; cascade show"};

}  // namespace

MarkCosts::MarkCosts(const TokenCounter& counter, const Symbol& symbol, Shared* shared)
    : counter_(counter),
      owner_(item_owner(symbol)),
      falls_into_pieces_(counter.exact() && (letters::is_letter(owner_.back()) || letters::is_digit(owner_.back()))),
      owner_is_one_word_(is_one_word(owner_)),
      once_(shared != nullptr ? *shared : own_) {}

Cost MarkCosts::heading_cost(const Place& place) const noexcept {
  const bool counted = place.section < places_.size() && !is_number(place.text.substr(1));
  return counted ? places_[place.section] : Cost{};
}

void MarkCosts::know_heading(const Place& place, const Cost& cost) {
  if (is_number(place.text.substr(1))) return;
  if (place.section >= places_.size()) places_.resize(place.section + 1);
  places_[place.section] = cost;
}

Cost MarkCosts::counted_once(std::size_t number, std::string_view text) {
  if (once_[number] == Cost{}) once_[number] = counter_.count(text);
  return once_[number];
}

Cost MarkCosts::place_cost(const Place& place) {
  if (place.section >= places_.size()) places_.resize(place.section + 1);
  Cost& cost = places_[place.section];
  if (cost == Cost{}) cost = is_number(place.text.substr(1)) ? number_cost(place.section) : counter_.count(place.text);
  return cost;
}

Cost MarkCosts::ending(const Place& place) {
  const bool quoted = !owner_is_one_word_ || !is_one_word(place.text);
  const std::string_view end = quoted ? "\"]\n\n" : "]\n\n";
  Cost& begin = quoted ? quoted_owner_cost_ : owner_cost_;
  if (begin == Cost{}) begin = counter_.count((quoted ? " \"" : " ") + owner_);
  if (!ends_in_word(place.text)) return begin + counter_.count(with_further(place).append(end));
  return begin + place_cost(place) + (place.further == 0 ? Cost{} : number_cost(place.further)) +
         counted_once(quoted ? quoted_end : end_of_mark, end);
}

Cost MarkCosts::lines(std::size_t lines, bool code, const Place& place) {
  if (!falls_into_pieces_) return counter_.count(cut_mark(cut_lines(lines, code), owner_ + with_further(place)));
  const std::size_t end = (code ? 2 : 0) + (lines == 1 ? 1 : 0);
  return counted_once(begin_of_mark, "[cut:") + number_cost(lines) + counted_once(end_of_lines + end, lines_end[end]) +
         ending(place);
}

Cost MarkCosts::sections(std::size_t sections, TokenCount tokens, const Place& place) {
  if (!falls_into_pieces_)
    return counter_.count(cut_mark(cut_sections_text(sections, tokens), owner_ + with_further(place)));
  const std::size_t one_section = sections == 1 ? 1 : 0, one_token = tokens == 1 ? 1 : 0;
  return counted_once(begin_of_mark, "[cut:") + number_cost(sections) +
         counted_once(end_of_sections + one_section, sections_end[one_section]) + number_cost(tokens) +
         counted_once(end_of_tokens + one_token, tokens_end[one_token]) + ending(place);
}

}  // namespace cascade::manifest
