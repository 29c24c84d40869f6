// emitted() trims a section, defuses forged marks and ends it with a blank line. EmissionCosts prices such texts
// without building them: it trims the ranges in place and adds up tokens of the text counted once. Where emitting may
// change more than that (forged marks, commands to run, a first range of white space only), it builds the text and
// counts it.
#include "manifest/emission.h"

#include <algorithm>

#include "manifest/head.h"
#include "text/ascii.h"
#include "text/byte_block.h"
#include "text/letter_case.h"
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
  return letters::is_spacing(next.code_point) || next.code_point == 0x85 ? next.length : 0;
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

constexpr std::size_t longest_name = 200, longest_heading = 60;

bool is_number(std::string_view text) noexcept { return std::ranges::all_of(text, letters::is_digit); }

constexpr letters::ByteSet plain_bytes("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 -_.,:()'/&?");

// Whether it means the same to every shell inside quotation marks and cannot end the mark.
bool is_plain(std::string_view heading) noexcept {
  return !is_number(heading) && heading.size() <= longest_heading && heading.front() != ' ' && heading.back() != ' ' &&
         std::ranges::all_of(heading, [](char c) { return plain_bytes.has(c); });
}

constexpr letters::ByteSet quoted_bytes(" ()'&?<>|;*");

bool is_one_word(std::string_view item) noexcept { return quoted_bytes.find_in(item) == std::string_view::npos; }

std::string counted(std::size_t count, std::string_view noun) {
  return std::to_string(count) + " " + std::string(noun) + (count == 1 ? "" : "s");
}

