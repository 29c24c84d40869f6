#include "cli/verbs.h"

namespace cascade::cli {

const std::vector<Verb>& verbs() {
  static const std::vector<Verb> table = {
      {"tokens", "count tokens and characters of text", Needs::vocabulary, run_tokens},
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
