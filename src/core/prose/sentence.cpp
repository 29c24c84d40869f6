// Past 40 words the first ones fall out, because those next to the name decide.
#include "prose/sentence.h"

#include "text/byte_block.h"
#include "text/word_set.h"

namespace cascade::prose {

namespace r = roles;

namespace {

constexpr std::size_t longest = 32;  // word of the rows

// The bytes that are in no word, and dots. A slash, colon or dot inside keeps a path or a qualified name one word.
constexpr auto may_end_words = [](const char* from) noexcept {
  const letters::ByteBlock at = letters::load_block(from);
  static_assert('-' + 1 == '.' && '.' + 1 == '/' && '/' + 1 == '0' && '9' + 1 == ':');
  const letters::ByteBlock inside = letters::are_lower(at) | ((at >= '-') & (at <= ':')) | (at == '_') | (at == '\'') |
                                    (at < 0);  // below 0: not ASCII
  return ~inside | (at == '.');
};

// "integration", "findings": a noun by its ending. Few bases of verbs have these endings; those that do are rows.
bool is_nominal(std::string_view word) noexcept {
  if ((roles_of(word) & r::verb) != 0) return false;
  for (const std::string_view ending : {"ion", "ment", "ness", "ity", "ance", "ence", "ing", "ship", "ist", "ism",
                                        "ure", "ics", "ogy", "phy", "ers", "ors", "als", "ives"})
    if (word.size() > ending.size() + 2 && word.ends_with(ending)) return true;
  return word.size() > 3 && word.back() == 's' && word[word.size() - 2] != 's' && word[word.size() - 2] != 'u';
}

bool is_last(std::string_view text, std::size_t at) {
  return at + 1 >= text.size() || letters::is_space(text[at + 1]) || text.substr(at + 1, 2) == "**";
}

// "quickly"
bool is_adverb(std::string_view word) noexcept {
  return word.size() > 4 && word.ends_with("ly") &&
         !letters::is_one_of(word, {"apply", "reply", "supply", "rely", "comply"});
}

}  // namespace

SentenceWords::SentenceWords(std::string_view text) {
  text = text.substr(0, letters_.size());
  size_ = text.size();
  std::transform(text.begin(), text.end(), letters_.begin(), [](char c) { return letters::to_lower(c); });
  const std::string_view lower(letters_.data(), text.size());
  std::size_t begin = 0;
  letters::for_each_where(lower, may_end_words, [&](std::size_t i) {
    const char c = lower[i];
    if (c == '.' && !is_last(lower, i)) return;
    add(begin, i - begin);
    const bool ends_sentence = c == '.' || ((c == '!' || c == '?') && is_last(lower, i));
    if (ends_sentence || c == ';' || c == '|' || c == ',') add(i, 1);
    begin = i + 1;
  });
  add(begin, lower.size() - begin);
}

bool SentenceWords::is_label(std::size_t i) const noexcept {
  std::size_t end = std::size_t{words_[i].begin} + words_[i].length;
  while (end < letters_.size() && letters_[end] == '*') ++end;
  return end < letters_.size() && letters_[end] == ':';
}

bool SentenceWords::is_set_off(std::size_t i) const noexcept {
  const std::size_t begin = words_[i].begin, end = begin + words_[i].length;
  const auto is_mark = [](char c) { return c == '`' || c == '*'; };
  return begin > 0 && end < letters_.size() && is_mark(letters_[begin - 1]) && is_mark(letters_[end]);
}

bool SentenceWords::is_in_brackets(std::size_t first, std::size_t last) const noexcept {
  const std::size_t begin = words_[first].begin, end = words_[last].begin;
  const std::string_view between(letters_.data() + begin, end - begin);
  const std::size_t open = between.rfind('(');
  return open != std::string_view::npos && open + 1 < between.size() &&
         between.find(')', open) == std::string_view::npos;
}

bool SentenceWords::opens_bracket(std::size_t i) const noexcept {
  for (std::size_t at = words_[i].begin; at > 0 && !letters::is_letter(letters_[at - 1]); --at)
    if (letters_[at - 1] == ')' || (letters_[at - 1] == '(' && (at == 1 || !letters::is_word(letters_[at - 2]))))
      return true;
  return false;
}

bool SentenceWords::is_in_call() const noexcept {
  const std::string_view text(letters_.data(), size_);
  const std::size_t open = text.find_last_of("()");
  return open != std::string_view::npos && open > 0 && text[open] == '(' && letters::is_word(text[open - 1]);
}

bool SentenceWords::closes_with_bracket() const noexcept {
  if (count_ == 0) return false;
  const std::size_t end = std::size_t{words_[count_ - 1].begin} + words_[count_ - 1].length;
  return std::string_view(letters_.data() + end, size_ - end).find_first_of("()") != std::string_view::npos;
}

bool SentenceWords::is_bracket_open() const noexcept {
  if (count_ == 0) return false;
  std::size_t at = std::size_t{words_[count_ - 1].begin} + words_[count_ - 1].length;
  while (at < letters_.size() && letters_[at] == ' ') ++at;
  return at < letters_.size() && letters_[at] == '(';
}

void SentenceWords::keep_last_sentence() noexcept {
  for (std::size_t i = count_; i-- > 0;) {
    const std::string_view word = (*this)[i];
    if (word != "." && word != "!" && word != "?") continue;
    return drop(i + 1);
  }
}

void SentenceWords::drop(std::size_t first) noexcept {
  std::copy(words_.begin() + first, words_.begin() + count_, words_.begin());
  std::copy(roles_.begin() + first, roles_.begin() + count_, roles_.begin());
  count_ -= first;
}

void SentenceWords::add(std::size_t begin, std::size_t length) noexcept {
  while (length > 1 && (letters_[begin + length - 1] == ':' || letters_[begin + length - 1] == '.')) --length;
  if (length == 0) return;
  if (count_ == words_.size()) drop(1);
  roles_[count_] = roles_of({letters_.data() + begin, length});
  words_[count_++] = {static_cast<std::uint8_t>(begin), static_cast<std::uint8_t>(length)};
}

Roles roles_of(std::string_view word) noexcept {
  if (word.starts_with("re-")) word.remove_prefix(3);
  if (word.empty() || word.size() > longest) return 0;
  for (const WordRow& row : word_rows_from(static_cast<unsigned char>(word.front())))
    if (row.word.size() == word.size() && row.word.back() == word.back() && row.word == word) return row.roles;
  return 0;
}

Roles roles_in_any_case(std::string_view word) noexcept {
  if (word.size() > longest) return 0;
  std::array<char, longest> small{};
  std::transform(word.begin(), word.end(), small.begin(), [](char c) { return letters::to_lower(c); });
  return roles_of({small.data(), word.size()});
}

bool is_refusing_pair(std::string_view verb, std::string_view behind) noexcept {
  std::array<char, longest> joined;
  if (verb.size() + 1 + behind.size() > joined.size()) return false;
  char* at = std::copy(verb.begin(), verb.end(), joined.begin());
  *at++ = '~';
  at = std::copy(behind.begin(), behind.end(), at);
  return (roles_of({joined.data(), static_cast<std::size_t>(at - joined.data())}) & roles::pair) != 0;
}

// Closed classes tell where a clause begins. A word of none of them is an order's verb if what comes next can only be
// an object or what the verb goes with, or if the sentence has no other word that could be its verb.
bool Opening::ends_clause(std::size_t i) const noexcept {
  return letters::is_one_of(words_[i],
                            {";", "|", ".", "\xE2\x80\x94", "\xE2\x80\x93", "\xE2\x86\x92", "-", "!", "?", "--"});
}

bool Opening::ends_behind(std::size_t i) const noexcept {
  return letters::is_one_of(behind_[i], {".", ",", ";", "|", "\xE2\x80\x94", "-"}) || behind_.opens_bracket(i);
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
    if (behind_[i] == "." || behind_[i] == "!" || behind_.is(i, r::sub | r::rel)) return true;
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

bool is_name_like(const SentenceWords& words, std::size_t i) noexcept {
  const std::string_view word = words[i];
  return word.find_first_of("-/:") != std::string_view::npos || words.is_set_off(i);
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
  return word.size() > 1 && !words.is_set_off(i) && std::ranges::all_of(word, letters::is_lower) && !is_adverb(word) &&
         !is_nominal(word) && !word.ends_with("ed");
}

Roles base_roles(std::string_view word) noexcept {
  if (const Roles roles = roles_of(word)) return roles;
  if (word.size() > 4 && word.ends_with("ing"))
    if (const Roles roles = roles_of(word.substr(0, word.size() - 3))) return roles;
  return word.size() > 3 && word.back() == 's' ? roles_of(word.substr(0, word.size() - 1)) : 0;
}

}  // namespace cascade::prose
