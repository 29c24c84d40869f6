// Finds secrets without any known mark: long words with more entropy than names have, in which the kind of character
// changes often. Words that the text calls hashes stay.
#include <algorithm>
#include <array>
#include <cstdint>
#include <string>

#include "memory/found_secret.h"
#include "recall/log2.h"
#include "text/ascii.h"
#include "text/hex.h"

namespace cascade::memory {
namespace {

bool is_base64(char c) { return letters::is_letter_or_digit(c) || c == '+' || c == '/' || c == '='; }

// Returns 64 * the bits of information per character of a word, from how often each of its characters occurs.
std::uint32_t entropy_64(std::string_view word) {
  std::array<std::uint32_t, 256> counts{};
  for (const char c : word) ++counts[static_cast<unsigned char>(c)];
  std::uint64_t sum = 0;
  for (const std::uint32_t count : counts)
    if (count > 0) sum += std::uint64_t{count} * recall::log2_64(count);
  return recall::log2_64(word.size()) - static_cast<std::uint32_t>(sum / word.size());
}

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
bool says_hash(std::string_view text, std::size_t at) {
  const std::string before = letters::to_lower(text.substr(at > 24 ? at - 24 : 0, std::min<std::size_t>(at, 24)));
  for (const std::string_view word :
       {"commit", "sha256", "sha1", "sha512", "sha-256", "digest", "checksum", "revision", "hash", "integrity", "uuid",
        "etag", "md5", "trace", "span", "blob/", "tree/", "raw/", "fingerprint"})
    if (before.find(word) != std::string::npos) return true;
  return false;
}

// "ParserTest2024Q3", "ADR-0042-use-postgres": at least half of the word consists of words as in names.
bool reads_as_name(std::string_view word) {
  std::size_t in_words = 0, parts = 0;
  bool plain = true;  // each part between dashes is only letters or only digits
  for (std::size_t begin = 0; begin <= word.size();) {
    const std::size_t end = std::min(word.find_first_of("-_", begin), word.size());
    const std::string_view part = word.substr(begin, end - begin);
    plain = plain && (all_digits(part) || std::all_of(part.begin(), part.end(), letters::is_letter));
    parts += part.empty() ? 0 : 1;
    begin = end + 1;
  }
  if (plain && parts >= 4) return true;
  for (std::size_t i = 0; i < word.size();) {
    std::size_t end = i;
    while (end < word.size() && letters::is_lower(word[end])) ++end;
    if (end - i >= 3) in_words += end - i + (i > 0 && letters::is_upper(word[i - 1]) ? 1 : 0);
    i = std::max(end, i + 1);
  }
  return std::any_of(word.begin(), word.end(), letters::is_upper) && in_words * 10 >= word.size() * 7;
}

// The thresholds by length: the shorter a word, the more of its bits and changes must be there, because a short name
// reaches the same entropy by accident. In 64ths of a bit; 208 is 3.25 bits a character, 224 is 3.5.
bool is_chance(std::string_view word) {
  const bool digit = std::any_of(word.begin(), word.end(), letters::is_digit);
  const bool letter = std::any_of(word.begin(), word.end(), letters::is_letter);
  if (!digit || !letter) return false;
  if (reads_as_name(word)) return false;
  if (letters::is_hex(word)) return word.size() >= 32 && entropy_64(word) >= 3 * 64;
  const bool mixed = std::any_of(word.begin(), word.end(), letters::is_upper) &&
                     std::any_of(word.begin(), word.end(), letters::is_lower);
  const std::size_t most = word.size() < 24 ? 3 : 4;  // at least one change per this many characters
  if (word.size() >= 16 && word.size() < 20 && mixed)
    return entropy_64(word) >= 208 && changes_of(word) * 2 >= word.size() && word.find_first_of("-_") == word.npos;
  if (word.size() >= 20 && mixed) return entropy_64(word) >= 224 && changes_of(word) * most >= word.size();
  return word.size() >= 28 && entropy_64(word) >= 224 && changes_of(word) * 4 >= word.size();
}

}  // namespace

void find_chance_secrets(std::string_view text, std::vector<FoundSecret>& found) {
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
      if (is_chance(word) && !says_hash(text, begin)) found.push_back({begin, stop, "high-entropy"});
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

}  // namespace cascade::memory
