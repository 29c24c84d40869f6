#include "route/terms.h"

#include <libstemmer.h>

#include <algorithm>
#include <iterator>

#include "unicode/utf8.h"

namespace cascade::route {
namespace {

// Words that carry no subject; sorted. Words that occur in names ("on", "off", "out") are kept.
constexpr std::string_view function_words[] = {
    "a",     "about", "all",   "am",     "an",   "and",    "any",   "are",   "as",  "at",   "be",   "been",  "but",
    "by",    "can",   "could", "did",    "do",   "does",   "for",   "from",  "had", "has",  "have", "how",   "i",
    "if",    "in",    "into",  "is",     "it",   "its",    "just",  "let",   "may", "me",   "my",   "no",    "not",
    "of",    "or",    "our",   "please", "s",    "should", "so",    "some",  "t",   "that", "the",  "their", "them",
    "then",  "there", "these", "they",   "this", "to",     "use",   "using", "was", "we",   "were", "what",  "when",
    "where", "which", "who",   "why",    "will", "with",   "would", "you",   "your"};

bool is_upper(char32_t c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char32_t c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char32_t c) { return c >= '0' && c <= '9'; }

// Letters beyond ASCII count as letters; punctuation and symbols of the general block do not.
bool is_word(char32_t c) {
  if (c < 0x80) return is_upper(c) || is_lower(c) || is_digit(c);
  return c >= 0xC0 && c != 0xD7 && c != 0xF7 && !(c >= 0x2000 && c <= 0x2BFF) && !(c >= 0x3000 && c <= 0x303F) &&
         c != unicode::replacement;
}

bool starts_part(char32_t before, char32_t now, char32_t after) {
  if (is_lower(before) && is_upper(now)) return true;
  return is_upper(before) && is_upper(now) && is_lower(after);
}

}  // namespace

struct TermSplitter::Stemmer {
  sb_stemmer* handle = sb_stemmer_new("english", "UTF_8");
  Stemmer() = default;
  Stemmer(const Stemmer&) = delete;
  Stemmer& operator=(const Stemmer&) = delete;
  ~Stemmer() { sb_stemmer_delete(handle); }

  std::string stem(const std::string& word) const {
    const sb_symbol* result =
        sb_stemmer_stem(handle, reinterpret_cast<const sb_symbol*>(word.data()), static_cast<int>(word.size()));
    return {reinterpret_cast<const char*>(result), static_cast<std::size_t>(sb_stemmer_length(handle))};
  }
};

TermSplitter::TermSplitter() : stemmer_(std::make_unique<Stemmer>()) {}
TermSplitter::~TermSplitter() = default;

std::vector<Term> TermSplitter::split(std::string_view text) const {
  std::vector<Term> terms;
  std::string word;
  const auto finish = [&] {
    const bool common =
        std::binary_search(std::begin(function_words), std::end(function_words), std::string_view(word));
    if (!word.empty() && word.size() <= 64 && !common) terms.push_back({stemmer_->stem(word), word});
    word.clear();
  };
  char32_t before = 0;
  for (std::size_t i = 0; i < text.size();) {
    const unicode::Decoded decoded = unicode::decode(text, i);
    i += decoded.length;
    const char32_t now = decoded.code_point;
    const char32_t after = i < text.size() ? unicode::decode(text, i).code_point : 0;
    if (!is_word(now)) {
      finish();
    } else {
      if (starts_part(before, now, after)) finish();
      unicode::append(word, is_upper(now) ? now + ('a' - 'A') : now);
    }
    before = now;
  }
  finish();
  return terms;
}

}  // namespace cascade::route
