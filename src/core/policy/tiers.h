// `tiers` in cascade.yaml: the model and effort for agents of each tier.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "client/models.h"
#include "policy/mode.h"
#include "syntax/node.h"

namespace cascade::policy {

// `light: { model: haiku, effort: low }`
struct Tier {
  std::string name;
  std::optional<client::Family> model;  // nothing: the client's choice
  std::string effort;                   // empty: the client's choice
  bool raise = false;                   // allows a model above the session's
};

// `prices: { claude-opus-5-5: { input: 4, output: 20 } }`, in dollars per million tokens.
struct OwnPrice {
  std::string model;
  client::Rates rates;
};

struct Tiers {
  std::vector<Tier> all;  // in the order of the file
  bool raise = false;     // applies to all of them
  bool switched = false;  // `systems` switches them on or off; otherwise they are on if any are listed
  std::vector<OwnPrice> prices;

  const Tier* find(std::string_view name) const noexcept;
  bool raises() const noexcept;  // at least one of them, or all
};

// The tiers for `systems: { tiers: on }` if none are listed: those that the shipped library names.
Tiers usual_tiers();
constexpr std::string_view usual_tier_names[] = {"light", "standard", "deep"};

std::optional<Fault> read_tiers(const syntax::Node& value, Tiers& tiers);

// The user's tiers, and a project's under other names, which exceed the session's model only with `may_raise`.
Tiers joined(const Tiers& users, const Tiers& projects, bool may_raise);

}  // namespace cascade::policy
