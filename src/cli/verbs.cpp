#include "cli/verbs.h"

namespace cascade::cli {

std::span<const Verb> verbs() noexcept {
  static constexpr Verb table[] = {
      {"index", "read all manifests and say what there is", Needs::workspace, run_index},
      {"list", "list the manifests, shadowed and orphaned ones too", Needs::workspace, run_list},
      {"show", "show one manifest: sections, costs, references", Needs::workspace, run_show, false, false,
       Words::manifests},
      {"search", "find manifests by words", Needs::workspace, run_search},
      {"route", "decide what a prompt needs, or that it needs nothing", Needs::workspace, run_route},
      {"resolve", "show what a manifest brings with it", Needs::workspace, run_resolve, false, false, Words::manifests},
      {"bundle", "assemble the context for a task under a budget", Needs::workspace, run_bundle, false, false,
       Words::manifests},
      {"why", "explain why something is in a bundle, or is not", Needs::workspace, run_why, false, false,
       Words::manifests},
      {"tokens", "count tokens and characters of text", Needs::vocabulary, run_tokens},
      {"validate", "report faults in manifests", Needs::workspace, run_validate},
      {"duplicates", "find equal sections and manifests, and what they waste", Needs::workspace, run_duplicates},
      {"graph", "draw the library or a part of it: dot, svg, mermaid", Needs::workspace, run_graph, false, false,
       Words::manifests},
      {"page", "make a page to look at: the map, a bundle, figures", Needs::workspace, run_page, false, false,
       Words::manifests},
      {"eval", "score the router on prompts whose answers are known", Needs::workspace, run_eval},
      {"diff", "say what a change does to rights, routing and tokens", Needs::workspace, run_diff},
      {"new", "write a skill, an agent or a command that validates", Needs::workspace, run_new},
      {"hook", "answer one event of the client on standard input", Needs::workspace, run_hook, false, true},
      {"guard", "refuse a tool call that would write to the wrong repository", Needs::workspace, run_guard},
      {"gate", "show the gates and how often each was right", Needs::nothing, run_gate},
      {"effects", "show what was done outside, and whether it was checked", Needs::nothing, run_effects},
      {"lease", "show and change who holds what only one can use", Needs::nothing, run_lease},
      {"mcp", "serve tools to a client of the Model Context Protocol", Needs::workspace, run_mcp},
      {"memory", "show and change what is kept between conversations", Needs::nothing, run_memory},
      {"playbook", "start a playbook and show how far it is", Needs::workspace, run_playbook, false, false,
       Words::manifests},
      {"step", "move on in a playbook: done, branch, skip, back, wait", Needs::workspace, run_step},
      {"allow", "let a project's file decide what only the user may", Needs::workspace, run_allow},
      {"trust", "read, allow and revoke what skills and projects would run", Needs::workspace, run_trust, false, false,
       Words::manifests},
      {"init", "put the hooks into the client's settings, or take them out", Needs::nothing, run_init},
      {"uninstall", "take all hooks out and say how the program goes", Needs::nothing, run_uninstall},
      {"session", "show what a session was given, and why", Needs::workspace, run_session, false, false,
       Words::sessions},
      {"listing", "show what the client lists in every request, and tune it", Needs::workspace, run_listing},
      {"cost", "count what a conversation pays for the library, listed or served", Needs::workspace, run_cost},
      {"explain", "ask for, check and show what people say of a change", Needs::nothing, run_explain},
      {"usage", "say what was sent, whether it served, and what was wasted", Needs::workspace, run_usage},
      {"metrics", "say what a git history shows, and what inflates it", Needs::nothing, run_metrics},
      {"audit", "say how ready a repository is for agents, with evidence", Needs::workspace, run_audit},
      {"doctor", "check that everything is in its place, and repair the index", Needs::workspace, run_doctor},
      {"config", "show every setting in force and where it comes from", Needs::workspace, run_config},
      {"version", "print the program's version and its token table's", Needs::vocabulary, run_version},
      {"solve", "pack one benchmark instance", Needs::nothing, run_solve, true},
      {"bug", "fail as a fault of cascade would", Needs::nothing, run_bug, true},
      {"names", "list names for a shell's completion", Needs::workspace, run_names, true},
      {"help", "show a verb's page", Needs::nothing, run_help},
  };
  return table;
}

const Verb* find_verb(std::string_view name) noexcept {
  for (const Verb& verb : verbs())
    if (verb.name == name) return &verb;
  return nullptr;
}

}  // namespace cascade::cli
