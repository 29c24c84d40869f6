// Cuts the body at the headings of its outline and counts its tokens once; each section's cost is read from that count.
// Then it prices every shorter form of a section, and the mark that would stand for this and all later sections, from
// the parts they share. All this happens when a manifest is indexed, so that packing compares costs without reading a
// file.
#include "manifest/emission.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

#include "hash/content_hash.h"
#include "text/ascii.h"
#include "unicode/utf8.h"

namespace cascade::manifest {
namespace {

constexpr std::size_t max_heading = 120;  // code points

// At most max_heading code points, cut at a blank where there is one near, ending in an ellipsis.
std::string shown_heading(std::string_view heading) {
  std::string clean = unicode::replace_invalid(letters::trim(heading).substr(0, 8 * max_heading));
  if (clean.size() <= max_heading) return clean;
  std::size_t end = 0, count = 0;
  for (; end < clean.size() && count < max_heading; ++count) end += unicode::decode(clean, end).length;
  if (end == clean.size()) return clean;
  const std::size_t blank = clean.rfind(' ', end);
  if (blank != std::string::npos && blank > end / 2) end = blank;
  clean.resize(end);
  return clean + "\xE2\x80\xA6";
}

class HeadingPath {
 public:
  const std::string& enter(std::uint32_t level, std::string_view heading) {
    const std::size_t own = level >= 1 && level <= 6 ? level - 1 : 5;
    path_.resize(own == 0 ? 0 : ends_[own - 1]);
    if (!heading.empty()) path_.append(path_.empty() ? "" : " > ").append(heading);
    // A heading that skips levels (# then ###) hangs below the last one that is there.
    std::fill(ends_.begin() + static_cast<std::ptrdiff_t>(own), ends_.end(), path_.size());
    return path_;
  }

 private:
  std::string path_;
  std::array<std::size_t, 6> ends_{};  // of the path down to each level
};

// Prices the shorter forms and the marks of one body's sections.
class Forms {
 public:
  Forms(std::string_view body, const syntax::Outline& outline, MarkCosts& marks, EmissionCosts& costs,
        std::vector<Section>& sections)
      : body_(body), outline_(outline), marks_(marks), costs_(costs), sections_(sections) {
    places_.resize(sections.size());
    is_unique_.assign(sections.size(), true);
    // Lengths differ more often than not, and are compared sooner than texts. No table by hash: people write headings
    // that others open.
    const auto less = [&](std::size_t a, std::size_t b) {
      const std::string_view first = sections[a].heading, second = sections[b].heading;
      return first.size() != second.size() ? first.size() < second.size() : first < second;
    };
    std::vector<std::size_t> by_heading(sections.size());
    std::iota(by_heading.begin(), by_heading.end(), std::size_t{0});
    std::ranges::sort(by_heading, less);
    for (std::size_t i = 1; i < by_heading.size(); ++i)
      if (sections[by_heading[i - 1]].heading == sections[by_heading[i]].heading)
        is_unique_[by_heading[i - 1]] = is_unique_[by_heading[i]] = false;
  }

  void add_all() {
    std::size_t sections = 0;
    TokenCount tokens = 0;
    for (std::size_t number = is_unique_.size(); number-- > 0;) {
      tokens += sections_[number].cost.tokens;
      if (sections_[number].cost == Cost{}) continue;
      const auto further = static_cast<std::uint32_t>(is_unique_.size() - 1 - number);
      sections_[number].cut_cost = marks_.sections(++sections, tokens, place_of(number, further));
    }
    for (std::size_t number = 0; number < is_unique_.size(); ++number) add(number);
  }

 private:
  MarkCosts::Place place_of(std::size_t number, std::uint32_t further) {
    if (places_[number].empty())
      places_[number] = item_place(sections_[number].heading, is_unique_[number], static_cast<std::uint32_t>(number));
    return {static_cast<std::uint32_t>(number), places_[number], further};
  }

  bool has_children(std::size_t number) const {
    return number + 1 < is_unique_.size() && sections_[number].level != 0 &&
           sections_[number + 1].level > sections_[number].level;
  }

