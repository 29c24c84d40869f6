// The rows of one meaning are neighbours in the table, so each question reads only its own.
#include "manifest/phrases.h"

#include "text/ascii.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace cascade::manifest {
namespace {

constexpr std::size_t meanings = static_cast<std::size_t>(Says::relation) + 1;

std::array<std::span<const Phrase>, meanings> by_meaning() noexcept {
  std::array<std::span<const Phrase>, meanings> out;
  for (const Phrase& row : phrases()) {
    std::span<const Phrase>& rows = out[static_cast<std::size_t>(row.says)];
    rows = {rows.empty() ? &row : rows.data(), rows.size() + 1};
  }
  return out;
}

bool holds(std::string_view text, std::string_view words) noexcept {
  for (std::size_t at = 0; at + words.size() <= text.size(); ++at)
    if (letters::to_lower(text[at]) == words.front() && letters::starts_with_lower(text.substr(at), words)) return true;
  return false;
}

bool ends(std::string_view text, std::string_view words) noexcept {
  return text.size() >= words.size() && letters::to_lower(text.back()) == words.back() &&
         letters::equals_lower(text.substr(text.size() - words.size()), words);
}

bool is_in(std::string_view text, const Phrase& row) noexcept {
  switch (row.where) {
    case Where::begins: return letters::starts_with_lower(text, row.words);
    case Where::ends: return ends(text, row.words);
    case Where::holds: return holds(text, row.words);
    case Where::whole: return letters::equals_lower(text, row.words);
    case Where::word:
      return letters::starts_with_lower(text, row.words) &&
             (text.size() == row.words.size() || !letters::is_name(text[row.words.size()]));
  }
  return false;
}

}  // namespace

bool says(std::string_view text, Says what) noexcept {
  static const auto rows = by_meaning();
  const std::span<const Phrase> own = rows[static_cast<std::size_t>(what)];
  return std::any_of(own.begin(), own.end(), [text](const Phrase& row) { return is_in(text, row); });
}

}  // namespace cascade::manifest
