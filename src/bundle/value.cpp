#include "bundle/value.h"

#include <algorithm>
#include <charconv>

namespace cascade::bundle {
namespace {

// All per mille.
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

constexpr std::uint64_t card_share = 300, prose_share = 600, opening_share = 300;

}  // namespace

std::uint64_t section_value(const Worth& worth) noexcept {
  const std::uint64_t relevance = 100'000 + 900ULL * std::min(worth.relevance, 1000U);
  const std::uint64_t priority = 500 + 10ULL * std::min(worth.priority, 100U);
  // At most 10^6 * 10^3 * 10^3 * 1500 = 1.5 * 10^15.
  return relevance * layer_decay(worth.layer) * strength_factor(worth.strength) * priority / 1'000'000'000;
}

std::uint64_t card_value(const Worth& worth) noexcept { return section_value(worth) * card_share / 1000; }

std::uint64_t shorter_value(std::uint64_t section, Form form) noexcept {
  return section * (form == Form::opening ? opening_share : prose_share) / 1000;
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
