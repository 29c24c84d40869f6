// How the models' own tokenizers differ from o200k, as a factor on its counts. docs/tokens.md states the source of
// each figure.
#include "text/ascii.h"

#include <cascade/tokens.h>

#include <algorithm>

namespace cascade {
namespace {

struct KnownModel {
  std::string_view prefix;
  std::uint32_t per_mille;
  std::uint32_t window;
};

// Measured averages over one mix of texts: for the newer Claude tokenizer, and for that of Claude 3 to 4.
constexpr std::uint32_t newer_claude = 1530, older_claude = 1180;
// Its vocabulary is o200k_base itself.
constexpr std::uint32_t o200k = 1000;
// cl100k_base over the corpus in docs/tokens.md: 1,542,243 tokens instead of 1,548,741.
constexpr std::uint32_t cl100k = 996;

// Context windows. For Claude models as the client 2.1.328 divides them (its skill listing is one hundredth); for
// others as published by the vendor. A name with "[1m]" has the large one.
constexpr std::uint32_t usual = 200'000, large = 1'000'000;

// A name belongs to the longest prefix that ends at its end or before a character other than a letter or digit. An
// alias and an unlisted Claude model get the larger figure, so that a budget is kept, not exceeded.
constexpr KnownModel known_models[] = {
    {"chatgpt-4o", o200k, 128'000},
    {"claude", newer_claude, usual},
    {"claude-3", older_claude, usual},
    {"claude-haiku-4", older_claude, usual},
    {"claude-opus-4", older_claude, usual},
    {"claude-opus-4-7", newer_claude, usual},
    {"claude-opus-4-8", newer_claude, large},
    {"claude-opus-4-9", newer_claude, usual},
    {"claude-opus-5-5", newer_claude, large},
    {"claude-sonnet-4", older_claude, usual},
    {"codex", o200k, 400'000},
    {"gpt-3.5", cl100k, 16'385},
    {"gpt-4", cl100k, 8'192},
    {"gpt-4-turbo", cl100k, 128'000},
    {"gpt-4.1", o200k, 1'047'576},
    {"gpt-4.5", o200k, 128'000},
    {"gpt-4o", o200k, 128'000},
    {"gpt-5", o200k, 400'000},
    {"gpt-oss", o200k, 131'072},
    {"haiku", newer_claude, usual},
    {"o1", o200k, usual},
    {"o200k", o200k, 0},
    {"o3", o200k, usual},
    {"o4", o200k, usual},
    {"opus", newer_claude, usual},
    {"sonnet", newer_claude, usual},
};

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
  for (const KnownModel& model : known_models)
    if (begins_with(plain, model.prefix) && (best == nullptr || model.prefix.size() > best->prefix.size()))
      best = &model;
  if (best == nullptr) return std::nullopt;
  const bool with_large_window = lower.find("[1m]") != std::string::npos;
  return TokenModel{std::string(name), best->per_mille, with_large_window ? large : best->window};
}

std::vector<TokenModel> token_models() {
  std::vector<TokenModel> models;
  for (const KnownModel& model : known_models)
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
