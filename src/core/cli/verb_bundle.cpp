// Assembles a context from names or a prompt. Standard output has the context alone; what it cost is a note on standard
// error. For a prompt, the index is used while its files are still being checked, and the work is done again if they
// have changed; names are looked up in files that have been checked, because a wrong name is reported at once.
#include "cli/call.h"
#include "cli/item.h"
#include "cli/prompt_bundle.h"
#include "cli/query_options.h"
#include "files/tree.h"
#include "render/bundle.h"
#include "request/refresh.h"
#include "unicode/utf8.h"

namespace cascade::cli {
namespace {

struct BundleOptions {
  TaskOptions task;
  std::vector<std::string> names, with, ladder;
  std::optional<std::string> previous;
  bool anyway = false, gated = false, whole = false;

  void declare(Arguments& arguments) {
    task.declare(arguments);
    arguments.flag("--anyway", anyway);
    arguments.hidden_flag("--gated", gated);  // the default; scripts of earlier times say so
    arguments.text("--previous", previous);
    arguments.list("--with", with);
    arguments.list("--ladder", ladder);
    arguments.flag("--whole", whole);
    arguments.words("NAME", names, 0, 1000);
  }
};

hook::Gate gate_of(const BundleOptions& options) { return options.anyway ? hook::Gate::ignored : hook::Gate::kept; }

Result<void> check(const BundleOptions& options) {
  if (options.names.empty() == !options.task.prompt)
    return Error{ErrorCode::misuse, "bundle needs either names or --prompt", {}, "cascade bundle --help"};
  if (options.anyway && options.gated)
    return Error{ErrorCode::misuse, "--anyway and --gated exclude each other", {}, "leave one of them out"};
  if (!options.ladder.empty() && options.task.budget)
    return Error{ErrorCode::misuse, "--ladder gives the budgets; --budget gives one", {}, "leave one of them out"};
  return {};
}

// Favours the choice of an earlier bundle.
Result<void> read_previous(const BundleOptions& options, request::Task& task) {
  // bytes
  constexpr std::uint64_t largest = 64ULL << 20U;
  if (!options.previous) return {};
  auto text = files::DiskTree().read(*options.previous, largest);
  if (!text) return text.error();
  auto pieces = rendering::previous_pieces(*text);
  if (!pieces) {
    Error error = pieces.error();
    error.path = *options.previous;
    return error;
  }
  task.bundle.previous = *std::move(pieces);
  return {};
}

Exit print_bundle(Call& call, const Workspace& workspace, const request::Task& task, const Bundle& bundle,
                  Format format) {
  const Registry registry = workspace.registry();
  const rendering::BundleContext context = rendering::context_of(task);
  auto text = rendering::bundle(registry, bundle, context, format);
  if (!text) return call.console().fail(text.error());
  call.console().print_whole(*std::move(text));
  const std::string summary = rendering::bundle_summary(bundle, context);
  if (bundle.status == PackingStatus::ok) {
    call.console().note(summary);
    return Exit::yes;
  }
  call.console().complain(summary);
  return Exit::no;
}

// Prints all rungs. Exit code 1 if no rung has a bundle.
Exit print_ladder(Call& call, const Workspace& workspace, const request::Task& task, const std::vector<Bundle>& rungs,
                  Format format) {
  const rendering::BundleContext context = rendering::context_of(task);
  auto text = rendering::ladder(workspace.registry(), rungs, context, format);
  if (!text) return call.console().fail(text.error());
  call.console().print_whole(*std::move(text));
  bool any = false;
  for (const Bundle& bundle : rungs) {
    any = any || bundle.status == PackingStatus::ok;
    call.console().note(rendering::bundle_summary(bundle, context) +
                        (bundle.nested ? "; a part of the one above" : ""));
  }
  return any ? Exit::yes : Exit::no;
}

Exit bundle_ladder(Call& call, Workspace& workspace, request::Task& task, const BundleOptions& options, Format format) {
  const auto limits = ladder_limits(call, workspace, options.task, options.ladder);
  if (!limits) return call.console().fail(limits.error());
  if (options.names.empty()) {
    const auto found = request::with_refresh(
        workspace, [&] { return add_prompt_root(place_here(call, workspace), task, gate_of(options)); });
    if (!found) return call.console().fail(found.error());
    if (!*found) {
      complain_of_nothing(call, workspace, task);
      return Exit::no;
    }
  }
  const auto rungs = request::with_refresh(workspace, [&] {
    task.bundle.within.clear();
    return assemble_ladder(workspace, *limits, task);
  });
  if (!rungs) return call.console().fail(rungs.error());
  call.step("assemble");
  return print_ladder(call, workspace, task, *rungs, format);
}

// Routes and packs while the files are being checked.
Exit bundle_prompt(Call& call, Workspace& workspace, const request::Task& asked, const BundleOptions& options,
                   Format format) {
  request::Task task;
  const auto assembled = request::confirmed(workspace, [&] {
    task = asked;
    return bundle_for_prompt(call, place_here(call, workspace), task, gate_of(options));
  });
  if (!assembled) return call.console().fail(assembled.error());
  call.step("assemble");
  if (!*assembled) {
    complain_of_nothing(call, workspace, task);
    return Exit::no;
  }
  const Exit exit = print_bundle(call, workspace, task, **assembled, format);
  note_left_out(call, task);
  return exit;
}

}  // namespace

Exit run_bundle(Call& call) {
  BundleOptions options;
  Arguments arguments("bundle");
  options.declare(arguments);
  if (const auto ended = call.read(arguments)) return *ended;
  if (auto checked = check(options); !checked) return call.console().fail(checked.error());
  const auto format = call.format({Format::text, Format::markdown, Format::json});
  if (!format) return call.console().fail(format.error());
  // Named manifests must be resolved on checked files before anything is reported about them.
  const bool named = !options.names.empty() || !options.task.exclude.empty() || !options.ladder.empty();
  auto workspace = named ? call.open() : call.open_unconfirmed();
  if (!workspace) return call.console().fail(workspace.error());

  auto task = make_task(call, *workspace, options.task);
  if (!task) return call.console().fail(task.error());
  task->with = options.with;
  task->switches = switches_here(call, *workspace);
  task->bundle.shortens = !options.whole;
  if (auto read = read_previous(options, *task); !read) return call.console().fail(read.error());
  const Registry registry = workspace->registry();
  if (!find_request(registry, options.names, options.task.exclude, task->request, call.console())) return Exit::no;
  for (const Symbol& root : task->request.roots)
    if (const auto id = registry.find(root); id && listing::is_off(registry, *id, *task->switches)) {
      call.console().complain(to_string(root) + " is switched off: " + listing::reason(registry, *id, *task->switches));
      return Exit::no;
    } else if (const std::string fault = id ? task->switches->fault(registry[*id]) : ""; !fault.empty()) {
      call.console().complain(to_string(root) +
                              " is not loaded, because its files are not safe: " + unicode::displayable(fault));
      return Exit::no;
    }
  if (!options.ladder.empty()) return bundle_ladder(call, *workspace, *task, options, *format);
  if (options.names.empty()) return bundle_prompt(call, *workspace, *task, options, *format);
  const auto assembled = request::with_refresh(*workspace, [&] { return assemble_task(*workspace, *task); });
  if (!assembled) return call.console().fail(assembled.error());
  call.step("assemble");
  return print_bundle(call, *workspace, *task, *assembled, *format);
}

}  // namespace cascade::cli
