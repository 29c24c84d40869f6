#include "page/map_data.h"

#include "cli/switches.h"
#include "cli/task_options.h"
#include "cli/validated.h"
#include "client/entry_skill.h"
#include "duplicates/near.h"
#include "files/paths.h"
#include "files/tree.h"
#include "request/refresh.h"
#include "request/section_text.h"
#include "system/system.h"
#include "workspace/contents.h"

#include <algorithm>
#include <ctime>
#include <map>
#include <set>

namespace cascade::cli {
namespace {

constexpr std::size_t most_ladders = 300;
constexpr std::uint64_t nodes_a_rung = 2'000;  // of the packer's search: a page has hundreds of bundles

// Of the default sources, which have several owners, what reading them said.
void add_problems(const Registry& registry, page::Map& map) {
  std::vector<Diagnostic> found;
  std::vector<std::uint32_t> nodes;
  for (std::uint32_t node = 0; node < map.manifests.size(); ++node)
    for (Diagnostic& problem : registry.problems(map.manifests[node])) {
      found.push_back(std::move(problem));
      nodes.push_back(node);
    }
  page::add_findings(
      found, page::MapLimits{}, [&](const Diagnostic&) { return nodes[map.found_in.size()]; }, map);
}

// What `cascade validate` says of the named roots. The paths of its findings are those of the roots as they were named,
// so manifests are known by their files.
bool add_judgement(Call& call, const Workspace& workspace, page::Map& map) {
  const auto faults = faults_of_named_roots(call);
  if (!faults) return false;
  const Registry registry = workspace.registry();
  std::map<std::string, std::uint32_t> node_of_file;
  for (std::uint32_t node = 0; node < map.manifests.size(); ++node) {
    const ManifestView manifest = registry[map.manifests[node]];
    node_of_file[files::join(workspace.folder(manifest), files::file_name(manifest.path))] = node;
  }
  page::add_findings(
      faults->findings, page::MapLimits{},
      [&](const Diagnostic& finding) {
        const auto file = faults->file_of(finding.at.path);
        const auto node = file ? node_of_file.find(*file) : node_of_file.end();
        return node == node_of_file.end() ? page::no_node : node->second;
      },
      map);
  return true;
}

Result<duplicates::Report> duplicates_of(Workspace& workspace) {
  duplicates::Report report;
  const auto found = request::with_refresh(workspace, [&]() -> Result<void> {
    report = duplicates::find_duplicates(workspace.registry());
    return duplicates::find_near_duplicates(
        workspace.registry(),
        [&](const ManifestView& manifest, const SectionView& section) { return workspace.read(manifest, section); },
        report);
  });
  if (!found) return found.error();
  return report;
}

// Work starts at playbooks and skills that won their names. The playbooks come first.
std::vector<std::uint32_t> ladder_roots(const Registry& registry, const page::Map& map) {
  std::vector<std::uint32_t> roots;
  for (const page::Column column : {page::Column::playbook, page::Column::skill})
    for (std::uint32_t node = 0; node < map.manifests.size(); ++node)
      if (map.column_of(registry, node) == column && !registry.shadowed_in_favour_of(map.manifests[node]))
        roots.push_back(node);
  return roots;
}

// A root whose bundle cannot be made, because its names exclude each other, has none.
Result<void> add_ladders(Call& call, Workspace& workspace, const MapWish& wish, page::Map& map) {
  const Registry registry = workspace.registry();
  std::vector<std::uint32_t> roots = ladder_roots(registry, map);
  for (const Symbol& root : wish.roots) {  // of whatever kind, and before all others
    const std::uint32_t node = map.node_of[index(registry.find(root).value_or(ManifestId{}))];
    roots.erase(std::remove(roots.begin(), roots.end(), node), roots.end());
    if (node != page::no_node) roots.insert(roots.begin(), node);
  }
  if (roots.size() > most_ladders) {
    map.left_out.ladders = roots.size() - most_ladders;
    roots.resize(most_ladders);
  }
  const TaskOptions options;
  const auto limits = ladder_limits(call, workspace, options, wish.budgets);
  if (!limits) return limits.error();
  if (limits->size() > page::most_rungs)
    return misuse("--ladder has more than " + std::to_string(page::most_rungs) + " budgets", "leave some out");
  for (const std::uint32_t node : roots) {
    auto task = make_task(call, workspace, options);
    if (!task) return task.error();
    task->request.roots = {symbol_of(registry[map.manifests[node]])};
    task->request.diagnose = false;
    task->bundle.limits.nodes = nodes_a_rung;
    const auto bundles = assemble_ladder(workspace, *limits, *task);
    if (bundles) map.ladders.push_back(page::ladder_of(registry, node, *bundles, map.node_of));
    if (!bundles && bundles.error().code == ErrorCode::stale) return bundles.error();
  }
  return {};
}

// Which of the user's own skills and commands never came in the last 30 days, and which nobody can load.
void add_use(Call& call, const Workspace& workspace, page::Map& map) {
  const Registry registry = workspace.registry();
  const client::SkillOverrides overrides = switches_here(call);
  std::set<std::string> came;
  if (!call.environment().state.empty())
    for (const core::System* const system : core::systems())
      if (system->came != nullptr) {
        core::Came all = system->came(call, workspace, std::time(nullptr) - std::int64_t{30} * 86'400);
        map.sessions = all.sessions;
        came = std::move(all.manifests);
      }
  for (const ManifestId id : map.manifests) {
    const ManifestView manifest = registry[id];
    const bool own = manifest.scope != Scope::builtin && manifest.scope != Scope::plugin;
    // Cascade's own entry is no work that somebody switched off or that ever comes by itself.
    const bool counts = !client::is_entry_name(manifest.name);
    map.off.push_back(counts && listing::standing(registry, id, overrides) == listing::Standing::off);
    map.silent.push_back(counts && map.sessions > 0 && own && manifest.kind != Kind::agent &&
                         came.count(to_string(symbol_of(manifest))) == 0);
  }
}

Result<page::Map> gather(Call& call, Workspace& workspace, const MapWish& wish) {
  const Registry registry = workspace.registry();
  std::vector<ManifestId> roots;
  for (const Symbol& root : wish.roots) {
    const auto id = registry.find(root);
    if (!id) return Error{ErrorCode::not_found, "there is no " + to_string(root) + " any more", {}, {}};
    roots.push_back(*id);
  }
  const page::MapLimits limits;
  page::Map map =
      page::map_of(registry, roots.empty() ? roots : page::around(registry, roots, wish.depth, wish.towards), limits);
  for (const ManifestId id : roots)
    if (map.node_of[index(id)] != page::no_node) map.asked.push_back(map.node_of[index(id)]);
  for (const ManifestId id : map.manifests) {
    map.files.push_back(request::linked_files(workspace, id));
    map.added.push_back(WorkspaceContents::is_added(workspace, registry[id].root));
  }
  if (!wish.budgets.empty())
    if (auto added = add_ladders(call, workspace, wish, map); !added) return added.error();
  return map;
}

}  // namespace

Result<page::Map> gather_map(Call& call, Workspace& workspace, const MapWish& wish) {
  auto map = request::with_refresh(workspace, [&] { return gather(call, workspace, wish); });
  if (!map) return map;
  call.step("map");
  if (wish.alike) {
    const auto report = duplicates_of(workspace);
    if (!report) return report.error();
    page::add_alike(*report, *map);
    call.step("duplicates");
  }
  if (wish.use) {
    add_use(call, workspace, *map);
    call.step("use");
  }
  if (wish.findings) {
    if (!add_judgement(call, workspace, *map)) add_problems(workspace.registry(), *map);
    call.step("validate");
  }
  return map;
}

}  // namespace cascade::cli
