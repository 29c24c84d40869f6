#include "cli/call.h"
#include "cli/task.h"
#include "render/search.h"

namespace cascade::cli {
namespace {

struct SearchOptions {
  std::vector<std::string> words, kinds;
  std::optional<std::uint32_t> top;
};

Result<Query> make_query(const SearchOptions& options, const std::string& text) {
  Query query;
  query.text = text;
  query.limit = options.top.value_or(10);
  for (const std::string& word : options.kinds) {
    const auto kind = parse_kind(word);
    if (!kind) return Error{ErrorCode::misuse, "unknown kind '" + word + "'", {}, "one of skill, agent, command"};
    query.kinds.push_back(*kind);
  }
  return query;
}

}  // namespace

Exit run_search(Call& call) {
  SearchOptions options;
  Arguments arguments("search");
  arguments.list("--kind,--kinds", options.kinds);
  arguments.number("--top", options.top);
  arguments.words("TEXT", options.words, 1, 1000);
  bool stop = false;
  if (auto parsed = call.parse(arguments, stop); !parsed) return call.console().fail(parsed.error());
  if (stop) return Exit::yes;
  std::string words;
  for (const std::string& word : options.words) words += (words.empty() ? "" : " ") + word;
  const auto query = make_query(options, words);
  if (!query) return call.console().fail(query.error());
  const auto format = call.format({Format::text, Format::json});
  if (!format) return call.console().fail(format.error());
  auto workspace = call.open();
  if (!workspace) return call.console().fail(workspace.error());

  const auto router = with_refresh(*workspace, [&] { return workspace->router(); });
  if (!router) return call.console().fail(router.error());
  call.step("router");
  const Routing routing = router->rank(*query);
  call.step("rank");
  const Registry registry = workspace->registry();
  const auto text = rendering::search(registry, words, routing, *format, rendering::Paint(call.console().colour()));
  if (!text) return call.console().fail(text.error());
  call.console().print(*text);
  return routing.ranked.empty() ? Exit::no : Exit::yes;
}

}  // namespace cascade::cli
