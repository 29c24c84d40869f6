#include "cli/call.h"
#include "cli/item.h"
#include "cli/prompt_facts.h"
#include "cli/switches.h"
#include "cli/task_options.h"
#include "render/why.h"
#include "task/refresh.h"

#include <algorithm>

namespace cascade::cli {
namespace {

struct WhyOptions {
  TaskOptions task;
  std::vector<std::string> items, from;
  std::string fact;  // "memory:ID": what the question is about, instead of an item
};

const Selected* find_selected(const Resolution& resolution, ManifestId id) {
  for (const Selected& selected : resolution.selected)
    if (selected.id == id) return &selected;
  return nullptr;
}

// The least change of the request that takes the subject in full: deeper first, then also following mentions.
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

// Shadowed manifests share their symbol with the winner, so explain() would speak of that one.
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

bool has_fact(const Bundle& bundle, const std::string& name) {
  return std::any_of(bundle.quotes.begin(), bundle.quotes.end(),
                     [&](const QuotedPiece& fact) { return fact.name == name; });
}

Exit explain_and_print(Call& call, Workspace& workspace, const WhyOptions& options, task::Task& task, Format format) {
  const Registry registry = workspace.registry();
  const auto item = find_item(registry, options.items.front(), call.console());
  if (!item || !find_symbols(registry, options.from, task.request.roots, call.console()) ||
      !find_symbols(registry, options.task.exclude, task.request.exclude, call.console()))
    return Exit::no;
  rendering::WhyReport report;
  report.id = item->id;
  report.fact = options.fact;
  report.section = item->section;
  report.own_root = task.request.roots.empty();
  if (report.own_root) task.request.roots.push_back(symbol_of(registry[item->id]));
  report.request = task.request;
  task.bundle.priced = item->id;
  task.bundle.quotes = facts_for_prompt(call.environment(), task.prompt, task.bundle.budget, workspace.counter());
  report.standing = listing::standing(registry, item->id, *task.switches);
  report.standing_reason = listing::reason(registry, item->id, *task.switches);
  auto assembled = task::with_refresh(workspace, [&] { return assemble_task(workspace, task); });
  if (!assembled) return call.console().fail(assembled.error());
  report.bundle = *std::move(assembled);
  report.explanation = explain_item(registry, task.request, item->id);
  if (const Selected* selected = find_selected(task.bundle.resolution, item->id)) report.selected = *selected;
  if (!report.selected || report.selected->card_only) find_needs(registry, task.request, report);
  rendering::BundleContext context = task.context;
  context.roots = task.request.roots;
  const auto text = rendering::why(registry, report, context, format, call.console().paint());
  if (!text) return call.console().fail(text.error());
  call.console().print(*text);
  const bool in = options.fact.empty() ? is_in(section_fates(registry, report)) : has_fact(report.bundle, options.fact);
  return in ? Exit::yes : Exit::no;
}

}  // namespace

Exit run_why(Call& call) {
  WhyOptions options;
  Arguments arguments("why");
  arguments.list("--from", options.from);
  options.task.declare(arguments);
  arguments.words("ITEM", options.items, 1, 1);
  bool stop = false;
  if (auto parsed = call.parse(arguments, stop); !parsed) return call.console().fail(parsed.error());
  if (stop) return Exit::yes;
  if (!options.from.empty() && options.task.prompt)
    return call.console().fail({ErrorCode::misuse, "--from and --prompt exclude each other", {}, "cascade why --help"});
  constexpr std::string_view fact_prefix = "memory:";
  if (options.items.front().compare(0, fact_prefix.size(), fact_prefix) == 0) options.fact = options.items.front();
  if (!options.fact.empty() && !options.task.prompt)
    return call.console().fail({ErrorCode::misuse,
                                "a fact is recalled for a prompt: --prompt says which",
                                {},
                                "cascade memory show " + options.fact.substr(fact_prefix.size())});
  const auto format = call.format({Format::text, Format::json});
  if (!format) return call.console().fail(format.error());
  auto workspace = call.open();
  if (!workspace) return call.console().fail(workspace.error());
  auto task = make_task(call, *workspace, options.task);
  if (!task) return call.console().fail(task.error());
  task->switches = switches_here(call);
  if (options.task.prompt) {
    const auto found = task::with_refresh(*workspace, [&] { return add_prompt_root(*workspace, *task, false); });
    if (!found) return call.console().fail(found.error());
    if (!*found) {
      call.console().complain(std::string(task::nothing_for_prompt(false)));
      return Exit::no;
    }
    if (!options.fact.empty()) options.items = {to_string(task->request.roots.front())};
  }
  return explain_and_print(call, *workspace, options, *task, *format);
}

}  // namespace cascade::cli
