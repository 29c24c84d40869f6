#include "client/models.h"

#include <algorithm>
#include <iterator>

#include "client/facts/claude_code.h"
#include "text/ascii.h"

namespace cascade::client {
namespace {

namespace facts = claude_code_facts;

constexpr Span<std::string_view> efforts = values_of(facts::values, "effort");
static_assert(std::size(facts::families) == static_cast<std::size_t>(Family::fable) + 1);

bool has_word(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    const bool begins = at == 0 || !letters::is_letter(text[at - 1]);
    if (begins && (end == text.size() || !letters::is_letter(text[end]))) return true;
  }
  return false;
}

}  // namespace

Span<std::string_view> family_names() noexcept { return all_of(facts::families); }
Span<std::string_view> effort_names() noexcept { return efforts; }

std::string_view to_string(Family family) noexcept { return facts::families[static_cast<std::size_t>(family)]; }

std::optional<Family> find_family(std::string_view name) noexcept {
  const auto* const found = std::find(std::begin(facts::families), std::end(facts::families), name);
  if (found == std::end(facts::families)) return std::nullopt;
  return static_cast<Family>(found - std::begin(facts::families));
}

std::optional<Family> family_of(std::string_view model) noexcept {
  if (has_word(model, "mythos")) return Family::fable;  // priced like fable
  for (std::size_t i = 0; i < std::size(facts::families); ++i)
    if (has_word(model, facts::families[i])) return static_cast<Family>(i);
  return std::nullopt;
}

std::optional<std::uint32_t> effort_rank(std::string_view name) noexcept {
  const auto* const found = std::find(efforts.begin(), efforts.end(), name);
  if (found == efforts.end()) return std::nullopt;
  return static_cast<std::uint32_t>(found - efforts.begin());
}

}  // namespace cascade::client
