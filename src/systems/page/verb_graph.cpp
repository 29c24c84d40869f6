// Draws the library, or the surroundings of some manifests, for other programs. `page` shows the same data.
#include "cli/call.h"
#include "cli/query_options.h"
#include "page/map.h"
#include "page/page_contents.h"

namespace cascade::cli {
namespace {

std::string drawn(const Registry& registry, const page::Map& map, Format format) {
  switch (format) {
    case Format::json: return page::map_json(registry, map);
    case Format::svg: return page::map_svg(registry, map);
    case Format::mermaid: return page::map_mermaid(registry, map);
    default: return page::map_dot(registry, map);
  }
}

}  // namespace

Exit run_graph(Call& call) {
  MapWish wish;
  std::vector<std::string> names;
  std::optional<std::uint32_t> depth;
  Arguments arguments("graph");
  arguments.number("--depth", depth);
  arguments.flag("--towards", wish.towards);
  arguments.list("--ladder", wish.budgets);
  arguments.words("ITEM", names, 0, 1000);
  if (const auto ended = call.read(arguments)) return *ended;
  const auto format = call.format({Format::dot, Format::svg, Format::mermaid, Format::json});
  if (!format) return call.console().fail(format.error());
  if (*format != Format::json && !wish.budgets.empty())
    return call.console().fail(misuse("only --format json has bundles", "leave --ladder out"));
  if (depth) wish.depth = *depth;
  wish.findings = wish.alike = *format == Format::json;
  auto workspace = call.open();
  if (!workspace) return call.console().fail(workspace.error());
  if (!find_symbols(workspace->registry(), names, wish.roots, call.console())) return Exit::no;
  const auto map = gather_map(call, *workspace, wish);
  if (!map) return call.console().fail(map.error());
  call.console().print_whole(drawn(workspace->registry(), *map, *format));
  if (map->left_out.manifests + map->left_out.links > 0)
    call.console().note("left out: " + std::to_string(map->left_out.manifests) + " manifests and " +
                        std::to_string(map->left_out.links) + " links\n  help: cascade graph ITEM draws a part");
  return Exit::yes;
}

}  // namespace cascade::cli
