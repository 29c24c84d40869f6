// All factors are in thousandths and are multiplied in 64 bits before they are divided, without floating point, so that
// a value is the same on every machine. The comment in base_value() shows that nothing overflows.
#include "bundle/value.h"

#include <algorithm>
#include <charconv>

namespace cascade::bundle {
namespace {

// All in thousandths.
std::uint64_t layer_decay(Layer layer) noexcept {
  switch (layer) {
    case Layer::playbook: return 1000;
    case Layer::skill: return 700;
    case Layer::agent: return 450;
    case Layer::command: return 300;
  }
  return 300;
}

std::uint64_t strength_factor(Strength strength) noexcept {
  switch (strength) {
    case Strength::required: return 1000;
    case Strength::invoked: return 700;
    case Strength::mentioned: return 300;
    case Strength::excluded: return 0;
  }
  return 0;
}

std::uint64_t part_factor(Part part) noexcept {
  switch (part) {
    case Part::procedure: return 3000;
    case Part::verification: return 2000;
    case Part::guidance: return 1400;
    case Part::plain: return 1000;
    case Part::aside: return 500;
  }
  return 1000;
}

// floor(sqrt(number)), for numbers of up to 32 bits.
std::uint64_t root(std::uint64_t number) noexcept {
  std::uint64_t root = 0;
  for (std::uint64_t bit = 1U << 15U; bit != 0; bit >>= 1U)
    if ((root + bit) * (root + bit) <= number) root += bit;
  return root;
}

std::uint64_t size_factor(TokenCount tokens) noexcept {
  return std::clamp<std::uint64_t>(root(10'000ULL * std::min<TokenCount>(tokens, 10'000)), 200, 4000);
}

constexpr std::uint64_t place_step = 20;  // manifests that come first in a chain are needed first
constexpr std::uint32_t last_place = 20;
constexpr std::uint64_t card_share = 300, prose_share = 600, opening_share = 300, procedure_opening_share = 100;
constexpr std::uint64_t mark_share = 20;  // of a section of which only the heading, or a mark, is shown
// Factors for the share of tokens that a form keeps.
constexpr std::uint64_t prose_kept = 900, beginning_kept = 600, opening_kept = 700;

std::uint64_t base_value(const Worth& worth) noexcept {
  const std::uint64_t relevance = 100'000 + 900ULL * std::min(worth.relevance, 1000U);
  const std::uint64_t priority = 500 + 10ULL * std::min(worth.priority, 100U);
  // At most 10^6 * 10^3 * 10^3 * 1500 = 1.5 * 10^15.
  const std::uint64_t base =
      relevance * layer_decay(worth.layer) * strength_factor(worth.strength) * priority / 1'000'000'000;
  return base * (1000 - place_step * std::min(worth.place, last_place)) / 1000;
}

}  // namespace

std::uint64_t section_value(const Worth& worth) noexcept {
  return base_value(worth) * part_factor(worth.part) * size_factor(worth.tokens) / 1'000'000;
}

std::uint64_t card_value(const Worth& worth) noexcept { return base_value(worth) * card_share / 1000; }

std::uint64_t shorter_value(std::uint64_t section, Form form, Part part, TokenCount tokens, TokenCount whole) noexcept {
  const bool begins = form == Form::third || form == Form::beginning;
  if (form != Form::prose && form != Form::opening && !begins) return section * mark_share / 1000;
  const std::uint64_t kept =
      std::min<std::uint64_t>(std::uint64_t{tokens} * 1000 / std::max<TokenCount>(whole, 1), 1000);
  const std::uint64_t opening = part == Part::procedure ? procedure_opening_share : opening_share;
  if (begins) return section * (opening + kept * beginning_kept / 1000) / 1000;  // more than its first paragraph
  const std::uint64_t least = form == Form::opening ? opening : prose_share;
  return section * std::max(least, kept * (form == Form::opening ? opening_kept : prose_kept) / 1000) / 1000;
}

std::uint32_t author_priority(const Registry& registry, ManifestId id) noexcept {
  const auto field = registry.field(id, "metadata.cascade-priority");
  std::uint32_t priority = 0;
  if (!field) return Worth{}.priority;
  const auto [end, fault] = std::from_chars(field->data(), field->data() + field->size(), priority);
  if (fault != std::errc() || end != field->data() + field->size() || priority > 100) return Worth{}.priority;
  return priority;
}

}  // namespace cascade::bundle
