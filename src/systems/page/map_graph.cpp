#include "page/map_graph.h"

#include <algorithm>
#include <tuple>

#include "text/names.h"
#include "unicode/utf8.h"

namespace cascade::page {
namespace {

// Both languages accept any text in double quotes that contains no quotes, backslashes or line ends. Mermaid reads
// entities and tags in it, too, which a name of another's must not write.
std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : unicode::displayable(text)) {
    const bool plain = c != '"' && c != '\\' && c != '\n' && c != '<' && c != '>' && c != '#' && c != '&' && c != '`';
    out += plain ? c : '\'';
  }
  return out + "\"";
}

std::string dangling_name(const Unbound& reference) { return to_string(reference.reference.target); }

constexpr letters::Names<Strength::excluded> strength_styles(" [style=bold]", "", " [style=dotted]",
                                                             " [style=dashed, arrowhead=tee]");
std::string_view dot_style(Strength strength) { return strength_styles.of(strength); }

constexpr letters::Names<Strength::excluded> strength_arrows(" ==> ", " --> ", " -.-> ", " --x ");
std::string_view mermaid_arrow(Strength strength) { return strength_arrows.of(strength); }

}  // namespace

std::vector<MapLink> strongest_links(const Map& map) {
  std::vector<MapLink> links = map.links;
  std::stable_sort(links.begin(), links.end(), [](const MapLink& a, const MapLink& b) {
    return std::tie(a.from, a.to, a.strength) < std::tie(b.from, b.to, b.strength);
  });
  links.erase(std::unique(links.begin(), links.end(),
                          [](const MapLink& a, const MapLink& b) { return a.from == b.from && a.to == b.to; }),
              links.end());
  return links;
}

std::string map_dot(const Registry& registry, const Map& map) {
  std::string out = "digraph cascade {\n  rankdir=LR;\n  node [shape=box];\n";
  for (std::uint32_t node = 0; node < map.nodes(); ++node) {
    out += "  n" + std::to_string(node) + " [label=" + quoted(name_of(registry, map, node));
    if (node >= map.manifests.size()) out += " shape=ellipse";
    if (node < map.manifests.size() && registry.shadowed_in_favour_of(map.manifests[node])) out += " style=dashed";
    if (node < map.manifests.size() && registry[map.manifests[node]].scope == Scope::builtin)
      out += " color=gray fontcolor=gray30";  // not the user's own
    out += "];\n";
  }
  for (std::size_t i = 0; i < map.unbound.size(); ++i)
    out += "  u" + std::to_string(i) + " [label=" + quoted(dangling_name(map.unbound[i])) + " color=red];\n";
  for (std::size_t column = 0; column < columns; ++column) {
    std::string same;
    for (std::uint32_t node = 0; node < map.nodes(); ++node)
      if (map.column_of(registry, node) == static_cast<Column>(column)) same += " n" + std::to_string(node) + ";";
    if (!same.empty()) out += "  { rank=same;" + same + " }\n";
  }
  for (const MapLink& link : strongest_links(map)) {
    out += "  n" + std::to_string(link.from) + " -> n" + std::to_string(link.to);
    out += std::string(dot_style(link.strength)) + ";\n";
  }
  for (std::size_t i = 0; i < map.unbound.size(); ++i)
    out += "  n" + std::to_string(map.node_of[index(map.unbound[i].from)]) + " -> u" + std::to_string(i) +
           " [color=red];\n";
  return out + "}\n";
}

std::string map_mermaid(const Registry& registry, const Map& map) {
  std::string out = "flowchart LR\n";
  for (std::uint32_t node = 0; node < map.nodes(); ++node) {
    const std::string text = quoted(name_of(registry, map, node));
    out += "  n" + std::to_string(node) + (node < map.manifests.size() ? "[" + text + "]" : "([" + text + "])") + "\n";
  }
  for (std::size_t i = 0; i < map.unbound.size(); ++i)
    out += "  u" + std::to_string(i) + "{{" + quoted(dangling_name(map.unbound[i])) + "}}\n";
  for (const MapLink& link : strongest_links(map))
    out += "  n" + std::to_string(link.from) + std::string(mermaid_arrow(link.strength)) + "n" +
           std::to_string(link.to) + "\n";
  for (std::size_t i = 0; i < map.unbound.size(); ++i)
    out += "  n" + std::to_string(map.node_of[index(map.unbound[i].from)]) + " -.-> u" + std::to_string(i) + "\n";
  return out;
}

}  // namespace cascade::page
