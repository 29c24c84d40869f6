#include "cli/call.h"
#include "cli/query_options.h"
#include "render/list.h"
#include "request/refresh.h"

namespace cascade::cli {

Exit run_search(Call& call) {
  QueryOptions options;
  std::vector<std::string> given;
  Arguments arguments("search");
  options.declare_kinds(arguments);
  options.declare_top(arguments);
  arguments.words("TEXT", given, 1, 1000);
  if (const auto ended = call.read(arguments)) return *ended;
  auto query = make_query(options, 10);
  if (!query) return call.console().fail(query.error());
  const std::string words = joined(given);
  query->text = words;
  query->searches = true;
  const auto format = call.format({Format::text, Format::json});
  if (!format) return call.console().fail(format.error());
  auto workspace = call.open_unconfirmed();
  if (!workspace) return call.console().fail(workspace.error());

  const auto routing = request::confirmed(*workspace, [&]() -> Result<Routing> {
    const auto router = workspace->router();
    if (!router) return router.error();
    Query asked = *query;
    withhold(call, *workspace, asked);
    return router->rank(asked);
  });
  if (!routing) return call.console().fail(routing.error());
  call.step("rank");
  const Registry registry = workspace->registry();
  if (routing->ranked.empty()) note_waiting(call, *workspace);
  return call.console().show(rendering::search(registry, words, *routing, *format, call.console().paint()),
                             routing->ranked.empty() ? Exit::no : Exit::yes);
}

}  // namespace cascade::cli
