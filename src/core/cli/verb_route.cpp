// A single prompt uses the index while its files are being checked; a batch opens a checked index once. The exit code
// of a single prompt says whether the router has something for it.
#include "cli/call.h"
#include "cli/console.h"
#include "cli/query_options.h"
#include "cli/verb_bundle.h"
#include "files/tree.h"
#include "render/route.h"
#include "request/task.h"
#include "route/prompts.h"
#include "unicode/utf8.h"

namespace cascade::cli {
namespace {

constexpr std::uint64_t largest_batch = 256u << 20;  // bytes
constexpr std::size_t places = 5, batch_places = 30;

struct RouteOptions {
  QueryOptions query;
  std::vector<std::string> words;
  std::optional<std::string> batch;
  bool explain = false;
};

Result<void> check(const RouteOptions& options) {
  if (!options.batch && options.words.empty())
    return misuse("there is no prompt", "cascade route TEXT, or --batch FILE");
  if (options.batch && !options.words.empty()) return misuse("a prompt and --batch exclude each other");
  if (options.batch && options.explain) return misuse("--explain and --batch exclude each other");
  return {};
}

Exit route_one(Call& call, Workspace& workspace, const Query& query, bool explain, Format format) {
  const auto routed = request::confirmed(workspace, [&]() -> Result<hook::Routed> {
    const auto router = workspace.router();
    if (!router) return router.error();
    return route_here(place_here(call, workspace), *router, query, explain);
  });
  if (!routed) return call.console().fail(routed.error());
  call.step("rank");
  const Registry registry = workspace.registry();
  const bool is_silent = routed->report.routing.decision == Decision::silence;
  std::vector<std::string> unsafe;
  for (const hook::Unsafe& one : routed->unsafe) unsafe.push_back(line_of(registry, one));
  std::vector<std::string> closed = closed_lines(place_here(call, workspace), registry, *routed);
  for (std::vector<std::string>* lines : {&unsafe, &closed})
    for (const std::string& line : *lines) call.console().note(unicode::displayable(line));
  if (is_silent && unsafe.empty() && closed.empty()) note_waiting(call, workspace);
  return call.console().show(
      rendering::route(registry, query.text, routed->report, explain, format, call.console().paint(), unsafe, closed),
      is_silent ? Exit::no : Exit::yes);
}

Exit route_batch(Call& call, const Workspace& workspace, const Router& router, const std::string& path,
                 const Query& like) {
  hook::Place place = place_here(call, workspace);
  place.directory.clear();  // what is measured does not hang on files and programs that happen to be here
  place.search_path.clear();
  const auto text = path == "-" ? Result<std::string>(read_standard_input(largest_batch))
                                : files::DiskTree().read(path, largest_batch);
  if (!text) return call.console().fail(text.error());
  const auto prompts = evaluation::read_prompts(*text, path);
  if (!prompts) return call.console().fail(prompts.error());
  for (const evaluation::Prompt& prompt : *prompts) {
    Query query = like;
    query.text = prompt.text;
    query.evidence = false;
    const auto begin = std::chrono::steady_clock::now();
    const Routing routing = route_here(place, router, query).report.routing;
    const auto took = std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now() - begin);
    const std::optional<std::uint64_t> ns =
        call.options().timings ? std::optional<std::uint64_t>(took.count()) : std::nullopt;
    call.console().print(rendering::route_line(workspace.registry(), prompt.id, prompt.text, routing, ns));
  }
  return Exit::yes;
}

}  // namespace

Exit run_route(Call& call) {
  RouteOptions options;
  Arguments arguments("route");
  options.query.declare_kinds(arguments);
  options.query.declare_paths(arguments);
  options.query.declare_top(arguments);
  options.query.declare_caution(arguments);
  arguments.flag("--explain", options.explain);
  arguments.text("--batch", options.batch);
  arguments.words("TEXT", options.words, 0, 1000);
  if (const auto ended = call.read(arguments)) return *ended;
  if (const auto fits = check(options); !fits) return call.console().fail(fits.error());
  const auto format = options.batch ? call.format({Format::jsonl}) : call.format({Format::text, Format::json});
  if (!format) return call.console().fail(format.error());
  auto workspace = options.batch ? call.open() : call.open_unconfirmed();
  if (!workspace) return call.console().fail(workspace.error());
  auto query = make_query(options.query, options.batch ? batch_places : places, workspace->preferences());
  if (!query) return call.console().fail(query.error());
  const std::string words = letters::joined(options.words, " ");
  query->text = words;
  if (!options.batch) return route_one(call, *workspace, *query, options.explain, *format);
  const auto router = request::with_refresh(*workspace, [&] { return workspace->router(); });
  if (!router) return call.console().fail(router.error());
  call.step("router");
  return route_batch(call, *workspace, *router, *options.batch, *query);
}

}  // namespace cascade::cli
