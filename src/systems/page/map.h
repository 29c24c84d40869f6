// A library as a map: manifests and tools in columns, the links between them, and what is wrong with either.
#pragma once

#include <cascade/bundle.h>
#include <cascade/registry.h>
#include <cascade/resolve.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bundle/linked_files.h"
#include "similarity/alike.h"

namespace cascade::page {

constexpr std::uint32_t no_node = 0xffffffffU;

// A section in one of its forms. Bit i of `in`: rung i has it.
struct LadderPart {
  std::uint32_t node = no_node, section = 0;
  Form form = Form::section;
  Cost cost;
  std::uint32_t in = 0;
};

struct LadderOut {
  std::uint32_t part = 0;  // in Ladder::parts
  Cost shortfall;          // how much more budget makes room for it
  OmittedFor reason = OmittedFor::budget;
};

struct LadderRung {
  std::uint32_t budget = 0;  // tokens
  PackingStatus status = PackingStatus::ok;
  Cost cost, min_budget;
  Certificate certificate;
  std::vector<LadderOut> out;
};

struct Ladder {
  std::uint32_t root = no_node;
  std::vector<LadderRung> rungs;  // the smallest budget first
  std::vector<LadderPart> parts;  // in the order in which the largest bundle shows them, then what is only left out
};

constexpr std::size_t most_rungs = 16;

// `bundles`: the largest first, at most `most_rungs`, as request::assemble_ladder() makes them. `node_of`: by manifest
// id.
Ladder ladder_of(const Registry& registry, std::uint32_t root, const std::vector<Bundle>& bundles,
                 const std::vector<std::uint32_t>& node_of);

// The columns from left to right; a tool is what an agent or a command may use.
enum class Column : std::uint8_t { playbook, skill, agent, command, tool };
constexpr std::size_t columns = 5;
std::string_view to_string(Column column) noexcept;

// From a manifest's node to another node. Nodes 0 to manifests - 1 are manifests, the rest tools. The place is in the
// file of `from`; line 0: in its front matter, wherever the tools are listed.
struct MapLink {
  std::uint32_t from = 0, to = 0;
  Strength strength = Strength::mentioned;
  Via via = Via::prose;
  std::uint32_t line = 0, column = 0;
};

// Manifests that are nearly the same. `alike`: in thousandths.
struct Alike {
  std::vector<std::uint32_t> nodes;
  std::uint32_t alike = 1000;
  TokenCount wasted = 0;
};

// What a page can show without becoming slow.
struct MapLimits {
  std::size_t manifests = 2'000, links = 30'000, findings = 2'000;
};

// What the limits kept out.
struct LeftOut {
  std::size_t manifests = 0, links = 0, findings = 0, ladders = 0;
};

// Who switched a manifest off, and in which file: that decides what switches it on again.
struct Off {
  enum class By : std::uint8_t { nobody, users_file, local_file, other } by = By::nobody;
  std::string reason;  // "skills: x: off in ~/.config/cascade/cascade.yaml:2"
};
std::string_view to_string(Off::By by) noexcept;

struct Map {
  std::vector<ManifestId> manifests;
  std::vector<ToolName> tools;
  std::vector<MapLink> links;          // by (from, line, column, to)
  std::vector<std::uint32_t> rows;     // of each node, in its column
  std::vector<std::uint32_t> node_of;  // by manifest id; no_node: it is not on the map
  std::vector<Unbound> unbound;        // references from manifests on the map
  std::vector<Alike> alike;
  std::vector<Diagnostic> findings;
  std::vector<std::uint32_t> found_in;                 // the node of each finding; no_node: another file
  std::vector<Ladder> ladders;                         // the caller adds them
  std::vector<std::vector<bundle::ListedFile>> files;  // by manifest; the caller adds them
  // By manifest; the caller adds them. `silent`: of one of the user's own that never came in `sessions` conversations,
  // how many of these there were since its file last changed; else 0. `came`: be it in an offer; `loaded`: its text.
  // An added one is of a root of the user's own cascade.yaml. `off`: who says that nobody can load it; else empty.
  std::vector<std::uint64_t> silent;
  std::vector<bool> came, loaded, added;
  std::vector<Off> off;
  // By what stands before the paths of a root ("user:", nothing): what has to stand there so that the file can be
  // opened, from the current folder or from the user's own ("~/.claude/"). The caller adds them.
  std::map<std::string, std::string> folders;
  std::vector<std::uint32_t> asked;  // the nodes whose surroundings this is; the caller adds them
  std::uint64_t sessions = 0;
  std::uint32_t every_request = 0;  // tokens of the client's list of it; 0: not known
  bool is_judged = true;            // false: `findings` are what reading said, and not what all rules say
  LeftOut left_out;

  std::size_t nodes() const noexcept { return manifests.size() + tools.size(); }
  Column column_of(const Registry& registry, std::uint32_t node) const;
};

// `only`: the manifests that may be on the map, sorted; empty: all that are no documents. Where there are more than the
// limits allow, the ones with the most links stay. Linear in the registry except for sorting.
Map map_of(const Registry& registry, const std::vector<ManifestId>& only, const MapLimits& limits);

// Everything that the roots lead to by links that are followed, and with `towards` everything that leads to them; at
// most `depth` links away. Sorted, the roots included.
std::vector<ManifestId> around(const Registry& registry, const std::vector<ManifestId>& roots, std::uint32_t depth,
                               bool towards);

void add_alike(const duplicates::Report& report, Map& map);
// `node_of`: the node that a finding is about, or no_node.
void add_findings(const std::vector<Diagnostic>& found, const MapLimits& limits,
                  const std::function<std::uint32_t(const Diagnostic&)>& node_of, Map& map);

std::string name_of(const Registry& registry, const Map& map, std::uint32_t node);  // "agent:reviewer", "tool:Read"

// The row of each node in its column, such that links cross little: each node is put near the middle of its neighbours,
// over and over, and ties keep their order. The same input gives the same rows. `column_of`: by node.
std::vector<std::uint32_t> rows_of(const std::vector<std::uint8_t>& column_of,
                                   const std::vector<std::pair<std::uint32_t, std::uint32_t>>& links);

// One node for each manifest and tool, one line for each pair of them with the strongest link between the two. Bold is
// required, dotted mentioned, dashed excluded; red is a name that matches nothing.
std::string map_dot(const Registry& registry, const Map& map);
std::string map_mermaid(const Registry& registry, const Map& map);

// Columns as on the page, in a drawing that needs no script, no font and no file besides itself.
std::string map_svg(const Registry& registry, const Map& map);

// cascade.graph/2: what `cascade graph --format json` prints, and what the page of the map is made of.
std::string map_json(const Registry& registry, const Map& map);

// What the page of a bundle is made of: the bundle, and the way on which each of its manifests came in.
// `told`: lines about what did not come, and what is offered beside it.
// `asked`: the words of `cascade bundle` that ask for it, but for its budget. `bundle`: a document cascade.bundle/1.
// `next`: what more budget brings in first. The answer is cascade.page.bundle/1, which nothing but the page reads.
std::string bundle_json(const Registry& registry, const Resolution& resolution, const std::vector<std::string>& asked,
                        std::string_view bundle, const std::optional<NextIn>& next,
                        const std::vector<std::string>& told = {});

}  // namespace cascade::page
