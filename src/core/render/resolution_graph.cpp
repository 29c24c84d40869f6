// Draws a resolution as a graph for Graphviz and for Mermaid.
#include "render/resolution.h"

#include "render/parts.h"

#include <map>

namespace cascade::rendering {
namespace {

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

}  // namespace

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

}  // namespace cascade::rendering
