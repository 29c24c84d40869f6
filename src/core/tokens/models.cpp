// How the models' own tokenizers differ from o200k, as a factor on its counts. docs/tokens.md states the source of
// each figure.
#include "text/ascii.h"
#include "tokens/known_models.h"

#include <cascade/tokens.h>

#include <algorithm>

namespace cascade {
namespace {

constexpr std::uint32_t large_window = 1'000'000;  // of a name with "[1m]"

constexpr bool begins_with(std::string_view name, std::string_view prefix) {
  return name.substr(0, prefix.size()) == prefix &&
         (name.size() == prefix.size() || !letters::is_letter_or_digit(name[prefix.size()]));
}

// "us.anthropic.claude-opus-4-8-v1:0" and "anthropic/claude-opus-4-8" become "claude-opus-4-8…", "openai/gpt-5"
// "gpt-5".
std::string_view without_vendor(std::string_view name) {
  if (const std::size_t slash = name.rfind('/'); slash != std::string_view::npos) name.remove_prefix(slash + 1);
  if (const std::size_t vendor = name.find("anthropic."); vendor != std::string_view::npos)
    name.remove_prefix(vendor + std::string_view("anthropic.").size());
  return name;
}

// value * factor / divisor, rounded down or up, without overflow for factors below 2^32; saturates if the result does
// not fit.
std::uint64_t scaled(std::uint64_t value, std::uint64_t factor, std::uint64_t divisor, bool round_up) {
  const std::uint64_t whole = value / divisor, part = value % divisor * factor;
  const std::uint64_t rest = part / divisor + (round_up && part % divisor != 0 ? 1 : 0);
  if (factor != 0 && whole > (~std::uint64_t{0} - rest) / factor) return ~std::uint64_t{0};
  return whole * factor + rest;
}

}  // namespace

std::optional<TokenModel> token_model(std::string_view name) {
  const std::string lower = letters::to_lower(name);
  const std::string_view plain = without_vendor(lower);
  const KnownModel* best = nullptr;
  for (const KnownModel& model : known_models())
    if (begins_with(plain, model.prefix) && (best == nullptr || model.prefix.size() > best->prefix.size()))
      best = &model;
  if (best == nullptr) return std::nullopt;
  const bool with_large_window = lower.find("[1m]") != std::string::npos;
  return TokenModel{std::string(name), best->per_mille, with_large_window ? large_window : best->window};
}

std::vector<TokenModel> token_models() {
  std::vector<TokenModel> models;
  for (const KnownModel& model : known_models())
    models.push_back({std::string(model.prefix), model.per_mille, model.window});
  return models;
}

std::uint64_t to_o200k(const TokenModel& model, std::uint64_t model_tokens) noexcept {
  const std::uint64_t per_mille = std::max<std::uint64_t>(model.per_mille, 1);
  return scaled(model_tokens, 1000, per_mille, false);
}

std::uint64_t estimated_tokens(const TokenModel& model, std::uint64_t o200k_tokens) noexcept {
  return scaled(o200k_tokens, model.per_mille, 1000, true);
}

}  // namespace cascade
