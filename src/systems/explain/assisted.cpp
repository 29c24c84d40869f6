#include "explain/assisted.h"

#include <algorithm>
#include <iterator>
#include <string_view>

#include "explain/lists.h"
#include "text/ascii.h"
#include "text/hex.h"
#include "text/wildcard.h"

namespace cascade::comprehension {
namespace {

template <typename Patterns>
bool fits_pattern(std::string_view text, const Patterns& patterns) {
  return std::any_of(std::begin(patterns), std::end(patterns),
                     [&](std::string_view pattern) { return letters::matches_wildcard(pattern, text); });
}

bool is_said_by(std::string_view line) {
  const std::string lower = letters::to_lower(letters::trim(line));
  for (const std::string_view trailer : lists::assistance)
    if (lower.compare(0, trailer.size(), trailer) == 0 && lower.size() > trailer.size() + 1) return true;
  constexpr std::string_view author = "co-authored-by:";
  if (lower.compare(0, author.size(), author) == 0)
    return fits_pattern(letters::trim(std::string_view(lower).substr(author.size())), lists::agents);
  return fits_pattern(lower, lists::added_lines);
}

template <typename Take>
void each_line(std::string_view text, const Take& take) {
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    take(line);
  }
}

}  // namespace

std::string said_assistance(const RangeCommit& commit) {
  std::string found;
  each_line(commit.message, [&](std::string_view line) {
    if (found.empty() && is_said_by(line)) found = letters::trim(line);
  });
  if (!found.empty()) return found;
  const std::string author = commit.name + " <" + commit.mail + ">";
  return fits_pattern(letters::to_lower(author), lists::agents) ? "author " + author : std::string();
}

bool has_ai_note(const RangeCommit& commit) {
  // The note lists lines by prompt; without a prompt or a session it says that people wrote everything.
  const std::string_view note = commit.ai_note;
  const std::string_view trimmed = letters::trim(note);
  if (trimmed.empty()) return false;
  return note.find("\"prompts\": {}") == std::string_view::npos &&
         note.find("\"prompts\":{}") == std::string_view::npos;
}

std::string reverted_by(const RangeCommit& commit) {
  std::string found;
  each_line(commit.message, [&](std::string_view line) {
    constexpr std::string_view start = "This reverts commit ";
    if (!found.empty() || line.substr(0, start.size()) != start) return;
    line.remove_prefix(start.size());
    std::size_t digits = 0;
    while (digits < line.size() && letters::hex_value(line[digits]) >= 0) ++digits;
    if (digits >= 7) found = line.substr(0, digits);
  });
  return found;
}

}  // namespace cascade::comprehension
