// A small vocabulary for tests that need no download: all single bytes, then a few words by rank.
#pragma once

#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "tokens/vocabulary.h"
#include "unit/seeded_random.h"

namespace cascade::tokens {

using Random = test::SeededRandom;

inline std::vector<std::string> with_all_bytes(const std::vector<std::string>& words) {
  std::vector<std::string> tokens;
  for (int byte = 0; byte < 256; ++byte) tokens.emplace_back(1, static_cast<char>(byte));
  tokens.insert(tokens.end(), words.begin(), words.end());
  return tokens;
}

// Ranks 0 to 255 are the bytes, the words follow in this order.
inline const std::vector<std::string>& small_tokens() {
  static const std::vector<std::string> tokens =
      with_all_bytes({"he",   "ll",   "hell",         "hello",    "in",           "th", "the", " th", " the", "er",
                      "here", "aa",   "aaa",          "aaaa",     "ab",           "ba", "bab", "--",  "----", "\n\n",
                      "  ",   "    ", "\xE2\x82\xAC", "\xEF\xBF", "\xEF\xBF\xBD", "'s", "12",  "123"});
  return tokens;
}

// Owns a table and reads it in place.
struct SmallVocabulary {
  std::string table;
  Vocabulary vocabulary;

  explicit SmallVocabulary(const std::vector<std::string>& tokens = small_tokens()) {
    auto written = write_vocabulary(tokens, "small");
    REQUIRE(written);
    table = *written;
    auto read = Vocabulary::read(table, "small.bin");
    REQUIRE(read);
    vocabulary = *read;
  }
};

// A file that goes away with the test.
struct TableFile {
  std::string path = (std::filesystem::temp_directory_path() / "cascade-table-XXXXXX").string();

  explicit TableFile(std::string_view bytes) {
    const int fd = ::mkstemp(path.data());
    REQUIRE(fd >= 0);
    ::close(fd);
    std::ofstream(path, std::ios::binary) << bytes;
  }
  ~TableFile() { std::filesystem::remove(path); }
};

// A text of `count` snippets, each drawn from `snippets`.
inline std::string random_text(Random& random, const std::vector<std::string>& snippets, std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += snippets[random.below(snippets.size())];
  return text;
}

}  // namespace cascade::tokens
