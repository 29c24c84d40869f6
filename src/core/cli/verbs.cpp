#include "cli/verbs.h"

#include "text/names.h"

namespace cascade::cli {
namespace {

constexpr Verb all_verbs[] = {
    {"init", Group::set_up, "put the hooks into the client's settings, or take them out", Needs::nothing, run_init},
    {"doctor", Group::set_up, "check that everything is in its place, and repair the index", Needs::workspace,
     run_doctor},
    {"config", Group::set_up, "show every setting in force, and how to change and move them", Needs::workspace,
     run_config},
    {"library", Group::set_up, "take, renew and remove libraries of others", Needs::workspace, run_library},
    {"listing", Group::set_up, "show what the client lists in every request, and tune it", Needs::workspace,
     run_listing},
    {"uninstall", Group::set_up, "take all hooks out and say how the program goes", Needs::nothing, run_uninstall},
    {"version", Group::set_up, "print the program's version and its token table's", Needs::vocabulary, run_version},
    {"help", Group::set_up, "show a verb's page, every setting, or a page about a subject", Needs::nothing, run_help},
    {"index", Group::find, "read all manifests and say what there is", Needs::workspace, run_index},
    {"list", Group::find, "list the manifests, shadowed and orphaned ones too", Needs::workspace, run_list},
    {"show", Group::find, "show one manifest: sections, costs, references", Needs::workspace, run_show, false, false,
     Words::manifests},
    {"search", Group::find, "find manifests by words", Needs::workspace, run_search},
    {"route", Group::find, "decide what a prompt needs, or that it needs nothing", Needs::workspace, run_route},
    {"graph", Group::find, "draw the library or a part of it: dot, svg, mermaid", Needs::workspace, run_graph, false,
     false, Words::manifests},
    {"page", Group::find, "make a page to look at: the map, a bundle, figures", Needs::workspace, run_page, false,
     false, Words::manifests},
    {"bundle", Group::bundle, "assemble the context for a task under a budget", Needs::workspace, run_bundle, false,
     false, Words::manifests},
    {"why", Group::bundle, "explain why something is in a bundle, or is not", Needs::workspace, run_why, false, false,
     Words::manifests},
    {"resolve", Group::bundle, "show what a manifest brings with it", Needs::workspace, run_resolve, false, false,
     Words::manifests},
    {"session", Group::bundle, "show what a session was given, and why", Needs::workspace, run_session, false, false,
     Words::sessions},
    {"new", Group::check, "write a skill, an agent or a command that validates", Needs::workspace, run_new},
    {"validate", Group::check, "report faults in manifests", Needs::workspace, run_validate},
    {"tokens", Group::check, "count tokens and characters of text", Needs::vocabulary, run_tokens},
    {"duplicates", Group::check, "find equal sections and manifests, and what they waste", Needs::workspace,
     run_duplicates},
    {"eval", Group::check, "score the router on prompts whose answers are known", Needs::workspace, run_eval},
    {"diff", Group::check, "say what a change does to rights, routing and tokens", Needs::workspace, run_diff},
    {"playbook", Group::work, "start a playbook and show how far it is", Needs::workspace, run_playbook, false, false,
     Words::manifests},
    {"step", Group::work, "move on in a playbook: done, branch, skip, back, wait", Needs::workspace, run_step},
    {"trust", Group::guard, "read, allow and revoke what skills and projects would run", Needs::workspace, run_trust,
     false, false, Words::manifests},
    {"allow", Group::guard, "let a project's file decide what only the user may", Needs::workspace, run_allow},
    {"lease", Group::guard, "show and change who holds what only one can use", Needs::nothing, run_lease},
    {"effects", Group::guard, "show what was done outside, and whether it was checked", Needs::nothing, run_effects},
    {"gate", Group::guard, "show the gates and how often each was right", Needs::nothing, run_gate},
    {"memory", Group::remember, "show and change what is kept between conversations", Needs::nothing, run_memory},
    {"recall", Group::remember, "find what was said and done in past conversations", Needs::nothing, run_recall},
    {"cost", Group::measure, "count what a conversation pays for the library, listed or served", Needs::workspace,
     run_cost},
    {"usage", Group::measure, "say what was sent and whether it served; silence what is noise", Needs::workspace,
     run_usage},
    {"metrics", Group::measure, "say what a git history shows, and what inflates it", Needs::nothing, run_metrics},
    {"explain", Group::measure, "ask for, check and show what people say of a change", Needs::nothing, run_explain},
    {"audit", Group::measure, "say how ready a repository is for agents, with evidence", Needs::workspace, run_audit},
    {"hook", Group::clients, "answer one event of the client on standard input", Needs::workspace, run_hook, false,
     true},
    {"guard", Group::clients, "refuse a tool call that would write to the wrong repository", Needs::workspace,
     run_guard},
    {"mcp", Group::clients, "serve tools to a client of the Model Context Protocol", Needs::workspace, run_mcp},
    {"solve", Group::none, "pack one benchmark instance", Needs::nothing, run_solve, true},
    {"bug", Group::none, "fail as a fault of cascade would", Needs::nothing, run_bug, true},
    {"names", Group::none, "list names for a shell's completion", Needs::workspace, run_names, true},
};

}  // namespace

std::span<const Verb> verbs() noexcept { return all_verbs; }

constexpr letters::Names<Group::none> group_titles("Set up", "Find", "Bundle and explain", "Write and check",
                                                   "Work through playbooks", "Guard", "Remember", "Measure",
                                                   "Called by clients", "");
std::string_view title_of(Group group) noexcept { return group_titles.of(group); }

const Verb* find_verb(std::string_view name) noexcept {
  for (const Verb& verb : verbs())
    if (verb.name == name) return &verb;
  return nullptr;
}

}  // namespace cascade::cli
