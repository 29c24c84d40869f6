#include "bundle/part.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace cascade::bundle {
namespace {

struct Word {
  char text[16];
  Part part;
  constexpr std::string_view view() const { return text; }
};

// Sorted. Chosen by how often they head sections of the kind in public collections of skills and agents.
constexpr std::array words{
    Word{"acceptance", Part::verification},
    Word{"algorithm", Part::procedure},
    Word{"appendix", Part::aside},
    Word{"approach", Part::procedure},
    Word{"background", Part::aside},
    Word{"branches", Part::guidance},
    Word{"chain", Part::procedure},
    Word{"changelog", Part::aside},
    Word{"check", Part::verification},
    Word{"checklist", Part::verification},
    Word{"checkpoint", Part::verification},
    Word{"checks", Part::verification},
    Word{"conclusion", Part::aside},
    Word{"constraints", Part::guidance},
    Word{"criteria", Part::verification},
    Word{"decide", Part::guidance},
    Word{"decision", Part::guidance},
    Word{"decisions", Part::guidance},
    Word{"done", Part::verification},
    Word{"edge", Part::guidance},
    Word{"error", Part::guidance},
    Word{"errors", Part::guidance},
    Word{"example", Part::aside},
    Word{"examples", Part::aside},
    Word{"failure", Part::guidance},
    Word{"guardrails", Part::guidance},
    Word{"history", Part::aside},
    Word{"instructions", Part::procedure},
    Word{"legacy", Part::aside},
    Word{"license", Part::aside},
    Word{"metadata", Part::aside},
    Word{"method", Part::procedure},
    Word{"methodology", Part::procedure},
    Word{"phase", Part::procedure},
    Word{"phases", Part::procedure},
    Word{"procedure", Part::procedure},
    Word{"process", Part::procedure},
    Word{"proof", Part::verification},
    Word{"recovery", Part::guidance},
    Word{"reference", Part::aside},
    Word{"references", Part::aside},
    Word{"related", Part::aside},
    Word{"resources", Part::aside},
    Word{"rules", Part::guidance},
    Word{"step", Part::procedure},
    Word{"steps", Part::procedure},
    Word{"summary", Part::aside},
    Word{"validate", Part::verification},
    Word{"validation", Part::verification},
    Word{"verification", Part::verification},
    Word{"verify", Part::verification},
    Word{"workflow", Part::procedure},
    Word{"workflows", Part::procedure},
};

constexpr bool are_sorted() {
  for (std::size_t i = 1; i < words.size(); ++i)
    if (words[i].view() <= words[i - 1].view()) return false;
  return true;
}
static_assert(are_sorted());

constexpr bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

Part part_of_word(std::string_view word) {
  const auto at = std::lower_bound(words.begin(), words.end(), word,
                                   [](const Word& known, std::string_view wanted) { return known.view() < wanted; });
  return at != words.end() && at->view() == word ? at->part : Part::plain;
}

}  // namespace

Part part_of(std::string_view heading) {
  Part found = Part::plain;
  for (std::size_t at = 0; at < heading.size();) {
    std::string word;
    for (; at < heading.size() && is_letter(heading[at]); ++at) word += static_cast<char>(heading[at] | 0x20);
    ++at;
    const Part part = part_of_word(word);
    if (part == Part::aside) return part;
    found = std::min(found, part);
  }
  return found;
}

std::vector<Part> parts_of(const Registry& registry, ManifestId id) {
  std::vector<Part> parts(registry[id].sections, Part::plain);
  std::vector<std::pair<std::uint32_t, Part>> around;  // level and part of the sections that enclose the present one
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
  return parts;
}

}  // namespace cascade::bundle