  void add(std::size_t number) {
    constexpr TokenCount least = 24;                 // a section that costs less than a mark is not shortened
    constexpr std::uint64_t most_bytes = 128 << 10;  // nor one that nobody writes: whoever loads it would wait
    const ShorterForms forms(body_, outline_, number);
    sections_[number].announces = forms.announces();
    sections_[number].bare = forms.is_bare();
    if (sections_[number].cost.tokens < least || sections_[number].length > most_bytes) return;
    for (const Form form : {Form::prose, Form::opening, Form::third, Form::beginning}) add(number, forms, form);
    if (has_children(number)) add(number, forms, Form::stub);
  }

  // A form that saves nothing in tokens or in characters is left out, since packing would have to compare it for
  // nothing.
  void add(std::size_t number, const ShorterForms& forms, Form form) {
    forms.parts(form, parts_);
    if (parts_.empty()) return;
    const MarkCosts::Place place = place_of(number, 0);
    Cost cost;
    std::uint32_t shown_lines = 0;
    for (const FormPart& part : parts_) {
      if (part.cut_lines != 0) {
        cost += marks_.lines(part.cut_lines, part.code, place);
        continue;
      }
      cost += costs_.of({&part.bytes, 1});
      const std::string_view shown = body_.substr(part.bytes.begin, part.bytes.size());
      if (form != Form::prose) shown_lines += static_cast<std::uint32_t>(letters::count_line_ends(shown));
    }
    if (cost.tokens >= sections_[number].cost.tokens || cost.chars >= sections_[number].cost.chars) return;
    Section shorter = sections_[number];
    shorter.form = form;
    shorter.cost = cost;
    shorter.shown_lines = shown_lines;
    sections_.push_back(std::move(shorter));
  }

  std::string_view body_;
  const syntax::Outline& outline_;
  MarkCosts& marks_;
  EmissionCosts& costs_;
  std::vector<Section>& sections_;
  std::vector<bool> is_unique_;      // the heading, by the number of the section
  std::vector<std::string> places_;  // by the number of the section; empty: not built yet
  std::vector<FormPart> parts_;      // of the form that is priced
};

}  // namespace

CutBody cut_sections(const syntax::LineIndex& lines, std::size_t body, const syntax::Outline& outline,
                     const Symbol& symbol, const TokenCounter& counter, MarkCosts::Shared* shared) {
  const std::uint32_t first_line = lines.line_at(body);
  std::vector<Section> out;
  out.reserve(outline.headings.size() * 3 / 2 + 2);  // leaves room for shorter forms of half of them
  out.emplace_back();
  out[0].form = Form::lead;
  out[0].offset = body;
  out[0].line = first_line;
  HeadingPath path;
  for (std::size_t index : outline.headings) {
    const syntax::Block& block = outline.blocks[index];
    Section& section = out.emplace_back();
    section.shorter_of = static_cast<std::uint32_t>(out.size()) - 1;
    section.heading = shown_heading(block.text);
    section.path = path.enter(block.level, section.heading);
    section.offset = body + block.begin;
    section.line = first_line + block.line - 1;
    section.level = block.level;
  }
  const std::string_view bytes = lines.text().substr(body);
  for (std::size_t number = 0; number < out.size(); ++number) {
    const ByteRange range = section_range(bytes, outline, number);
    Section& section = out[number];
    section.length = range.size();
    const std::string_view own = bytes.substr(range.begin, range.size());
    section.content_hash = lines.tidy() ? hash::hash_tidy_text(own) : hash::hash_text(own);
  }
  const ByteRange whole{0, bytes.size()};
  EmissionCosts costs(counter, bytes, {&whole, 1});
  for (Section& section : out) {
    const ByteRange range{section.offset - body, section.offset - body + section.length};
    section.cost = costs.of({&range, 1});
  }
  MarkCosts marks(counter, symbol, shared);
  Forms(bytes, outline, marks, costs, out).add_all();
  return {std::move(out), costs.whole()};
}

}  // namespace cascade::manifest
