#include "client/models.h"

#include <algorithm>
#include <iterator>

#include "text/ascii.h"

namespace cascade::client {
namespace {

bool has_word(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    const bool begins = at == 0 || !letters::is_letter(text[at - 1]);
    if (begins && (end == text.size() || !letters::is_letter(text[end]))) return true;
  }
  return false;
}

}  // namespace

std::string_view to_string(Family family) noexcept { return family_names[static_cast<std::size_t>(family)]; }

std::optional<Family> find_family(std::string_view name) noexcept {
  const auto* const found = std::find(std::begin(family_names), std::end(family_names), name);
  if (found == std::end(family_names)) return std::nullopt;
  return static_cast<Family>(found - std::begin(family_names));
}

std::optional<Family> family_of(std::string_view model) noexcept {
  if (has_word(model, "mythos")) return Family::fable;  // priced like fable
  for (std::size_t i = 0; i < std::size(family_names); ++i)
    if (has_word(model, family_names[i])) return static_cast<Family>(i);
  return std::nullopt;
}

std::optional<std::uint32_t> effort_rank(std::string_view name) noexcept {
  const auto* const found = std::find(std::begin(effort_names), std::end(effort_names), name);
  if (found == std::end(effort_names)) return std::nullopt;
  return static_cast<std::uint32_t>(found - std::begin(effort_names));
}

}  // namespace cascade::client
