// The words of a heading are looked up in a sorted list, and only if none says anything are pieces of words searched,
// for languages that do not separate words by blanks or by letters of ASCII. A section whose heading says nothing
// belongs to the part of the section around it. Words decide, so the part is the same on every machine, and an author
// can see why a section counts as what it does.
#include "bundle/part.h"

#include "text/ascii.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

namespace cascade::bundle {
namespace {

struct Word {
  std::string_view text;
  Part part;
};

// Sorted. The English words were chosen by how often they head such sections in public collections of skills and
// agents; the German, Spanish, Portuguese and French ones are translations.
constexpr Word words[] = {
    {"ablauf", Part::procedure},       {"acceptance", Part::verification}, {"algorithm", Part::procedure},
    {"anleitung", Part::procedure},    {"appendix", Part::aside},          {"approach", Part::procedure},
    {"background", Part::aside},       {"beispiel", Part::aside},          {"beispiele", Part::aside},
    {"branches", Part::guidance},      {"chain", Part::procedure},         {"changelog", Part::aside},
    {"check", Part::verification},     {"checklist", Part::verification},  {"checkpoint", Part::verification},
    {"checks", Part::verification},    {"conclusion", Part::aside},        {"constraints", Part::guidance},
    {"criteria", Part::verification},  {"decide", Part::guidance},         {"decision", Part::guidance},
    {"decisions", Part::guidance},     {"done", Part::verification},       {"edge", Part::guidance},
    {"ejemplo", Part::aside},          {"ejemplos", Part::aside},          {"error", Part::guidance},
    {"errores", Part::guidance},       {"errors", Part::guidance},         {"example", Part::aside},
    {"examples", Part::aside},         {"exemple", Part::aside},           {"exemples", Part::aside},
    {"exemplo", Part::aside},          {"exemplos", Part::aside},          {"failure", Part::guidance},
    {"fehler", Part::guidance},        {"glossary", Part::aside},          {"guardrails", Part::guidance},
    {"hintergrund", Part::aside},      {"history", Part::aside},           {"instructions", Part::procedure},
    {"legacy", Part::aside},           {"license", Part::aside},           {"metadata", Part::aside},
    {"method", Part::procedure},       {"methodology", Part::procedure},   {"pasos", Part::procedure},
    {"passos", Part::procedure},       {"phase", Part::procedure},         {"phases", Part::procedure},
    {"precondition", Part::guidance},  {"preconditions", Part::guidance},  {"prerequisite", Part::guidance},
    {"prerequisites", Part::guidance}, {"procedure", Part::procedure},     {"proceso", Part::procedure},
    {"process", Part::procedure},      {"processo", Part::procedure},      {"proof", Part::verification},
    {"recovery", Part::guidance},      {"reference", Part::aside},         {"references", Part::aside},
    {"referencias", Part::aside},      {"regeln", Part::guidance},         {"reglas", Part::guidance},
    {"regras", Part::guidance},        {"related", Part::aside},           {"resources", Part::aside},
    {"rules", Part::guidance},         {"schritt", Part::procedure},       {"schritte", Part::procedure},
    {"step", Part::procedure},         {"steps", Part::procedure},         {"summary", Part::aside},
    {"validate", Part::verification},  {"validation", Part::verification}, {"verification", Part::verification},
    {"verify", Part::verification},    {"vorgehen", Part::procedure},      {"workflow", Part::procedure},
    {"workflows", Part::procedure},
};

constexpr bool are_sorted() {
  for (std::size_t i = 1; i < std::size(words); ++i)
    if (words[i].text <= words[i - 1].text) return false;
  return true;
}
static_assert(are_sorted(), "the words are searched by halves: sort them, each once");

constexpr std::size_t shortest_word = 4, longest_word = 13;

constexpr bool are_read_whole() {
  for (const Word& word : words)
    if (word.text.size() < shortest_word || word.text.size() > longest_word) return false;
  return true;
}
static_assert(are_read_whole(), "a shorter or longer word is never found: change the lengths above");

// Searched anywhere in a heading: Chinese, Japanese and Korean have no blanks between words, and LowerWords ends a
// word at any letter outside ASCII.
constexpr Word parts_of_words[] = {
    {"\xC3\xA9tapes", Part::procedure},  // stages, in French
    {"\xC3\x89tapes", Part::procedure},
    {"rifica\xC3\xA7", Part::verification},            // in Portuguese
    {"rificaci\xC3\xB3n", Part::verification},         // in Spanish
    {"\xC3\xA9rification", Part::verification},        // in French
    {"Pr\u00fcf", Part::verification},                 // in German; after \x the f would count as a digit
    {"\xE6\xAD\xA5\xE9\xAA\xA4", Part::procedure},     // steps
    {"\xE6\xAD\xA5\xE9\xA9\x9F", Part::procedure},     // steps, in traditional characters
    {"\xE6\xB5\x81\xE7\xA8\x8B", Part::procedure},     // process
    {"\xE6\x89\x8B\xE9\xA0\x86", Part::procedure},     // procedure
    {"\xEC\xA0\x88\xEC\xB0\xA8", Part::procedure},     // procedure
    {"\xEB\x8B\xA8\xEA\xB3\x84", Part::procedure},     // stages
    {"\xE9\xAA\x8C\xE8\xAF\x81", Part::verification},  // verification
    {"\xE9\xA9\x97\xE8\xAD\x89", Part::verification},  // verification, in traditional characters
    {"\xE6\xA4\x9C\xE8\xA8\xBC", Part::verification},  // verification
    {"\xEA\xB2\x80\xEC\xA6\x9D", Part::verification},  // verification
    {"\xE8\xA7\x84\xE5\x88\x99", Part::guidance},      // rules
    {"\xE7\xA4\xBA\xE4\xBE\x8B", Part::aside},         // examples
    {"\xE5\x8F\x82\xE8\x80\x83", Part::aside},         // references
};

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
  const auto at = std::lower_bound(std::begin(words), std::end(words), word,
                                   [](const Word& known, std::string_view wanted) { return known.text < wanted; });
  return at != std::end(words) && at->text == word ? at->part : Part::plain;
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
  const auto stands = [heading](const Word& word) { return heading.find(word.text) != std::string_view::npos; };
  const auto* at = std::find_if(std::begin(parts_of_words), std::end(parts_of_words), stands);
  return at == std::end(parts_of_words) ? found : at->part;
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
