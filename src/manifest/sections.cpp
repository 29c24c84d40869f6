#include "manifest/sections.h"

#include "hash/content_hash.h"
#include "manifest/emission.h"
#include "manifest/letters.h"
#include "manifest/shorten.h"
#include "unicode/utf8.h"

#include <array>

namespace cascade::manifest {
namespace {

constexpr std::size_t max_heading = 120;  // code points

// At most max_heading code points, cut at a blank where there is one near, ending in an ellipsis.
std::string shown_heading(std::string_view heading) {
  std::string clean = unicode::replace_invalid(trim(heading).substr(0, 8 * max_heading));
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
  std::string enter(std::uint32_t level, const std::string& heading) {
    const std::size_t own = level >= 1 && level <= 6 ? level - 1 : 5;
    chain_[own] = heading;
    std::string out;
    for (std::size_t i = 0; i < chain_.size(); ++i) {
      if (i > own) chain_[i].clear();
      if (chain_[i].empty()) continue;
      if (!out.empty()) out += " > ";
      out += chain_[i];
    }
    return out;
  }

 private:
  std::array<std::string, 6> chain_;
};

void add_shorter(std::string_view text, std::size_t count, const TokenCounter& counter,
                 std::vector<Section>& sections) {
  for (std::size_t i = 0; i < count; ++i) {
    Section shorter = sections[i];
    const std::string_view bytes = text.substr(shorter.offset, shorter.length);
    TokenCount least = shorter.cost.tokens;
    const ShorterForms forms = shorten(bytes);
    for (Form form : {Form::prose, Form::opening}) {
      const std::string& shown = form == Form::prose ? forms.prose : forms.opening;
      if (trim(shown).empty() || shown.size() >= bytes.size()) continue;
      shorter.form = form;
      shorter.cost = counter.count(emitted(shown));
      if (shorter.cost.tokens >= least) continue;
      least = shorter.cost.tokens;
      sections.push_back(shorter);
    }
  }
}

}  // namespace

std::vector<Section> cut_sections(std::string_view text, std::size_t body, std::uint32_t first_line,
                                  const syntax::Outline& outline, const TokenCounter& counter) {
  std::vector<Section> out(1);
  out[0].form = Form::lead;
  out[0].offset = body;
  out[0].line = first_line;
  HeadingPath path;
  for (std::size_t index : outline.headings) {
    const syntax::Block& block = outline.blocks[index];
    Section section;
    section.shorter_of = static_cast<std::uint32_t>(out.size());
    section.heading = shown_heading(block.text);
    section.path = path.enter(block.level, section.heading);
    section.offset = body + block.begin;
    section.line = first_line + block.line - 1;
    section.level = block.level;
    out.back().length = section.offset - out.back().offset;
    out.push_back(std::move(section));
  }
  out.back().length = text.size() - out.back().offset;
  for (Section& section : out) {
    const std::string_view bytes = text.substr(section.offset, section.length);
    section.content_hash = hash::hash_text(bytes);
    section.cost = counter.count(emitted(bytes));
  }
  add_shorter(text, out.size(), counter, out);
  return out;
}

}  // namespace cascade::manifest
