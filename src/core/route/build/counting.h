// Counts the words of a source by field, and the concepts that its texts express.
#pragma once

#include <cassert>
#include <span>

#include "route/build/fields.h"
#include "route/build/postings.h"
#include "text/ascii.h"

namespace cascade::route {

// The bytes of a word of at most 16, the first lowest, then zeros: words are equal when these are.
struct WordBytes {
  std::uint64_t low = 0, high = 0;

  bool operator==(const WordBytes&) const = default;
};

struct PlainWord {
  WordBytes bytes;         // in lower case
  std::size_t length = 0;  // 0: the text is not such a word
  bool digits = false;     // only digits
};

// The first of the bytes lowest; 0 beyond the end.
inline std::uint64_t eight_bytes(const char* at, const char* end) noexcept {
  std::uint64_t value = 0;
  if (end - at >= 8) {
    std::memcpy(&value, at, 8);
    if constexpr (std::endian::native == std::endian::big) value = __builtin_bswap64(value);
  } else {
    for (int i = 0; at != end; i += 8) value |= std::uint64_t{static_cast<unsigned char>(*at++)} << i;
  }
  return value;
}

// REQUIRES: at most 16 bytes.
inline WordBytes bytes_of(std::string_view word) noexcept {
  const char *const at = word.data(), *const end = at + word.size();
  return {eight_bytes(at, end), word.size() > 8 ? eight_bytes(at + 8, end) : 0};
}

class WordText {
 public:
  explicit WordText(WordBytes word) noexcept {
    const std::uint64_t last = word.high != 0 ? word.high : word.low;
    size_ = (word.high != 0 ? 8U : 0U) + (71U - static_cast<unsigned>(std::countl_zero(last))) / 8;
    for (std::uint64_t* half : {&word.low, &word.high})
      if constexpr (std::endian::native == std::endian::big) *half = __builtin_bswap64(*half);
    std::memcpy(bytes_.data(), &word, bytes_.size());
  }
  operator std::string_view() const noexcept { return {bytes_.data(), size_}; }

 private:
  std::array<char, sizeof(WordBytes)> bytes_{};
  unsigned size_ = 0;
};

namespace plain {

enum class Kind : std::uint8_t { mark, wide, letter_or_digit };
constexpr std::array<Kind, 256> kinds = [] {
  std::array<Kind, 256> of{};
  for (std::size_t c = 0; c < 256; ++c)
    of[c] = letters::is_letter_or_digit(static_cast<char>(c)) ? Kind::letter_or_digit
            : c >= 0x80                                       ? Kind::wide
                                                              : Kind::mark;
  return of;
}();

constexpr std::uint64_t each_byte = 0x0101010101010101ULL, top_bits = 0x80 * each_byte, low_bits = ~top_bits;

// The top bit of each of eight bytes that lies from `first` to `last`, both ASCII.
constexpr std::uint64_t within(std::uint64_t bytes, unsigned first, unsigned last) noexcept {
  const std::uint64_t low = bytes & low_bits;
  return (low + each_byte * (0x80 - first)) & ~(low + each_byte * (0x7f - last)) & ~bytes & top_bits;
}

// The letters and digits that eight bytes begin with; `lower` has zeros after them.
struct Run {
  std::uint64_t lower = 0, capitals = 0, small = 0;  // capitals, small: the top bits of such letters
  unsigned length = 0;
};
constexpr Run read_run(std::uint64_t bytes, bool digits_only) noexcept {
  constexpr std::uint64_t case_bits = 0x20 * each_byte;
  const std::uint64_t letters = within(bytes | case_bits, 'a', 'z');
  const std::uint64_t capitals = letters & ~(bytes << 2);
  const std::uint64_t stops = top_bits & ~(within(bytes, '0', '9') | (digits_only ? 0 : letters));
  const std::uint64_t kept = stops == 0 ? ~std::uint64_t{0} : (stops ^ (stops - 1)) >> 8;
  return {(bytes | capitals >> 2) & kept, capitals & kept, (letters ^ capitals) & kept,
          stops == 0 ? 8U : static_cast<unsigned>(std::countr_zero(stops)) / 8};
}

// May belong to the word before it: a letter beyond ASCII, "don't", "C++", "C#".
constexpr bool goes_on(char c) noexcept {
  return static_cast<unsigned char>(c) >= 0x80 || c == '\'' || c == '+' || c == '#';
}

}  // namespace plain

inline bool is_mark(char c) noexcept { return plain::kinds[static_cast<unsigned char>(c)] == plain::Kind::mark; }
inline bool is_plain(char c) noexcept {
  return plain::kinds[static_cast<unsigned char>(c)] == plain::Kind::letter_or_digit;
}

// The word that WordReader reads at `at`; length 0: that may not be one word of at most 15 plain letters and digits.
inline PlainWord read_plain_word(const char* begin, const char* at, const char* end) noexcept {
  PlainWord word;
  word.digits = letters::is_digit(*at);
  plain::Run run = plain::read_run(eight_bytes(at, end), word.digits);
  word.bytes.low = run.lower;
  word.length = run.length;
  std::uint64_t capitals = run.capitals & ~std::uint64_t{0x80};  // after the first letter
  if (run.length == 8) {
    const plain::Run more = plain::read_run(eight_bytes(at + 8, end), word.digits);
    word.bytes.high = more.lower;
    word.length += more.length;
    capitals |= more.capitals;
    run.small |= more.small;
    if (more.length == 8) return {};
  }
  // Capitals alone are one word; with small letters they may be many ("parseHTTP").
  if (capitals != 0 && run.small != 0) return {};
  const char* const next = at + word.length;
  if (next != end && plain::goes_on(*next)) return {};
  if (word.length == 3 && at != begin && at[-1] == '.') return {};  // ".NET"
  return word;
}

// Whether a sentence ends with this mark, judged by the mark before it.
constexpr bool ends_sentence(char before, char mark) noexcept {
  if (mark == ' ') return before == '.';
  if (mark == '\n') return before == '.' || before == '\n';
  return mark == '?' || mark == '!' || mark == ';';
}

// Calls plain(PlainWord, whether it begins a sentence: false without `sentences`) or other(Word) for each word from
// `begin` to `end`, in order. REQUIRES: `end` is a line's end or `text_end`; bytes up to `text_end` may be read.
template <bool sentences, typename Plain, typename Other>
void each_word(const char* begin, const char* end, const char* text_end, Plain&& plain, Other&& other) {
  assert(end == text_end || *end == '\n');
  for (const char* at = begin;;) {
    const char* const marks = at;
    bool sentence = sentences && at == begin;
    for (char before = 0; at != end && is_mark(*at); ++at) {
      if constexpr (sentences) sentence = ends_sentence(before, *at) || sentence;
      before = *at;
    }
    if (at == end) return;
    if (is_plain(*at)) {
      if (const PlainWord word = read_plain_word(begin, at, text_end); word.length != 0) {
        plain(word, sentence);
        at += word.length;
        continue;
      }
    }
    WordReader reader({begin, static_cast<std::size_t>(end - begin)}, static_cast<std::size_t>(marks - begin));
    Word word;
    while (reader.next(word)) {
      other(word);
      if (!reader.in_parts()) break;
    }
    at = begin + reader.at();
  }
}

// Words by their bytes as two integers, next to their counts in the current source: one look at a small table.
class WordCounts {
 public:
  struct Counted {
    WordBytes bytes;           // of a word of more than 16: its number and ~0, which no word's bytes are
    FieldCounts counts = 0;    // in the source at hand
    std::uint32_t source = 0;  // the last that used it, counted from 1
    std::uint32_t number = 0;  // in the vocabulary
  };

