// The linked image: the chosen sections' text under a hard budget, what was left out, and its price.
#ifndef CASCADE_BUNDLE_H
#define CASCADE_BUNDLE_H

#include <cascade/budget.h>
#include <cascade/registry.h>
#include <cascade/resolve.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace cascade CASCADE_EXPORT {

enum class OmittedFor : std::uint8_t { budget, duplicate, already_loaded };
std::string_view to_string(OmittedFor reason) noexcept;

// `value` in micro-units (docs/packing.md). `text` is exactly what is emitted for it, separators and wrapper included:
// the bundle's text is their concatenation. Form::card pieces have section 0.
struct Piece {
  ManifestId id{};
  std::uint32_t section = 0;
  Form form = Form::section;
  std::uint64_t content_hash = 0;
  std::uint64_t value = 0;
  std::string text;
  Cost cost;
};

// The whole text of a bundle: its pieces in order.
struct Bundle;
std::string text(const Bundle& bundle);

// `shortfall`: how much more budget, in each dimension, would have made room for it next to what is chosen. Of the
// manifest that the request wants priced: how much more budget brings it in; none if no budget does.
struct Omission {
  ManifestId id{};
  std::uint32_t section = 0;
  Form form = Form::section;
  OmittedFor reason = OmittedFor::budget;
  std::uint64_t value = 0;
  Cost cost, shortfall;
};

// The first section that a larger budget brings in when the best choice is made anew, and how much larger it must be
// for the choice to be worth more.
struct NextIn {
  ManifestId id{};
  std::uint32_t section = 0;
  Form form = Form::section;
  Cost more;
};

// Pieces and omissions are in canonical order: layer, scope's name, symbol, section. `next` is set when the request has
// something priced and the budget keeps something out.
struct Bundle {
  PackingStatus status = PackingStatus::ok;
  std::vector<Piece> pieces;
  std::vector<Omission> omissions;
  std::vector<ToolName> tools;
  Cost cost, min_budget;
  Budget budget;
  Certificate certificate;
  std::vector<Symbol> clash;
  std::optional<NextIn> next;
};

// `already_loaded`: content hashes that the conversation holds; they are left out and cost nothing.
// `previous`: content hashes of the last bundle; they are favoured by one per cent, at the certificate's
// stability_cost. `relevance`: 0 to 1000 for a section; empty: all equal. `follow`: as in the Request that gave the
// resolution. `priced`: the manifest whose omissions get their true price, by packing again. `recount`: count the
// finished text again, whoever counted the registry; else the pieces' costs are added up, which gives the same in less
// time (docs/bundle.md). REQUIRES for the latter: the registry was counted by the counter given.
// `fills`: what is asked for fits as a whole (the roots in full, and what they name as cards) and is kept; of all else
// in the resolution only those sections compete that are worth at least `least_worth` a token. `folder`: the absolute
// folder of a manifest, put in the place of ${CLAUDE_SKILL_DIR} in a skill's text; empty: that stays as it is.
constexpr std::uint64_t least_worth = 1'000;  // micro-units; docs/bundle.md says what is worth how much
struct BundleRequest {
  Resolution resolution;
  Strength follow = Strength::invoked;
  Budget budget;
  PackingLimits limits{20'000, 0, 200};
  std::vector<std::uint64_t> already_loaded, previous;
  std::optional<ManifestId> priced;
  bool recount = true, fills = false;
  std::function<std::uint32_t(ManifestId id, std::uint32_t section)> relevance;
  std::function<std::string(ManifestId id)> folder;
};

// Errors are those of `read` only; a budget that is too small is an answer (status infeasible, min_budget).
// The cost is that of the finished text; it never exceeds the budget in either dimension.
Result<Bundle> assemble(const Registry& registry, const BundleRequest& request, const TokenCounter& counter,
                        const ReadSection& read);

}  // namespace cascade

#endif  // CASCADE_BUNDLE_H
