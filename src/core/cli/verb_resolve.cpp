#include "cli/call.h"
#include "cli/item.h"
#include "render/resolution.h"
#include "request/task.h"
#include "unicode/utf8.h"

namespace cascade::cli {

Exit run_resolve(Call& call) {
  std::vector<std::string> names, exclude;
  std::optional<std::uint32_t> depth;
  std::string follow = "invoked";
  Arguments arguments("resolve");
  arguments.number("--depth", depth);
  arguments.text("--follow", follow);
  arguments.list("--exclude", exclude);
  arguments.words("ITEM", names, 1, 1000);
  if (const auto ended = call.read(arguments)) return *ended;
  Request request;
  request.depth = depth.value_or(0);
  const auto strength = request::parse_follow(follow);
  if (!strength)
    return call.console().fail(
        {ErrorCode::misuse, "unknown strength '" + follow + "'", {}, "one of required, invoked, mentioned"});
  request.follow = *strength;
  const auto format = call.format({Format::text, Format::json, Format::dot, Format::mermaid});
  if (!format) return call.console().fail(format.error());
  auto workspace = call.open();
  if (!workspace) return call.console().fail(workspace.error());

  const Registry registry = workspace->registry();
  if (!find_request(registry, names, exclude, request, call.console())) return Exit::no;
  const auto resolution = resolve(registry, request);
  if (!resolution) return call.console().fail(resolution.error());
  const listing::Switches switches = switches_here(call, *workspace);
  for (const Selected& selected : resolution->selected)
    if (selected.distance > 0 && !listing::may_be_named(listing::standing(registry, selected.id, switches)))
      call.console().note(to_string(symbol_of(registry[selected.id])) + " is not sent with it: " +
                          unicode::displayable(listing::reason(registry, selected.id, switches)));
  return call.console().show(rendering::resolution(registry, request, *resolution, *format, call.console().paint()));
}

}  // namespace cascade::cli
