#include "hook/wording.h"

#include <algorithm>

#include "hook/clean.h"
#include "text/ascii.h"

namespace cascade::hook {
namespace {

constexpr std::uint32_t max_shown_name_chars = 120, max_term_chars = 40;
constexpr std::uint32_t max_description_chars = 400;
constexpr std::size_t most_terms = 4;

}  // namespace

std::string name_of(const ManifestView& manifest) { return brief(manifest.name, max_shown_name_chars); }

std::string symbol_text(const ManifestView& manifest) {
  return std::string(to_string(manifest.kind)) + ":" + name_of(manifest);
}

// A manifest's own words about when it serves: the sentence that begins with "use", else its first. One that is too
// long ends at its last comma or blank that fits.
std::string when_to_use(const ManifestView& manifest, std::uint32_t most) {
  const std::string lower = letters::to_lower(manifest.description);
  std::string_view text = manifest.description;
  for (const std::string_view mark : {"use when", "use this", "use it", "use for", "use to"})
    if (const std::size_t at = lower.find(mark); at != std::string::npos) {
      text.remove_prefix(at);
      break;
    }
  if (const std::size_t end = text.find(". "); end != std::string_view::npos) text = text.substr(0, end);
  while (!text.empty() && (text.back() == '.' || letters::is_space(text.back()))) text.remove_suffix(1);
  const std::string whole = brief(text, max_description_chars);
  if (beginning(whole, most) == whole) return whole;
  const std::string_view fits = beginning(whole, most);
  std::size_t end = fits.find_last_of(",;");
  if (end == std::string_view::npos || end < fits.size() / 2) end = fits.rfind(' ');
  return end == std::string_view::npos ? std::string() : std::string(fits.substr(0, end));
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