// A sign or blank and a number: the vocabulary has "#", "+", the blank and each number of up to three digits as a
// token.
Cost number_cost(std::size_t number) noexcept {
  std::uint32_t digits = 1;
  for (; number >= 10; number /= 10) ++digits;
  return {1 + (digits + 2) / 3, 1 + digits};
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

using syntax::Block, syntax::Outline;

constexpr std::size_t least_code = 160;                                     // bytes: about two marks' worth
constexpr std::size_t least_cut_between = 1000, least_cut_to_third = 4000;  // bytes of a section

// One section with its units, both given as positions in `text`.
struct SectionUnits {
  std::string_view text;
  ByteRange bytes;
  std::size_t heading_end;
  Span<const Unit> units;
};

std::size_t count_lines(std::string_view text) {
  text = letters::trim(text);
  return text.empty() ? 0 : letters::count_line_ends(text) + 1;
}

// Collects parts in order; neighbouring cuts become one mark.
class Parts {
 public:
  Parts(std::string_view text, std::vector<FormPart>& out) : text_(text), out_(out) { out_.clear(); }

  void keep(ByteRange range) {
    if (letters::trim(text_.substr(range.begin, range.size())).empty()) return;
    if (!out_.empty() && out_.back().cut_lines == 0 && out_.back().bytes.end == range.begin)
      out_.back().bytes.end = range.end;
    else
      out_.push_back({range, 0, false});
  }

  void cut(ByteRange range, bool code) {
    const std::size_t lines = count_lines(text_.substr(range.begin, range.size()));
    if (lines == 0) return;
    if (out_.empty() || out_.back().cut_lines == 0) {
      out_.push_back({range, lines, code});
      return;
    }
    FormPart& mark = out_.back();
    mark.bytes.end = range.end;
    mark.cut_lines = count_lines(text_.substr(mark.bytes.begin, mark.bytes.size()));
    mark.code = mark.code && code;
  }

 private:
  std::string_view text_;
  std::vector<FormPart>& out_;
};

void without_code(const SectionUnits& section, std::vector<FormPart>& out) {
  Parts parts(section.text, out);
  const auto is_long = [](const ByteRange& example) { return example.size() >= least_code; };
  if (std::ranges::none_of(section.units,
                           [&](const Unit& unit) { return std::ranges::any_of(unit.examples, is_long); }))
    return;
  parts.keep({section.bytes.begin, section.heading_end});
  bool keeps = false;
  for (const Unit& unit : section.units) {
    std::size_t at = unit.bytes.begin;
    for (const ByteRange& example : unit.examples) {
      if (example.size() < least_code) continue;
      keeps = keeps || at < example.begin;
      parts.keep({at, example.begin});
      parts.cut(example, true);
      at = example.end;
    }
    keeps = keeps || at < unit.bytes.end;
    parts.keep({at, unit.bytes.end});
  }
  if (!keeps) out.clear();
}

void keep_up_to(std::size_t end, const SectionUnits& section, std::vector<FormPart>& out) {
  Parts parts(section.text, out);
  parts.keep({section.bytes.begin, end});
  parts.cut({end, section.bytes.end}, false);
}

void opening(const SectionUnits& section, std::vector<FormPart>& out) {
  if (section.units.size < 2 || section.units[0].code || section.units[0].announces) return;
  keep_up_to(section.units[0].bytes.end, section, out);
}

// Keeps as many units as fit one or two thirds of the section and a twentieth more.
void beginning(const SectionUnits& section, std::size_t thirds, std::vector<FormPart>& out) {
  const std::size_t length = section.bytes.end - section.heading_end;
  if (length < (thirds == 1 ? least_cut_to_third : least_cut_between)) return;
  const std::size_t longest = length * thirds * 7 / 20;
  std::size_t count = 0;
  while (count < section.units.size && section.units[count].bytes.end - section.heading_end <= longest) ++count;
  if (count < 2) return;
  const std::size_t end = section.units[count - 1].bytes.end;
  if (section.bytes.end - end >= least_code) keep_up_to(end, section, out);
}

void shorten(const SectionUnits& section, Form form, std::vector<FormPart>& out) {
  out.clear();
  switch (form) {
    case Form::prose: without_code(section, out); break;
    case Form::opening: opening(section, out); break;
    case Form::third: beginning(section, 1, out); break;
    case Form::beginning: beginning(section, 2, out); break;
    case Form::stub:
      if (section.heading_end != section.bytes.begin) keep_up_to(section.heading_end, section, out);
      break;
    default: Parts(section.text, out).keep(section.bytes); return;
  }
  const bool cuts = std::ranges::any_of(out, [](const FormPart& part) { return part.cut_lines != 0; });
  if (!cuts) out.clear();
}

Span<const Block> all_blocks(const Outline& outline) { return {outline.blocks.data(), outline.blocks.size()}; }

Span<const Block> blocks_of(const Outline& outline, std::size_t number) {
  const std::size_t begin = number == 0 ? 0 : outline.headings[number - 1];
  const std::size_t end = number < outline.headings.size() ? outline.headings[number] : outline.blocks.size();
  return {outline.blocks.data() + begin, end - begin};
}

// Whether a section read alone has the same blocks as within its text. A heading that splits sections closes every
// block before it, so the text around a section does not change its blocks. There are two exceptions: a block that is
// never closed may end elsewhere, and a byte order mark is one only at the start of a text.
bool has_own_blocks(std::string_view section, std::size_t begin, Span<const Block> blocks) {
  if (begin != 0 && section.substr(0, unicode::byte_order_mark.size()) == unicode::byte_order_mark) return false;
  return std::ranges::all_of(blocks, [](const Block& block) { return block.closed; });
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
  const auto has_command_mark = [this](const ByteRange& range) {
    return bytes_of(range).find(command_mark) != std::string_view::npos;
  };
  if (front.empty() || (may_hold_commands_ && std::ranges::any_of(ranges, has_command_mark)))
    return count_joined(ranges);
  kept_.front().begin = kept_.front().end - front.size();
  return counted_.count(before(front), {kept_.data(), kept_.size()}, blank_line);
}

Cost EmissionCosts::count_joined(Span<const ByteRange> ranges) const {
  std::string joined;
  for (const ByteRange& range : ranges) joined += bytes_of(range);
  return counter_.count(emitted(joined));
}

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

MarkCosts::MarkCosts(const TokenCounter& counter, const Symbol& symbol, Shared* shared)
    : counter_(counter),
      owner_(item_owner(symbol)),
      falls_into_pieces_(counter.exact() && letters::is_letter_or_digit(owner_.back())),
      owner_is_one_word_(is_one_word(owner_)),
      once_(shared != nullptr ? *shared : own_) {}

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
  if (!letters::is_letter_or_digit(place.text.back())) return begin + counter_.count(with_further(place).append(end));
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

bool is_shorter(Form form) noexcept {
  return form == Form::prose || form == Form::opening || form == Form::third || form == Form::beginning ||
         form == Form::stub;
}

std::string shortened(std::string_view section, Form form, const std::string& item) {
  if (!is_shorter(form)) return emitted(section);
  const Outline outline = syntax::scan_outline(section);
  const ByteRange whole{0, section.size()};
  const std::vector<Unit> units = units_of(section, whole, all_blocks(outline));
  std::vector<FormPart> parts;
  shorten({section, whole, heading_end(whole, all_blocks(outline)), {units.data(), units.size()}}, form, parts);
  std::string out;
  for (const FormPart& part : parts)
    out += part.cut_lines == 0 ? emitted(section.substr(part.bytes.begin, part.bytes.size()))
                               : cut_mark(cut_lines(part.cut_lines, part.code), item);
  return out;
}

ByteRange section_range(std::string_view text, const Outline& outline, std::size_t number) noexcept {
  const auto begin_of = [&outline](std::size_t heading) { return outline.blocks[outline.headings[heading]].begin; };
  return {number == 0 ? 0 : begin_of(number - 1), number < outline.headings.size() ? begin_of(number) : text.size()};
}

ShorterForms::ShorterForms(std::string_view text, const Outline& outline, std::size_t number)
    : text_(text), section_(section_range(text, outline, number)) {
  const std::string_view own = text.substr(section_.begin, section_.size());
  const Span<const Block> blocks = blocks_of(outline, number);
  if (has_own_blocks(own, section_.begin, blocks)) {
    units_ = units_of(text, section_, blocks);
    heading_end_ = manifest::heading_end(section_, blocks);
    return;
  }
  const Outline alone = syntax::scan_outline(own);
  const ByteRange whole{0, own.size()};
  units_ = units_of(own, whole, all_blocks(alone));
  const auto shift = [this](ByteRange& range) { range = {range.begin + section_.begin, range.end + section_.begin}; };
  for (Unit& unit : units_) {
    shift(unit.bytes);
    std::ranges::for_each(unit.examples, shift);
  }
  heading_end_ = section_.begin + manifest::heading_end(whole, all_blocks(alone));
}

void ShorterForms::parts(Form form, std::vector<FormPart>& out) const {
  shorten({text_, section_, heading_end_, {units_.data(), units_.size()}}, form, out);
}

bool ShorterForms::is_bare() const noexcept {
  return heading_end_ != section_.begin &&
         letters::trim(text_.substr(heading_end_, section_.end - heading_end_)).empty();
}

}  // namespace cascade::manifest
