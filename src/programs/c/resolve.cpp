// cascade_resolve.
#include <cascade/resolve.h>

#include "c/handle.h"
#include "c/keys.h"
#include "render/resolution.h"

namespace cascade::c {
namespace {

Result<Answer> resolve_items(cascade_workspace& handle, Request& request) {
  const ResolveKeys keys(request);
  const Format wanted = format(request, {Format::json, Format::text, Format::dot, Format::mermaid});
  if (keys.items.empty()) request.fail("items", "a list of at least one item");
  if (auto done = request.finish(); !done) return done.error();
  const Registry registry = handle.workspace.registry();
  const auto found = keys.find(registry);
  if (!found) return found.error();
  const auto resolution = resolve(registry, *found);
  if (!resolution) return resolution.error();
  auto text = rendering::resolution(registry, *found, *resolution, wanted, rendering::Paint());
  if (!text) return text.error();
  return Answer{*std::move(text), true};
}

}  // namespace
}  // namespace cascade::c

cascade_code cascade_resolve(cascade_workspace* workspace, const char* request, char** answer) {
  return cascade::c::answered_by(workspace, request, answer, cascade::c::resolve_items);
}
