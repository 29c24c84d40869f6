// Words as the router compares them.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::route {

// A word of a text: `stem` is what is compared, `word` what is shown (lower case).
struct Term {
  std::string stem, word;
};

// Splits at everything that is no letter or digit, and identifiers at changes of case ("parseHTTPHeader" gives parse,
// http, header); lower case; Snowball's English stemmer; common function words are dropped. Not thread-safe, cheap to
// make.
class TermSplitter {
 public:
  TermSplitter();
  ~TermSplitter();
  TermSplitter(const TermSplitter&) = delete;
  TermSplitter& operator=(const TermSplitter&) = delete;

  std::vector<Term> split(std::string_view text) const;

 private:
  struct Stemmer;
  std::unique_ptr<Stemmer> stemmer_;
};

}  // namespace cascade::route
