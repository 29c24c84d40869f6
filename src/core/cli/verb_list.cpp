// Filters are joined by "and"; several words of one filter by "or". Orphans are judged by bound references alone, so a
// name that is ambiguous calls nobody.
#include "cli/call.h"
#include "listed/standing.h"
#include "render/list.h"

#include <algorithm>
#include <iterator>
#include <string_view>

namespace cascade::cli {
namespace {

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
  return Error{ErrorCode::misuse, "unknown " + std::string(what) + " '" + word + "'", {}, std::move(help)};
}

template <typename Value, std::size_t count>
std::optional<Value> parse_one(const std::string& word, const Value (&values)[count]) {
  for (const Value value : values)
    if (word == to_string(value)) return value;
  return std::nullopt;
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
    const auto layer = parse_one(word, all_layers);
    if (!layer) return unknown("layer", word, "one of playbook, skill, agent, command");
    filter.layers.push_back(*layer);
  }
  for (const std::string& word : options.scopes) {
    if (std::find(std::begin(all_scopes), std::end(all_scopes), word) == std::end(all_scopes))
      return unknown("scope", word, "one of builtin, added, plugin, user, project, managed");
    filter.scopes.push_back(word);
  }
  return filter;
}

template <typename Value>
bool passes(const std::vector<Value>& wanted, const Value& value) {
  return wanted.empty() || std::find(wanted.begin(), wanted.end(), value) != wanted.end();
}

}  // namespace

Exit run_list(Call& call) {
  ListOptions options;
  Arguments arguments("list");
  arguments.list("--kind,--kinds", options.kinds);
  arguments.list("--layer,--layers", options.layers);
  arguments.list("--scope,--scopes", options.scopes);
  arguments.flag("--shadowed", options.shadowed);
  arguments.flag("--orphans", options.orphans);
  if (const auto ended = call.read(arguments)) return *ended;
  const auto filter = make_filter(options);
  if (!filter) return call.console().fail(filter.error());
  const auto format = call.format({Format::text, Format::json, Format::jsonl});
  if (!format) return call.console().fail(format.error());
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
  const auto text = rendering::list(registry, rows, roots, *format, call.console().paint());
  if (!text) return call.console().fail(text.error());
  call.console().print(*text);
  if (const std::string& file = workspace->preferences().no_library; !file.empty())
    call.console().note("the shipped library is left out: library: off in " + file);
  call.note_problems(*workspace);
  return Exit::yes;
}

}  // namespace cascade::cli
