// A part is left out if the memo has its references, and kept in the memo if it has not. Both ask the same of the line
// of its heading, which is in the text either way.
#include "manifest/known_references.h"

#include "manifest/body_text.h"
#include "text/ascii.h"

#include <algorithm>

namespace cascade::manifest {
namespace {

// Whether nothing but a heading's own words governs what is below it.
bool governs_alone(const BodyText& body, std::uint32_t number) {
  const auto at = std::lower_bound(body.lines().begin(), body.lines().end(), number,
                                   [](const TextLine& line, std::uint32_t wanted) { return line.number < wanted; });
  return at != body.lines().end() && at->number == number && at->context == Context::heading && !at->not_for &&
         !at->told && !at->printed;
}

// Where the part of a section below its heading's line begins; npos when it may not be read alone. A call that the
// heading opens might go on below.
std::size_t begin_below(std::string_view section, bool at_end) {
  constexpr std::size_t npos = std::string_view::npos;
  if (!section.starts_with('#') || (!at_end && !section.ends_with("\n\n"))) return npos;
  const std::size_t end = section.find('\n');
  if (end == npos || end + 1 == section.size()) return npos;
  for (std::size_t open = section.find('('); open < end; open = section.find('(', open + 1))
    if (letters::is_word(section[open - 1])) return npos;
  return end + 1;
}

// Headings in lists and quotations begin no section, but govern what follows as others do.
bool holds_inner_headings(const syntax::Outline& outline) {
  const auto is_heading = [](const syntax::Block& block) { return block.kind == syntax::BlockKind::heading; };
  const auto headings = std::count_if(outline.blocks.begin(), outline.blocks.end(), is_heading);
  return static_cast<std::size_t>(headings) != outline.headings.size();
}

bool is_before(const FoundReference& reference, std::size_t offset) { return reference.offset < offset; }

}  // namespace

KnownReferences::KnownReferences(std::string_view file, const syntax::Outline& outline,
                                 const std::vector<Section>& sections, const std::vector<KnownSection*>& known,
                                 SectionMemo& memo)
    : memo_(&memo) {
  if (file.find('\r') != std::string_view::npos || holds_inner_headings(outline)) return;
  for (std::size_t number = 0; number < known.size(); ++number) {
    if (known[number] == nullptr) continue;
    const Section& section = sections[number];
    const std::size_t end = section.offset + section.length;
    const bool at_end = end == file.size();
    if (!at_end && file[end] != '#') continue;
    const std::size_t below = begin_below(file.substr(section.offset, section.length), at_end);
    if (below == std::string_view::npos) continue;
    Part& part = parts_.emplace_back();
    part = {known[number], section.line, section.offset, {section.offset + below, end}, at_end, false};
    part.left_out = part.references().has_value();
    if (part.left_out) left_out_.push_back(part.below);
  }
}

void KnownReferences::leave_nothing_out() noexcept {
  left_out_.clear();
  for (Part& part : parts_) part.left_out = false;
}

bool KnownReferences::suit(const BodyText& body) const {
  return std::all_of(parts_.begin(), parts_.end(),
                     [&](const Part& part) { return !part.left_out || governs_alone(body, part.line); });
}

void KnownReferences::add_to(FoundReferences& found) const {
  for (const Part& part : parts_) {
    if (!part.left_out || part.references()->empty()) continue;
    const auto at = std::lower_bound(found.begin(), found.end(), part.below.begin, is_before);
    const auto added = found.insert(at, part.references()->begin(), part.references()->end());
    const auto end = added + static_cast<std::ptrdiff_t>(part.references()->size());
    std::for_each(added, end, [&](FoundReference& reference) { reference.offset += part.section; });
  }
}

void KnownReferences::keep(const BodyText& body, const FoundReferences& found) const {
  for (const Part& part : parts_) {
    if (part.references() || !governs_alone(body, part.line)) continue;
    const auto first = std::lower_bound(found.begin(), found.end(), part.below.begin, is_before);
    const auto last = std::lower_bound(first, found.end(), part.below.end, is_before);
    if (!memo_->reserve_references(static_cast<std::size_t>(last - first))) continue;
    FoundReferences& kept = part.references().emplace(first, last);
    for (FoundReference& reference : kept) reference.offset -= part.section;
  }
}

}  // namespace cascade::manifest
