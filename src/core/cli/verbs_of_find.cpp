#include "cli/call.h"
#include "cli/query_options.h"
#include "cli/validated.h"
#include "events/event_session.h"
#include "listed/standing.h"
#include "render/list.h"
#include "render/overview.h"
#include "render/route.h"
#include "request/task.h"
#include "session/ledger.h"
#include "unicode/utf8.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <string_view>

namespace cascade::cli {
namespace {

// Filters are joined by "and"; several words of one filter by "or". Orphans are judged by bound references alone, so a
// name that is ambiguous calls nobody.
struct ListOptions {
  std::vector<std::string> kinds, layers, scopes;
  bool shadowed = false, orphans = false;
};

struct ListFilter {
  std::vector<Kind> kinds;
  std::vector<Layer> layers;
  std::vector<std::string> scopes;
};

Error unknown(std::string_view what, const std::string& word, std::string help) {
  return misuse("unknown " + std::string(what) + " '" + word + "'", std::move(help));
}

constexpr Layer all_layers[] = {Layer::playbook, Layer::skill, Layer::agent, Layer::command};
// As lists name them.
constexpr std::string_view all_scopes[] = {"builtin", "added", "plugin", "user", "project", "managed"};

Result<ListFilter> make_filter(const ListOptions& options) {
  ListFilter filter;
  for (const std::string& word : options.kinds) {
    const auto kind = parse_kind(word);
    if (!kind) return unknown("kind", word, "one of skill, agent, command");
    filter.kinds.push_back(*kind);
  }
  for (const std::string& word : options.layers) {
    const auto* const layer = std::ranges::find(all_layers, word, [](Layer each) { return to_string(each); });
    if (layer == std::end(all_layers)) return unknown("layer", word, "one of playbook, skill, agent, command");
    filter.layers.push_back(*layer);
  }
  for (const std::string& word : options.scopes) {
    if (std::ranges::find(all_scopes, word) == std::end(all_scopes))
      return unknown("scope", word, "one of builtin, added, plugin, user, project, managed");
    filter.scopes.push_back(word);
  }
  return filter;
}

template <typename Value>
bool passes(const std::vector<Value>& wanted, const Value& value) {
  return wanted.empty() || std::ranges::find(wanted, value) != wanted.end();
}

// `cascade names manifests|sessions`: the completions that a shell offers after a verb, one name per line. It runs at
// each key press, so it uses the index as it is and does not report faults.
std::set<std::string> manifest_names(Call& call) {
  WorkspaceOptions options = call.workspace_options();
  options.freshness = Freshness::off;
  options.log = {};
  std::set<std::string> names;
  const auto workspace = call.open(std::move(options));
  if (!workspace) return names;
  const Registry registry = workspace->registry();
  for (std::uint32_t i = 0; i < registry.size(); ++i)
    if (const ManifestView manifest = registry[ManifestId{i}]; !manifest.document) names.emplace(manifest.name);
  return names;
}

// Behind the actions of `session` come sessions and manifests.
std::set<std::string> session_names(Call& call) {
  std::set<std::string> names = manifest_names(call);
  for (const session::SessionSummary& each : session::list_sessions(call.environment().state))
    names.insert(each.session_id);
  return names;
}

}  // namespace

Exit run_index(Call& call) {
  Arguments arguments("index");
  bool check = false, rules = false;
  arguments.flag("--check", check);
  arguments.flag("--rules", rules);
  if (const auto ended = call.read(arguments, {Format::text, Format::json})) return *ended;
  auto workspace = call.open();
  if (!workspace) return call.console().fail(workspace.error());
  if (check)
    if (auto checked = workspace->check(); !checked) return call.console().fail(checked.error());

  rendering::Overview overview = rendering::overview_of(*workspace);
  // Every rule takes five times as long as reading: only who asks for them waits.
  const auto judged = rules ? faults_of_named_roots(call) : std::nullopt;
  overview.judged = judged.has_value();
  if (judged) overview.problems = rendering::count_severities(judged->findings);
  const auto text = rendering::overview(workspace->registry(), overview, call.format(), call.console().paint());
  if (!text) return call.console().fail(text.error());
  call.console().print(*text);
  call.note_problems(*workspace);
  const std::string& unkept = workspace->report().not_kept_because;
  if (!unkept.empty()) call.console().complain("the index was not kept, so every run reads all manifests: " + unkept);
  if (unkept.empty()) systems::allow_background_index(call.environment().cache);
  return Exit::yes;
}

Exit run_list(Call& call) {
  ListOptions options;
  Arguments arguments("list");
  arguments.list("--kind,--kinds", options.kinds);
  arguments.list("--layer,--layers", options.layers);
  arguments.list("--scope,--scopes", options.scopes);
  arguments.flag("--shadowed", options.shadowed);
  arguments.flag("--orphans", options.orphans);
  std::vector<std::string> names;
  arguments.words("NAME", names, 0, 1000);
  if (const auto ended = call.read(arguments, {Format::text, Format::json, Format::jsonl})) return *ended;
  if (!names.empty())
    return call.console().fail(
        misuse("list takes no name", "cascade show " + names.front() + ", cascade search " + names.front()));
  const auto filter = make_filter(options);
  if (!filter) return call.console().fail(filter.error());
  auto workspace = call.open();
  if (!workspace) return call.console().fail(workspace.error());

  const Registry registry = workspace->registry();
  const rendering::Roots roots = Call::roots(*workspace);
  std::vector<ManifestId> rows;
  for (std::uint32_t i = 0; i < registry.size(); ++i) {
    const ManifestId id{i};
    const ManifestView manifest = registry[id];
    if (!passes(filter->kinds, manifest.kind) || !passes(filter->layers, manifest.layer) ||
        !passes(filter->scopes, roots.scope_of(manifest)))
      continue;
    if (options.shadowed && !registry.shadowed_in_favour_of(id)) continue;
    if (options.orphans && !listing::is_orphan(registry, id)) continue;
    rows.push_back(id);
  }
  const auto text = rendering::list(registry, rows, roots, call.format(), call.console().paint());
  if (!text) return call.console().fail(text.error());
  call.console().print(*text);
  if (const std::string& file = workspace->preferences().no_library; !file.empty())
    call.console().note("the shipped library is left out: library: off in " + file);
  else if (call.console().on_terminal() && filter->scopes.empty() && call.format() == Format::text)
    call.console().note("without the shipped ones: cascade list --scope user,project");
  call.note_problems(*workspace);
  return Exit::yes;
}

Exit run_show(Call& call) {
  std::vector<std::string> items;
  Arguments arguments("show");
  arguments.words("ITEM", items, 1, 1);
  if (const auto ended = call.read(arguments, {Format::text, Format::json})) return *ended;
  auto workspace = call.open();
  if (!workspace) return call.console().fail(workspace.error());

  const Registry registry = workspace->registry();
  const auto item = find_item(registry, items.front(), call.console());
  if (!item) return Exit::no;
  if (item->section && call.format() == Format::text) {
    auto section = request::section_text(*workspace, item->id, *item->section, item->further);
    if (!section) return call.console().fail(section.error());
    call.console().print_whole(*std::move(section));
    return Exit::yes;
  }
  std::vector<bundle::ListedFile> files;
  if (!item->section) files = request::linked_files(*workspace, item->id);
  return call.console().show(rendering::show(registry, item->id, item->section, files, Call::roots(*workspace),
                                             call.format(), call.console().paint()));
}

Exit run_search(Call& call) {
  QueryOptions options;
  std::vector<std::string> given;
  Arguments arguments("search");
  options.declare_kinds(arguments);
  options.declare_top(arguments);
  arguments.words("TEXT", given, 1, 1000);
  if (const auto ended = call.read(arguments, {Format::text, Format::json})) return *ended;
  auto query = make_query(options, 10);
  if (!query) return call.console().fail(query.error());
  const std::string words = letters::joined(given, " ");
  query->text = words;
  query->searches = true;
  auto workspace = call.open_unconfirmed();
  if (!workspace) return call.console().fail(workspace.error());

  const auto routing = request::confirmed(*workspace, [&]() -> Result<Routing> {
    const auto router = workspace->router();
    if (!router) return router.error();
    Query asked = *query;
    withhold(call, *workspace, asked);
    return router->rank(asked);
  });
  if (!routing) return call.console().fail(routing.error());
  call.step("rank");
  const Registry registry = workspace->registry();
  if (routing->ranked.empty()) note_waiting(call, *workspace);
  return call.console().show(rendering::search(registry, words, *routing, call.format(), call.console().paint()),
                             routing->ranked.empty() ? Exit::no : Exit::yes);
}

Exit run_resolve(Call& call) {
  std::vector<std::string> names, exclude;
  std::optional<std::uint32_t> depth;
  std::string follow = "invoked";
  Arguments arguments("resolve");
  arguments.number("--depth", depth);
  arguments.text("--follow", follow);
  arguments.list("--exclude", exclude);
  arguments.words("ITEM", names, 1, 1000);
  if (const auto ended = call.read(arguments, {Format::text, Format::json, Format::dot, Format::mermaid}))
    return *ended;
  Request request;
  request.depth = depth.value_or(0);
  const auto strength = request::parse_follow(follow);
  if (!strength)
    return call.console().fail(misuse("unknown strength '" + follow + "'", "one of required, invoked, mentioned"));
  request.follow = *strength;
  auto workspace = call.open();
  if (!workspace) return call.console().fail(workspace.error());

  const Registry registry = workspace->registry();
  if (!find_request(registry, names, exclude, request, call.console())) return Exit::no;
  const auto resolution = resolve(registry, request);
  if (!resolution) return call.console().fail(resolution.error());
  const listing::Switches switches = switches_here(call, *workspace);
  for (const Selected& selected : resolution->selected)
    if (selected.distance > 0 && !listing::may_be_named(listing::standing(registry, selected.id, switches)))
      call.console().note(to_string(symbol_of(registry[selected.id])) + " is not sent with it: " +
                          unicode::displayable(listing::reason(registry, selected.id, switches)));
  return call.console().show(
      rendering::resolution(registry, request, *resolution, call.format(), call.console().paint()));
}

Exit run_names(Call& call) {
  std::vector<std::string> words;
  Arguments arguments("names");
  arguments.words("KIND", words, 1, 1);
  if (const auto ended = call.read(arguments)) return *ended;
  std::set<std::string> names;
  const std::string& what = words.front();
  if (what == "manifests") names = manifest_names(call);
  if (what == "sessions") names = session_names(call);
  for (const std::string& name : names)
    if (name.find_first_of(" \t\n'\"\\$`") == std::string::npos) call.console().print(name + "\n");
  return names.empty() ? Exit::no : Exit::yes;
}

}  // namespace cascade::cli
