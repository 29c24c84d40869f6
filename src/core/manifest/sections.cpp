// Cuts the body at the headings of its outline and counts its tokens once; each section's cost is read from that count.
// Then it prices every shorter form of a section, and the mark that would stand for this and all later sections, from
// the parts they share. All this happens when a manifest is indexed, so that packing compares costs without reading a
// file. Of a section that an earlier manifest has, too, what its text alone decides comes from the memo.
#include "manifest/sections.h"

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

bool has_children(const std::vector<Section>& sections, std::size_t number, std::size_t count) {
  return number + 1 < count && sections[number].level != 0 && sections[number + 1].level > sections[number].level;
}

ByteRange range_of(const std::vector<Section>& sections, std::size_t number) {
  const std::size_t begin = sections[number].offset - sections[0].offset;
  return {begin, begin + sections[number].length};
}

// What a memo knows of a body's sections, and what is left to count.
struct KnownParts {
  std::vector<const KnownSection*> sections;  // by number; null: unknown
  std::vector<ByteRange> anew;                // the text of all unknown ones
  Cost unchanged;                             // of the text of the others
};

// Whether the token pattern splits the text before this section, which is not blank: it joins a slash with the line
// before, and a heading behind a byte order mark begins no line.
bool begins_piece(std::string_view body, std::size_t section) {
  if (section == 0 || section == body.size()) return true;
  return (body[section - 1] == '\n' || body[section - 1] == '\r') && body[section] != '/';
}

// The lead is not looked up: it may be blank.
KnownParts find_known(std::string_view body, const std::vector<Section>& sections, const SectionMemo* memo) {
  KnownParts found{std::vector<const KnownSection*>(sections.size()), {}, {}};
  for (std::size_t number = 0; number < sections.size(); ++number) {
    const KnownSection*& known = found.sections[number];
    const ByteRange range = range_of(sections, number);
    if (memo != nullptr && number != 0)
      known = memo->find(sections[number].content_hash, body.substr(range.begin, range.size()),
                         has_children(sections, number, sections.size()));
    if (known != nullptr)
      found.unchanged += known->unchanged;
    else if (!found.anew.empty() && found.anew.back().end == range.begin)
      found.anew.back().end = range.end;
    else
      found.anew.push_back(range);
  }
  return found;
}

// Prices the shorter forms and the marks of one body's sections.
class Forms {
 public:
  Forms(std::string_view body, const syntax::Outline& outline, MarkCosts& marks, EmissionCosts& costs,
        KnownParts& known, SectionMemo* memo, std::vector<Section>& sections)
      : body_(body), outline_(outline), marks_(marks), costs_(costs), known_(known), memo_(memo), sections_(sections) {
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
      const MarkCosts::Place place = place_of(number, further);
      if (known_.sections[number] != nullptr) marks_.know_heading(place, known_.sections[number]->place);
      sections_[number].cut_cost = marks_.sections(++sections, tokens, place);
    }
    for (std::size_t number = 0; number < is_unique_.size(); ++number) add(number);
  }

 private:
  MarkCosts::Place place_of(std::size_t number, std::uint32_t further) {
    if (places_[number].empty())
      places_[number] = item_place(sections_[number].heading, is_unique_[number], static_cast<std::uint32_t>(number));
    return {static_cast<std::uint32_t>(number), places_[number], further};
  }

  bool has_children(std::size_t number) const { return manifest::has_children(sections_, number, is_unique_.size()); }

  void add(std::size_t number) {
    if (const KnownSection* const known = known_.sections[number]) {
      sections_[number].announces = known->announces;
      sections_[number].bare = known->bare;
      for (const KnownForm& form : known->forms) add(number, form);
      return;
    }
    const ShorterForms forms(body_, outline_, number);
    sections_[number].announces = forms.announces();
    sections_[number].bare = forms.is_bare();
    read(number, forms);
    for (const KnownForm& form : read_) add(number, form);
    if (memo_ != nullptr && number != 0 && forms.stands_alone()) remember(number);
  }

  void read(std::size_t number, const ShorterForms& forms) {
    constexpr TokenCount least = 24;                 // a section that costs less than a mark is not shortened
    constexpr std::uint64_t most_bytes = 128 << 10;  // nor one that nobody writes: whoever loads it would wait
    read_.clear();
    if (sections_[number].cost.tokens < least || sections_[number].length > most_bytes) return;
    for (const Form form : {Form::prose, Form::opening, Form::third, Form::beginning}) read(forms, form);
    if (has_children(number)) read(forms, Form::stub);
  }

  void read(const ShorterForms& forms, Form form) {
    forms.parts(form, parts_);
    if (parts_.empty()) return;
    KnownForm& read = read_.emplace_back();
    read.form = form;
    for (const FormPart& part : parts_) {
      if (part.cut_lines != 0) {
        read.cuts.push_back({part.cut_lines, part.code});
        continue;
      }
      read.kept += costs_.of({&part.bytes, 1});
      const std::string_view shown = body_.substr(part.bytes.begin, part.bytes.size());
      if (form != Form::prose) read.shown_lines += static_cast<std::uint32_t>(letters::count_line_ends(shown));
    }
  }

  // A form that saves nothing in tokens or in characters is left out, since packing would have to compare it for
  // nothing.
  void add(std::size_t number, const KnownForm& form) {
    const MarkCosts::Place place = place_of(number, 0);
    Cost cost = form.kept;
    for (const KnownForm::Cut& cut : form.cuts) cost += marks_.lines(cut.lines, cut.code, place);
    if (cost.tokens >= sections_[number].cost.tokens || cost.chars >= sections_[number].cost.chars) return;
    Section shorter = sections_[number];
    shorter.form = form.form;
    shorter.cost = cost;
    shorter.shown_lines = form.shown_lines;
    sections_.push_back(std::move(shorter));
  }

  void remember(std::size_t number) {
    const Section& section = sections_[number];
    const ByteRange range = range_of(sections_, number);
    memo_->add(section.content_hash,
               {body_.substr(range.begin, range.size()), has_children(number), section.announces, section.bare,
                costs_.unchanged(range), section.cost, marks_.heading_cost(place_of(number, 0)), read_});
  }

  std::string_view body_;
  const syntax::Outline& outline_;
  MarkCosts& marks_;
  EmissionCosts& costs_;
  KnownParts& known_;
  SectionMemo* memo_;
  std::vector<Section>& sections_;
  std::vector<bool> is_unique_;      // the heading, by the number of the section
  std::vector<std::string> places_;  // by the number of the section; empty: not built yet
  std::vector<FormPart> parts_;      // of the form that is read
  std::vector<KnownForm> read_;      // of the section that is read
};

