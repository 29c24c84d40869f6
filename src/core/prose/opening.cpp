// Closed classes tell where a clause begins. A word of none of them is an order's verb if what comes next can only be
// an object or what the verb goes with, or if the sentence has no other word that could be its verb.
#include "prose/opening.h"

#include <algorithm>

#include "text/ascii.h"

namespace cascade::prose {

namespace r = roles;

bool Opening::ends_clause(std::size_t i) const noexcept {
  const std::string_view word = words_[i];
  return word == ";" || word == "|" || word == "." || word == "\xE2\x80\x94" || word == "\xE2\x80\x93" ||
         word == "\xE2\x86\x92" || word == "-" || word == "!" || word == "?" || word == "--";
}

bool Opening::ends_behind(std::size_t i) const noexcept {
  const std::string_view word = behind_[i];
  return word == "." || word == "," || word == ";" || word == "|" || word == "\xE2\x80\x94" || word == "-" ||
         behind_.opens_bracket(i);
}

bool Opening::breaks_before(std::size_t i) const noexcept {
  return i > 0 && (words_.is_label(i - 1) || words_.opens_bracket(i) || ends_clause(i - 1));
}

bool Opening::is_cut_off(std::size_t last) const noexcept {
  return ends_clause(last) || (!words_.is_in_call() && (words_.is_label(last) || words_.closes_with_bracket()));
}

bool Opening::is_skipped(std::size_t i) const noexcept {
  const std::string_view word = words_[i];
  return (words_.is(i, r::adverb) || letters::is_digit(word.front()) || is_adverb(word) || word == ":") &&
         !words_.is(i, r::is_verb);
}

bool Opening::is_order(std::size_t i, bool soft, bool after_order) const noexcept {
  // "Have the mate do it", "have X do it".
  const bool has = words_[i] == "have" && (i + 1 < words_.size() ? !words_.is(i + 1, r::you)
                                                                 : behind_.size() > 0 && may_be_verb(behind_, 0, true));
  const bool inflected = words_[i].ends_with("ing") || words_.is(i, r::third);
  if ((!has && !may_be_verb(words_, i, place_.open)) || words_.is(i, r::noun) || (inflected && !words_.is(i, r::verb)))
    return false;
  const bool known = has || words_.is(i, r::is_verb);
  if (!known && i > 0 && words_.opens_bracket(i)) return false;
  if (i + 1 == words_.size()) return known || !soft || !after_order;
  const Roles next = words_.roles(i + 1);
  if ((next & (r::aux | r::must | r::may | r::past)) != 0 && (next & r::det) == 0 && words_[i + 1] != "do")
    return false;
  if (words_[i + 1] == "of") return false;
  if (known || refuses_in_pair(i)) return true;
  if ((next & (r::det | r::pronoun | r::self | r::you | r::rel)) != 0 || is_name_like(words_, i + 1)) return true;
  if ((next & (r::prep | r::adverb)) != 0) return true;
  return !soft && is_sentence_of(i);
}

// "Head straight to X.": the sentence has no other word that could be its verb.
bool Opening::is_sentence_of(std::size_t first) const noexcept {
  constexpr Roles finite = r::aux | r::must | r::may | r::third | r::call_foreign | r::forbid_foreign;
  bool english = false;
  if (words_[first].size() < 3 || words_.is(first, r::filler)) return false;
  for (std::size_t i = first + 1; i < words_.size(); ++i) {
    english = english || words_.is(i, r::prep | r::det);
    if (words_.is(i, r::sub | r::rel) || words_[i] == "to") break;
    if (words_[i] == "," || words_.is(i, finite) ||
        (words_.roles(i) == 0 && (words_[i].ends_with("s") || words_[i].ends_with("ed"))))
      return false;
  }
  for (std::size_t i = 0; english && i < behind_.size(); ++i) {
    if (behind_[i] == "." || behind_[i] == "!") return true;
    if (behind_.is(i, r::sub | r::rel)) return true;
    if (behind_.is(i, finite)) return false;
  }
  return false;
}

std::size_t Opening::denied_verb(std::size_t i) const noexcept {
  std::size_t at = i;
  if (words_[at] == "do" && words_.is(at + 1, r::neg)) ++at;
  if (!words_.is(at, r::neg) || words_[at] == "no") return no_word;
  for (++at; at < words_.size() && (words_.is(at, r::adverb) || is_adverb(words_[at]) || words_[at] == "be");) ++at;
  return at == words_.size() || may_be_verb(words_, at, true) ? at : no_word;
}

bool Opening::refuses_in_pair(std::size_t i) const noexcept {
  if (!words_.is(i, r::pair_begin) || (!words_.is(i, r::is_verb) && words_.size() - i > 4)) return false;
  for (std::size_t k = i + 1; k < words_.size() && !ends_clause(k); ++k)
    // "Pass the list over to X" hands it over; "pass over X" does not.
    if (is_refusing_pair(words_[i], words_[k])) return k + 1 == words_.size() || words_[k + 1] != "to";
  for (std::size_t k = 0; k < behind_.size() && k < 6 && !ends_behind(k); ++k)
    if (is_refusing_pair(words_[i], behind_[k])) return true;
  return false;
}

// A noun is told from a verb by the endings that make nouns, which few bases of verbs have; those that do are rows.
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
