// The hash of a phrase is a polynomial in the hashes of its words, so the next one follows from it with two
// multiplications, however long the words are. A string of JSON is read as it is written: what an escape stands for,
// apart from \u, is no part of a word.
#include "usage/phrases.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "syntax/json_slice.h"
#include "text/words.h"
#include "usage/words.h"

namespace cascade::usage {
namespace {

constexpr std::uint64_t base = 0x9e3779b97f4a7c15;

constexpr std::uint64_t power(std::uint64_t exponent) noexcept {
  std::uint64_t product = 1;
  for (; exponent > 0; --exponent) product *= base;
  return product;
}

// What a byte adds to the hash of its word, the same for both cases of a letter; 0: it belongs to no word.
constexpr std::array<std::uint64_t, 256> spread_bytes() noexcept {
  std::array<std::uint64_t, 256> spread{};
  for (std::size_t byte = 0; byte < spread.size(); ++byte) {
    const char c = static_cast<char>(static_cast<unsigned char>(byte));
    if (!letters::is_word_byte(c)) continue;
    std::uint64_t mixed = (static_cast<unsigned char>(letters::to_lower(c)) + std::uint64_t{1}) * base;  // SplitMix64
    mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111eb;
    spread[byte] = mixed ^ (mixed >> 31U);
  }
  return spread;
}
constexpr std::array<std::uint64_t, 256> spread_byte = spread_bytes();
constexpr std::uint64_t apostrophe = 0x5851f42d4c957f2d;

std::uint64_t spread(char c) noexcept { return spread_byte[static_cast<unsigned char>(c)]; }
constexpr std::uint64_t add_to(std::uint64_t word, std::uint64_t byte) noexcept {
  constexpr std::uint32_t turn = 9;
  return (word << turn | word >> (64 - turn)) ^ byte;
}

bool carries(std::string_view word) {
  return word.size() > 3 && !std::binary_search(std::begin(words::function_words), std::end(words::function_words),
                                                letters::to_lower(word));
}

// The last five words.
class Window {
 public:
  // The hash of the phrase that ends with this word. REQUIRES: is_full() afterwards, or it means nothing.
  std::uint64_t add(std::uint64_t word) noexcept {
    std::uint64_t& place = words_[count_ % phrase_length];
    sum_ = (sum_ - place * power(phrase_length - 1)) * base + word;
    place = word;
    ++count_;
    return sum_ ^ (sum_ >> 29U);
  }
  bool is_full() const noexcept { return count_ >= phrase_length; }
  std::uint32_t begin() const noexcept { return static_cast<std::uint32_t>(count_ - phrase_length); }

 private:
  std::array<std::uint64_t, phrase_length> words_{};
  std::uint64_t sum_ = 0;
  std::size_t count_ = 0;
};

// Calls `see` with the hash of each word. `escapes`: the text is the inside of a string of JSON; false: there is an
// escape that may stand for a letter, so nothing is known about what follows it.
template <typename See>
bool each_word(std::string_view text, bool escapes, const See& see) {
  const char* at = text.data();
  const char* const end = at + text.size();
  while (at < end) {
    if (spread(*at) == 0) {
      if (escapes && *at == '\\') {
        if (at + 1 < end && at[1] == 'u') return false;
        ++at;  // what is escaped is no part of a word
      }
      ++at;
      continue;
    }
    std::uint64_t hash = 0;
    while (true) {
      for (std::uint64_t byte = 0; at < end && (byte = spread(*at)) != 0; ++at) hash = add_to(hash, byte);
      if (end - at < 2 || *at != '\'' || spread(at[1]) == 0) break;
      hash = add_to(hash, apostrophe);
      ++at;
    }
    see(hash);
  }
  return true;
}

bool find_in(std::string_view text, bool escapes, const PhraseSet& wanted, std::vector<Phrase>& found) {
  Window window;
  return each_word(text, escapes, [&](std::uint64_t word) {
    const std::uint64_t phrase = window.add(word);
    if (wanted.has(phrase) && window.is_full()) found.push_back({phrase, window.begin()});
  });
}

}  // namespace

void add_phrases(std::string_view text, std::vector<Phrase>& phrases) {
  constexpr std::uint32_t least_carrying = 3;
  std::array<std::uint32_t, phrase_length> carried{};
  std::uint32_t carrying = 0;
  std::size_t count = 0;
  Window window;
  for (letters::WordCursor cursor(text); cursor.next(); ++count) {
    std::uint32_t& place = carried[count % phrase_length];
    carrying -= place;
    place = carries(cursor.word()) ? 1 : 0;
    carrying += place;
    each_word(cursor.word(), false, [&](std::uint64_t word) {
      const std::uint64_t phrase = window.add(word);
      if (window.is_full() && carrying >= least_carrying) phrases.push_back({phrase, window.begin()});
    });
  }
}

PhraseSet::PhraseSet(std::vector<std::uint64_t> hashes) : hashes_(std::move(hashes)) {
  constexpr std::uint64_t bits_of_each = 64;
  constexpr std::uint32_t least = 12, most = 24;
  std::sort(hashes_.begin(), hashes_.end());
  hashes_.erase(std::unique(hashes_.begin(), hashes_.end()), hashes_.end());
  std::uint32_t bits = least;
  while (bits < most && (std::uint64_t{1} << bits) < hashes_.size() * bits_of_each) ++bits;
  shift_ = 64 - bits;
  marks_.resize((std::size_t{1} << bits) / 64);
  for (const std::uint64_t hash : hashes_) marks_[(hash >> shift_) / 64] |= std::uint64_t{1} << ((hash >> shift_) % 64);
}

bool PhraseSet::is_listed(std::uint64_t hash) const noexcept {
  return std::binary_search(hashes_.begin(), hashes_.end(), hash);
}

void find_phrases(std::string_view text, const PhraseSet& wanted, std::vector<Phrase>& found) {
  if (!wanted.empty()) find_in(text, false, wanted, found);
}

void find_phrases(const syntax::JsonSlice& string, const PhraseSet& wanted, std::vector<Phrase>& found) {
  if (wanted.empty()) return;
  const std::size_t before = found.size();
  if (find_in(string.unquoted(), true, wanted, found)) return;
  found.resize(before);
  find_in(string.text(), false, wanted, found);
}

}  // namespace cascade::usage
