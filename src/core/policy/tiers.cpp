// The first fault ends the reading: a list that was half read could run agents on a model that nobody chose. A
// project's `raise` counts only where the user allowed that file.
#include "policy/policy.h"

#include <algorithm>

#include "text/ascii.h"
#include "text/names.h"
#include "text/suggestion.h"

namespace cascade::policy {
namespace {

using syntax::Node, syntax::NodeKind;

constexpr const char* tiers_example = "tiers: { light: { model: haiku, effort: low } }";
constexpr std::size_t most_tiers = 50, longest_tier_name = 40;

// "did you mean sonnet?", or the list of all words.
std::string one_of(std::string_view given, Span<std::string_view> words) {
  const std::string near = letters::did_you_mean(given, letters::names_of(words));
  return near.empty() ? "one of " + letters::listed(words) : near;
}

std::optional<Fault> read_model(const Node& value, Tier& tier) {
  tier.model = client::find_family(value.text);
  if (tier.model) return std::nullopt;
  const auto family = client::family_of(value.text);
  return Fault{value.at, "\"" + value.text + "\" is not a model that a subagent can run on",
               family ? "the client takes families, not full names: " + std::string(to_string(*family))
                      : one_of(value.text, client::family_names())};
}

std::optional<Fault> read_tier(const std::string& name, const Node& value, Tier& tier) {
  if (value.kind != NodeKind::map || value.size() == 0)
    return Fault{value.at, "expected the model and the effort of the tier \"" + name + "\"", tiers_example};
  const auto read_effort = [&](const Node& given) -> std::optional<Fault> {
    if (!client::effort_rank(given.text))
      return Fault{given.at, "\"" + given.text + "\" is not an effort", one_of(given.text, client::effort_names())};
    tier.effort = given.text;
    return std::nullopt;
  };
  return read_keys(value, "the tier \"" + name + "\"",
                   {{"effort", read_effort},
                    {"model", [&](const Node& given) { return read_model(given, tier); }},
                    {"raise", [&](const Node& given) { return read_switch(given, tier.raise, "raise: true"); }}});
}

// Parses dollars per million tokens, with at most six decimals.
std::optional<std::uint64_t> rate_of(std::string_view text) {
  constexpr std::size_t most_digits = 6;
  std::uint64_t whole = 0, scale = 1'000'000;
  bool behind = false, any = false;
  std::size_t digits = 0;
  for (const char c : text) {
    if (c == '.' && !behind) {
      behind = true;
      continue;
    }
    if (!letters::is_digit(c) || ++digits > 2 * most_digits || (behind && scale == 1)) return std::nullopt;
    any = true;
    whole = whole * 10 + static_cast<std::uint64_t>(c - '0');
    if (behind) scale /= 10;
  }
  if (!any) return std::nullopt;
  return whole * scale;
}

std::optional<Fault> read_price(const std::string& model, const Node& value, OwnPrice& price) {
  constexpr const char* own_price = "prices: { claude-opus-5-5: { input: 4, output: 20 } }";
  if (value.kind != NodeKind::map) return Fault{value.at, "expected what tokens of " + model + " cost", own_price};
  struct Named {
    std::string_view name;
    std::uint64_t client::Rates::*rate;
  };
  constexpr Named rates[] = {{"input", &client::Rates::input},
                             {"output", &client::Rates::output},
                             {"cache-write", &client::Rates::cache_write},
                             {"cache-write-1h", &client::Rates::cache_write_1h},
                             {"cache-read", &client::Rates::cache_read}};
  std::vector<std::string_view> given;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const std::string& key = value.key(i).text;
    const auto* const known = std::ranges::find_if(rates, [&](const Named& rate) { return rate.name == key; });
    if (known == std::end(rates))
      return Fault{value.key(i).at, "unknown key \"" + key + "\" in the prices of " + model,
                   "known keys: cache-read, cache-write, cache-write-1h, input, output"};
    const auto rate = rate_of(value.value(i).text);
    if (!rate) return Fault{value.value(i).at, "expected dollars for a million tokens", own_price};
    price.rates.*known->rate = *rate;
    given.push_back(known->name);
  }
  const auto has = [&](std::string_view name) { return std::ranges::find(given, name) != given.end(); };
  if (!has("input") || !has("output"))
    return Fault{value.at, "the prices of " + model + " lack input or output", own_price};
  // The vendor's default price for a cache, relative to the price of input.
  if (!has("cache-write")) price.rates.cache_write = price.rates.input * 5 / 4;
  if (!has("cache-write-1h")) price.rates.cache_write_1h = price.rates.input * 2;
  if (!has("cache-read")) price.rates.cache_read = price.rates.input / 10;
  return std::nullopt;
}

std::optional<Fault> read_prices(const Node& value, Tiers& tiers) {
  if (value.kind != NodeKind::map)
    return Fault{value.at, "expected models with their prices",
                 "prices: { claude-opus-5-5: { input: 4, output: 20 } }"};
  for (std::size_t i = 0; i < value.size(); ++i) {
    OwnPrice price{value.key(i).text, {}};
    if (auto fault = read_price(price.model, value.value(i), price)) return fault;
    tiers.prices.push_back(std::move(price));
  }
  return std::nullopt;
}

bool is_tier_name(std::string_view name) {
  return !name.empty() && name.size() <= longest_tier_name && std::ranges::all_of(name, [](char c) {
    return letters::is_letter(c) || letters::is_digit(c) || c == '-' || c == '_';
  });
}

}  // namespace

const Tier* Tiers::find(std::string_view name) const noexcept { return letters::find_first(all, &Tier::name, name); }

bool Tiers::raises() const noexcept {
  return raise || std::ranges::any_of(all, [](const Tier& tier) { return tier.raise; });
}

Tiers usual_tiers() {
  using client::Family;
  Tiers tiers;
  tiers.all = {{std::string(usual_tier_names[0]), Family::haiku, "low", false},
               {std::string(usual_tier_names[1]), Family::sonnet, "medium", false},
               {std::string(usual_tier_names[2]), Family::opus, "high", false}};
  return tiers;
}

std::optional<Fault> read_tiers(const Node& value, Tiers& tiers) {
  if (value.kind != NodeKind::map) return Fault{value.at, "expected tiers with their model and effort", tiers_example};
  for (std::size_t i = 0; i < value.size(); ++i) {
    const std::string& name = value.key(i).text;
    const Node& given = value.value(i);
    if (name == "raise") {
      if (auto fault = read_switch(given, tiers.raise, "raise: true")) return fault;
    } else if (name == "prices") {
      if (auto fault = read_prices(given, tiers)) return fault;
    } else if (!is_tier_name(name) || tiers.all.size() == most_tiers) {
      return Fault{value.key(i).at, "\"" + name + "\" is not a valid name for a tier",
                   "letters, digits and hyphens: light"};
    } else {
      Tier tier;
      tier.name = name;
      if (auto fault = read_tier(name, given, tier)) return fault;
      tiers.all.push_back(std::move(tier));
    }
  }
  return std::nullopt;
}

Tiers joined(const Tiers& users, const Tiers& projects, bool may_raise) {
  Tiers both = users;
  both.raise = users.raise || (may_raise && projects.raise);
  for (const Tier& tier : projects.all) {
    if (users.find(tier.name) != nullptr) continue;
    both.all.push_back(tier);
    both.all.back().raise = tier.raise && may_raise;
  }
  both.prices.insert(both.prices.end(), projects.prices.begin(), projects.prices.end());  // the first one counts
  return both;
}

}  // namespace cascade::policy
