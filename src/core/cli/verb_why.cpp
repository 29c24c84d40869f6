#include "cli/call.h"
#include "cli/item.h"
#include "cli/prompt_bundle.h"
#include "cli/query_options.h"
#include "cli/why_item.h"
#include "request/refresh.h"

namespace cascade::cli {
namespace {

struct WhyOptions {
  TaskOptions task;
  std::vector<std::string> items, from;
  bool negated = false;  // "why not ITEM"
  std::string fact;      // "memory:ID": what the question is about, instead of an item
};

Exit explain_and_print(Call& call, Workspace& workspace, const WhyOptions& options, request::Task& task,
                       Format format) {
  const Registry registry = workspace.registry();
  const auto item = find_item(registry, options.items.front(), call.console());
  if (!item || !find_symbols(registry, options.from, task.request.roots, call.console()) ||
      !find_symbols(registry, options.task.exclude, task.request.exclude, call.console()))
    return Exit::no;
  const bool only_against = options.negated && format == Format::text && options.fact.empty();
  auto told = only_against ? why_not(call, workspace, *item, task.prompt, call.console().paint())
                           : why_item(call, workspace, *item, options.fact, task, format, call.console().paint());
  if (!told) return call.console().fail(told.error());
  call.console().print(told->text);
  return told->is_in ? Exit::yes : Exit::no;
}

}  // namespace

Exit run_why(Call& call) {
  WhyOptions options;
  Arguments arguments("why");
  arguments.list("--from", options.from);
  options.task.declare(arguments);
  arguments.words("ITEM", options.items, 1, 2);
  if (const auto ended = call.read(arguments)) return *ended;
  options.negated = options.items.size() == 2 && options.items.front() == "not";
  if (options.negated) options.items.erase(options.items.begin());
  if (options.items.size() > 1) return call.console().fail(misuse("why is about one item", "cascade why --help"));
  if (!options.from.empty() && options.task.prompt)
    return call.console().fail({ErrorCode::misuse, "--from and --prompt exclude each other", {}, "cascade why --help"});
  constexpr std::string_view fact_prefix = "memory:";
  if (options.items.front().compare(0, fact_prefix.size(), fact_prefix) == 0) options.fact = options.items.front();
  if (!options.fact.empty() && !options.task.prompt)
    return call.console().fail({ErrorCode::misuse,
                                "facts are recalled for a prompt: give it with --prompt",
                                {},
                                "cascade memory show " + options.fact.substr(fact_prefix.size())});
  const auto format = call.format({Format::text, Format::json});
  if (!format) return call.console().fail(format.error());
  auto workspace = call.open();
  if (!workspace) return call.console().fail(workspace.error());
  auto task = make_task(call, *workspace, options.task);
  if (!task) return call.console().fail(task.error());
  task->switches = switches_here(call, *workspace);
  if (options.task.prompt) {
    const auto found = request::with_refresh(
        *workspace, [&] { return add_prompt_root(place_here(call, *workspace), *task, hook::Gate::ignored); });
    if (!found) return call.console().fail(found.error());
    if (!*found && (!options.fact.empty() || task->prompt.empty())) {
      call.console().complain(hook::nothing_for_prompt(*task, {}));
      return Exit::no;
    }
    if (!options.fact.empty()) options.items = {to_string(task->request.roots.front())};
  }
  return explain_and_print(call, *workspace, options, *task, *format);
}

}  // namespace cascade::cli
