#include "cli/call.h"
#include "cli/unread_folders.h"
#include "cli/validated.h"
#include "events/event_session.h"
#include "files/tree.h"
#include "render/overview.h"

namespace cascade::cli {
namespace {

// Mentions in one line the folders of manifests below the first root that are not part of it.
void note_unread_folders(Call& call, const Workspace& workspace, const Registry& registry) {
  if (call.options().quiet || workspace.roots().empty() || call.options().roots.empty()) return;
  ReadPaths read;
  for (std::uint32_t i = 0; i < registry.size(); ++i) read.emplace(registry[ManifestId{i}].path);
  const std::vector<std::string> folders =
      unread_folders(files::DiskTree(), workspace.roots().front().path, std::move(read));
  if (folders.empty()) return;
  call.console().note("not read, but they hold manifests: " + listed(folders) +
                      "\n  help: give one of them as a --root");
}

}  // namespace

Exit run_index(Call& call) {
  Arguments arguments("index");
  bool check = false, rules = false;
  arguments.flag("--check", check);
  arguments.flag("--rules", rules);
  if (const auto ended = call.read(arguments)) return *ended;
  const auto format = call.format({Format::text, Format::json});
  if (!format) return call.console().fail(format.error());
  auto workspace = call.open();
  if (!workspace) return call.console().fail(workspace.error());
  if (check)
    if (auto checked = workspace->check(); !checked) return call.console().fail(checked.error());

  const Registry registry = workspace->registry();
  rendering::Overview overview;
  const rendering::Roots roots = Call::roots(*workspace);
  for (std::size_t i = 0; i < roots.paths.size(); ++i)
    overview.roots.push_back({workspace->roots()[i].scope, roots.paths[i], roots.added[i]});
  overview.parsed = workspace->report().parsed;
  overview.reused = workspace->report().reused;
  overview.removed = workspace->report().removed;
  overview.rebuilt_because = workspace->report().rebuilt_because;
  // Every rule takes five times as long as reading: only who asks for them waits.
  const auto judged = rules ? faults_of_named_roots(call) : std::nullopt;
  overview.judged = judged.has_value();
  overview.problems = judged ? rendering::count_severities(judged->findings)
                             : rendering::count_problems(registry, workspace->problems());
  overview.vocabulary = workspace->counter().vocabulary();
  overview.exact = workspace->counter().exact();
  const auto text = rendering::overview(registry, overview, *format, call.console().paint());
  if (!text) return call.console().fail(text.error());
  call.console().print(*text);
  call.note_problems(*workspace);
  note_unread_folders(call, *workspace, registry);
  const std::string& unkept = workspace->report().not_kept_because;
  if (!unkept.empty()) call.console().complain("the index was not kept, so every run reads all manifests: " + unkept);
  if (unkept.empty()) systems::allow_background_index(call.environment().cache);
  return Exit::yes;
}

}  // namespace cascade::cli
