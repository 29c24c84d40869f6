// The facts' share of the budget, their order and their texts are those of the hook, from the same functions, so that
// `bundle` and `why` show what a conversation would get. No packer is needed when no manifest matches: the facts are
// the bundle, in recall's order, as far as they fit.
#include "cli/verb_bundle.h"

#include "cli/query_options.h"
#include "files/tree.h"
#include "hook/recalled.h"
#include "render/bundle.h"
#include "system/system.h"
#include "unicode/utf8.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <utility>

namespace cascade::cli {
namespace {

// For a prompt that needs nothing else.
Bundle bundle_of_facts(const std::vector<Quote>& facts, const Budget& budget, const TokenCounter& counter) {
  Bundle bundle;
  bundle.budget = budget;
  const std::string* last = nullptr;
  for (const Quote& fact : facts) {
    const Cost more = counter.count(fact.heading + fact.text);
    if (budget.limit.chars != unlimited && bundle.cost.chars + more.chars > budget.limit.chars) continue;
    QuotedPiece piece;
    piece.name = fact.name;
    piece.text = (last == nullptr || *last != fact.heading ? fact.heading : std::string()) + fact.text;
    piece.content_hash = fact.content_hash;
    piece.value = fact.value;
    piece.cost = counter.count(piece.text);
    bundle.cost += piece.cost;
    bundle.certificate.value += piece.value;
    last = &fact.heading;
    bundle.quotes.push_back(std::move(piece));
  }
  bundle.certificate.upper_bound = bundle.certificate.value;
  bundle.certificate.proof = Proof::optimal;
  return bundle;
}

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
    return misuse("bundle needs either names or --prompt", "cascade bundle --help");
  if (options.anyway && options.gated)
    return misuse("--anyway and --gated exclude each other", "leave one of them out");
  if (!options.ladder.empty() && options.task.budget)
    return misuse("--ladder gives the budgets; --budget gives one", "leave one of them out");
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
  const Exit exit = print_ladder(call, workspace, task, *rungs, format);
  note_left_out(call, task);
  return exit;
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

std::vector<Quote> facts_for_prompt(const Environment& environment, const std::string& prompt, const Budget& budget,
                                    const TokenCounter& counter, const std::vector<std::uint64_t>& held) {
  std::vector<Quote> quotes;
  if (prompt.empty()) return quotes;
  const TokenCount most = budget.limit.tokens == unlimited ? unlimited : hook::recall_share(budget.limit.tokens);
  for (const core::System* system : core::systems()) {
    if (system->quotes == nullptr) continue;
    std::vector<Quote> more = system->quotes(environment, prompt, counter, most, held);
    std::move(more.begin(), more.end(), std::back_inserter(quotes));
  }
  return quotes;
}

void leave_out(const Past& past, request::Task& task) {
  task.bundle.already_loaded = past.held;
  const auto has = [](const std::vector<std::string>& names, const Symbol& symbol) {
    return std::ranges::find(names, to_string(symbol)) != names.end();
  };
  const std::vector<Symbol>& roots = task.request.roots;
  if (std::ranges::none_of(roots, [&](const Symbol& root) { return has(past.active, root); })) return;
  task.fills = false;
  for (const std::string& name : past.sent)
    if (const auto symbol = Symbol::parse(name); symbol && std::ranges::find(roots, *symbol) == roots.end())
      task.request.exclude.push_back(*symbol);
}

hook::Place place_here(const Call& call, const Workspace& workspace) {
  const auto switches = std::make_shared<std::optional<listing::Switches>>();
  hook::Place place{workspace, [&call, &workspace, switches]() -> const listing::Switches& {
                      if (!*switches) *switches = switches_here(call, workspace);
                      return **switches;
                    }};
  place.directory = files::DiskTree().real_path(".").value_or("");
  place.search_path = call.environment().search_path;
  return place;
}

Result<std::optional<Bundle>> bundle_for_prompt(const Call& call, const hook::Place& place, request::Task& task,
                                                hook::Gate gate, const Past& past) {
  const Workspace& workspace = place.workspace;
  const auto found = add_prompt_root(place, task, gate);
  if (!found) return found.error();
  leave_out(past, task);
  task.bundle.quotes =
      facts_for_prompt(call.environment(), task.prompt, task.bundle.budget, workspace.counter(), past.held);
  if (!*found && task.bundle.quotes.empty()) return std::optional<Bundle>();
  if (!*found) return std::optional(bundle_of_facts(task.bundle.quotes, task.bundle.budget, workspace.counter()));
  task.bundle.limits = first_good(task.bundle);
  auto bundle = assemble_task(workspace, task);
  if (!bundle) return bundle.error();
  return std::optional<Bundle>(*std::move(bundle));
}

void complain_of_nothing(Call& call, const Workspace& workspace, const request::Task& task) {
  call.console().complain(unicode::displayable(hook::nothing_for_prompt(task, "--anyway")));
  note_left_out(call, task);
  if (task.decision == Decision::silence) note_waiting(call, workspace);
}

std::vector<std::string> left_out_of(const request::Task& task) {
  std::vector<std::string> lines;
  for (const std::string& line : task.unsafe) lines.push_back(unicode::displayable(line));
  if (!task.request.roots.empty())
    for (const std::string& line : task.closed) lines.push_back(unicode::displayable(line));
  const auto add = [&](const char* words, const std::vector<Symbol>& symbols) {
    if (!symbols.empty())
      lines.push_back(words + letters::joined(symbols, ", ", [](const Symbol& symbol) { return to_string(symbol); }));
  };
  add("the prompt asks for more than there is room for: ", task.left_out);
  add("beside it a conversation is told of what may fit: ", task.beside);
  return lines;
}

void note_left_out(Call& call, const request::Task& task) {
  for (const std::string& line : left_out_of(task)) call.console().note(line);
}

bool may_come(Call& call, const Registry& registry, const request::Task& task) {
  for (const Symbol& root : task.request.roots) {
    const auto id = registry.find(root);
    if (!id) continue;
    if (listing::is_off(registry, *id, *task.switches)) {
      call.console().complain(to_string(root) + " is switched off: " + listing::reason(registry, *id, *task.switches));
      return false;
    }
    std::string fault = task.switches->fault(registry[*id]);
    if (fault.empty()) continue;
    call.console().complain(unicode::displayable(line_of(registry, hook::Unsafe{*id, std::move(fault)})));
    return false;
  }
  return true;
}

Exit run_bundle(Call& call) {
  BundleOptions options;
  Arguments arguments("bundle");
  options.declare(arguments);
  if (const auto ended = call.read(arguments, {Format::text, Format::markdown, Format::json})) return *ended;
  if (auto checked = check(options); !checked) return call.console().fail(checked.error());
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
  if (!may_come(call, registry, *task)) return Exit::no;
  if (!options.ladder.empty()) return bundle_ladder(call, *workspace, *task, options, call.format());
  if (options.names.empty()) return bundle_prompt(call, *workspace, *task, options, call.format());
  const auto assembled = request::with_refresh(*workspace, [&] { return assemble_task(*workspace, *task); });
  if (!assembled) return call.console().fail(assembled.error());
  call.step("assemble");
  return print_bundle(call, *workspace, *task, *assembled, call.format());
}

}  // namespace cascade::cli
