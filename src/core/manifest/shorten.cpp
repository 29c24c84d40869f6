// A section is split into units (units.h), and a form keeps some of them and cuts the rest; cuts in a row become one
// mark. Forms work on ranges of the text, so that the parser can price them without building text. Units are never
// split, except that a beginning may end inside a long fence of code, which is then closed after the mark: a part of an
// explanation misleads a reader, while the first part of an example usually helps.
#include "manifest/shorten.h"

#include "manifest/emission.h"
#include "text/ascii.h"
#include "unicode/utf8.h"

#include <algorithm>

namespace cascade::manifest {
namespace {

using syntax::Block;
using syntax::Outline;

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
  if (std::none_of(section.units.begin(), section.units.end(),
                   [&](const Unit& unit) { return std::any_of(unit.examples.begin(), unit.examples.end(), is_long); }))
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

void opening(const SectionUnits& section, std::vector<FormPart>& out) {
  Parts parts(section.text, out);
  if (section.units.size < 2 || section.units[0].code || section.units[0].announces) return;
  const std::size_t end = section.units[0].bytes.end;
  parts.keep({section.bytes.begin, end});
  parts.cut({end, section.bytes.end}, false);
}

// The offset of the line that closes a fence.
std::size_t closing_line(std::string_view text, ByteRange fence) {
  const std::string_view code = text.substr(fence.begin, fence.size());
  const std::size_t last = code.find_last_not_of(" \t\r\n");
  return last == std::string_view::npos ? fence.end : fence.begin + code.find_last_of("\r\n", last) + 1;
}

// The place to cut a fence: the blank line, in the second half of the part that may be shown, before the line with the
// least indentation, because the code before it is most likely complete there. 0 when there is no such blank line.
std::size_t cut_in_code(std::string_view text, ByteRange fence, std::size_t end) {
  if (end <= fence.begin + 2 * least_code) return 0;
  const std::string_view shown = text.substr(0, std::min(end, closing_line(text, fence)));
  std::size_t best = 0, least = std::string_view::npos;
  for (std::size_t at = shown.find('\n', fence.begin + (end - fence.begin) / 2); at < shown.size();) {
    const std::size_t next = text.find_first_not_of(" \t\r\n", at);
    if (next == std::string_view::npos) break;
    const std::size_t line = text.find_last_of("\r\n", next) + 1;
    if (letters::count_line_ends(text.substr(at, line - at)) >= 2 && next - line <= least) {
      least = next - line;
      best = at + 1;
    }
    at = shown.find('\n', next);
  }
  return best;
}

// When fewer than two units fit, keeps a part of the code in the next unit, with its fence closed after the mark.
void within_code(const SectionUnits& section, std::size_t count, std::size_t longest, std::vector<FormPart>& out) {
  Parts parts(section.text, out);
  const Unit& unit = section.units[count];
  if (unit.fence.size() == 0) return;
  const std::size_t cut = cut_in_code(section.text, unit.fence, section.heading_end + longest);
  if (cut == 0) return;
  const std::size_t closing = closing_line(section.text, unit.fence);
  parts.keep({section.bytes.begin, cut});
  parts.cut({cut, closing}, true);
  parts.keep({closing, unit.bytes.end});
  parts.cut({unit.bytes.end, section.bytes.end}, false);
}

// Keeps as many units as fit one or two thirds of the section and a twentieth more.
void beginning(const SectionUnits& section, std::size_t thirds, std::vector<FormPart>& out) {
  Parts parts(section.text, out);
  const std::size_t length = section.bytes.end - section.heading_end;
  if (length < (thirds == 1 ? least_cut_to_third : least_cut_between)) return;
  const std::size_t longest = length * thirds * 7 / 20;
  std::size_t count = 0;
  while (count < section.units.size && section.units[count].bytes.end - section.heading_end <= longest) ++count;
  if (count < 2) return count < section.units.size ? within_code(section, count, longest, out) : void();
  const std::size_t end = section.units[count - 1].bytes.end;
  if (section.bytes.end - end < least_code) return;
  parts.keep({section.bytes.begin, end});
  parts.cut({end, section.bytes.end}, false);
}

void stub(const SectionUnits& section, std::vector<FormPart>& out) {
  Parts parts(section.text, out);
  if (section.heading_end == section.bytes.begin) return;
  parts.keep({section.bytes.begin, section.heading_end});
  parts.cut({section.heading_end, section.bytes.end}, false);
}

void shorten(const SectionUnits& section, Form form, std::vector<FormPart>& out) {
  out.clear();
  switch (form) {
    case Form::prose: without_code(section, out); break;
    case Form::opening: opening(section, out); break;
    case Form::third: beginning(section, 1, out); break;
    case Form::beginning: beginning(section, 2, out); break;
    case Form::stub: stub(section, out); break;
    default: Parts(section.text, out).keep(section.bytes); return;
  }
  const bool cuts = std::any_of(out.begin(), out.end(), [](const FormPart& part) { return part.cut_lines != 0; });
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
  return std::all_of(blocks.begin(), blocks.end(), [](const Block& block) { return block.closed; });
}

}  // namespace

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
  stands_alone_ = false;
  const Outline alone = syntax::scan_outline(own);
  const ByteRange whole{0, own.size()};
  units_ = units_of(own, whole, all_blocks(alone));
  const auto shift = [this](ByteRange& range) { range = {range.begin + section_.begin, range.end + section_.begin}; };
  for (Unit& unit : units_) {
    shift(unit.bytes);
    shift(unit.fence);
    std::for_each(unit.examples.begin(), unit.examples.end(), shift);
  }
  heading_end_ = section_.begin + manifest::heading_end(whole, all_blocks(alone));
}

void ShorterForms::parts(Form form, std::vector<FormPart>& out) const {
  shorten({text_, section_, heading_end_, {units_.data(), units_.size()}}, form, out);
}

bool ShorterForms::announces() const noexcept { return !units_.empty() && units_.back().announces; }

bool ShorterForms::is_bare() const noexcept {
  return heading_end_ != section_.begin &&
         letters::trim(text_.substr(heading_end_, section_.end - heading_end_)).empty();
}

}  // namespace cascade::manifest