  // Adds new words to the vocabulary.
  explicit WordCounts(Vocabulary& vocabulary) : vocabulary_(vocabulary), slots_(1024) {}

  void begin_source();
  // The word, now one of the source's. Valid until the next call.
  Counted& use(WordBytes word) {
    const std::uint32_t slot = slots_[slot_of(word)];
    return slot != 0 ? used(slot - 1) : use_new(word);
  }
  Counted& use(std::string_view word);
  // The words of this source, by first use.
  std::span<const std::uint32_t> of_source() const { return {used_.data(), used_count_}; }
  const Counted& operator[](std::uint32_t place) const { return words_[place]; }

 private:
  std::size_t slot_of(WordBytes word) const noexcept {
    const std::uint64_t hash = (word.low ^ word.high * 0xd6e8feb86659fd93ULL) * 0x9e3779b97f4a7c15ULL;
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = (hash >> 32 ^ hash >> 48) & mask;
    while (slots_[at] != 0 && !(words_[slots_[at] - 1].bytes == word)) at = (at + 1) & mask;
    return at;
  }
  Counted& used(std::uint32_t place) {
    Counted& word = words_[place];
    const bool is_first = word.source != source_;  // which words are cannot be foreseen: no branch
    word.source = source_;
    word.counts = is_first ? 0 : word.counts;
    used_[used_count_] = place;
    used_count_ += is_first ? 1 : 0;
    return word;
  }
  Counted& use_new(WordBytes word);
  std::uint32_t add(WordBytes word, std::uint32_t number);

  Vocabulary& vocabulary_;
  std::vector<std::uint32_t> slots_;  // place in words_ + 1; 0: free
  std::vector<Counted> words_;
  std::vector<std::uint32_t> used_;  // room for all words and one more
  std::size_t used_count_ = 0;
  std::uint32_t source_ = 0;
};

// Lines and descriptions that many sources share: they do not tell one source from another.
class Boilerplate {
 public:
  Boilerplate(Span<std::uint32_t> lines, Span<std::uint64_t> descriptions);  // sorted
  bool has_line(std::uint32_t hash) const noexcept { return lines_.has(hash); }
  bool has_description(std::uint64_t hash) const noexcept;

 private:
  Span<std::uint64_t> descriptions_;
  LineSet lines_;
};

class Counter {
 public:
  // Adds new words to the vocabulary.
  Counter(const Registry& registry, Vocabulary& vocabulary, const LexiconTable& lexicon,
          const Boilerplate& boilerplate);

  // Sets the counts in `noted` and adds its records at the end of `notes`.
  void count(const Source& source, const std::vector<std::string_view>& referrers, NotedSource& noted,
             NotesData& notes);

 private:
  void add(Field field, std::string_view text);
  void add_and_express(Field field, std::string_view text);
  std::uint32_t sign_of(std::uint32_t word);
  void count_word(Field field, WordCounts::Counted& word, bool digits);
  void express(Field field);
  std::vector<std::uint32_t> read_phrase(std::string_view text);
  void add_phrase(const std::vector<std::uint32_t>& words, NotesData& notes) const;
  void add_names(const Source& source, NotesData& notes);
  void add_body(const Source& source);
  void count_words(Field field, const char* begin, const char* end, const char* text_end);
  void keep(NotedSource& noted, NotesData& notes);

  const Registry& registry_;
  Vocabulary& vocabulary_;
  const LexiconTable& lexicon_;
  const Boilerplate& boilerplate_;
  PatternMatcher matcher_;
  WordCounts words_;
  std::vector<std::uint32_t> signs_;  // by word
  std::vector<std::array<std::uint8_t, field_count>> concepts_;
  std::vector<std::uint32_t> expressed_;
  std::array<std::uint32_t, field_count> lengths_{};
  SignText text_;
  PatternHits hits_;
};

}  // namespace cascade::route
