// Measures a description by its words: how much it says besides its own name and words such as "helps" or "various",
// whether it is English (the rules about wording hold for no other language), and how similar two of them are. Scripts
// without spaces between words are counted by characters, two to a word.
#include "validate/reading/description.h"

#include <algorithm>
#include <set>

#include "hash/content_hash.h"
#include "text/ascii.h"
#include "text/names.h"
#include "text/word_set.h"
#include "unicode/utf8.h"
#include "validate/reading/lists.h"
#include "validate/reading/text_model.h"

namespace cascade::validation {
namespace {

static_assert(std::is_sorted(std::begin(lists::empty_words), std::end(lists::empty_words)));

// Kana, Han, Thai and Lao.
bool is_unspaced(char32_t c) noexcept {
  return (c >= 0x3040 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x9FFF) || (c >= 0x0E00 && c <= 0x0EFF) ||
         (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFF);
}

// U+00C0 and up, except signs and blanks: accurate enough to count letters.
bool is_foreign_letter(char32_t c) noexcept {
  return c >= 0xC0 && !(c >= 0x2000 && c <= 0x2BFF) && !(c >= 0x3000 && c <= 0x303F) && c < 0x1F000;
}

std::size_t count_unspaced(std::string_view text) noexcept {
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size();) {
    const unicode::Decoded next = unicode::decode(text, i);
    count += is_unspaced(next.code_point) ? 1 : 0;
    i += next.length;
  }
  return count;
}

// Returns the text without every "review-helper", "review helper" and "Review_Helper".
std::string without_name(std::string_view text, std::string_view name) {
  std::vector<std::string> parts;
  for (WordCursor cursor(name); cursor.next();) parts.push_back(letters::to_lower(cursor.word()));
  std::vector<std::pair<std::size_t, std::size_t>> words;
  for (WordCursor cursor(text); cursor.next();) words.emplace_back(cursor.begin(), cursor.end());
  std::string out(text);
  for (std::size_t i = 0; !parts.empty() && i + parts.size() <= words.size(); ++i) {
    std::size_t same = 0;
    while (same < parts.size() &&
           letters::equals_lower(text.substr(words[i + same].first, words[i + same].second - words[i + same].first),
                                 parts[same]))
      ++same;
    if (same < parts.size()) continue;
    for (std::size_t at = words[i].first; at < words[i + same - 1].second; ++at) out[at] = ' ';
  }
  return out;
}

bool is_hangul_syllable(char32_t c) noexcept { return c >= 0xAC00 && c <= 0xD7A3; }

}  // namespace

// A sign of these scripts says as much as two or three letters of an alphabet.
std::size_t count_letters(std::string_view text) noexcept {
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size();) {
    const unicode::Decoded next = unicode::decode(text, i);
    if (is_unspaced(next.code_point) || is_hangul_syllable(next.code_point))
      count += 2;
    else if ((next.length == 1 && letters::is_letter(text[i])) || is_foreign_letter(next.code_point))
      ++count;
    i += next.length;
  }
  return count;
}

std::size_t count_content_words(std::string_view text, std::string_view name) {
  const std::string without = without_name(text, name);
  std::set<std::string> words;
  for (WordCursor cursor(without); cursor.next();) {
    const std::string word = letters::to_lower(cursor.word());
    if (word.size() >= 2 && !std::ranges::binary_search(lists::empty_words, word) && count_unspaced(word) == 0)
      words.insert(word);
  }
  return words.size() + count_unspaced(without) / 2;
}

// English if few of its bytes lie beyond ASCII and at least one word in twelve is a function word. Names of tools and
// code alone have no function words, so they count as no language.
bool is_english(std::string_view text) noexcept {
  std::size_t letters = 0, foreign = 0, function_words = 0, words = 0;
  for (WordCursor cursor(text); cursor.next();) {
    const std::string_view word = cursor.word();
    ++words;
    for (const char c : word) ++(static_cast<unsigned char>(c) >= 0x80 ? foreign : letters);
    function_words += letters::is_one_of_lower(word, lists::function_words) ? 1 : 0;
  }
  return words > 0 && foreign * 10 <= letters && function_words * 12 >= words;
}

// Examples and quoted requests are the words of a user and not a promise of the manifest. Everything behind "Examples:"
// is dropped, since descriptions end with them.
std::string without_quotations(std::string_view text) {
  if (const std::size_t example = find_phrase(text, lists::quotation_begins); example != std::string_view::npos)
    text = text.substr(0, example);
  std::string out;
  char closing = '\0';
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool at_word = i == 0 || !letters::is_name(text[i - 1]);
    if (closing == '\0' && text[i] == '"')
      closing = '"';
    else if (closing == '\0' && text[i] == '\'' && at_word && text.find('\'', i + 1) != std::string_view::npos)
      closing = '\'';
    else if (closing == '\0' && text.substr(i, 3) == "“")
      closing = '\x9D';  // the last byte of its partner
    else if (closing != '\0' && text[i] == closing &&
             (closing != '\'' || i + 1 == text.size() || !letters::is_name(text[i + 1])))
      closing = '\0';
    else if (closing == '\0')
      out += text[i];
  }
  return out;
}

WordSet word_set(std::string_view text) {
  WordSet words;
  for (WordCursor cursor(text); cursor.next();) words.push_back(hash::hash64(letters::to_lower(cursor.word())));
  letters::sort_once(words);
  return words;
}

// Common words of all words, in thousandths. Both are sorted, so one pass over both is enough.
unsigned similarity(const WordSet& a, const WordSet& b) noexcept {
  std::size_t common = 0;
  for (auto left = a.begin(), right = b.begin(); left != a.end() && right != b.end();) {
    const std::uint64_t one = *left, other = *right;
    common += one == other ? 1 : 0;
    if (one <= other) ++left;
    if (other <= one) ++right;
  }
  const std::size_t all = a.size() + b.size() - common;
  return all == 0 ? 0 : static_cast<unsigned>(1000 * common / all);
}

bool is_deprecated(std::string_view text) {
  while (!text.empty() && !letters::is_letter(text.front())) text.remove_prefix(1);
  std::size_t length = 0;
  return begins_with_phrase(text, "deprecated", length);
}

}  // namespace cascade::validation
