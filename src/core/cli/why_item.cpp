#include "cli/why_item.h"

#include "cli/prompt_bundle.h"
#include "cli/why_prompt.h"
#include "listed/standing.h"
#include "render/why.h"
#include "request/refresh.h"

#include <algorithm>
#include <utility>

namespace cascade::cli {
namespace {

const Selected* find_selected(const Resolution& resolution, ManifestId id) {
  for (const Selected& selected : resolution.selected)
    if (selected.id == id) return &selected;
  return nullptr;
}

// The smallest change of the request that takes the subject in full: first a greater depth, then mentions as well.
void find_needs(const Registry& registry, const Request& request, rendering::WhyReport& report) {
  constexpr std::uint32_t deepest = 6;
  for (const Strength follow : {request.follow, Strength::mentioned}) {
    for (std::uint32_t depth = request.depth; depth <= std::max(deepest, request.depth); ++depth) {
      Request wider = request;
      wider.depth = depth;
      wider.follow = follow;
      const auto resolution = resolve(registry, wider);
      if (!resolution) return;
      const Selected* selected = find_selected(*resolution, report.id);
      if (selected == nullptr || selected->card_only) continue;
      if (depth != request.depth) report.depth_needed = depth;
      if (follow != request.follow) report.follow_needed = follow;
      return;
    }
  }
}

// Shadowed manifests share their symbol with the winner, so explain() would explain that one.
Explanation explain_item(const Registry& registry, const Request& request, ManifestId id) {
  if (const auto winner = registry.shadowed_in_favour_of(id)) {
    Explanation explanation;
    explanation.subject = symbol_of(registry[id]);
    explanation.verdict = Verdict::shadowed;
    explanation.others = {*winner};
    return explanation;
  }
  return explain(registry, request, symbol_of(registry[id]));
}

// What is loaded may call what the prompt says nothing of.
void note_brought(rendering::WhyReport& report) {
  if (!report.prompt || !report.selected || report.prompt->routing.routing.decision != Decision::load) return;
  rendering::PromptFate& fate = report.prompt->fate;
  if (fate == rendering::PromptFate::unmatched || fate == rendering::PromptFate::behind)
    fate = rendering::PromptFate::brought;
}

bool has_fact(const Bundle& bundle, const std::string& name) {
  return std::any_of(bundle.quotes.begin(), bundle.quotes.end(),
                     [&](const QuotedPiece& fact) { return fact.name == name; });
}

// A prompt that nothing matches has no roots, and so no bundle.
Result<void> explain_bundle(Workspace& workspace, request::Task& task, rendering::WhyReport& report) {
  const Registry registry = workspace.registry();
  report.explanation.subject = symbol_of(registry[report.id]);
  report.explanation.verdict = Verdict::unreferenced;
  if (task.request.roots.empty()) return {};
  auto assembled = request::with_refresh(workspace, [&] { return assemble_task(workspace, task); });
  if (!assembled) return assembled.error();
  report.bundle = *std::move(assembled);
  report.explanation = explain_item(registry, task.request, report.id);
  if (const Selected* selected = find_selected(task.bundle.resolution, report.id)) report.selected = *selected;
  if (!report.selected || report.selected->card_only) find_needs(registry, task.request, report);
  return {};
}

}  // namespace

Result<Why> why_item(const Call& call, Workspace& workspace, const Item& item, const std::string& fact,
                     request::Task& task, Format format, rendering::Paint paint) {
  const Registry registry = workspace.registry();
  rendering::WhyReport report;
  report.id = item.id;
  report.fact = fact;
  report.section = item.section;
  if (!task.prompt.empty() && fact.empty()) {
    auto told = why_prompt(call, workspace, item.id, task.prompt);
    if (!told) return told.error();
    report.prompt = *std::move(told);
  }
  report.own_root = task.request.roots.empty() && !report.prompt;
  if (report.own_root) task.request.roots.push_back(symbol_of(registry[item.id]));
  report.request = task.request;
  task.bundle.priced = item.id;
  task.bundle.quotes = facts_for_prompt(call.environment(), task.prompt, task.bundle.budget, workspace.counter());
  report.standing = listing::standing(registry, item.id, *task.switches);
  report.standing_reason = listing::reason(registry, item.id, *task.switches);
  if (auto explained = explain_bundle(workspace, task, report); !explained) return explained.error();
  note_brought(report);
  const rendering::BundleContext context = rendering::context_of(task);
  auto text = rendering::why(registry, report, context, format, paint);
  if (!text) return text.error();
  const bool is_in = fact.empty() ? rendering::is_in(section_fates(registry, report)) : has_fact(report.bundle, fact);
  return Why{*std::move(text), is_in && !rendering::is_guess(report)};
}

}  // namespace cascade::cli
