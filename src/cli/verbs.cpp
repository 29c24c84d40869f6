#include "cli/verbs.h"

namespace cascade::cli {

const std::vector<Verb>& verbs() {
  static const std::vector<Verb> table = {
      {"tokens", "count tokens and characters of text", Needs::vocabulary, run_tokens},
      {"hook", "answer one event of the client on standard input", Needs::workspace, run_hook, false, true},
      {"init", "put the hooks into the client's settings, or take them out", Needs::nothing, run_init},
      {"session", "show what a session was given, and why", Needs::nothing, run_session},
      {"bug", "fail as a fault of cascade would", Needs::nothing, run_bug, true},
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
