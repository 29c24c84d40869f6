// An order to forget stands at the beginning of a sentence, and a statement behind a "that", a name behind what one
// knows, or a thing follows. What may as well be said of the work at hand is read only where it is the whole prompt.
// A fact is meant where it has all the words: a wrongly forgotten one costs the user more than one that is asked about.
#include <algorithm>
#include <functional>
#include <set>

#include "memory/claims.h"
#include "text/ascii.h"
#include "text/word_set.h"

namespace cascade::memory {
namespace {

constexpr Roles verbs = roles::verb | roles::any_verb | roles::forbids | roles::permits;

// The words of a sentence that say what is to be forgotten.
struct Range {
  std::size_t begin = 0, end = 0;
};

// Behind a comma or a dash something else is said.
std::string_view first_part(std::string_view text) {
  for (const std::string_view sign : {", ", "; ", ": ", " - ", " \xE2\x80\x93 ", " \xE2\x80\x94 ", "\xE2\x80\x94"})
    text = text.substr(0, text.find(sign));
  return text;
}

std::size_t order_at(const Statement& said) {
  std::size_t at = 0;
  for (Row row; !said.row_at(at, roles::forgets | roles::removes) && (row = said.row_at(at, roles::polite));)
    at += row.size;
  return at;
}

// "that we deploy", "that prices are cents", and not "that test" or "that rule on what is forbidden".
bool is_clause(const Statement& said, Range range) {
  constexpr std::size_t near = 9;
  if (said.row_at(range.begin, roles::matter | roles::knows)) return false;
  for (std::size_t i = range.begin; i < std::min(range.end, range.begin + near); ++i)
    if ((i > range.begin && said.row_at(i, verbs)) ||
        letters::is_one_of(said.word(i), {"we", "i", "you", "they", "he", "she", "it", "there"}))
      return true;
  return false;
}

std::optional<Unwanted> read_statement(const Statement& said, Range range) {
  const Row that = said.row_at(range.begin, roles::that);
  if (!that || range.begin + that.size >= range.end) return std::nullopt;
  const std::string_view joint = letters::trim(said.part(range.begin, range.begin + that.size));
  const std::size_t first = range.begin + that.size;
  if (joint.find_first_of(",;:.-") != std::string_view::npos || joint.find("\xE2\x80") != std::string_view::npos)
    return std::nullopt;  // "forget that, we …"
  if (letters::equals_folded(joint, "that") && !is_clause(said, {first, range.end})) return std::nullopt;
  const bool is_told = said.row_at(first + 1, roles::heard).size > 0;  // "forget that I said we deploy"
  const std::string_view all = said.part(first + (is_told ? 2 : 0), range.end);
  const std::string_view what = first_part(all);
  return Unwanted{what, true, what.size() == all.size() && !is_told};
}

// "what you know about X", "the note on X", "what I told you about X", "the rule about X"
std::optional<Unwanted> read_about(const Statement& said, Range range) {
  constexpr std::size_t near = 9;
  bool is_known = false, is_other = false;
  for (std::size_t i = range.begin; i < std::min(range.end, range.begin + near); ++i) {
    const bool joins = said.row_at(i, roles::about | roles::that).size > 0;
    if (joins && (is_known || is_other) && i + 1 < range.end)
      return Unwanted{said.part(i + 1, range.end), said.row_at(i, roles::that).size > 0 && is_known, is_known};
    is_known = is_known || said.row_at(i, roles::knows);
    is_other = is_other || said.row_at(i, roles::heard | roles::matter);
  }
  return std::nullopt;
}

// "the deploy window note", "the deploy window thing", "the deploy window"
std::optional<Unwanted> read_thing(const Statement& said, Range range) {
  if (!letters::is_one_of(said.word(range.begin), {"the", "this", "that", "your", "my", "our"})) return std::nullopt;
  Range name = {range.begin + 1, range.end};
  if (name.begin >= name.end) return std::nullopt;
  const bool is_known = said.row_at(name.end - 1, roles::knows).size > 0;
  const bool is_named = !is_known && !said.row_at(name.end - 1, roles::matter);
  if (!is_named) --name.end;
  if (name.begin >= name.end) return std::nullopt;
  return Unwanted{said.part(name.begin, name.end), false, is_known, is_named};
}

// "delete the deploy window from your memory"
std::optional<Unwanted> read_removal(const Statement& said, Range range) {
  for (std::size_t i = range.begin + 1; i < range.end; ++i) {
    const Row row = said.row_at(i, roles::kept_in);
    if (!row || i + row.size < range.end) continue;
    if (auto about = read_about(said, {range.begin, i})) {
      about->is_plain = true;
      return about;
    }
    return Unwanted{said.part(range.begin, i), false, true};
  }
  return std::nullopt;
}

std::optional<Unwanted> read_order(std::string_view sentence) {
  constexpr std::size_t opening = 80;  // bytes; most sentences open with no order
  const Statement begins(sentence.substr(0, opening));
  if (!begins.row_at(order_at(begins), roles::forgets | roles::removes)) return std::nullopt;
  const Statement said(sentence);
  const std::size_t at = order_at(said);
  const Row forgets = said.row_at(at, roles::forgets), removes = said.row_at(at, roles::removes);
  if ((!forgets && !removes) || (sentence.back() == '?' && at == 0)) return std::nullopt;
  for (std::size_t i = at; i < said.size(); ++i)
    if (said.row_at(i, roles::brief)) return std::nullopt;
  Range range = {at + (forgets ? forgets.size : removes.size), said.size()};
  while (range.begin < range.end && said.row_at(range.end - 1, roles::polite).size == 1) --range.end;
  if (range.begin >= range.end) return std::nullopt;
  if (removes) return read_removal(said, range);
  if (auto statement = read_statement(said, range)) return statement;
  const std::string_view rest = letters::trim(said.part(range.begin, range.end));
  const std::string_view first = first_part(rest);
  if (first.size() < rest.size() && first.size() + 1 < rest.size()) return std::nullopt;  // "…, just ship"
  if (said.row_at(range.begin, roles::about)) return std::nullopt;                        // "forget about the tests"
  if (auto about = read_about(said, range)) return about;
  return read_thing(said, range);
}

std::size_t common(const std::set<std::string>& words, const std::set<std::string>& of_fact) {
  return static_cast<std::size_t>(std::count_if(words.begin(), words.end(), [&](const std::string& word) {
    return std::any_of(of_fact.begin(), of_fact.end(), [&](const std::string& other) {
      return word == other || (!is_measured(word) && !is_measured(other) && are_akin(word, other));
    });
  }));
}

std::set<std::string> word_set(std::string_view text) {
  const Texts words = content(text);
  return {words.begin(), words.end()};
}

struct Candidate {
  const Fact* fact = nullptr;
  std::set<std::string> words, subject;
  std::size_t shared = 0;
  bool is_whole = false;  // it says no more
};

std::vector<Candidate> candidates_of(const std::set<std::string>& words, const std::vector<Fact>& facts, bool named) {
  std::vector<Candidate> found;
  for (const Fact& fact : facts) {
    Candidate one{&fact, word_set(fact.subject + " " + fact.text), word_set(fact.subject)};
    one.shared = common(words, named ? one.subject : one.words);
    one.is_whole = one.shared == words.size() && common(one.words, words) == one.words.size();
    if (one.shared > 0) found.push_back(std::move(one));
  }
  // Of those that have as many of the words the shortest is the likeliest.
  std::stable_sort(found.begin(), found.end(), [](const Candidate& a, const Candidate& b) {
    return a.shared != b.shared ? a.shared > b.shared : a.words.size() < b.words.size();
  });
  return found;
}

bool is_meant(const Unwanted& unwanted, const std::set<std::string>& words, const Candidate& one) {
  if (!unwanted.is_plain || one.shared < words.size() || one.fact->scope == Scope::team) return false;
  if (words.size() < 2 && common(words, one.subject) < words.size()) return false;
  if (!unwanted.claims) return true;
  const Claim asked(unwanted.what), kept(one.fact->text);
  return asked.forbids == kept.forbids && asked.denies == kept.denies;
}

}  // namespace

bool orders_to_forget(std::string_view sentence) {
  const auto unwanted = read_order(sentence);
  return unwanted && unwanted->claims && unwanted->is_plain;
}

std::optional<Unwanted> asked_to_forget(std::string_view said) {
  const std::vector<std::string_view> sentences = sentences_of(said);
  for (const std::string_view one : sentences)
    if (auto unwanted = read_order(one); unwanted && (unwanted->is_plain || sentences.size() == 1)) return unwanted;
  return std::nullopt;
}

Meant meant_by(const Unwanted& unwanted, const std::vector<Fact>& facts) {
  const std::set<std::string> words = word_set(unwanted.what);
  if (words.empty() || (unwanted.is_named && words.size() < 2)) return {};
  std::vector<Candidate> found = candidates_of(words, facts, unwanted.is_named);
  const auto has_all = [&](const Candidate& one) { return one.shared == words.size(); };
  const auto has_most = [&](const Candidate& one) { return one.shared >= 2 && one.shared * 3 >= words.size() * 2; };
  const bool any = !found.empty() && has_all(found.front());
  if (!any && !unwanted.is_plain) return {};
  std::erase_if(found, [&](const Candidate& one) { return any ? !has_all(one) : !has_most(one); });
  const auto says = [](const Candidate& one) {
    return [&one](const Candidate& other) { return same_sentence(one.fact->text, other.fact->text); };
  };
  // What says no more than that is meant, under every name that it has.
  const auto whole = std::ranges::find_if(found, [](const Candidate& one) { return one.is_whole; });
  if (whole != found.end()) {
    const Candidate kept = *whole;
    if (std::ranges::all_of(found, [&](const Candidate& one) { return !one.is_whole || says(kept)(one); }))
      std::erase_if(found, std::not_fn(says(kept)));
  }
  Meant meant;
  meant.is_sure = !found.empty() && std::ranges::all_of(found, says(found.front())) &&
                  std::ranges::all_of(found, [&](const Candidate& one) { return is_meant(unwanted, words, one); });
  for (const Candidate& one : found) meant.facts.push_back(*one.fact);
  return meant;
}

}  // namespace cascade::memory
