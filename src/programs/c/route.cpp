// cascade_route.
#include <cascade/route.h>

#include "c/handle.h"
#include "c/keys.h"
#include "render/route.h"
#include "request/refresh.h"

namespace cascade::c {
namespace {

Result<Answer> route(cascade_workspace& handle, Request& request) {
  Query query;
  const auto prompt = request.text("prompt");
  if (!prompt) request.fail("prompt", "the text to be routed");
  query.kinds = kinds(request);
  query.paths = request.list("paths");
  query.limit = request.number("top").value_or(5);
  const bool explain = request.flag("explain");
  const std::string& preferred = handle.workspace.preferences().caution;
  const auto caution = parse_caution(request.text("caution").value_or(preferred.empty() ? "normal" : preferred));
  if (!caution) request.fail("caution", "one of low, normal, high");
  if (auto done = request.finish(); !done) return done.error();
  query.text = *prompt;
  query.caution = *caution;

  const auto router = request::with_refresh(handle.workspace, [&] { return handle.workspace.router(); });
  if (!router) return router.error();
  RoutingReport report;
  if (explain)
    report = router->explain(query);
  else
    report.routing = router->rank(query);
  auto text =
      rendering::route(handle.workspace.registry(), query.text, report, explain, Format::json, rendering::Paint());
  if (!text) return text.error();
  return Answer{*std::move(text), report.routing.decision != Decision::silence};
}

}  // namespace
}  // namespace cascade::c

cascade_code cascade_route(cascade_workspace* workspace, const char* request, char** answer) {
  return cascade::c::answered_by(workspace, request, answer, cascade::c::route);
}
