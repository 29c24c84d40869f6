// Costs here are those of whole bodies, before any packing: what a budget would leave of them is for `bundle` to say.
#include "render/route.h"

#include <map>

#include "render/parts.h"
#include "render/session.h"
#include "syntax/put.h"
#include "unicode/utf8.h"

namespace cascade::rendering {
namespace {

std::string resolution_json(const Registry& registry, const Request& request, const Resolution& resolution) {
  syntax::JsonWriter json = document("cascade.resolve/1");
  put(json, "depth", request.depth, "follow", to_string(request.follow));
  json.key("selected").objects(resolution.selected, [&](const Selected& selected) {
    const ManifestView manifest = registry[selected.id];
    put_manifest(json, manifest);
    put(json, "distance", selected.distance, "card_only", selected.card_only);
    put_cost(json, manifest.body);
    json.key("pulled_in_by");
    if (selected.pulled_in_by)
      put_link(json, registry, *selected.pulled_in_by);
    else
      json.null();
    if (const auto plan = selected.card_only ? std::nullopt : playbook::plan_of(registry, selected.id)) {
      json.key("chain");
      put_chain(json, *plan);
    }
  });
  put(json, "tools", resolution.tools);
  put_problems(json, "problems", resolution.problems);
  return finish(json);
}

// Each manifest below the one that pulled it in. With a stack of its own: a chain may be deeper than the program's.

using Children = std::map<ManifestId, std::vector<const Selected*>>;

struct TreeLine {
  const Selected* selected;
  std::string prefix, branch;  // the beginning of this line; the beginning of its children's lines
};

std::string described(const Registry& registry, const Selected& selected, Paint paint) {
  const ManifestView manifest = registry[selected.id];
  std::string text = paint.bold(id_of(manifest));
  text += selected.card_only ? "  card" : "  " + count_of(manifest.body.tokens, "token");
  if (selected.pulled_in_by)
    text += "  " + paint.faint(std::string(to_string(selected.pulled_in_by->strength)) + " at " +
                               place_of(registry, *selected.pulled_in_by));
  return text;
}

std::string resolution_text(const Registry& registry, const Resolution& resolution, Paint paint) {
  Children children;
  std::vector<TreeLine> stack;  // the last one is printed next
  std::vector<const Selected*> roots;
  for (const Selected& selected : resolution.selected)
    (selected.pulled_in_by ? children[selected.pulled_in_by->from] : roots).push_back(&selected);
  for (auto root = roots.rbegin(); root != roots.rend(); ++root) stack.push_back({*root, "", ""});
  std::string out;
  while (!stack.empty()) {
    const TreeLine line = stack.back();
    stack.pop_back();
    out += line.prefix + described(registry, *line.selected, paint) + "\n";
    const std::vector<const Selected*>& below = children[line.selected->id];
    for (std::size_t i = below.size(); i-- > 0;) {
      const bool last = i + 1 == below.size();
      stack.push_back({below[i], line.branch + (last ? "└─ " : "├─ "), line.branch + (last ? "   " : "│  ")});
    }
  }
  for (const Selected& selected : resolution.selected)
    if (const auto plan = selected.card_only ? std::nullopt : playbook::plan_of(registry, selected.id))
      out += chain_text(*plan, paint);
  const std::string tools = letters::joined(
      resolution.tools, ", ", [&](const ToolName& tool) { return unicode::displayable(to_string(tool)); });
  if (!tools.empty()) out += "\ntools: " + tools + "\n";
  return out + problems_text(resolution.problems, paint);
}

struct Edge {
  std::uint32_t from = 0, to = 0;  // positions in Resolution::selected
  Strength strength = Strength::invoked;
};

// The links from manifests taken in full to selected ones, the strongest for each pair, in the order of the selection.
std::vector<Edge> edges(const Registry& registry, const Request& request, const Resolution& resolution) {
  std::map<ManifestId, std::uint32_t> position;
  for (std::uint32_t i = 0; i < resolution.selected.size(); ++i) position[resolution.selected[i].id] = i;
  std::vector<Edge> found;
  for (std::uint32_t from = 0; from < resolution.selected.size(); ++from) {
    if (resolution.selected[from].card_only) continue;
    std::map<std::uint32_t, Strength> targets;
    for (const Link& link : registry.links(resolution.selected[from].id)) {
      const auto to = position.find(link.to);
      if (to == position.end() || link.strength == Strength::excluded || link.strength > request.follow) continue;
      const auto known = targets.try_emplace(to->second, link.strength).first;
      if (link.strength < known->second) known->second = link.strength;
    }
    for (const auto& [to, strength] : targets) found.push_back({from, to, strength});
  }
  return found;
}

// Both languages accept any text in double quotes that contains no quotes, backslashes or line ends.
std::string label(const Registry& registry, const Selected& selected) {
  std::string text;
  for (const char c : id_of(registry[selected.id])) text += c == '"' || c == '\\' || c == '\n' ? '\'' : c;
  return text;
}

// A thick box is a root and a dashed one a card; a bold arrow requires, a dotted one mentions.
std::string resolution_dot(const Registry& registry, const Request& request, const Resolution& resolution) {
  std::string out = "digraph cascade {\n  rankdir=LR;\n  node [shape=box];\n";
  for (std::size_t i = 0; i < resolution.selected.size(); ++i) {
    const Selected& selected = resolution.selected[i];
    out += "  n" + std::to_string(i) + " [label=\"" + label(registry, selected) + "\"";
    if (selected.card_only) out += " style=dashed";
    if (selected.distance == 0) out += " penwidth=2";
    out += "];\n";
  }
  for (const Edge& edge : edges(registry, request, resolution)) {
    out += "  n" + std::to_string(edge.from) + " -> n" + std::to_string(edge.to);
    if (edge.strength == Strength::required) out += " [style=bold]";
    if (edge.strength == Strength::mentioned) out += " [style=dotted]";
    out += ";\n";
  }
  return out + "}\n";
}

// The same in Mermaid: round boxes are cards, thick arrows require, dotted ones mention. Roots look like the others.
std::string resolution_mermaid(const Registry& registry, const Request& request, const Resolution& resolution) {
  std::string out = "flowchart LR\n";
  for (std::size_t i = 0; i < resolution.selected.size(); ++i) {
    const Selected& selected = resolution.selected[i];
    const std::string text = "\"" + label(registry, selected) + "\"";
    out += "  n" + std::to_string(i) + (selected.card_only ? "([" + text + "])" : "[" + text + "]") + "\n";
  }
  for (const Edge& edge : edges(registry, request, resolution)) {
    const char* arrow = edge.strength == Strength::required    ? " ==> "
                        : edge.strength == Strength::mentioned ? " -.-> "
                                                               : " --> ";
    out += "  n" + std::to_string(edge.from) + arrow + "n" + std::to_string(edge.to) + "\n";
  }
  return out;
}

}  // namespace

Result<std::string> resolution(const Registry& registry, const Request& request, const Resolution& resolution,
                               Format format, Paint paint) {
  switch (format) {
    case Format::text: return resolution_text(registry, resolution, paint);
    case Format::json: return resolution_json(registry, request, resolution);
    case Format::dot: return resolution_dot(registry, request, resolution);
    case Format::mermaid: return resolution_mermaid(registry, request, resolution);
    default: return no_format("resolve", format);
  }
}

}  // namespace cascade::rendering
