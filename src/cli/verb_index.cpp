#include "cli/call.h"
#include "render/overview.h"

namespace cascade::cli {

Exit run_index(Call& call) {
  Arguments arguments("index");
  bool check = false;
  arguments.flag("--check", check);
  bool stop = false;
  if (auto parsed = call.parse(arguments, stop); !parsed) return call.console().fail(parsed.error());
  if (stop) return Exit::yes;
  const auto format = call.format({Format::text, Format::json});
  if (!format) return call.console().fail(format.error());
  auto workspace = call.open();
  if (!workspace) return call.console().fail(workspace.error());
  if (check)
    if (auto checked = workspace->check(); !checked) return call.console().fail(checked.error());

  const Registry registry = workspace->registry();
  rendering::Overview overview;
  for (const Root& root : workspace->roots()) overview.roots.push_back({root.scope, root.path});
  overview.parsed = workspace->report().parsed;
  overview.reused = workspace->report().reused;
  overview.removed = workspace->report().removed;
  overview.rebuilt_because = workspace->report().rebuilt_because;
  overview.problems = rendering::count_problems(registry, workspace->problems());
  overview.vocabulary = workspace->counter().vocabulary();
  overview.exact = workspace->counter().exact();
  const auto text = rendering::overview(registry, overview, *format, call.console().paint());
  if (!text) return call.console().fail(text.error());
  call.console().print(*text);
  call.note_problems(*workspace);
  return Exit::yes;
}

}  // namespace cascade::cli
