// Resolves the user's "[kind:]name[#heading[+N]]" or path.
#pragma once

#include <cascade/registry.h>
#include <cascade/resolve.h>
#include <cascade/route.h>
#include <cascade/workspace.h>

#include "cli/arguments.h"
#include "cli/call.h"
#include "cli/console.h"
#include "request/task.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::cli {

struct Item {
  ManifestId id{};
  std::optional<std::uint32_t> section, further;  // further: the number of sections after it, if given
};

// Nothing if no manifest matches, or several do; the reason (with the candidates) goes to standard error. A heading
// matches as written, or else regardless of case and punctuation; a number is a section's number, with 0 for the lead.
std::optional<Item> find_item(const Registry& registry, std::string_view text, Console& console);

// The same without a heading, as a symbol for resolve() and explain().
std::optional<Symbol> find_symbol(const Registry& registry, std::string_view text, Console& console);

// Appends the symbol of each text. False at the first that has none; the reason goes to standard error.
bool find_symbols(const Registry& registry, const std::vector<std::string>& texts, std::vector<Symbol>& into,
                  Console& console);

// Fills in the roots and exclusions of a request. False on an error, or if all roots are excluded; the reason goes to
// standard error.
bool find_request(const Registry& registry, const std::vector<std::string>& roots,
                  const std::vector<std::string>& exclude, Request& into, Console& console);

struct QueryOptions {
  std::vector<std::string> kinds, paths;
  std::optional<std::uint32_t> top;
  std::string caution;

  void declare_kinds(Arguments& arguments) { arguments.list("--kind,--kinds", kinds); }
  void declare_paths(Arguments& arguments) { arguments.list("--path,--paths", paths); }
  void declare_top(Arguments& arguments) { arguments.number("--top", top); }
  void declare_caution(Arguments& arguments) { arguments.text("--caution", caution); }
};

// A query without a text. The caution comes from --caution, or else from cascade.yaml. misuse: an unknown kind or
// caution.
Result<Query> make_query(const QueryOptions& options, std::size_t default_top, const Preferences& preferences = {});

// The options that `bundle` and `why` share: roots from a prompt, how far to follow, the budget.
struct TaskOptions {
  std::optional<std::string> prompt, budget;
  std::optional<std::uint32_t> max_chars, depth;
  std::string follow;
  std::vector<std::string> exclude;

  void declare(Arguments& arguments);
};

// The budget comes from --budget, or else from CASCADE_BUDGET, or else from cascade.yaml; likewise the model. misuse:
// an unknown model or strength, or a budget that is neither a number nor a share of a known window. The caller adds the
// roots.
Result<request::Task> make_task(const Call& call, const Workspace& workspace, const TaskOptions& options);

// The budgets from --ladder, the largest first. misuse: as for the budget.
Result<std::vector<request::Limits>> ladder_limits(const Call& call, const Workspace& workspace,
                                                   const TaskOptions& options, const std::vector<std::string>& rungs);

}  // namespace cascade::cli
