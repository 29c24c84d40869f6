// A package is suspect whose name is one edit from a well-known name: a letter more, less or another, or two of them
// exchanged. Short names are left out, since there every word is near another one; well-known names themselves are not
// suspects, however near they are to each other. Of a name of several parts the first counts too, but not by a letter
// more or less ("color-convert" is no slip of "colors").
#include "validate/acts/lookalike.h"

#include <algorithm>
#include <cstdint>

#include "text/one_of.h"

namespace cascade::validation {
namespace {

constexpr std::size_t shortest = 5;

enum class Edit : std::uint8_t { none, length, letters };

// The one edit between two different names.
Edit edit_between(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > 1) return Edit::none;
  const std::size_t same = static_cast<std::size_t>(std::mismatch(a.begin(), a.end(), b.begin()).first - a.begin());
  a.remove_prefix(same);
  b.remove_prefix(same);
  if (a.size() != b.size()) return a == b.substr(1) ? Edit::length : Edit::none;
  if (a.empty()) return Edit::none;
  if (a.substr(1) == b.substr(1)) return Edit::letters;
  const bool exchanged = a.size() > 1 && a[0] == b[1] && a[1] == b[0] && a.substr(2) == b.substr(2);
  return exchanged ? Edit::letters : Edit::none;
}

template <typename Visit>
bool any_name(std::string_view names, const Visit& visit) {
  while (!names.empty()) {
    const std::size_t end = std::min(names.find(' '), names.size());
    if (visit(names.substr(0, end))) return true;
    names.remove_prefix(std::min(end + 1, names.size()));
  }
  return false;
}

bool is_near(std::string_view name, std::string_view known) {
  const std::string_view first = name.substr(0, name.find_first_of("-_."));
  if (any_name(known, [&](std::string_view one) { return one == name || one == first; })) return false;
  return any_name(known, [&](std::string_view one) {
    if (one.size() < shortest) return false;
    return edit_between(name, one) != Edit::none ||
           (first.size() < name.size() && edit_between(first, one) == Edit::letters);
  });
}

}  // namespace

std::string near_name(std::string_view program, const std::vector<std::string>& words) {
  const bool starts = letters::is_one_of(program, {"npx", "uvx", "bunx", "pnpx"});
  const auto verb = std::find_if(words.begin(), words.end(), [](const std::string& word) {
    return letters::is_one_of(word, {"install", "add", "i"});
  });
  if (!starts && verb == words.end()) return {};
  for (const WellKnownRow& row : well_known_rows()) {
    if (!any_name(row.managers, [&](std::string_view one) { return one == program; })) continue;
    for (auto word = starts ? words.begin() : verb + 1; word != words.end(); ++word) {
      const std::string_view name = std::string_view(*word).substr(0, word->find_first_of("=<>~[@", 1));
      if (!name.starts_with('-') && is_near(name, row.names)) return *word;
      if (starts && !name.starts_with('-')) break;  // what follows is its own
    }
  }
  return {};
}

}  // namespace cascade::validation
