#include "cli/call.h"
#include "cli/unread_folders.h"
#include "render/overview.h"

#include <algorithm>

namespace cascade::cli {
namespace {

// In one line: what lies below the first root and is not part of it.
void note_unread_folders(Call& call, const Workspace& workspace, const Registry& registry) {
  constexpr std::size_t most = 3;
  if (workspace.roots().empty() || call.options().roots.empty()) return;
  const std::vector<std::string> folders = unread_folders(files::DiskTree(), workspace.roots().front().path, registry);
  if (folders.empty()) return;
  std::string text;
  for (std::size_t i = 0; i < std::min(most, folders.size()); ++i) text += (i == 0 ? "" : ", ") + folders[i];
  if (folders.size() > most) text += " and " + std::to_string(folders.size() - most) + " more";
  call.console().note("not read, but they hold manifests: " + text + "\n  help: give one of them as a --root");
}

}  // namespace

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
  note_unread_folders(call, *workspace, registry);
  return Exit::yes;
}

}  // namespace cascade::cli
