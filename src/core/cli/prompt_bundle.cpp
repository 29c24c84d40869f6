// The facts' share of the budget, their order and their texts are those of the hook, from the same functions, so that
// `bundle` and `why` show what a conversation would get. No packer is needed when no manifest matches: the facts are
// the bundle, in recall's order, as far as they fit.
#include "cli/prompt_bundle.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <utility>

#include "files/tree.h"
#include "hook/recalled.h"
#include "system/system.h"
#include "unicode/utf8.h"

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
    return std::find(names.begin(), names.end(), to_string(symbol)) != names.end();
  };
  const std::vector<Symbol>& roots = task.request.roots;
  if (std::none_of(roots.begin(), roots.end(), [&](const Symbol& root) { return has(past.active, root); })) return;
  task.fills = false;
  for (const std::string& name : past.sent)
    if (const auto symbol = Symbol::parse(name);
        symbol && std::find(roots.begin(), roots.end(), *symbol) == roots.end())
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
  auto bundle = assemble_task(workspace, task);
  if (!bundle) return bundle.error();
  return std::optional<Bundle>(*std::move(bundle));
}

void complain_of_nothing(Call& call, const Workspace& workspace, const request::Task& task) {
  call.console().complain(hook::nothing_for_prompt(task, "--anyway"));
  note_left_out(call, task);
  if (task.decision == Decision::silence) note_waiting(call, workspace);
}

void note_left_out(Call& call, const request::Task& task) {
  for (const std::string& line : task.unsafe) call.console().note(unicode::displayable(line));
  std::string names;
  for (const Symbol& symbol : task.left_out) names += (names.empty() ? "" : ", ") + to_string(symbol);
  if (!names.empty()) call.console().note("the prompt asks for more than there is room for: " + names);
}

}  // namespace cascade::cli
