// Reduces words to stems, which the router compares. The only header over Snowball (libstemmer).
#pragma once

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

}  // namespace cascade::route
