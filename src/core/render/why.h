// Renders why something is in a bundle or not, for `cascade why`.
#pragma once

#include <cascade/bundle.h>
#include <cascade/render.h>
#include <cascade/resolve.h>

#include <cstdint>
#include <optional>
#include <string>

#include "listed/standing.h"
#include "render/bundle.h"
#include "render/parts.h"
#include "render/why_prompt.h"

namespace cascade::rendering {

// The explanation of one manifest, together with the bundle assembled for the same request.
// `own_root`: no roots were given, so the manifest itself is the root. `selected`: empty if the request does not reach
// it. `depth_needed`, `follow_needed`: the smallest change of the request that takes it in full, if there is one.
struct WhyReport {
  ManifestId id{};
  std::optional<PromptReport> prompt;  // what the router made of the prompt that the roots come from
  std::optional<std::uint32_t> section;
  std::string fact;  // "memory:ID": of the facts only this one is shown; empty: all
  Request request;
  bool own_root = false;
  // The effect of the user's and the author's switches: how the hooks would treat it.
  listing::Standing standing = listing::Standing::open;
  std::string standing_reason;
  Explanation explanation;
  std::optional<Selected> selected;
  Bundle bundle;
  std::optional<std::uint32_t> depth_needed;
  std::optional<Strength> follow_needed;
};

enum class Fate : std::uint8_t { in, shortened, budget, duplicate, already_loaded, card_only, unreached, no_bundle };
std::string_view to_string(Fate fate) noexcept;

// The outcome for one section (or the card), and the price of including it.
struct SectionFate {
  std::uint32_t section = 0;
  Form form = Form::section;  // if shortened: the form that is in
  Fate fate = Fate::unreached;
  std::uint64_t value = 0;
  Cost cost, shortfall;
};

// The card first, then the sections in order; only the requested section if the report names one.
std::vector<SectionFate> section_fates(const Registry& registry, const WhyReport& report);
bool is_in(const std::vector<SectionFate>& fates);  // any of them is in the bundle
// Whether the router loads nothing, so that only the best guess could have brought it in.
bool is_guess(const WhyReport& report);

// Formats text and json (cascade.why/1).
Result<std::string> why(const Registry& registry, const WhyReport& report, const BundleContext& context, Format format,
                        Paint paint);

std::string why_json(const Registry& registry, const WhyReport& report, const BundleContext& context);
// One sentence on how to bring the section in; empty if it is in.
std::string remedy(const WhyReport& report, const SectionFate& fate);

}  // namespace cascade::rendering
