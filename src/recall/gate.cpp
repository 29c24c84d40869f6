// The weights were fitted by logistic regression to labelled sets of four organisations; docs/memory.md has what they
// are worth for one that they were not fitted to.
#include "recall/gate.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "recall/log2.h"
#include "route/stems.h"
#include "route/vocabulary.h"
#include "text/ascii.h"

namespace cascade::recall {
namespace {

// clang-format off
constexpr std::string_view general_words =
    "loop function class array list file line word dict dictionary tuple string object method variable argument return value "
    "default helper block bracket closure generator decorator iterator macro enum struct pointer recursion recursive callback "
    "promise async await interface alias ternary condition regex regular expression hex rgb clone sort css code paragraph "
    "names step edit change comprehension signature operator syntax compile constructor inheritance lambda null undefined int "
    "float boolean char index element item map filter reduce set stack heap tree graph algorithm bloom join thread process "
    "mutex future module import export comment indent brace parenthesis semicolon statement integer unsigned modulo prime "
    "fibonacci palindrome reverse shuffle flatten merge split extract inline invert debounce throttle memoize curry shorter "
    "longer simplify explain difference paste output previous above below again continue undo redo revert typo sentence "
    "synonym plural meaning clamp swap unwrap borrow lifetime trait generic template polymorphism getter setter diff traceback "
    "snippet vowel uppercase lowercase camel trim pad slice splice concat concatenate substring random dice roman binary "
    "decimal celsius fahrenheit leap factorial matrix vector hash hashmap linked queue deque bubble quick insertion summarise "
    "summarize translate poem joke haiku weather capital tall old recipe movie bit usize perl awk relative root kind fair "
    "fairly sea image see destructor virtual static const constexpr constant volatile abstract override overload namespace "
    "include typedef union sizeof malloc segfault goroutine defer panic nil monad functor genserver guard clause atom charlist "
    "supervisor semaphore deadlock race atomic endian byte bits overflow underflow exception throw catch try finally assert "
    "yield coroutine observable lazy eager immutable mutable hoisting prototype spread destructure destructuring rest optional "
    "nullable nullish sealed reflection annotation docstring javadoc hint cast coercion truthy falsy equality identity shallow "
    "deep by garbage collector interpreter vm bytecode jit complexity big o notation logarithm sorting searching breadth "
    "dynamic greedy backtracking heapsort mergesort quicksort search trie frame tail invariant precondition idempotent pure "
    "side functional imperative declarative oriented solid dry kiss pattern singleton observer visitor adapter facade mixin "
    "subclass superclass div span flexbox center centre margin padding selector pseudo attribute dom bubbling listener sql "
    "inner outer cross subquery having distinct acid cap pandas numpy dataframe loc iloc groupby pivot median variance "
    "deviation distribution p overfitting underfitting gradient descent neural epoch tensor activation bayes probability "
    "switch if else elif unless while until for foreach enumerate zip unzip consonant letter digit character parameter "
    "parameters reformat reformulate rephrase rewrite shorten lengthen tidy refactor unused dead early nested flat one liner "
    "oneliner verbose concise readable nicer thanks thank ok okay please sorry wrong good fine great nice last third ahead "
    "planet war king president invented inventor born died world cup olympics pronounce grammar latin greek finnish italian "
    "rhyme cat dog bird pi rational even odd divide multiply subtract cube";
constexpr std::string_view lesson_words = " explain define difference meaning plural synonym stands stand mean means invented analogy pronounce recommend general ";
constexpr std::string_view at_hand_words = " this that these those it them last above previous again same other you your ";
constexpr std::string_view project_words = " we our us i my who when where here new add run deploy release ";
constexpr std::string_view edit_words =
    " make turn convert write sort split extract rename move undo redo shorten simplify invert flatten group shuffle show read "
    "print format wrap replace remove implement try count translate box debounce deep quick reverse return swap fix go inline "
    "use iterate reformulate rephrase rewrite zip pipe vectorise vectorize summarise summarize merge add give continue revert ";
// clang-format on

std::vector<std::uint32_t> keys_of(std::string_view words) {
  std::vector<std::uint32_t> keys;
  route::Stemmer stemmer;
  for (std::size_t begin = 0; begin < words.size();) {
    const std::size_t end = std::min(words.find(' ', begin), words.size());
    keys.push_back(route::hash_of(stemmer.stem(words.substr(begin, end - begin))));
    begin = end + 1;
  }
  std::sort(keys.begin(), keys.end());
  return keys;
}

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
  if (first == "how") return second == "does" || (second == "do" && article);
  if (first == "why") return second == "does" || (second == "is" && (third == "there" || third == "this"));
  if (first == "what" || first == "what's")
    return (second == "is" || second == "are") ? third == "a" || third == "an" : second == "does" && third != "the";
  return (first == "is" || first == "can") && (second == "a" || second == "an");
}

}  // namespace

std::vector<std::uint32_t> general_keys() { return keys_of(general_words); }

void look_at_prompt(std::string_view prompt, Signals& signals) {
  const std::vector<std::string> words = words_of(prompt);
  const auto any = [&](std::string_view of) {
    return std::any_of(words.begin(), words.end(), [&](const std::string& word) { return has(of, word); });
  };
  signals.lesson = begins_lesson(words) || any(lesson_words) ? 1 : 0;
  signals.at_hand = any(at_hand_words) ? 1 : 0;
  signals.of_project = any(project_words) ? 1 : 0;
  signals.edit = !words.empty() && has(edit_words, words.front()) ? 1 : 0;
}

std::int32_t points(const Signals& s) noexcept {
  if (s.best == 0) return -1;
  const auto per_word = [&](std::uint32_t count) {
    return static_cast<std::int32_t>(1000 * count / std::max(s.words, 1U));
  };
  const auto log2_of = [](std::uint64_t value) { return static_cast<std::int32_t>(log2_64(value + 1)); };
  std::int32_t sum = -26'017 + 1'959 * log2_of(s.best) / 64 + 66 * log2_of(s.words) / 64;
  sum += 1'168 * static_cast<std::int32_t>(s.share) / 1000 + 402 * static_cast<std::int32_t>(s.subject) / 1000;
  sum += 221 * static_cast<std::int32_t>(std::min(s.met, 5U));
  sum += 752 * per_word(s.known) / 1000 - 3'162 * per_word(s.general) / 1000;
  sum -= s.chat > 0 ? 777 : 0;
  sum -= s.lesson > 0 ? 2'362 : 0;
  sum -= s.at_hand > 0 ? 1'091 : 0;
  sum += s.of_project > 0 ? 1'024 : 0;
  return sum - (s.edit > 0 ? 1'394 : 0);
}

}  // namespace cascade::recall
