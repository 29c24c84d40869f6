// Marks are built from short fixed texts. MarkCosts prices them without building each one: it counts the fixed parts
// and each section's place once, adds up what a mark needs, and computes the tokens of numbers from their digits. An
// inexact counter, or an owner whose name ends in a sign, gives no such pieces: then the whole mark is counted.
#include "manifest/mark.h"

#include "manifest/head.h"
#include "text/ascii.h"
#include "text/byte_set.h"

#include <algorithm>

namespace cascade::manifest {
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
