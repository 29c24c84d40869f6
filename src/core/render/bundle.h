// Renders a bundle with its certificate, for `cascade bundle`.
#pragma once

#include <cascade/bundle.h>
#include <cascade/render.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "render/parts.h"
#include "request/task.h"
#include "syntax/json.h"

namespace cascade::rendering {

// `model`: the budget was given in `model_tokens` of its tokens (unlimited: none). `exact`: the counter was exact.
struct BundleContext {
  std::vector<Symbol> roots;
  std::optional<TokenModel> model;
  std::uint32_t model_tokens = unlimited;
  bool exact = true;
};
BundleContext context_of(const request::Task& task);

// text: the context itself; empty unless status is ok. markdown: with the certificate and omissions. json:
// cascade.bundle/1.
Result<std::string> bundle(const Registry& registry, const Bundle& bundle, const BundleContext& context, Format format);

// Of one request under several budgets. text: one after the other. json: cascade.ladder/1.
Result<std::string> ladder(const Registry& registry, const std::vector<Bundle>& rungs, const BundleContext& context,
                           Format format);

// Roots, budget, cost and certificate, for a reader who has the text, with the member names of cascade.bundle/1.
std::string certificate(const Bundle& bundle, const BundleContext& context);

// One line with its value, cost and quality; or the reason why there is none, and the budget that would do.
std::string bundle_summary(const Bundle& bundle, const BundleContext& context);

// "optimal", or "at most 0.12 % below the best".
std::string proof_text(const Certificate& certificate);

// "42 more tokens", "42 more tokens and 7 more chars".
std::string lacking_text(const Cost& shortfall);

// The parts of cascade.bundle/1 that cascade.why/1 shares.
void put_budget(syntax::JsonWriter& json, const Budget& budget, const BundleContext& context);
void put_certificate(syntax::JsonWriter& json, const Bundle& bundle);

// One row for each fact, those that are in first. `only`: just the fact of this name. Empty: there are none.
std::string facts_text(const Bundle& bundle, const std::string& only, Paint paint);

void put_facts(syntax::JsonWriter& json, const Bundle& bundle, const std::string& only = {});

// The content hashes of an earlier cascade.bundle/1 document, for BundleRequest::previous. malformed: it is none.
Result<std::vector<std::uint64_t>> previous_pieces(std::string_view json);

}  // namespace cascade::rendering
