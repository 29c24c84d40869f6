// Renders what the router made of a prompt for one manifest: "why was my skill not loaded?"
#pragma once

#include <cascade/bundle.h>
#include <cascade/registry.h>
#include <cascade/render.h>
#include <cascade/resolve.h>
#include <cascade/route.h>

#include "listed/standing.h"
#include "render/bundle.h"
#include "render/parts.h"
#include "syntax/json.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::rendering {

// What the router does with one manifest for a prompt. Those from `refused` on are kept out before any score counts.
enum class PromptFate : std::uint8_t {
  loaded,     // it comes first, and is loaded
  offered,    // it is among those that the offer names
  brought,    // what is loaded calls it
  behind,     // another one is loaded, or others are named
  left_out,   // the prompt needs more than there is room for
  silent,     // nothing is said: the first one has too few points, or the prompt is read as asking for nothing of it
  unmatched,  // nothing in the prompt speaks for it
  host,       // a program wrote the prompt
  refused,    // the prompt refuses it
  by_name,    // it answers only to its name
  off,        // the user switched it off
  lacks,      // it requires what is not here
  unsafe,     // its files are not safe to load
  shadowed,   // another manifest has its name
  document,   // a page that is no skill, agent or command
  entry       // Cascade's own, which fetches others
};
std::string_view to_string(PromptFate fate) noexcept;

// `routing`: of the prompt, or of one need of several, with all matches. `place`: among them, from 1; 0: none.
struct PromptReport {
  ManifestId id{};
  PromptFate fate = PromptFate::unmatched;
  Routing answer;
  RoutingReport routing;
  std::string need;  // the text of the need that it is about, if the prompt has several
  std::size_t place = 0;
  // The router's answer if those before it, or what keeps it out, were not there; empty if it would not come first.
  std::optional<RoutingReport> alone;
  std::string standing_reason;             // which key, settings file or line of its files keeps it out
  std::string untrusted;                   // the clone for whose manifests the user's trust alone is lacking
  std::string place_on_disk;               // if it is not safe: the skill's folder, or the file
  std::vector<std::string> lacking;        // "bin:docker"
  std::optional<ManifestId> winner;        // has its name
  std::vector<ManifestId> hidden;          // those whose name it has
  std::string library;                     // the folder that has its cascade.triggers.yaml; empty: not to be edited
  std::vector<std::string> own_words;      // of the prompt, those outside of names of files: a trigger may have them
  std::vector<std::string> missing_words;  // of these: its name, triggers and description lack them
  std::optional<Caution> enough;           // the lower caution with which it would be loaded or offered
};

// What to do about a manifest whose files are not safe.
std::string mend_unsafe(const std::string& place);
std::string prompt_text(const Registry& registry, const PromptReport& report, Paint paint);
// The member "prompt" of cascade.why/1 into the open object.
void put_prompt(syntax::JsonWriter& json, const Registry& registry, const PromptReport& report);

// `own_root`: no roots were given. `selected`: empty if the request does not reach it. `depth_needed`, `follow_needed`:
// the smallest change of the request that takes it in full, if there is one.
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

// One sentence on how to bring the section in; empty if it is in.
std::string remedy(const WhyReport& report, const SectionFate& fate);

}  // namespace cascade::rendering
