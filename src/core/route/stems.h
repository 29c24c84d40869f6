// Reduces words to stems, which the router compares. The only header over Snowball (libstemmer).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace cascade::route {

// Snowball's English stemmer, with American spelling for British ("optimise", "behaviour") and without the endings of
// doers and deeds ("creator", "creation" and "create" are one). Lower case in, lower case out; words with digits and
// words of fewer than three letters stay as they are. Not thread-safe; about half a microsecond a word.
class Stemmer {
 public:
  Stemmer();
  ~Stemmer();
  Stemmer(const Stemmer&) = delete;
  Stemmer& operator=(const Stemmer&) = delete;

  // Valid until the next call.
  std::string_view stem(std::string_view word);

 private:
  struct Snowball;
  std::unique_ptr<Snowball> snowball_;
  std::string word_, stem_;
};

// Words that a stemmer's deep cut unites, told apart again.

// Which of the words with one stem this is. `any`: several of them, or not known. Two different ones of the others are
// different words: "access" (word), "accessible" (quality), "hospital" (quality) and "hospitality" (state).
enum class Form : std::uint8_t { any, word, quality, state };

Form form_of(std::string_view word, std::string_view stem) noexcept;  // lower case

constexpr bool are_other_words(Form a, Form b) noexcept { return a != b && a != Form::any && b != Form::any; }

}  // namespace cascade::route
