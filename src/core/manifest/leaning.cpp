// Looks for short lists of English words in a paragraph's first or last sentence only: further inside, the same words
// seldom point out of the paragraph. Each sentence is read for at most 240 bytes, so that the cost is bounded.
#include "manifest/leaning.h"

#include "text/ascii.h"
#include "text/word_set.h"

#include <algorithm>
#include <cstddef>
#include <iterator>

namespace cascade::manifest {
namespace {

using letters::is_letter;
using letters::trim;
using letters::word_set;

constexpr std::size_t longest_sentence = 240;  // bytes searched for words

// Removes the text up to and including its next word and returns the word; empty when there is none.
std::string_view take_word(std::string_view& text) {
  std::size_t begin = 0;
  while (begin < text.size() && !is_letter(text[begin])) ++begin;
  std::size_t end = begin;
  while (end < text.size() && is_letter(text[end])) ++end;
  const std::string_view word = text.substr(begin, end - begin);
  text.remove_prefix(end);
  return word;
}

template <std::size_t N>
bool has_word(std::string_view sentence, const letters::WordSet<N>& words) {
  for (std::string_view word = take_word(sentence); !word.empty(); word = take_word(sentence))
    if (words.has(word)) return true;
  return false;
}

std::string_view first_sentence(std::string_view text) {
  text = text.substr(0, longest_sentence);
  return text.substr(0, text.find(". "));
}

std::string_view last_sentence(std::string_view text) {
  if (text.size() > longest_sentence) text.remove_prefix(text.size() - longest_sentence);
  const std::size_t end = text.rfind(". ");
  return end == std::string_view::npos ? text : text.substr(end + 2);
}

// The text without trailing emphasis, brackets and quotation marks.
std::string_view without_closing(std::string_view text) {
  constexpr std::string_view closing[] = {"\xE2\x80\x9D", "\xE2\x80\x99", "\xC2\xBB", "\xE3\x80\x8D", "\xEF\xBC\x89"};
  for (bool cut = true; cut;) {
    text = trim(text);
    cut = !text.empty() && std::string_view("*_)\"']").find(text.back()) != std::string_view::npos;
    if (cut) text.remove_suffix(1);
    for (const std::string_view mark : closing)
      if (text.ends_with(mark)) {
        text.remove_suffix(mark.size());
        cut = true;
      }
  }
  return text;
}

constexpr auto continuing = word_set("otherwise", "else", "however", "but", "except", "unless", "then", "therefore",
                                     "thus", "hence", "nevertheless", "alternatively", "afterwards", "conversely");
constexpr auto after_if = word_set("not", "so", "still", "neither", "instead");
constexpr auto answering = word_set("answer", "output", "result", "results", "response", "expected", "returns");
constexpr auto words_for_below = word_set("below", "following", "follows", "underneath");
constexpr auto examples = word_set("example", "instance", "sample", "template");
constexpr auto above = word_set("above", "preceding");

}  // namespace

bool goes_on(std::string_view paragraph) {
  if (paragraph.starts_with(": ")) return true;
  std::string_view rest = paragraph.substr(0, longest_sentence);
  const std::string_view first = take_word(rest);
  if (first.empty() || first.data() - paragraph.data() > 6) return false;  // more than marks precede it
  if (continuing.has(first)) return true;
  const std::string_view line = rest.substr(0, std::min<std::size_t>(rest.find('\n'), 24));
  const bool label = line.find(':') != std::string_view::npos;
  if (first == "A") return line.starts_with(":");
  if (answering.has(first)) return label;
  return letters::equals_lower(first, "if") && after_if.has(take_word(rest));
}

bool points_back(std::string_view paragraph) { return has_word(first_sentence(paragraph), above); }

bool points_below(std::string_view paragraph) { return has_word(last_sentence(paragraph), words_for_below); }

bool points_on(std::string_view paragraph) {
  return points_below(paragraph) || has_word(last_sentence(paragraph), examples);
}

bool is_unfinished(std::string_view paragraph) {
  const std::string_view text = without_closing(paragraph);
  if (text.empty()) return false;
  constexpr std::string_view ends[] = {"\xE3\x80\x82", "\xEF\xBC\x81", "\xEF\xBC\x9F", "\xE2\x80\xA6", "\xE0\xA5\xA4",
                                       "\xD8\x9F",     "\xDB\x94",     "\xEF\xBC\x8E", "\xEF\xBD\xA1"};
  if (static_cast<unsigned char>(text.back()) < 0x80)
    return std::string_view(".!?>|").find(text.back()) == std::string_view::npos;
  return std::none_of(std::begin(ends), std::end(ends), [&](std::string_view end) { return text.ends_with(end); });
}

}  // namespace cascade::manifest
