// Splits a text into words and the breaks between them.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct sb_stemmer;

namespace cascade::route {

// The break between a word and the previous one: only a change of case, a joining mark ("-", "_", "."),
// white space, the end of a clause, the end of a sentence or line.
enum class Break : std::uint8_t { part, mark, space, clause, sentence };

struct Word {
  std::string_view text;     // lower case in ASCII; valid until the next call
  std::uint32_t offset = 0;  // of its first byte
  Break before = Break::sentence;
  bool whole = false;       // "GitHub" is read as github (whole) and then its parts git, hub
  bool inside = false;      // one of those parts
  bool pair = false;        // two neighbouring characters of the run of Chinese, Japanese or Korean before it
  bool identifier = false;  // part of something written like an identifier (case inside, "_", "()")
};

// Reads letters and digits as words; everything else separates. "2gb" is 2 and gb. "don't" is dont, "it's" is it;
// "C++", "C#", "F#" and ".NET" are words (cplusplus, csharp, fsharp, dotnet). A run of Chinese, Japanese or Korean
// letters is followed by each pair of neighbours in it. Linear, no allocation but its own buffer.
class WordReader {
 public:
  // Reads from `from` on, which must not be inside a word.
  explicit WordReader(std::string_view text, std::size_t from = 0) : text_(text), at_(from) {}
  WordReader(const WordReader&) = delete;
  WordReader& operator=(const WordReader&) = delete;
  bool next(Word& word);
  std::size_t at() const { return at_; }                    // the end of the text read so far
  bool in_parts() const { return in_parts_ || in_pairs_; }  // the last word has parts or pairs left

 private:
  bool read_run();
  void skip_separators();
  bool read_plain_run();
  void read_any_run();
  bool goes_on(std::size_t at) const;
  void special_ending();
  void emit(Word& word, std::size_t begin, std::size_t end) const;
  std::size_t part_end(std::size_t begin) const;
  bool next_pair(Word& word);

  std::string_view text_;
  std::size_t at_ = 0;
  std::string_view run_;    // the run in lower case: in the text, or in buffer_
  std::string_view shape_;  // the run as written
  std::string buffer_, shape_buffer_;
  std::uint32_t run_offset_ = 0;
  std::size_t part_ = 0;  // the next part of the run; 0 also before the whole
  bool cased_ = false;    // a capital may follow its first letter
  bool in_parts_ = false;
  bool unspaced_ = false, in_pairs_ = false;
  Break before_ = Break::sentence;
  bool identifier_ = false;
};

// As the dictionary spells it: small letters without accents ("für" as "fur"), one space between words and at the ends.
struct FoldedText {
  std::string text;
  std::vector<std::uint32_t> offsets;  // by byte of `text`: the offset of its character in the original
};
FoldedText folded(std::string_view text);

// The words of developers in ten languages with their English translations: compiled from route/dictionary/*.tsv, read
// in place. A word is found by its longest known beginning, because endings carry grammar. In a language that joins
// words (German) or writes no spaces (Chinese, Japanese, Korean), the search goes on after each known part.

// In the order of the columns of route/dictionary/*.tsv; English, the first column, comes last.
enum class Language : std::uint8_t {
  german,
  french,
  spanish,
  portuguese,
  italian,
  polish,
  russian,
  chinese,
  japanese,
  korean,
  english
};
constexpr std::size_t language_count = 10;  // in the dictionary, without English

struct DictionaryKey {
  std::uint16_t end = 0;      // end of its spelling in the text of its language
  std::uint16_t meaning = 0;  // its number times two, plus one if the word must end here
};
struct DictionaryLanguage {
  std::uint32_t keys = 0, key_count = 0;    // sorted by spelling
  std::uint32_t text = 0, text_length = 0;  // their spellings, one after the other
};

struct Meaning {
  std::uint32_t offset = 0;  // where it begins in the text, in bytes
  std::uint32_t length = 0;  // of the spelling, folded
  std::string_view english;  // words with spaces between them; empty: a function word
};

class Dictionary {
 public:
  // Returns false if `bytes` are not a table. They must outlive the dictionary and be aligned to 8 bytes.
  bool open(std::string_view bytes);
  // The meanings in the order of the text. Linear in the text, times the length of the longest spelling.
  std::vector<Meaning> meanings(Language language, const FoldedText& folded) const;
  // True if `word`, folded, is a function word of this language.
  bool is_function(Language language, std::string_view word) const;

 private:
  struct Found {
    std::size_t length = 0;  // 0: nothing
    std::uint32_t meaning = 0;
  };
  std::string_view spelling(const DictionaryLanguage& of, const DictionaryKey& key) const;
  std::string_view english(std::uint32_t meaning) const;
  Found longest(Language language, std::string_view text, std::size_t at) const;

  Span<DictionaryLanguage> languages_;
  Span<DictionaryKey> keys_;
  Span<std::uint16_t> english_ends_;
  std::string_view text_, english_;
};

std::string_view dictionary_bytes() noexcept;  // generated by the build, 8-byte aligned
Dictionary shipped_dictionary();

// Snowball's English stemmer, with American spelling and without the endings of doers and deeds ("creator", "creation",
// "create"). Lower case; words with digits or of fewer than three letters stay. Not thread-safe; half a microsecond.
class Stemmer {
 public:
  Stemmer();
  // Valid until the next call.
  std::string_view stem(std::string_view word);

 private:
  std::unique_ptr<sb_stemmer, void (*)(sb_stemmer*)> snowball_;
  std::string word_, stem_;
};

// Which of the words with one stem this is. `any`: several of them, or not known. Two different ones of the others are
// different words: "access" (word), "accessible" (quality), "hospital" (quality) and "hospitality" (state).
enum class Form : std::uint8_t { any, word, quality, state };

Form form_of(std::string_view word, std::string_view stem) noexcept;  // lower case

constexpr bool are_other_words(Form a, Form b) noexcept { return a != b && a != Form::any && b != Form::any; }

}  // namespace cascade::route
