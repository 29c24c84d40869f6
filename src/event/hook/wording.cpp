#include "hook/wording.h"

#include <algorithm>

#include "hook/clean.h"
#include "text/ascii.h"

namespace cascade::hook {
namespace {

constexpr std::uint32_t max_shown_name_chars = 120, max_term_chars = 40;
constexpr std::size_t most_terms = 4;

}  // namespace

std::string name_of(const ManifestView& manifest) { return brief(manifest.name, max_shown_name_chars); }

std::string symbol_text(const ManifestView& manifest) {
  return std::string(to_string(manifest.kind)) + ":" + name_of(manifest);
}

std::string reason(const Match& match, std::string_view prompt) {
  const std::string typed = letters::to_lower(prompt);
  std::vector<Evidence> evidence = match.evidence;
  std::stable_sort(evidence.begin(), evidence.end(),
                   [](const Evidence& a, const Evidence& b) { return a.weight > b.weight; });
  std::string words;
  std::size_t count = 0;
  for (const Evidence& one : evidence) {
    const std::string term = brief(one.term, max_term_chars);
    if (term.empty() || typed.find(letters::to_lower(term)) == std::string::npos || count == most_terms) continue;
    if (words.find(term) != std::string::npos) continue;  // the phrase covers its words
    words += (words.empty() ? "" : ", ") + term;
    ++count;
  }
  return words.empty() ? "its subject fits" : "the prompt says " + words;
}

}  // namespace cascade::hook
