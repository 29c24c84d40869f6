#include "page/page_contents.h"

#include <algorithm>
#include <ctime>
#include <set>

#include "cli/console.h"
#include "cli/environment.h"
#include "cli/validated.h"
#include "cli/verb_bundle.h"
#include "client/built_in.h"
#include "files/paths.h"
#include "files/run_program.h"
#include "files/tree.h"
#include "hook/routing.h"
#include "render/bundle.h"
#include "render/parts.h"
#include "request/task.h"
#include "session/ledger.h"
#include "syntax/json.h"
#include "syntax/put.h"
#include "system/system.h"
#include "workspace/contents.h"

namespace cascade::cli {
namespace {

constexpr std::size_t longest_title = 100;  // characters of a prompt
constexpr std::uint64_t largest_document = 64u << 20;
constexpr std::uint32_t most_milliseconds = 600'000;  // for a verb that reads a long history

using Found = Result<std::optional<page::Contents>>;

std::string title_of(const PageWish& wish) {
  std::string title;
  switch (wish.kind) {
    case page::PageKind::map: title = "Map of the library"; break;
    case page::PageKind::bundle: title = "Bundle"; break;
    case page::PageKind::metrics: title = "Figures of a git history"; break;
    case page::PageKind::usage: title = "What was used"; break;
    case page::PageKind::audit: title = "Readiness of a repository"; break;
  }
  // Of a place that is not named: the page finds the name of the folder in its heading.
  const bool is_here = wish.names.empty() && !wish.from;
  if (is_here && (wish.kind == page::PageKind::metrics || wish.kind == page::PageKind::map))
    if (const auto here = files::DiskTree().real_path("."))
      return (wish.kind == page::PageKind::map ? "Map of the library in " : "Figures of ") +
             std::string(files::file_name(*here));
  if (wish.task.prompt) return title + " for: " + rendering::shortened(*wish.task.prompt, longest_title);
  for (const std::string& name : wish.names) title += (&name == &wish.names.front() ? ": " : ", ") + name;
  return title;
}

// The options before a verb that say of which library and for which model it speaks.
std::vector<std::string> place_options(const Call& call) {
  const GlobalOptions& options = call.options();
  std::vector<std::string> words;
  if (options.default_roots) words.insert(words.end(), {"--root", "default"});
  for (const std::string& root : options.roots) words.insert(words.end(), {"--root", root});
  if (!options.model.empty()) words.insert(words.end(), {"--model", options.model});
  return words;
}

// What `cascade VERB --format json` prints, in a process of its own: with its exit code it may say that something was
// found, which is no fault here.
Result<std::string> document_of_verb(const Call& call, const PageWish& wish) {
  if (find_verb(to_string(wish.kind)) == nullptr)
    return Error{ErrorCode::unsupported,
                 "this build has no verb " + std::string(to_string(wish.kind)),
                 {},
                 "give the JSON that another one prints with --from"};
  files::ProgramCall program;
  program.words = place_options(call);
  program.words.insert(program.words.begin(), program_path());
  program.words.insert(program.words.end(), {std::string(to_string(wish.kind)), "--format", "json"});
  program.words.insert(program.words.end(), wish.passed.begin(), wish.passed.end());
  program.words.insert(program.words.end(), wish.names.begin(), wish.names.end());
  program.environment = files::process_environment();
  program.milliseconds = most_milliseconds;
  program.max_bytes = largest_document;
  auto run = files::run_program(program);
  if (!run) return run.error();
  if (!run->output.empty() && !run->timed_out) return std::move(run->output);
  std::string errors = std::move(run->errors);
  while (!errors.empty() && errors.back() == '\n') errors.pop_back();
  const std::string verb = "cascade " + std::string(to_string(wish.kind));
  return Error{run->exit_code == static_cast<int>(Exit::misuse) ? ErrorCode::misuse : ErrorCode::unsupported,
               verb + " printed nothing" + (errors.empty() ? "" : ": " + errors.substr(0, errors.find('\n'))),
               {},
               "run " + verb + ", or give its JSON with --from"};
}

// A document of another kind would be drawn as nothing.
Result<std::string> checked(std::string json, const PageWish& wish, const std::string& path) {
  syntax::NodeLimits limits;
  limits.bytes = largest_document;
  limits.nodes = 20'000'000;
  const syntax::Parsed parsed = syntax::parse_json(json, limits);
  const syntax::Node* schema = parsed.root.find("schema");
  const std::string wanted = "cascade." + std::string(to_string(wish.kind)) + "/";
  if (parsed.complete && schema != nullptr && schema->text.starts_with(wanted)) return json;
  return Error{ErrorCode::malformed, "this is no document " + wanted + "1", path,
               "it is what cascade " + std::string(to_string(wish.kind)) + " --format json prints"};
}

Result<std::string> verbs_document(const Call& call, const PageWish& wish) {
  if (!wish.from) {
    auto printed = document_of_verb(call, wish);
    return printed ? checked(*std::move(printed), wish, {}) : printed;
  }
  auto text = *wish.from == "-" ? Result<std::string>(read_standard_input(largest_document))
                                : files::DiskTree().read(*wish.from, largest_document);
  return text ? checked(*std::move(text), wish, *wish.from) : text;
}

// Its budget, in tokens and in characters, is the page's to say.
std::vector<std::string> asked_with(const PageWish& wish) {
  const TaskOptions& task = wish.task;
  std::vector<std::string> words = wish.names;
  const auto add = [&](std::initializer_list<std::string> more) { words.insert(words.end(), more); };
  if (task.prompt) add({"--prompt", *task.prompt});
  if (wish.anyway) add({"--anyway"});
  if (task.depth) add({"--depth", std::to_string(*task.depth)});
  if (!task.follow.empty()) add({"--follow", task.follow});
  if (wish.whole) add({"--whole"});
  for (const std::string& file : wish.with) add({"--with", file});
  for (const std::string& item : task.exclude) add({"--exclude", item});
  return words;
}

// Of the names, or of what the prompt asks for; nothing: it asks for nothing.
Result<std::optional<Bundle>> bundle_of(Call& call, Workspace& workspace, const PageWish& wish,
                                        const request::Task& asked, request::Task& task) {
  return request::with_refresh(workspace, [&]() -> Result<std::optional<Bundle>> {
    task = asked;
    if (wish.names.empty())
      return bundle_for_prompt(call, place_here(call, workspace), task,
                               wish.anyway ? hook::Gate::ignored : hook::Gate::kept);
    auto bundle = assemble_task(workspace, task);
    if (!bundle) return bundle.error();
    return std::optional(*std::move(bundle));
  });
}

Found bundle_contents(Call& call, const PageWish& wish, page::Contents contents) {
  auto workspace = call.open();
  if (!workspace) return workspace.error();
  auto asked = make_task(call, *workspace, wish.task);
  if (!asked) return asked.error();
  asked->with = wish.with;
  asked->switches = switches_here(call, *workspace);
  asked->bundle.shortens = !wish.whole;
  asked->bundle.priced = ManifestId{};  // of whichever: what more budget brings in first comes with it
  if (!find_request(workspace->registry(), wish.names, wish.task.exclude, asked->request, call.console()) ||
      !may_come(call, workspace->registry(), *asked))
    return std::optional<page::Contents>();
  request::Task task;
  const auto bundle = bundle_of(call, *workspace, wish, *asked, task);
  if (!bundle) return bundle.error();
  call.step("assemble");
  if (!*bundle) {
    complain_of_nothing(call, *workspace, task);
    return std::optional<page::Contents>();
  }
  note_left_out(call, task);
  const Registry registry = workspace->registry();
  const auto text = rendering::bundle(registry, **bundle, rendering::context_of(task), Format::json);
  if (!text) return text.error();
  contents.json =
      page::bundle_json(registry, task.bundle.resolution, asked_with(wish), *text, (*bundle)->next, left_out_of(task));
  return std::optional(std::move(contents));
}

Found map_contents(Call& call, const PageWish& wish, page::Contents contents) {
  auto workspace = call.open();
  if (!workspace) return workspace.error();
  MapWish map = wish.map;
  if (!find_symbols(workspace->registry(), wish.names, map.roots, call.console()))
    return std::optional<page::Contents>();
  auto json = map_of_page(call, *workspace, map);
  if (!json) return json.error();
  contents.json = *std::move(json);
  return std::optional(std::move(contents));
}

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
    std::erase(roots, node);
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

// How many of the newest sessions wrote something after the file last changed.
std::uint64_t sessions_since(const std::vector<session::SessionSummary>& all, const std::string& path) {
  constexpr std::int64_t nanoseconds = 1'000'000'000;
  const auto stamp = files::DiskTree().stat(path);
  const std::int64_t changed = stamp ? stamp->modified_ns / nanoseconds : 0;
  return static_cast<std::uint64_t>(
      std::ranges::count_if(all, [&](const session::SessionSummary& one) { return one.last_written_at > changed; }));
}

// Who switches it off, so that the page can say what switches it on again.
page::Off off_of(const Call& call, const Registry& registry, ManifestId id, const listing::Switches& switches) {
  if (listing::standing(registry, id, switches) != listing::Standing::off) return {};
  page::Off off{page::Off::By::other, listing::reason(registry, id, switches)};
  const auto &users = call.environment().users_configuration, &home = call.environment().home;
  if (!users.empty() && off.reason.find(users) != std::string::npos)
    off.by = page::Off::By::users_file;
  else if (off.reason.find("cascade.local.yaml") != std::string::npos)
    off.by = page::Off::By::local_file;
  const std::size_t at = home.size() > 1 ? off.reason.find(" " + home + "/") : std::string::npos;
  if (at != std::string::npos) off.reason.replace(at + 1, home.size(), "~");
  return off;
}

// Where the folder of a manifest's root is for who stands in this one, with a slash behind it; empty: here.
std::string folder_here(const Call& call, const std::string& root, const std::string& here) {
  const std::string& home = call.environment().home;
  const std::string folder = root.ends_with('/') ? root : root + "/";
  if (here.size() > 1 && folder.starts_with(here + "/")) return folder.substr(here.size() + 1);
  if (home.size() > 1 && folder.starts_with(home + "/")) return "~" + folder.substr(home.size());
  return folder;
}

// By what stands before the colon of the paths of each root ("user:"), but for the shipped one.
void add_folders(const Call& call, const Workspace& workspace, page::Map& map) {
  const Registry registry = workspace.registry();
  const std::string here = files::DiskTree().real_path(".").value_or("");
  for (const ManifestId id : map.manifests) {
    const ManifestView manifest = registry[id];
    const std::size_t slash = manifest.path.find('/'), colon = manifest.path.find(':');
    const std::size_t label = colon != std::string_view::npos && colon < slash ? colon + 1 : 0;
    const std::string_view below = manifest.path.substr(label);
    const std::string file = files::join(workspace.folder(manifest), std::string(files::file_name(manifest.path)));
    const bool is_shipped = manifest.scope == Scope::builtin && !WorkspaceContents::is_added(workspace, manifest.root);
    if (!is_shipped && file.size() > below.size() && file.ends_with(below))
      map.folders.try_emplace(std::string(manifest.path.substr(0, label)),
                              folder_here(call, file.substr(0, file.size() - below.size()), here));
  }
}

// The client's list is about the usual sources alone.
void add_every_request(Call& call, const Workspace& workspace, page::Map& map) {
  if (!call.options().roots.empty()) return;
  for (const core::System* const system : core::systems())
    if (system->every_request != nullptr) map.every_request = system->every_request(call, workspace).value_or(0U);
}

// Which manifests came in the last 30 days, which of the user's own skills and commands never did, and which nobody can
// load.
void add_use(Call& call, const Workspace& workspace, page::Map& map) {
  const Registry registry = workspace.registry();
  const listing::Switches switches = switches_here(call, workspace);
  const std::vector<session::SessionSummary> sessions = session::list_sessions(call.environment().state);
  std::set<std::string> came, loaded;
  if (!call.environment().state.empty())
    for (const core::System* const system : core::systems())
      if (system->came != nullptr) {
        core::Came all = system->came(call, workspace, std::time(nullptr) - std::int64_t{30} * 86'400);
        map.sessions = all.sessions;
        came = std::move(all.manifests);
        loaded = std::move(all.loaded);
      }
  for (std::size_t node = 0; node < map.manifests.size(); ++node) {
    const ManifestId id = map.manifests[node];
    const ManifestView manifest = registry[id];
    const bool own = manifest.scope != Scope::builtin && manifest.scope != Scope::plugin && !map.added[node];
    // Cascade's own entry is no work that somebody switched off or that ever comes by itself.
    const bool counts = !client::is_entry_name(manifest.name);
    const listing::Standing standing = listing::standing(registry, id, switches);
    map.off.push_back(counts ? off_of(call, registry, id, switches) : page::Off());
    // What only the user calls waits for nobody's words.
    map.came.push_back(came.count(to_string(symbol_of(manifest))) > 0);
    map.loaded.push_back(loaded.count(to_string(symbol_of(manifest))) > 0);
    const bool is_silent =
        counts && own && !map.came.back() && manifest.kind != Kind::agent && standing != listing::Standing::by_name;
    const std::string& root = workspace.roots()[manifest.root].path;
    map.silent.push_back(
        is_silent ? std::min(map.sessions, sessions_since(sessions, files::join(root, std::string(manifest.path))))
                  : 0);
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

Result<page::Map> gather_map(Call& call, Workspace& workspace, const MapWish& wish) {
  auto map = request::with_refresh(workspace, [&] { return gather(call, workspace, wish); });
  if (!map) return map;
  call.step("map");
  if (wish.alike) {
    const auto report = request::with_refresh(workspace, [&] {
      return duplicates::find_alike(
          workspace.registry(),
          [&](const ManifestView& manifest, const SectionView& section) { return workspace.read(manifest, section); });
    });
    if (!report) return report.error();
    page::add_alike(*report, *map);
    call.step("duplicates");
  }
  if (wish.use) {
    add_use(call, workspace, *map);
    add_folders(call, workspace, *map);
    add_every_request(call, workspace, *map);
    call.step("use");
  }
  if (wish.findings) {
    map->is_judged = add_judgement(call, workspace, *map);
    if (!map->is_judged) add_problems(workspace.registry(), *map);
    call.step("validate");
  }
  return map;
}

std::string drawn(const Registry& registry, const page::Map& map, Format format) {
  switch (format) {
    case Format::json: return page::map_json(registry, map);
    case Format::svg: return page::map_svg(registry, map);
    case Format::mermaid: return page::map_mermaid(registry, map);
    default: return page::map_dot(registry, map);
  }
}

}  // namespace

// A document that was printed before does not say where.
std::string asked_for(const Call& call, const PageWish& wish) {
  const std::vector<std::string> none, place = place_options(call);
  syntax::JsonWriter json(syntax::JsonWriter::Style::compact);
  put(json.begin_object(), "place", place, "names", wish.from ? none : wish.names, "options", wish.passed);
  return json.end_object().take();
}

Result<std::string> map_of_page(Call& call, Workspace& workspace, const MapWish& wish) {
  const auto map = gather_map(call, workspace, wish);
  if (!map) return map.error();
  return page::map_json(workspace.registry(), *map);
}

Found page_contents(Call& call, const PageWish& wish) {
  page::Contents contents{wish.kind, title_of(wish), {}, {}, asked_for(call, wish)};
  if (wish.kind == page::PageKind::map) return map_contents(call, wish, std::move(contents));
  if (wish.kind == page::PageKind::bundle) return bundle_contents(call, wish, std::move(contents));
  auto json = verbs_document(call, wish);
  if (!json) return json.error();
  contents.json = *std::move(json);
  return std::optional(std::move(contents));
}

// Draws the library, or the surroundings of some manifests, for other programs. `page` shows the same data.
Exit run_graph(Call& call) {
  MapWish wish;
  std::vector<std::string> names;
  std::optional<std::uint32_t> depth;
  Arguments arguments("graph");
  arguments.number("--depth", depth);
  arguments.flag("--towards", wish.towards);
  arguments.list("--ladder", wish.budgets);
  arguments.words("ITEM", names, 0, 1000);
  if (const auto ended = call.read(arguments, {Format::dot, Format::svg, Format::mermaid, Format::json})) return *ended;
  if (call.format() != Format::json && !wish.budgets.empty())
    return call.console().fail(misuse("only --format json has bundles", "leave --ladder out"));
  if (depth) wish.depth = *depth;
  wish.findings = wish.alike = call.format() == Format::json;
  auto workspace = call.open();
  if (!workspace) return call.console().fail(workspace.error());
  if (!find_symbols(workspace->registry(), names, wish.roots, call.console())) return Exit::no;
  const auto map = gather_map(call, *workspace, wish);
  if (!map) return call.console().fail(map.error());
  call.console().print_whole(drawn(workspace->registry(), *map, call.format()));
  if (map->left_out.manifests + map->left_out.links > 0)
    call.console().note("left out: " + std::to_string(map->left_out.manifests) + " manifests and " +
                        std::to_string(map->left_out.links) + " links\n  help: cascade graph ITEM draws a part");
  return Exit::yes;
}

}  // namespace cascade::cli
