// The verbs: one row each, and one file verb_<name>.cpp each.
#pragma once

#include "cli/exit_codes.h"

#include <cstdint>
#include <span>
#include <string_view>

namespace cascade::cli {

class Call;
using Run = Exit(Call& call);

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
  Run* run = nullptr;
  bool hidden = false, lenient = false;
  Words words = Words::files;
};

std::span<const Verb> verbs() noexcept;                 // in the order of the help text, by group
const Verb* find_verb(std::string_view name) noexcept;  // null if there is none

// `run_bug` throws: that keeps the outermost handler testable.
Run run_bug, run_help, run_index, run_names, run_list, run_show, run_search, run_route, run_resolve, run_allow,
    run_audit, run_bundle, run_why, run_tokens, run_validate, run_duplicates, run_eval, run_explain, run_diff, run_new,
    run_gate, run_recall, run_graph, run_guard, run_hook, run_effects, run_init, run_lease, run_library, run_mcp,
    run_memory, run_metrics, run_page, run_playbook, run_session, run_listing, run_config, run_cost, run_step,
    run_doctor, run_solve, run_trust, run_uninstall, run_usage, run_version;

}  // namespace cascade::cli
