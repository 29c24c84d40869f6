// A noun is told from a verb by the endings that make nouns, which few bases of verbs have; those that do are rows.
#include "prose/verbs.h"

#include "text/ascii.h"

#include <algorithm>

namespace cascade::prose {

namespace r = roles;

bool is_adverb(std::string_view word) noexcept {
  return word.size() > 4 && word.ends_with("ly") && word != "apply" && word != "reply" && word != "supply" &&
         word != "rely" && word != "comply";
}

bool is_nominal(std::string_view word) noexcept {
  if ((roles_of(word) & r::verb) != 0) return false;
  for (const std::string_view ending : {"ion", "ment", "ness", "ity", "ance", "ence", "ing", "ship", "ist", "ism",
                                        "ure", "ics", "ogy", "phy", "ers", "ors", "als", "ives"})
    if (word.size() > ending.size() + 2 && word.ends_with(ending)) return true;
  return word.size() > 3 && word.back() == 's' && word[word.size() - 2] != 's' && word[word.size() - 2] != 'u';
}

bool is_name_like(const SentenceWords& words, std::size_t i) noexcept {
  const std::string_view word = words[i];
  return word.find('-') != std::string_view::npos || word.find('/') != std::string_view::npos ||
         word.find(':') != std::string_view::npos || words.is_set_off(i);
}

bool is_beside_name(const SentenceWords& words, std::size_t i) noexcept {
  constexpr Roles little = r::filler | r::det | r::kind;
  if (words[i] == "with") return false;
  return words.is(i, little) || words[i] == "," || is_name_like(words, i) || letters::is_digit(words[i].front());
}

bool may_be_verb(const SentenceWords& words, std::size_t i, bool open) noexcept {
  const Roles roles = words.roles(i);
  if ((roles & r::is_verb) != 0 && (roles & (r::prep | r::aux)) == 0) return true;
  if (words.has(i, "do")) return false;
  if (!open || (roles & (r::is_closed | r::adverb | r::user | r::noun)) != 0) return (roles & r::verb) != 0;
  const std::string_view word = words[i];
  return word.size() > 1 && !words.is_set_off(i) && std::all_of(word.begin(), word.end(), letters::is_lower) &&
         !is_adverb(word) && !is_nominal(word) && !word.ends_with("ed");
}

Roles base_roles(std::string_view word) noexcept {
  if (const Roles roles = roles_of(word)) return roles;
  if (word.size() > 4 && word.ends_with("ing")) {
    if (const Roles roles = roles_of(word.substr(0, word.size() - 3))) return roles;
  }
  return word.size() > 3 && word.back() == 's' ? roles_of(word.substr(0, word.size() - 1)) : 0;
}

}  // namespace cascade::prose
