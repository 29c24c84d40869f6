// The gate adds up points: each signal of the prompt, of the best fact and of how the prompt's words agree on that
// fact, capped or as a logarithm, is multiplied by a weight and added to a constant. A sum below 0 keeps recall
// silent. It is a linear sum, so that each signal's part in a decision can be read off. How the prompt is worded is
// one of the signals (recall/wording.h).
//
// The weights were fitted by logistic regression to the labelled sets of 336 organisations, in which three of four
// questions use other words than their fact. docs/measurements.md reports the results for writers that took no
// part in the fit.
#include "facts/gate.h"

#include <algorithm>
#include <array>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "facts/meaning.h"
#include "facts/terms.h"
#include "route/vocabulary.h"
#include "route/words.h"
#include "text/ascii.h"

namespace cascade::recall {
namespace {

// clang-format off
constexpr std::string_view lesson_words = " explain define difference meaning plural synonym stands stand mean means invented analogy pronounce recommend general ";
constexpr std::string_view at_hand_words = " them last above previous again same other you your ";
constexpr std::string_view world_words =
    " than older newer safer faster slower harder easier bigger smaller taller deeper named invented wrote composed painted "
    "discovered directed sang founded famous year century ";
constexpr std::string_view count_words = " long many much often far old big tall high deep heavy fast loud ";
constexpr std::string_view place_words = " who whom whose where when ";
constexpr std::string_view known_words = " the our my your this that these those it there wrong left new allowed ";
constexpr std::string_view people_words = " i we you they people customers users ";
constexpr std::string_view us_words = " we our us ours ";
constexpr std::string_view me_words = " i my me ";
constexpr std::string_view state_words = " the a an i we my our somebody there their people customer ";
constexpr std::string_view many_words = " many much long ";
constexpr std::string_view in_general_words = " old tall far high deep big does ";
constexpr std::string_view write_words = " write make show use give try count compute create set let return ";
constexpr std::string_view rewrite_words =
    " turn convert undo redo revert split sort swap reverse extract translate shorten simplify summarise summarize "
    "implement invert flatten shuffle transpose rephrase reformulate inline continue rename replace remove merge move "
    "explain go no yes that again group box debounce memoize derive capitalise indent lerp center centre wrap iterate zip "
    "pipe vectorise vectorize reshape handle read ";
// clang-format on

struct Weights {
  std::int32_t pointed_at = 20, always = -4'138, best = 456, words = 291, share = 854, covered = 604, exact = 230,
               known = 45, phrase = -136, matter = 227, general = -1'301, second = -192, place = -432, us = 267,
               me = 44, number = -620, chat = -1'265, lesson = -147, compares = -247, counts = 64, at_hand = -154,
               over = -1'388;
  std::int32_t met_one = -1'222, met_two = -691, met_three = -340, elsewhere = -219, unknown = -96,
               unknown_special = -64, from_one = -1'246, by_subject = -56, rivals = 56, likeness = 731, likest = -159,
               level = -226, lead = 43;
  std::array<std::int32_t, 11> openings = {0,    -651, -1'450, -1'768, -194, -383,
                                           -891, -468, -66,    -219,   -192};  // by Opening
};
constexpr Weights weights;

// The lists begin and end with a blank, so that a search for " word " finds whole words only.
bool has(std::string_view words, const std::string& word) {
  return words.find(" " + word + " ") != std::string_view::npos;
}

std::vector<std::string> words_of(std::string_view text) {
  constexpr std::size_t most = 60;
  std::vector<std::string> words;
  std::string word;
  for (std::size_t i = 0; i <= text.size() && words.size() < most; ++i) {
    if (i < text.size() && (letters::is_letter(text[i]) || text[i] == '\'')) {
      word += letters::to_lower(text[i]);
    } else if (!word.empty()) {
      words.push_back(std::move(word));
      word.clear();
    }
  }
  return words;
}

// "what is a ...", "how does a ... work", "why does ...", "is a ... a ...", "can a ... be".
bool begins_lesson(const std::vector<std::string>& words) {
  if (words.size() < 2) return false;
  const std::string &first = words[0], &second = words[1];
  const std::string third = words.size() > 2 ? words[2] : std::string();
  const bool article = third == "a" || third == "an" || third == "the";
  // "how do I sort a list in Go"
  const bool in_language = words.size() > 4 && words[words.size() - 2] == "in";
  // "how do coroutines work", and not "how do we work"
  const bool of_things = second == "do" && !has(people_words, third) && words.back() == "work";
  if (first == "how") return second == "does" || (second == "do" && article) || of_things || in_language;
  if (first == "why") return second == "does" || (second == "is" && (third == "there" || third == "this"));
  if (first == "what" || first == "what's")
    return (second == "is" || second == "are") ? !has(known_words, third) : second == "does" && third != "the";
  return (first == "is" || first == "can") && (second == "a" || second == "an");
}

Opening opening_of(const std::vector<std::string>& words) {
  if (words.empty()) return Opening::other;
  const std::string& first = words[0];
  const std::string second = words.size() > 1 ? words[1] : std::string();
  if (first == "what's") return Opening::defines;
  if (first == "what") return has(" is are does did ", second) ? Opening::defines : Opening::what;
  if (first == "which") return Opening::which;
  if (first == "why") return Opening::why;
  if (has(" is are was ", first)) return Opening::is;
  if (first == "how")
    return has(many_words, second)         ? Opening::how_many
           : has(in_general_words, second) ? Opening::how_does
                                           : Opening::other;
  if (has(rewrite_words, first)) return Opening::rewrites;
  if (has(write_words, first)) return Opening::writes;
  return has(state_words, first) ? Opening::states : Opening::other;
}

}  // namespace

std::vector<std::uint32_t> general_keys() {
  const std::string_view words = general_words();
  std::vector<std::uint32_t> keys;
  route::Stemmer stemmer;
  for (std::size_t begin = 0; begin < words.size();) {
    const std::size_t end = std::min(words.find(' ', begin), words.size());
    keys.push_back(key_of(words.substr(begin, end - begin), stemmer));
    begin = end + 1;
  }
  std::sort(keys.begin(), keys.end());
  return keys;
}

void look_at_prompt(std::string_view prompt, Signals& signals) {
  const std::vector<std::string> words = words_of(prompt);
  const auto any = [&](std::string_view of) {
    return std::any_of(words.begin(), words.end(), [&](const std::string& word) { return has(of, word); });
  };
  signals.lesson = begins_lesson(words) || any(lesson_words) ? 1 : 0;
  signals.compares = any(world_words) ? 1 : 0;
  for (std::size_t i = 0; i + 1 < words.size(); ++i)
    if (words[i] == "how" && has(count_words, words[i + 1])) signals.counts = 1;
  signals.opening = opening_of(words);
  signals.place = any(place_words) ? 1 : 0;
  signals.at_hand = any(at_hand_words) ? 1 : 0;
  signals.us = any(us_words) ? 1 : 0;
  signals.me = any(me_words) ? 1 : 0;
  signals.number = std::any_of(prompt.begin(), prompt.end(), letters::is_digit) ? 1 : 0;
  signals.wording = wording_of(prompt);
}

namespace {

std::int32_t log2_of(std::uint64_t value) { return static_cast<std::int32_t>(log2_64(value + 1)); }
std::int32_t at_most(std::uint32_t count, std::uint32_t most) {
  return static_cast<std::int32_t>(std::min(count, most));
}

// What the prompt says by itself, whatever facts there are. Counts are capped, so that a long prompt does not win by
// its length.
std::int32_t points_of_prompt(const Signals& s) {
  const std::uint32_t general = std::min(s.general, s.words), words = std::max(s.words, 1U);
  std::int32_t sum = weights.words * log2_of(s.words) / 64 + weights.matter * at_most(s.words - general, 4);
  sum += weights.general * at_most(general, 100) / at_most(words, 100) + weights.pointed_at * at_most(s.pointed_at, 1);
  sum += weights.place * at_most(s.place, 1) + weights.us * at_most(s.us, 1) + weights.me * at_most(s.me, 1) +
         weights.number * at_most(s.number, 1);
  sum += weights.chat * at_most(s.chat, 1) + weights.lesson * at_most(s.lesson, 1) +
         weights.compares * at_most(s.compares, 1);
  sum += weights.counts * at_most(s.counts, 1) + weights.at_hand * at_most(s.at_hand, 1);
  return sum + weights.openings[static_cast<std::size_t>(s.opening)] + s.wording;
}

std::int32_t points_of_best(const Signals& s) {
  std::int32_t sum = weights.best * log2_of(s.best) / 64;
  sum += weights.share * at_most(s.share, 1'000) / 1'000 + weights.covered * at_most(s.covered, 1'000) / 1'000;
  sum += weights.exact * at_most(s.exact, 3) + weights.known * at_most(s.known, 1'500) / 640;
  sum += weights.phrase * at_most(s.phrases, 2);
  // A subject that the store covers has several related facts, so a close second is a good sign.
  const std::int64_t second = std::min(std::int64_t{s.second}, 2 * std::int64_t{s.best});
  sum += static_cast<std::int32_t>(weights.second * second / std::max<std::int64_t>(s.best, 1));
  return sum + (weights.likeness * s.likeness + weights.likest * s.likest + weights.level * s.level +
                weights.lead * std::min(s.lead, 256)) /
                   64;
}

std::int32_t points_of_agreement(const Signals& s) {
  std::int32_t sum = 0;
  if (s.met >= 1) sum += weights.met_one;
  if (s.met >= 2) sum += weights.met_two;
  if (s.met >= 3) sum += weights.met_three;
  sum += weights.elsewhere * at_most(s.elsewhere, 3) + weights.unknown * at_most(s.unknown, 3) +
         weights.unknown_special * at_most(s.unknown_special, 2);
  sum += weights.from_one * at_most(s.from_one, 1'000) / 1'000;
  return sum + weights.by_subject * at_most(s.by_subject, 3) + weights.rivals * at_most(s.rivals, 6);
}

}  // namespace

std::int32_t points(const Signals& s) noexcept {
  if (s.level <= 0) return -1;
  // An expired fact that fits much better than any valid one is the fact that the prompt asks for: silence.
  const std::int32_t over = s.over <= 0 ? 0 : std::clamp(s.over - s.level + 64, 0, 128);
  if (over == 128) return -1;  // twice as good
  return weights.always + points_of_prompt(s) + points_of_best(s) + points_of_agreement(s) + weights.over * over / 64;
}

// A fact's level is its likeness plus the doublings of its score above a base, which lies seven below the best score: a
// fact without a word of the prompt has the level of one that fits 128 times worse than the best, and likeness can lift
// it above. The base never lies so low that a poor best score would look like a good one.

namespace {

constexpr std::int32_t deep = 7 * 64, least_top = 10 * 64;

std::int32_t doublings(std::uint32_t score) { return static_cast<std::int32_t>(log2_64(std::uint64_t{score} + 1)); }

// The facts with the highest levels so far.
class Highest {
 public:
  Highest(const IndexTables& tables, const Scores& scores, std::size_t most)
      : tables_(tables), scores_(scores), most_(most), base_(std::max(doublings(scores.best()), least_top) - deep) {}

  std::int32_t base() const { return base_; }

  // REQUIRES: the fact's score is known. False: the fact is not among them.
  bool offer(std::uint32_t fact, std::int32_t near) {
    const Scored scored = scores_.of(fact);
    Recalled one = {fact, scored.score, scored.share, likeness(near), 0};
    one.level = one.likeness + above_base(one.score, base_);
    if (one.level <= 0 || (best_.size() == most_ && !is_before(one, best_.back()))) return false;
    if (best_.size() == most_) best_.pop_back();
    best_.insert(std::upper_bound(best_.begin(), best_.end(), one,
                                  [&](const Recalled& a, const Recalled& b) { return is_before(a, b); }),
                 one);
    return true;
  }

  // Whether no score can lift a fact that is so near above the last of them.
  bool is_out_of_reach(std::int32_t near) const {
    return best_.size() == most_ && likeness(near) + deep < best_.back().level;
  }
  bool is_out_of_reach(std::int32_t near, std::uint32_t most_score) const {
    return best_.size() == most_ && likeness(near) + above_base(most_score, base_) < best_.back().level;
  }

  std::vector<Recalled> take() { return std::move(best_); }

 private:
  bool is_before(const Recalled& a, const Recalled& b) const {
    if (a.level != b.level) return a.level > b.level;
    return tables_.read(tables_.facts[a.fact].id) < tables_.read(tables_.facts[b.fact].id);
  }

  const IndexTables& tables_;
  const Scores& scores_;
  std::size_t most_;
  std::int32_t base_;
  std::vector<Recalled> best_;
};

}  // namespace

std::int32_t above_base(std::uint32_t score, std::int32_t base) {
  return score == 0 ? 0 : std::max(doublings(score) - base, 0);
}

// Facts whose score is known come first: against their levels most others can be passed over by likeness alone.
Levels levels_of(const IndexTables& tables, Scores& scores, const std::vector<std::uint8_t>& told,
                 const PromptMeaning& prompt, std::size_t most) {
  Highest highest(tables, scores, most);
  const Evidence& evidence = scores.evidence();
  std::int32_t nearest = 0;
  for (const FactEvidence& one : evidence.facts) {
    if (told[one.fact] == 0) continue;
    const std::int32_t near = nearness(prompt, tables.meanings[one.fact]);
    nearest = std::max(nearest, near);
    highest.offer(one.fact, near);
  }
  std::vector<std::uint32_t> further;
  std::int32_t rejected = 0;  // nearness of a fact without a word that lay too low: any that lies lower is, too
  std::int32_t hopeless = std::numeric_limits<std::int32_t>::min();  // the same for any score
  for (std::uint32_t fact = 0; fact < told.size(); ++fact) {
    if (told[fact] == 0 || evidence.place_of[fact] != 0) continue;
    const std::int32_t near = nearness(prompt, tables.meanings[fact]);
    nearest = std::max(nearest, near);
    if (near < hopeless) continue;
    if (scores.knows(fact)) {
      if (near >= rejected && !highest.offer(fact, near)) rejected = near;
    } else if (highest.is_out_of_reach(near)) {
      hopeless = near;
    } else if (!highest.is_out_of_reach(near, scores.most(fact))) {
      further.push_back(fact);
    }
  }
  scores.add(further);
  for (const std::uint32_t fact : further) highest.offer(fact, nearness(prompt, tables.meanings[fact]));
  Levels levels;
  levels.best = highest.take();
  levels.likest = likeness(nearest);
  levels.base = highest.base();
  return levels;
}

// Adds up the weights of the prompt's different words, its first word and its first two, and divides the sum by the
// square root of their number, so that a long prompt does not win by length. Its pairs of adjacent words are added up
// in the same way by themselves: "a test" says something else than "the test". The list is one sorted text and is
// searched in place: a prompt looks up some forty words and pairs of 30,300, so nothing is parsed or hashed.
namespace {

constexpr std::size_t most_words = 60;  // of a prompt

std::vector<std::string> words_of_wording(std::string_view prompt) {
  std::vector<std::string> words;
  std::string word;
  bool has_digit = false;
  for (std::size_t i = 0; i <= prompt.size() && words.size() < most_words; ++i) {
    const char at = i < prompt.size() ? prompt[i] : ' ';
    const bool is_digit = letters::is_digit(at);
    if (letters::is_letter(at) || is_digit || at == '\'' || static_cast<unsigned char>(at) >= 0x80) {
      has_digit = has_digit || is_digit;
      word += letters::to_lower(at);
    } else if (!word.empty()) {
      words.push_back(has_digit ? "#" : std::move(word));
      word.clear();
      has_digit = false;
    }
  }
  return words;
}

std::int32_t number_at(std::string_view list, std::size_t at) {
  const bool is_negative = at < list.size() && list[at] == '-';
  std::int32_t number = 0;
  for (std::size_t i = at + (is_negative ? 1 : 0); i < list.size() && letters::is_digit(list[i]); ++i)
    number = number * 10 + (list[i] - '0');
  return is_negative ? -number : number;
}

// 0: not listed.
// Halves the text by bytes and goes back to the begin of the word in the middle. "word:weight", sorted by word.
std::int32_t weight_of(std::string_view list, std::string_view word) {
  std::size_t from = 0, to = list.size();
  while (from < to) {
    const std::size_t middle = from + (to - from) / 2;
    const std::size_t space = middle == 0 ? std::string_view::npos : list.rfind(' ', middle - 1);
    const std::size_t begin = space == std::string_view::npos || space < from ? from : space + 1;
    const std::size_t colon = list.find(':', begin), end = std::min(list.find(' ', begin), list.size());
    if (colon >= end) return 0;
    const int order = list.substr(begin, colon - begin).compare(word);
    if (order == 0) return number_at(list, colon + 1);
    if (order < 0) {
      from = std::min(end + 1, to);
    } else {
      to = begin;
    }
  }
  return 0;
}

// The sum of the different ones' weights over the square root of their number.
std::int32_t mean_weight(std::vector<std::string> parts) {
  if (parts.empty()) return 0;
  std::sort(parts.begin(), parts.end());
  parts.erase(std::unique(parts.begin(), parts.end()), parts.end());
  std::int64_t sum = 0;
  for (const std::string& part : parts) sum += weight_of(wording_words(), part);
  constexpr std::int64_t fine = 1'000, tenth = 100;
  return static_cast<std::int32_t>(sum * tenth * fine /
                                   square_root(static_cast<std::int64_t>(parts.size()) * fine * fine));
}

}  // namespace

std::int32_t wording_of(std::string_view prompt) {
  std::vector<std::string> words = words_of_wording(prompt);
  if (words.empty()) return 0;
  std::vector<std::string> pairs;
  for (std::size_t i = 1; i < words.size(); ++i) pairs.push_back(words[i - 1] + "_" + words[i]);
  const std::string first = "^" + words[0];
  if (!pairs.empty()) words.push_back("^" + pairs[0]);
  words.push_back(first);
  return mean_weight(std::move(words)) + mean_weight(std::move(pairs));
}

}  // namespace cascade::recall
