// The words of a heading are looked up in a sorted list, and only if none says anything are pieces of words searched,
// for languages that do not separate words by blanks or by letters of ASCII. A section whose heading says nothing
// belongs to the part of the section around it. Words decide, so the part is the same on every machine, and an author
// can see why a section counts as what it does.
#include "bundle/part.h"

#include "bundle/part_words.h"
#include "text/ascii.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

namespace cascade::bundle {
namespace {

constexpr std::size_t shortest_word = 4, longest_word = 13;

constexpr bool are_read_whole() {
  for (const PartWord& word : part_words::words)
    if (word.text.size() < shortest_word || word.text.size() > longest_word) return false;
  return true;
}
static_assert(are_read_whole(), "a shorter or longer word is never found: change the lengths above");

// The words of a heading in lower case, without those too short or too long to matter here.
class LowerWords {
 public:
  explicit LowerWords(std::string_view text) : text_(text) {}

  // Empty after the last word; valid until the next call.
  std::string_view next() {
    while (at_ < text_.size()) {
      std::size_t length = 0;
      for (; at_ < text_.size() && letters::is_letter(text_[at_]); ++at_, ++length)
        if (length < word_.size()) word_[length] = letters::to_lower(text_[at_]);
      ++at_;
      if (length >= shortest_word && length <= word_.size()) return {word_.data(), length};
    }
    return {};
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
  std::array<char, longest_word> word_{};
};

Part part_of_word(std::string_view word) {
  const auto at = std::lower_bound(std::begin(part_words::words), std::end(part_words::words), word,
                                   [](const PartWord& known, std::string_view wanted) { return known.text < wanted; });
  return at != std::end(part_words::words) && at->text == word ? at->part : Part::plain;
}

}  // namespace

// An aside wins over all else ("Example steps" is an example); of the others the one that comes first in Part.
Part part_of(std::string_view heading) {
  Part found = Part::plain;
  LowerWords words_of_heading(heading);
  for (std::string_view word = words_of_heading.next(); !word.empty(); word = words_of_heading.next()) {
    const Part part = part_of_word(word);
    if (part == Part::aside) return part;
    found = std::min(found, part);
  }
  const auto is_ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
  if (found != Part::plain || std::all_of(heading.begin(), heading.end(), is_ascii)) return found;
  const auto stands = [heading](const PartWord& word) { return heading.find(word.text) != std::string_view::npos; };
  const auto* at = std::find_if(std::begin(part_words::pieces), std::end(part_words::pieces), stands);
  return at == std::end(part_words::pieces) ? found : at->part;
}

bool closes_procedure(std::string_view heading, Part part) {
  if (part == Part::verification) return true;
  constexpr std::string_view closing[] = {"deliverables", "handoff", "limits", "limitations",
                                          "output",       "outputs", "report", "reporting"};
  LowerWords words_of_heading(heading);
  for (std::string_view word = words_of_heading.next(); !word.empty(); word = words_of_heading.next())
    if (std::find(std::begin(closing), std::end(closing), word) != std::end(closing)) return true;
  return false;
}

// A command is what to do: where no heading of its says so, its lead does.
void take_lead_for_procedure(const Registry& registry, ManifestId id, std::vector<Part>& parts) {
  if (std::find(parts.begin(), parts.end(), Part::procedure) != parts.end()) return;
  for (std::uint32_t index = 0; index < parts.size(); ++index)
    if (const SectionView section = registry.section(id, index);
        registry.section(id, section.shorter_of).form == Form::lead)
      parts[index] = Part::procedure;
}

// A section without a word of its own takes the part of the section around it: the steps below "Workflow" are a
// procedure. The first heading of level 1 is the manifest's title and says nothing of its part.
std::vector<Part> parts_of(const Registry& registry, ManifestId id) {
  std::vector<Part> parts(registry[id].sections, Part::plain);
  std::vector<std::pair<std::uint32_t, Part>> around;  // level and part of the sections around the present one
  bool titled = false;
  for (std::uint32_t index = 0; index < parts.size(); ++index) {
    const SectionView section = registry.section(id, index);
    if (section.shorter_of < index) {
      parts[index] = parts[section.shorter_of];
      continue;
    }
    const bool title = section.level == 1 && !std::exchange(titled, titled || section.level == 1);
    if (section.form == Form::lead) parts[index] = Part::guidance;
    if (section.form != Form::section || title) continue;
    while (!around.empty() && around.back().first >= section.level) around.pop_back();
    parts[index] = part_of(section.heading);
    if (parts[index] == Part::plain && !around.empty()) parts[index] = around.back().second;
    around.emplace_back(section.level, parts[index]);
  }
  if (registry[id].kind == Kind::command) take_lead_for_procedure(registry, id, parts);
  return parts;
}

}  // namespace cascade::bundle
