// Words of sentences that use a name, for those who judge whether they call it or rule it out. In lower case.
#pragma once

#include <string_view>

#include "language/use.h"
#include "text/word_set.h"

namespace cascade::manifest {

// A verb that makes the named manifest act.
inline bool is_use(std::string_view word) {
  if (word.starts_with("re-")) word.remove_prefix(3);  // "re-run"
  return language::verbs_of_use.has(word) || language::wide_verbs_of_use.has(word) ||
         language::foreign_verbs_of_use.has(word);
}

// "delegate to", "hand off to", "route to": the verb before a "to".
inline bool is_handing_over(std::string_view word) {
  if (word == "defer" || word == "defers") return false;  // says what is not this manifest's task
  return language::verbs_of_handing_on.has(word) || language::wide_verbs_of_handing_on.has(word);
}

inline bool is_filler(std::string_view word) {
  static constexpr auto words = letters::word_set(
      "the", "a", "an", "this", "our", "your", "its", "and", "or", "both", "either", "also", "then", "skill", "agent",
      "command", "subagent", "skills", "agents", "commands", "tool", "directly", "specialized", "dedicated", "existing",
      "with", "alongside", "full", "complete", "entire", "whole", "loaded", "following", "listed", "relevant",
      "appropriate", "matching", "corresponding", "main", "public", "sibling", "named", "fully", "qualified",
      // In other languages: articles, prepositions, the kinds, what joins names and says in which order.
      "le", "la", "les", "un", "une", "l'agent", "compétence", "commande", "sous-agent", "à", "au", "ensuite", "sie",
      "den", "das", "dem", "der", "ein", "eine", "einen", "agenten", "befehl", "dann", "luego", "el", "los", "las",
      "una", "al", "agente", "agentes", "subagente", "habilidad", "comando", "il", "lo", "o", "ao", "und", "oder",
      "sowie", "danach", "zuerst", "zunächst", "zusätzlich", "früh", "auch", "mit", "et", "ou", "puis", "aussi", "y",
      "e", "también", "después", "primero", "и", "или", "затем");
  return words.has(word);
}

}  // namespace cascade::manifest
