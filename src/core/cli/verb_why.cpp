#include "cli/call.h"
#include "cli/consents.h"
#include "cli/item.h"
#include "cli/prompt_bundle.h"
#include "cli/query_options.h"
#include "cli/why_item.h"
#include "client/transcript/formats.h"
#include "files/tree.h"
#include "render/parts.h"
#include "request/refresh.h"
#include "unicode/utf8.h"

namespace cascade::cli {
namespace {

struct WhyOptions {
  TaskOptions task;
  std::vector<std::string> items, from;
  std::string session;   // whose last prompt is meant
  bool negated = false;  // "why not ITEM"
  std::string fact;      // "memory:ID": what the question is about, instead of an item
};

Exit explain_and_print(Call& call, Workspace& workspace, const WhyOptions& options, request::Task& task,
                       Format format) {
  const Registry registry = workspace.registry();
  const auto item = find_item(registry, options.items.front(), call.console());
  if (!item || !find_symbols(registry, options.from, task.request.roots, call.console()) ||
      !find_symbols(registry, options.task.exclude, task.request.exclude, call.console()))
    return Exit::no;
  const bool only_against = options.negated && format == Format::text && options.fact.empty();
  auto told = only_against ? why_not(call, workspace, *item, task.prompt, call.console().paint())
                           : why_item(call, workspace, *item, options.fact, task, format, call.console().paint());
  if (!told) return call.console().fail(told.error());
  call.console().print(told->text);
  return told->is_in ? Exit::yes : Exit::no;
}

// The last prompt of a conversation takes the place of --prompt. A client's model asks about the one before its
// question.
Result<void> take_last_prompt(Call& call, WhyOptions& options) {
  if (options.task.prompt || !options.from.empty())
    return misuse("--session stands for the prompt and the place", "leave --prompt and --from out");
  const files::DiskTree tree;
  auto last = transcript::last_prompt(
      tree, [&](const transcript::Format& format) { return log_folder(call.environment(), format); },
      options.session == "last" ? std::string_view() : std::string_view(options.session),
      is_run_by_client(call.environment()) ? 1 : 0);
  if (!last)
    return Error{ErrorCode::not_found, "no client's log tells a prompt of this session", {}, "cascade session list"};
  constexpr std::size_t shown = 200;
  call.console().note("session " + unicode::displayable(last->session) + ": \"" +
                      rendering::shortened(last->text, shown) + "\"");
  options.task.prompt = std::move(last->text);
  return {};
}

// Without an item the question is about the manifest that ranks first.
Result<bool> take_first(Call& call, Workspace& workspace, WhyOptions& options) {
  const auto router = workspace.router();
  if (!router) return router.error();
  Query query;
  query.text = *options.task.prompt;
  query.limit = 1;
  const Routing routing = route_here(place_here(call, workspace), *router, query).report.routing;
  if (routing.ranked.empty()) {
    call.console().print("nothing was loaded or offered: no manifest here has a word of it\n");
    return false;
  }
  options.items = {to_string(symbol_of(workspace.registry()[routing.ranked.front().id]))};
  options.negated = true;
  return true;
}

Result<void> check(Call& call, WhyOptions& options) {
  constexpr std::string_view fact_prefix = "memory:";
  options.negated = options.items.size() == 2 && options.items.front() == "not";
  if (options.negated) options.items.erase(options.items.begin());
  if (options.items.size() > 1) return misuse("why is about one item", "cascade why --help");
  if (!options.from.empty() && options.task.prompt)
    return misuse("--from and --prompt exclude each other", "cascade why --help");
  if (options.items.empty() && options.session.empty())
    return misuse("why needs an ITEM, or --session", "cascade why --session last");
  if (!options.session.empty())
    if (auto taken = take_last_prompt(call, options); !taken) return taken;
  if (options.items.empty() || !options.items.front().starts_with(fact_prefix)) return {};
  options.fact = options.items.front();
  if (options.task.prompt) return {};
  return misuse("facts are recalled for a prompt: give it with --prompt",
                "cascade memory show " + options.fact.substr(fact_prefix.size()));
}

}  // namespace

Exit run_why(Call& call) {
  WhyOptions options;
  Arguments arguments("why");
  arguments.list("--from", options.from);
  options.task.declare(arguments);
  arguments.text("--session", options.session);
  arguments.words("ITEM", options.items, 0, 2);
  if (const auto ended = call.read(arguments)) return *ended;
  if (const auto checked = check(call, options); !checked) return call.console().fail(checked.error());
  const auto format = call.format({Format::text, Format::json});
  if (!format) return call.console().fail(format.error());
  auto workspace = call.open();
  if (!workspace) return call.console().fail(workspace.error());
  if (options.items.empty()) {
    const auto found = take_first(call, *workspace, options);
    if (!found) return call.console().fail(found.error());
    if (!*found) return Exit::no;
  }
  auto task = make_task(call, *workspace, options.task);
  if (!task) return call.console().fail(task.error());
  task->switches = switches_here(call, *workspace);
  if (options.task.prompt) {
    const auto found = request::with_refresh(
        *workspace, [&] { return add_prompt_root(place_here(call, *workspace), *task, hook::Gate::ignored); });
    if (!found) return call.console().fail(found.error());
    if (!*found && (!options.fact.empty() || task->prompt.empty())) {
      call.console().complain(hook::nothing_for_prompt(*task, {}));
      return Exit::no;
    }
    if (!options.fact.empty()) options.items = {to_string(task->request.roots.front())};
  }
  return explain_and_print(call, *workspace, options, *task, *format);
}

}  // namespace cascade::cli
