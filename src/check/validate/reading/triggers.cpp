// Splits the text at bytes that belong to no word and looks each word up in a small hash table, by its length and
// three of its letters. One pass finds the places for all rules; a rule without any trigger in a file need not read
// it, which saves most of the time of a validation.
#include "validate/reading/triggers.h"

#include <span>

#include "text/ascii.h"
#include "validate/reading/lists.h"
#include "validate/reading/trigger_words.h"

namespace cascade::validation {
namespace {

using enum Trigger;

// In lower case; the text may have any case.
struct Word {
  std::string_view text;
  Trigger trigger = download;
};

struct Group {
  Trigger trigger;
  std::span<const std::string_view> words;
};
constexpr Group groups[] = {{download, trigger_words::download},
                            {drop, lists::drops},
                            {drop, lists::obeys},
                            {drop, trigger_words::drop},
                            {secrecy, lists::saying},
                            {secrecy, lists::hides},
                            {secrecy, lists::knows},
                            {secrecy, lists::secretly},
                            {system, trigger_words::system},
                            {decode, trigger_words::decode},
                            {destroy, trigger_words::destroy},
                            {credential, trigger_words::credential},
                            {settings, trigger_words::settings},
                            {home, trigger_words::home}};

constexpr std::size_t count_known_words() {
  std::size_t count = 0;
  for (const Group& group : groups) count += group.words.size();
  return count;
}

constexpr auto words = [] {
  std::array<Word, count_known_words()> all{};
  std::size_t at = 0;
  for (const Group& group : groups)
    for (const std::string_view word : group.words) all[at++] = {word, group.trigger};
  return all;
}();

constexpr std::size_t slots = 1024, longest = 18, encoded_length = 20;

// The factors were chosen so that few words share a slot; any others would work, only slower.
constexpr std::size_t slot_of(std::size_t length, char first, char second, char last) {
  return (length * 37 + static_cast<std::size_t>(first) * 5 + static_cast<std::size_t>(second) * 61 +
          static_cast<std::size_t>(last) * 17) %
         slots;
}

// A hash table of words: `first[slot]` is the number of a word plus one, `next` chains words that share a slot.
struct Buckets {
  std::array<std::uint8_t, slots> first{};
  std::array<std::uint8_t, std::size(words)> next{};
};
constexpr Buckets make_buckets() {
  Buckets buckets;
  for (std::size_t i = 0; i < std::size(words); ++i) {
    const std::string_view word = words[i].text;
    const std::size_t slot = slot_of(word.size(), word[0], word[1], word.back());
    buckets.next[i] = buckets.first[slot];
    buckets.first[slot] = static_cast<std::uint8_t>(i + 1);
  }
  return buckets;
}
static_assert(std::size(words) < 255);
constexpr Buckets buckets = make_buckets();

// 0 for characters that end a word, else the letter in lower case.
constexpr std::array<char, 256> make_folding() {
  std::array<char, 256> folding{};
  for (int c = 0; c < 256; ++c) {
    const char letter = static_cast<char>(c);
    if (letters::is_letter(letter) || letters::is_digit(letter)) folding[c] = letters::to_lower(letter);
  }
  return folding;
}
constexpr std::array<char, 256> folding = make_folding();

// A run of twenty letters and digits may be an encoded payload, whatever it spells.
void look_up(std::string_view text, std::size_t begin, std::size_t length, Triggers& found) {
  if (length >= encoded_length) found.at[static_cast<std::size_t>(encoded)].push_back(begin);
  const std::string_view word = text.substr(begin, length);
  if (length > longest || length < 2) return;
  const auto fold = [&](std::size_t i) { return folding[static_cast<unsigned char>(word[i])]; };
  std::uint8_t number = buckets.first[slot_of(length, fold(0), fold(1), fold(length - 1))];
  for (; number != 0; number = buckets.next[number - 1]) {
    const Word& known = words[number - 1];
    if (letters::equals_lower(word, known.text)) found.at[static_cast<std::size_t>(known.trigger)].push_back(begin);
  }
}

}  // namespace

Triggers find_triggers(std::string_view text) {
  Triggers found;
  for (std::size_t i = 0; i < text.size();) {
    if (folding[static_cast<unsigned char>(text[i])] == 0) {
      ++i;
      continue;
    }
    const std::size_t begin = i;
    while (i < text.size() && folding[static_cast<unsigned char>(text[i])] != 0) ++i;
    look_up(text, begin, i - begin, found);
  }
  return found;
}

}  // namespace cascade::validation
