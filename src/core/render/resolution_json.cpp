// Costs here are those of whole bodies, before any packing: what a budget would leave of them is for `bundle` to say.
#include "render/resolution.h"

#include "render/parts.h"
#include "render/playbook.h"

namespace cascade::rendering {

std::string resolution_json(const Registry& registry, const Request& request, const Resolution& resolution) {
  syntax::JsonWriter json = document("cascade.resolve/1");
  json.key("depth").number(request.depth);
  json.key("follow").string(to_string(request.follow));
  json.key("selected").objects(resolution.selected, [&](const Selected& selected) {
    const ManifestView manifest = registry[selected.id];
    put_manifest(json, manifest);
    json.key("distance").number(selected.distance);
    json.key("card_only").boolean(selected.card_only);
    put_cost(json, manifest.body);
    json.key("pulled_in_by");
    if (selected.pulled_in_by) {
      put_link(json, registry, *selected.pulled_in_by);
    } else {
      json.null();
    }
    if (const auto plan = selected.card_only ? std::nullopt : playbook::plan_of(registry, selected.id)) {
      json.key("chain");
      put_chain(json, *plan);
    }
  });
  json.key("tools").array(resolution.tools, [&](const ToolName& tool) { json.string(to_string(tool)); });
  put_problems(json, "problems", resolution.problems);
  return finish(json);
}

}  // namespace cascade::rendering
