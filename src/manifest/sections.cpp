#include "manifest/sections.h"

#include "hash/content_hash.h"
#include "manifest/emission.h"
#include "manifest/shorten.h"
#include "text/ascii.h"
#include "unicode/utf8.h"

#include <algorithm>
#include <array>

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

// The chain of headings above and including the current one.
class HeadingPath {
 public:
  const std::string& enter(std::uint32_t level, std::string_view heading) {
    const std::size_t own = level >= 1 && level <= 6 ? level - 1 : 5;
    path_.resize(own == 0 ? 0 : ends_[own - 1]);
    if (!heading.empty()) path_.append(path_.empty() ? "" : " > ").append(heading);
    std::fill(ends_.begin() + static_cast<std::ptrdiff_t>(own), ends_.end(), path_.size());
    return path_;
  }

 private:
  std::string path_;
  std::array<std::size_t, 6> ends_{};  // of the path down to each level
};

bool has_only_space(std::string_view body, const std::vector<ByteRange>& ranges) {
  return std::all_of(ranges.begin(), ranges.end(), [body](const ByteRange& range) {
    return letters::trim(body.substr(range.begin, range.size())).empty();
  });
}

// Of the section `number`, where they cost less than it and than each other in this order.
void add_shorter(std::string_view body, const syntax::Outline& outline, std::size_t number, EmissionCosts& costs,
                 std::vector<Section>& sections) {
  const ShorterForms forms(body, outline, number);
  std::vector<ByteRange> shown;
  TokenCount least = sections[number].cost.tokens;
  for (const Form form : {Form::prose, Form::opening}) {
    forms.ranges(form, shown);
    std::size_t bytes = 0;
    for (const ByteRange& range : shown) bytes += range.size();
    if (bytes == 0 || bytes >= sections[number].length) continue;
    const Cost cost = costs.of({shown.data(), shown.size()});
    if (cost.tokens >= least || has_only_space(body, shown)) continue;
    least = cost.tokens;
    sections.push_back(sections[number]);
    sections.back().form = form;
    sections.back().cost = cost;
  }
}

}  // namespace

CutBody cut_sections(std::string_view text, std::size_t body, std::uint32_t first_line, const syntax::Outline& outline,
                     const TokenCounter& counter) {
  std::vector<Section> out;
  out.reserve(outline.headings.size() * 3 / 2 + 2);  // with shorter forms of half of them
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
  const std::string_view bytes = text.substr(body);
  EmissionCosts costs(counter, bytes);
  const std::size_t count = out.size();
  for (std::size_t number = 0; number < count; ++number) {
    const ByteRange range = section_range(bytes, outline, number);
    Section& section = out[number];
    section.length = range.size();
    section.content_hash = hash::hash_text(bytes.substr(range.begin, range.size()));
    section.cost = costs.of({&range, 1});
  }
  for (std::size_t number = 0; number < count; ++number) add_shorter(bytes, outline, number, costs, out);
  return {std::move(out), costs.whole()};
}

}  // namespace cascade::manifest
