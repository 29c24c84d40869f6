// The grammar finds the names (needs/message.h); what is known of the library, the client and the work tree says which
// of them name nothing. A doubtful one counts only if something has nearly this name.
#include "hook/routing.h"

#include <algorithm>

#include "client/built_in.h"
#include "client/listing.h"
#include "files/paths.h"
#include "files/tree.h"
#include "needs/message.h"
#include "prompt/parts.h"
#include "route/answer/prompt.h"
#include "text/ascii.h"
#include "text/names.h"
#include "text/suggestion.h"

namespace cascade::hook {
namespace {

constexpr std::size_t most_lines_of_unknown = 3, most_near = 2;

bool is_of_library(const Registry& registry, std::string_view name) {
  const std::uint32_t hash = prompt::name_hash(name);
  for (std::uint32_t i = 0; i < registry.size(); ++i) {
    const ManifestView manifest = registry[ManifestId{i}];
    for (const std::string_view known : {manifest.name, manifest.title, manifest.plugin})
      if (!known.empty() && prompt::name_hash(known) == hash) return true;
  }
  return !registry.candidates(name).empty();
}

bool is_of_client(std::string_view name) {
  return client::is_entry_name(name) || client::is_builtin_command(name) || client::is_client_agent(name) ||
         client::is_coding_agent(name) ||
         std::ranges::any_of(client::built_in_skills(),
                             [&](const client::BuiltInLine& line) { return line.name == name; });
}

// The names in the library that are at most two edits away and may be told here.
std::vector<Symbol> near_names(const Place& place, const Registry& registry, std::string_view name, bool of_agents) {
  constexpr std::size_t looked_at = 5;
  std::vector<Symbol> near;
  for (const std::string_view wanted : {name, letters::last_part(name)})
    for (Symbol& symbol : registry.nearest(wanted, {}, looked_at)) {
      const auto id = registry.find(symbol);
      const bool is_near = !letters::nearest_name(wanted, {symbol.name, letters::last_part(symbol.name)}).empty();
      if (!id || !is_near || (of_agents && symbol.kind != Kind::agent) || near.size() == most_near ||
          std::ranges::find(near, symbol) != near.end())
        continue;
      if (!registry[*id].document && place.switches().fault(registry[*id]).empty() &&
          listing::may_be_named(listing::standing(registry, *id, place.switches())))
        near.push_back(std::move(symbol));
    }
  return near;
}

// A plugin stands before the colon, so the work tree has no such name.
bool is_in_work_tree(const Place& place, std::string_view written, bool slash) {
  if (written.find(':') != std::string_view::npos) return false;
  const std::string name(written);
  const files::DiskTree tree;
  if (slash && tree.stat("/" + name)) return true;
  return !place.directory.empty() && (tree.stat(files::join(place.directory, "node_modules/" + name)).has_value() ||
                                      has_file_named(place.directory, name));
}

}  // namespace

std::vector<std::string> unknown_calls(const Place& place, const Router& router, std::string_view prompt,
                                       bool answered) {
  std::vector<std::string> lines;
  if (!needs::may_call(prompt) || route::is_from_host(prompt)) return lines;
  const Registry registry = place.workspace.registry();
  const std::string said = prompt::only_said(prompt, prompt::read_parts(prompt));
  for (const needs::NamedCall& call : needs::named_calls(said, route::language_code(said))) {
    const std::string_view name = call.name;
    if (lines.size() == most_lines_of_unknown) break;
    if (is_of_client(name) || is_of_library(registry, name)) continue;
    const route::Usage usage = call.plain ? route::usage_of(router, name) : route::Usage::none;
    if (usage == route::Usage::ordinary || (usage == route::Usage::subject && (answered || !call.sure))) continue;
    const std::vector<Symbol> near = near_names(place, registry, name, call.mark == prompt::CallMark::at);
    const bool misspelt = call.plain && usage == route::Usage::none && route::is_misspelt(router, name);
    if (near.empty() && (!call.sure || misspelt)) continue;
    if (is_in_work_tree(place, name, call.mark == prompt::CallMark::slash)) continue;
    lines.push_back("\"" + std::string(name) + "\" names nothing in the library");
    if (!near.empty())
      lines.back() += "; nearest: " + letters::joined(near, ", ", [](const Symbol& one) { return to_string(one); });
  }
  return lines;
}

}  // namespace cascade::hook
