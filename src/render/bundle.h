// The linked image and its certificate: `cascade bundle`.
#pragma once

#include <cascade/bundle.h>
#include <cascade/render.h>

#include "render/paint.h"
#include "request/task.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cascade::rendering {

// What the bundle itself does not say. `model`: the budget was given in its tokens, `model_tokens` of them (unlimited:
// no budget). `exact`: the counter was.
struct BundleContext {
  std::vector<Symbol> roots;
  std::optional<TokenModel> model;
  std::uint32_t model_tokens = unlimited;
  bool exact = true;
};
BundleContext context_of(const request::Task& task);

// text: the context itself, to be given to a model; empty unless status is ok. markdown: the same with the certificate
// and what was left out, for people. json: cascade.bundle/1.
Result<std::string> bundle(const Registry& registry, const Bundle& bundle, const BundleContext& context, Format format);

// Bundles of one request under several budgets. text: one after the other, each behind a line that names its budget.
// json: cascade.ladder/1.
Result<std::string> ladder(const Registry& registry, const std::vector<Bundle>& rungs, const BundleContext& context,
                           Format format);

// What proves a bundle, for a reader who has its text: roots, budget, cost and certificate, as members of one JSON
// object in the spelling of cascade.bundle/1.
std::string certificate(const Bundle& bundle, const BundleContext& context);

// One line: what it is worth, what it costs, how good it is; or why there is none and what budget would do.
std::string bundle_summary(const Bundle& bundle, const BundleContext& context);

// "optimal", or "at most 0.12 % below the best".
std::string proof_text(const Certificate& certificate);

// "4000 tokens", "2615 tokens (4000 of opus) and 9500 chars", "no limit".
std::string budget_text(const Budget& budget, const BundleContext& context);

// "42 more tokens", "42 more tokens and 7 more chars".
std::string lacking_text(const Cost& shortfall);

}  // namespace cascade::rendering
