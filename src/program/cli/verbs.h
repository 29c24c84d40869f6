// The verbs: one row each, and one file verb_<name>.cpp each.
#pragma once

#include "cli/exit_codes.h"

#include <cstdint>
#include <span>
#include <string_view>

namespace cascade::cli {

class Call;

// The resources that a verb may request from its Call; anything else is out of its reach.
enum class Needs : std::uint8_t { nothing, vocabulary, workspace };

// The words that a shell offers after a verb, besides options.
enum class Words : std::uint8_t { files, manifests, sessions };

// What a person wants who looks for a verb; `none`: a hidden one.
enum class Group : std::uint8_t { set_up, find, bundle, check, work, guard, remember, measure, clients, none };
std::string_view title_of(Group group) noexcept;

// `hidden`: works but is not listed. `lenient`: exits with 0 whatever happens, even after a wrong flag (the host of
// hooks reads other codes as orders).
struct Verb {
  std::string_view name;
  Group group = Group::none;
  std::string_view help;
  Needs needs = Needs::nothing;
  Exit (*run)(Call& call) = nullptr;
  bool hidden = false, lenient = false;
  Words words = Words::files;
};

std::span<const Verb> verbs() noexcept;                 // in the order of the help text, by group
const Verb* find_verb(std::string_view name) noexcept;  // null if there is none

Exit run_bug(Call& call);  // throws: keeps the outermost handler testable
Exit run_help(Call& call);
Exit run_index(Call& call);
Exit run_names(Call& call);
Exit run_list(Call& call);
Exit run_show(Call& call);
Exit run_search(Call& call);
Exit run_route(Call& call);
Exit run_resolve(Call& call);
Exit run_allow(Call& call);
Exit run_audit(Call& call);
Exit run_bundle(Call& call);
Exit run_why(Call& call);
Exit run_tokens(Call& call);
Exit run_validate(Call& call);
Exit run_duplicates(Call& call);
Exit run_eval(Call& call);
Exit run_explain(Call& call);
Exit run_diff(Call& call);
Exit run_new(Call& call);
Exit run_gate(Call& call);
Exit run_recall(Call& call);
Exit run_graph(Call& call);
Exit run_guard(Call& call);
Exit run_hook(Call& call);
Exit run_effects(Call& call);
Exit run_init(Call& call);
Exit run_lease(Call& call);
Exit run_library(Call& call);
Exit run_mcp(Call& call);
Exit run_memory(Call& call);
Exit run_metrics(Call& call);
Exit run_page(Call& call);
Exit run_playbook(Call& call);
Exit run_session(Call& call);
Exit run_listing(Call& call);
Exit run_config(Call& call);
Exit run_cost(Call& call);
Exit run_step(Call& call);
Exit run_doctor(Call& call);
Exit run_solve(Call& call);
Exit run_trust(Call& call);
Exit run_uninstall(Call& call);
Exit run_usage(Call& call);
Exit run_version(Call& call);

}  // namespace cascade::cli
