#include "page/map.h"

#include <algorithm>
#include <cassert>
#include <deque>
#include <tuple>

#include "text/names.h"

namespace cascade::page {
namespace {

// Playbooks before all others, because maps begin there; then the most linked ones; ties by id.
std::vector<ManifestId> most_linked(const Registry& registry, std::vector<ManifestId> ids, std::size_t most) {
  if (ids.size() <= most) return ids;
  const auto rank = [&](ManifestId id) {
    const std::size_t links = registry.links(id).size + registry.links_to(id).size;
    return std::pair(registry[id].layer == Layer::playbook ? 0 : 1, ~links);
  };
  std::ranges::stable_sort(ids, [&](ManifestId a, ManifestId b) { return rank(a) < rank(b); });
  ids.resize(most);
  std::ranges::sort(ids);
  return ids;
}

std::vector<ManifestId> wanted_manifests(const Registry& registry, const std::vector<ManifestId>& only) {
  if (!only.empty()) return only;
  std::vector<ManifestId> ids;
  for (std::uint32_t i = 0; i < registry.size(); ++i)
    if (!registry[ManifestId{i}].document) ids.push_back(ManifestId{i});
  return ids;
}

// Adds the tools that the manifests on the map may use, each once, sorted by name.
void add_tools(const Registry& registry, const MapLimits& limits, Map& map) {
  std::map<std::string, std::vector<std::uint32_t>> users;
  std::map<std::string, ToolName> tools;
  for (std::uint32_t node = 0; node < map.manifests.size(); ++node) {
    for (const ToolName& tool : registry.tools(map.manifests[node])) {
      ToolName plain{tool.server, tool.tool, {}};  // "Bash(git *)" and "Bash" are one node
      const std::string name = to_string(plain);
      tools.emplace(name, std::move(plain));
      std::vector<std::uint32_t>& of = users[name];
      if (of.empty() || of.back() != node) of.push_back(node);
    }
  }
  for (auto& [name, tool] : tools) {
    const auto node = static_cast<std::uint32_t>(map.nodes());
    map.tools.push_back(std::move(tool));
    for (const std::uint32_t user : users[name]) {
      if (map.links.size() < limits.links)
        map.links.push_back({user, node, Strength::invoked, Via::frontmatter, 0, 0});
      else
        ++map.left_out.links;
    }
  }
}

// What was not asked for is not left out: `wanted` has what would be on the map without limits, by id.
void add_links(const Registry& registry, const MapLimits& limits, const std::vector<bool>& wanted, Map& map) {
  for (std::uint32_t node = 0; node < map.manifests.size(); ++node) {
    for (const Link& link : registry.links(map.manifests[node])) {
      const std::uint32_t to = map.node_of[index(link.to)];
      if (!wanted[index(link.to)]) continue;
      if (to == no_node || map.links.size() >= limits.links) {
        ++map.left_out.links;
        continue;
      }
      map.links.push_back({node, to, link.strength, link.via, link.line, link.column});
    }
  }
}

void place_nodes(const Registry& registry, Map& map) {
  std::vector<std::uint8_t> column_of;
  for (std::uint32_t node = 0; node < map.nodes(); ++node)
    column_of.push_back(static_cast<std::uint8_t>(map.column_of(registry, node)));
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
  for (const MapLink& link : map.links)
    if (link.strength != Strength::excluded) pairs.emplace_back(link.from, link.to);
  map.rows = rows_of(column_of, pairs);
}

}  // namespace

constexpr letters::Names<Column::tool> column_names("playbook", "skill", "agent", "command", "tool");
std::string_view to_string(Column column) noexcept { return column_names.of(column); }

constexpr letters::Names<Off::By::other> off_names("nobody", "user", "local", "other");
std::string_view to_string(Off::By by) noexcept { return off_names.of(by); }

Column Map::column_of(const Registry& registry, std::uint32_t node) const {
  if (node >= manifests.size()) return Column::tool;
  switch (registry[manifests[node]].layer) {
    case Layer::playbook: return Column::playbook;
    case Layer::skill: return Column::skill;
    case Layer::agent: return Column::agent;
    case Layer::command: return Column::command;
  }
  return Column::skill;
}

Map map_of(const Registry& registry, const std::vector<ManifestId>& only, const MapLimits& limits) {
  Map map;
  std::vector<ManifestId> wanted = wanted_manifests(registry, only);
  const std::size_t all = wanted.size();
  std::vector<bool> is_wanted(registry.size());
  for (const ManifestId id : wanted) is_wanted[index(id)] = true;
  map.manifests = most_linked(registry, std::move(wanted), limits.manifests);
  map.left_out.manifests = all - map.manifests.size();
  map.node_of.assign(registry.size(), no_node);
  for (std::uint32_t node = 0; node < map.manifests.size(); ++node) map.node_of[index(map.manifests[node])] = node;
  add_links(registry, limits, is_wanted, map);
  add_tools(registry, limits, map);
  for (Unbound& reference : registry.unbound())
    if (map.node_of[index(reference.from)] != no_node) map.unbound.push_back(std::move(reference));
  place_nodes(registry, map);
  return map;
}

std::vector<ManifestId> around(const Registry& registry, const std::vector<ManifestId>& roots, std::uint32_t depth,
                               bool towards) {
  std::vector<bool> seen(registry.size());
  const auto walk = [&](bool forwards) {
    std::vector<bool> met(registry.size());
    std::deque<std::pair<ManifestId, std::uint32_t>> queue;
    const auto meet = [&](ManifestId id, std::uint32_t distance) {
      if (met[index(id)]) return;
      met[index(id)] = seen[index(id)] = true;
      queue.emplace_back(id, distance);
    };
    for (const ManifestId root : roots) meet(root, 0);
    for (; !queue.empty(); queue.pop_front()) {
      const auto [id, distance] = queue.front();
      if (distance == depth) continue;
      for (const Link& link : forwards ? registry.links(id) : registry.links_to(id))
        if (link.strength <= Strength::mentioned) meet(forwards ? link.to : link.from, distance + 1);
    }
  };
  walk(true);
  if (towards) walk(false);
  std::vector<ManifestId> found;
  for (std::uint32_t i = 0; i < registry.size(); ++i)
    if (seen[i]) found.push_back(ManifestId{i});
  return found;
}

void add_alike(const duplicates::Report& report, Map& map) {
  const auto add = [&](const std::vector<ManifestId>& ids, std::uint32_t alike, TokenCount wasted) {
    Alike group;
    for (const ManifestId id : ids)
      if (map.node_of[index(id)] != no_node) group.nodes.push_back(map.node_of[index(id)]);
    group.alike = alike;
    group.wasted = wasted;
    if (group.nodes.size() > 1) map.alike.push_back(std::move(group));
  };
  for (const auto& group : report.equal_manifests) add(group.ids, 1000, group.wasted.tokens);
  for (const auto& group : report.near_manifests) add(group.ids, group.alike, group.wasted.tokens);
}

void add_findings(const std::vector<Diagnostic>& found, const MapLimits& limits,
                  const std::function<std::uint32_t(const Diagnostic&)>& node_of, Map& map) {
  const std::size_t kept = std::min(found.size(), limits.findings);
  map.findings.assign(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(kept));
  for (const Diagnostic& finding : map.findings) map.found_in.push_back(node_of(finding));
  map.left_out.findings = found.size() - kept;
}

std::string name_of(const Registry& registry, const Map& map, std::uint32_t node) {
  if (node < map.manifests.size()) return to_string(symbol_of(registry[map.manifests[node]]));
  return "tool:" + to_string(map.tools[node - map.manifests.size()]);
}

Ladder ladder_of(const Registry& registry, std::uint32_t root, const std::vector<Bundle>& bundles,
                 const std::vector<std::uint32_t>& node_of) {
  assert(bundles.size() <= most_rungs);
  Ladder ladder;
  ladder.root = root;
  ladder.rungs.resize(bundles.size());
  std::map<std::tuple<std::uint32_t, std::uint32_t, Form>, std::uint32_t> known;
  const auto part_of = [&](const auto& one) {  // each section in each form has one number
    const bool whole = one.form == Form::card || one.form == Form::resource;
    const std::uint32_t shown = whole ? 0 : registry.section(one.id, one.section).shorter_of;
    const auto [at, is_new] =
        known.try_emplace({index(one.id), shown, one.form}, static_cast<std::uint32_t>(ladder.parts.size()));
    if (is_new) ladder.parts.push_back({node_of[index(one.id)], shown, one.form, one.cost, 0});
    return at->second;
  };
  for (std::size_t i = 0; i < bundles.size(); ++i) {  // the largest first, so that parts have the order of its text
    const Bundle& bundle = bundles[i];
    const std::size_t place = bundles.size() - 1 - i;
    LadderRung& rung = ladder.rungs[place];
    rung.budget = bundle.budget.limit.tokens;
    rung.status = bundle.status;
    rung.cost = bundle.cost;
    rung.min_budget = bundle.min_budget;
    rung.certificate = bundle.certificate;
    for (const Piece& piece : bundle.pieces) {
      const std::uint32_t part = part_of(piece);
      ladder.parts[part].in |= 1U << place;
    }
    for (const Omission& omission : bundle.omissions)
      rung.out.push_back({part_of(omission), omission.shortfall, omission.reason});
  }
  return ladder;
}

// The barycentre method of layered drawings, in whole numbers. Columns have very different lengths, so a place is a
// share of its column's length.
std::vector<std::uint32_t> rows_of(const std::vector<std::uint8_t>& column_of,
                                   const std::vector<std::pair<std::uint32_t, std::uint32_t>>& links) {
  constexpr std::uint64_t whole = 1'000'000;  // the length of a column
  constexpr int sweeps = 8;                   // more did not change what is seen
  std::vector<std::vector<std::uint32_t>> columns, neighbours(column_of.size());
  for (std::uint32_t node = 0; node < column_of.size(); ++node) {
    if (columns.size() <= column_of[node]) columns.resize(column_of[node] + std::size_t{1});
    columns[column_of[node]].push_back(node);
  }
  for (const auto& [from, to] : links) {
    if (column_of[from] == column_of[to]) continue;
    neighbours[from].push_back(to);
    neighbours[to].push_back(from);
  }
  std::vector<std::uint64_t> places(column_of.size()), wanted(column_of.size());
  std::vector<std::uint32_t> rows(column_of.size());
  const auto place = [&](const std::vector<std::uint32_t>& column) {
    for (std::uint32_t row = 0; row < column.size(); ++row) {
      rows[column[row]] = row;
      places[column[row]] = (2 * std::uint64_t{row} + 1) * whole / (2 * column.size());
    }
  };
  for (const auto& column : columns) place(column);
  for (std::size_t step = 0; step < sweeps * columns.size(); ++step) {  // to and fro
    const std::size_t at = step % columns.size();
    std::vector<std::uint32_t>& column = columns[step / columns.size() % 2 == 0 ? at : columns.size() - 1 - at];
    for (const std::uint32_t node : column) {
      std::uint64_t sum = 0;
      for (const std::uint32_t other : neighbours[node]) sum += places[other];
      // Nodes without neighbours go to the end, where they are in nobody's way.
      wanted[node] = neighbours[node].empty() ? 2 * whole : sum / neighbours[node].size();
    }
    std::ranges::stable_sort(column, {}, [&](std::uint32_t node) { return wanted[node]; });
    place(column);
  }
  return rows;
}

}  // namespace cascade::page
