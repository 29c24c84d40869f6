#include "cli/verbs.h"

#include <algorithm>
#include <iterator>
#include <tuple>

#include "system/system.h"
#include "text/names.h"

namespace cascade::cli {
namespace {

constexpr Verb own_verbs[] = {
    {"doctor", Group::day, 20, "check that everything is in its place, and repair the index", run_doctor},
    {"config", Group::set_up, 30, "show every setting in force, and how to change and move them", run_config},
    {"version", Group::set_up, 70, "print the program's version and its token table's", run_version},
    {"help", Group::set_up, 80, "show a verb's page, every setting, or a page about a subject", run_help},
    {"index", Group::find, 10, "read all manifests and say what there is", run_index},
    {"list", Group::find, 20, "list the manifests, shadowed and orphaned ones too", run_list},
    {"show", Group::find, 30, "show one manifest: sections, costs, references", run_show, Words::manifests},
    {"search", Group::find, 40, "find manifests by words", run_search},
    {"route", Group::find, 50, "decide what a prompt needs, or that it needs nothing", run_route},
    {"bundle", Group::bundle, 10, "assemble the context for a task under a budget", run_bundle, Words::manifests},
    {"why", Group::day, 30, "explain why something is in a bundle, or is not", run_why, Words::manifests},
    {"resolve", Group::bundle, 30, "show what a manifest brings with it", run_resolve, Words::manifests},
    {"session", Group::bundle, 40, "show what a session was given, and why", run_session, Words::sessions,
     "list, show [ID], report [ID], why NAME [ID], drop NAME [ID]"},
    {"new", Group::day, 60, "write a skill, an agent or a command that validates", run_new, Words::files,
     "skill NAME, agent NAME or command NAME"},
    {"tokens", Group::check, 30, "count tokens and characters of text", run_tokens},
    {"allow", Group::guard, 20, "let a project's file decide what only the user may", run_allow},
    {"hook", Group::clients, 10, "answer one event of the client on standard input", run_hook, Words::files, {}, true},
    {"guard", Group::clients, 20, "refuse a tool call that would write to the wrong repository", run_guard,
     Words::files, "check COMMAND or allow WHAT"},
    {"bug", Group::none, 20, "fail as a fault of cascade would", run_bug},
    {"names", Group::none, 30, "list names for a shell's completion", run_names},
};

}  // namespace

std::vector<Verb> verbs() {
  std::vector<Verb> all(std::begin(own_verbs), std::end(own_verbs));
  for (const core::System* const system : core::systems())
    all.insert(all.end(), system->verbs.begin(), system->verbs.end());
  std::ranges::sort(
      all, [](const Verb& a, const Verb& b) { return std::tie(a.group, a.place) < std::tie(b.group, b.place); });
  return all;
}

constexpr letters::Names<Group::none> group_titles("Every day", "Set up", "Find", "Bundle and explain",
                                                   "Write and check", "Work through playbooks", "Guard", "Remember",
                                                   "Measure", "Called by clients", "");
std::string_view title_of(Group group) noexcept { return group_titles.of(group); }

std::vector<std::string_view> actions_of(const Verb& verb) {
  std::vector<std::string_view> actions;
  for (std::string_view left = verb.takes; !left.empty();) {
    const std::size_t end = std::min({left.find(", "), left.find(" or "), left.size()});
    actions.push_back(left.substr(0, std::min(end, left.find(' '))));
    left.remove_prefix(end);
    left.remove_prefix(std::min(left.find_first_not_of(", "), left.size()));
    if (left.starts_with("or ")) left.remove_prefix(3);
  }
  return actions;
}

const Verb* find_verb(std::string_view name) noexcept {
  for (const Verb& verb : own_verbs)
    if (verb.name == name) return &verb;
  for (const core::System* const system : core::systems())
    for (const Verb& verb : system->verbs)
      if (verb.name == name) return &verb;
  return nullptr;
}

}  // namespace cascade::cli