// A hash table by content hash. Equal hashes are no proof: texts that differ in white space share one, and a hostile
// author can make others. So texts are compared, and a search ends after a few slots: what finds no free one is not
// kept.

constexpr std::size_t least_text = 32;  // bytes
constexpr std::size_t most_sections = std::size_t{1} << 16, least_slots = std::size_t{1} << 12, most_probed = 8;

}  // namespace

CutBody cut_sections(const syntax::LineIndex& lines, std::size_t body, const syntax::Outline& outline,
                     const Symbol& symbol, const TokenCounter& counter, SectionMemo* memo) {
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
    if (!begins_piece(bytes, range.begin)) memo = nullptr;
  }
  KnownParts known = find_known(bytes, out, memo);
  EmissionCosts costs(counter, bytes, {known.anew.data(), known.anew.size()});
  for (std::size_t number = 0; number < out.size(); ++number) {
    const ByteRange range = range_of(out, number);
    out[number].cost = known.sections[number] != nullptr ? known.sections[number]->cost : costs.of({&range, 1});
  }
  MarkCosts marks(counter, symbol, memo != nullptr ? &memo->mark_parts() : nullptr);
  Forms(bytes, outline, marks, costs, known, memo, out).add_all();
  return {std::move(out), known.unchanged + costs.whole()};
}

const KnownSection* SectionMemo::find(std::uint64_t content_hash, std::string_view text,
                                      bool has_children) const noexcept {
  if (slots_.empty()) return nullptr;
  for (std::size_t i = 0; i < most_probed; ++i) {
    const Slot& slot = slots_[(content_hash + i) & (slots_.size() - 1)];
    if (slot.section == nullptr) return nullptr;
    const KnownSection& known = *slot.section;
    if (slot.content_hash == content_hash && known.has_children == has_children && known.text == text) return &known;
  }
  return nullptr;
}

void SectionMemo::add(std::uint64_t content_hash, KnownSection section) {
  if (section.text.size() < least_text || sections_.size() == most_sections) return;
  if (slots_.size() < 2 * (sections_.size() + 1)) grow();
  sections_.push_back(std::move(section));
  place({content_hash, &sections_.back()});
}

void SectionMemo::grow() {
  std::vector<Slot> old(slots_.empty() ? least_slots : 2 * slots_.size());
  std::swap(old, slots_);
  for (const Slot& slot : old)
    if (slot.section != nullptr) place(slot);
}

void SectionMemo::place(const Slot& slot) noexcept {
  for (std::size_t i = 0; i < most_probed; ++i) {
    Slot& at = slots_[(slot.content_hash + i) & (slots_.size() - 1)];
    if (at.section != nullptr) continue;
    at = slot;
    return;
  }
}

}  // namespace cascade::manifest
