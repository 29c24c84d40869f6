// cascade.yaml's `tiers`: on which model, and with how much effort, an agent of a tier runs.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "client/models.h"
#include "client/prices.h"
#include "policy/mode.h"
#include "syntax/node.h"

namespace cascade::policy {

// `light: { model: haiku, effort: low }`
struct Tier {
  std::string name;
  std::optional<client::Family> model;  // nothing: the one that the client would take
  std::string effort;                   // empty: the one that the client would take
  bool raise = false;                   // also above the session's model
};

// `prices: { claude-opus-5-5: { input: 4, output: 20 } }`, in dollars for a million tokens.
struct OwnPrice {
  std::string model;
  client::Rates rates;
};

struct Tiers {
  std::vector<Tier> all;  // as they are written
  bool raise = false;     // all of them
  bool switched = false;  // `systems` says whether they are on; else they are where some are listed
  std::vector<OwnPrice> prices;

  const Tier* find(std::string_view name) const noexcept;
  bool raises() const noexcept;  // one of them, or all
};

// What `systems: { tiers: on }` means where no tiers are listed: those that the shipped library names.
Tiers usual_tiers();
constexpr std::string_view usual_tier_names[] = {"light", "standard", "deep"};

std::optional<Fault> read_tiers(const syntax::Node& value, Tiers& tiers);

// What holds when both speak: the user's own, and what a project adds under other names. A project raises nothing above
// the session's model unless `may_raise`.
Tiers joined(const Tiers& users, const Tiers& projects, bool may_raise);

}  // namespace cascade::policy
