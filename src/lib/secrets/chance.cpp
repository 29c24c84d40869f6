// Finds secrets without any known mark: long words with more entropy than names have, in which the kind of character
// changes often. Words that the text calls hashes stay.
#include <algorithm>

#include "secrets/entropy.h"
#include "secrets/secret.h"
#include "secrets/words.h"
#include "text/ascii.h"
#include "text/hex.h"

namespace cascade::secrets {
namespace {

bool is_base64(char c) { return letters::is_letter_or_digit(c) || c == '+' || c == '/' || c == '='; }

// Counts how often the kind of character changes: rarely in names, at every second place in random words.
std::size_t changes_of(std::string_view word) {
  const auto sort = [](char c) {
    return letters::is_digit(c) ? 0 : letters::is_upper(c) ? 1 : letters::is_lower(c) ? 2 : 3;
  };
  std::size_t changes = 0;
  for (std::size_t i = 1; i < word.size(); ++i) changes += sort(word[i]) != sort(word[i - 1]) ? 1 : 0;
  return changes;
}

// Looks at the 24 bytes before the word, which is room for "the commit" or "sha256:" and not for the sentence before.
bool says_hash(std::string_view text, std::size_t at, std::string_view word) {
  constexpr std::size_t commit = 40;
  if (at > 0 && text[at - 1] == '@' && word.size() == commit && letters::is_commit_id(word)) return true;  // "x/y@ID"
  if (is_word(letters::to_lower(word.substr(0, word.find('-'))), roles::digest)) return true;  // "sha512-..."
  return holds_word(text.substr(at > 24 ? at - 24 : 0, std::min<std::size_t>(at, 24)), roles::digest);
}

// "ParserTest2024Q3", "ADR-0042-use-postgres": at least half of the word consists of words as in names.
bool is_name(std::string_view word) {
  constexpr std::size_t short_part = 6;
  std::size_t in_words = 0, parts = 0;
  std::size_t mixed = 0;  // parts between dashes that are neither only letters nor only digits; a short one is a mark
  for (std::size_t begin = 0; begin <= word.size();) {
    const std::size_t end = std::min(word.find_first_of("-_", begin), word.size());
    const std::string_view part = word.substr(begin, end - begin);
    if (!all_digits(part) && !std::all_of(part.begin(), part.end(), letters::is_letter))
      mixed += part.size() <= short_part ? 1 : 2;
    parts += part.empty() ? 0 : 1;
    begin = end + 1;
  }
  if (mixed <= 1 && parts >= 4) return true;
  for (std::size_t i = 0; i < word.size();) {
    std::size_t end = i;
    while (end < word.size() && letters::is_lower(word[end])) ++end;
    if (end - i >= 3) in_words += end - i + (i > 0 && letters::is_upper(word[i - 1]) ? 1 : 0);
    i = std::max(end, i + 1);
  }
  return std::any_of(word.begin(), word.end(), letters::is_upper) && in_words * 10 >= word.size() * 7;
}

// The thresholds by length: the shorter a word, the more of its bits and changes must be there, because a short name
// reaches the same entropy by accident. In 256ths of a bit; 832 is 3.25 bits a character, 896
// is 3.5.
bool is_chance(std::string_view word) {
  const bool digit = std::any_of(word.begin(), word.end(), letters::is_digit);
  const bool letter = std::any_of(word.begin(), word.end(), letters::is_letter);
  if (!digit || !letter) return false;
  if (is_name(word)) return false;
  if (letters::is_hex(word)) return word.size() >= 32 && entropy_256(word) >= 3 * 256;
  const bool mixed = std::any_of(word.begin(), word.end(), letters::is_upper) &&
                     std::any_of(word.begin(), word.end(), letters::is_lower);
  const std::size_t most = word.size() < 24 ? 3 : 4;  // at least one change per this many characters
  if (word.size() >= 16 && word.size() < 20 && mixed)
    return entropy_256(word) >= 832 && changes_of(word) * 2 >= word.size() && word.find_first_of("-_") == word.npos;
  if (word.size() >= 20 && mixed) return entropy_256(word) >= 896 && changes_of(word) * most >= word.size();
  return word.size() >= 28 && entropy_256(word) >= 896 && changes_of(word) * 4 >= word.size();
}

}  // namespace

void find_chance(std::string_view text, std::vector<Secret>& found) {
  for (std::size_t at = 0; at < text.size();) {
    if (!is_base64(text[at]) && text[at] != '_' && text[at] != '-') {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && (is_base64(text[end]) || text[end] == '_' || text[end] == '-')) ++end;
    std::size_t from = at;
    const auto look = [&](std::size_t begin, std::size_t stop) {
      const std::string_view word = text.substr(begin, stop - begin);
      if (is_chance(word) && !says_hash(text, begin, word)) found.push_back({begin, stop, "high-entropy"});
    };
    if (const std::size_t equals = text.substr(at, end - at).find('='); equals != std::string_view::npos && equals > 0)
      if (at + equals + 1 < end && text[at + equals + 1] != '=') from = at + equals + 1;  // NAME=value
    const std::string_view word = text.substr(from, end - from);
    const bool is_path = !word.empty() && (word.front() == '/' || (from > 0 && text[from - 1] == '.'));
    if (!is_path) look(from, end);
    if (word.find('/') != std::string_view::npos)
      for (std::size_t begin = from; begin < end;) {  // a path, whose parts may be secret
        const std::size_t stop = std::min(text.find('/', begin), end);
        look(begin, stop);
        begin = stop + 1;
      }
    at = end;
  }
}

}  // namespace cascade::secrets
