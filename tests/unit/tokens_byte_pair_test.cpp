#include "tokens/vocabulary.h"

#include <catch2/catch.hpp>

#include "tokens_small_vocabulary.h"

using namespace cascade;
using namespace cascade::tokens;

namespace {

// "hell|o": what the tokens of a piece stand for.
std::string tokens_of(const Vocabulary& vocabulary, std::string_view piece) {
  std::vector<Rank> ranks;
  encode_piece(vocabulary, piece, ranks);
  CHECK(count_piece(vocabulary, piece) == ranks.size());
  std::string out;
  for (const Rank rank : ranks) out += (out.empty() ? "" : "|") + std::string(vocabulary.text(rank));
  return out;
}

// The definition, word for word: quadratic, on strings.
std::vector<Rank> defined_tokens(const Vocabulary& vocabulary, std::string_view piece) {
  std::vector<std::string> parts;
  for (const char c : piece) parts.emplace_back(1, c);
  if (vocabulary.find(piece) != no_rank) parts = {std::string(piece)};
  for (;;) {
    Rank lowest = no_rank;
    std::size_t where = 0;
    for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
      const Rank rank = vocabulary.find(parts[i] + parts[i + 1]);
      if (rank < lowest) {
        lowest = rank;
        where = i;
      }
    }
    if (lowest == no_rank) break;
    parts[where] += parts[where + 1];
    parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(where) + 1);
  }
  std::vector<Rank> ranks;
  for (const std::string& part : parts) ranks.push_back(vocabulary.find(part));
  return ranks;
}

}  // namespace

TEST_CASE("pairs merge by rank, not by length or place") {
  const SmallVocabulary small;
  CHECK(tokens_of(small.vocabulary, "hello") == "hello");
  CHECK(tokens_of(small.vocabulary, "helloo") == "hello|o");
  CHECK(tokens_of(small.vocabulary, "xhellx") == "x|hell|x");
  CHECK(tokens_of(small.vocabulary, "there") == "the|r|e");   // "he" before "er"
  CHECK(tokens_of(small.vocabulary, "bhere") == "b|he|r|e");  // "here" is a token, but no pair leads to it
  CHECK(tokens_of(small.vocabulary, "here") == "here");
}

TEST_CASE("of equal ranks the leftmost merges first") {
  const SmallVocabulary small;
  CHECK(tokens_of(small.vocabulary, "aab") == "aa|b");
  CHECK(tokens_of(small.vocabulary, "aaaaa") == "aa|aaa");  // twice "aa" from the left, then "aaa" before "aaaa"
  CHECK(tokens_of(small.vocabulary, "aaa-") == "aaa|-");
  CHECK(tokens_of(small.vocabulary, "aaaaaaaa") == "aaaa|aaaa");
}

TEST_CASE("bytes that are in no token stay alone") {
  const SmallVocabulary small;
  CHECK(tokens_of(small.vocabulary, "xyz") == "x|y|z");
  CHECK(tokens_of(small.vocabulary, "") == "");
  CHECK(tokens_of(small.vocabulary, std::string(1, '\0')) == std::string(1, '\0'));
}

TEST_CASE("random pieces of every length are encoded as the definition says") {
  Random random{1};
  const std::vector<std::string> letters = {"a", "b", "c", "ab", "hello", "aa"};
  for (int round = 0; round < 60; ++round) {
    // A vocabulary whose tokens are joined from earlier ones, as a trained one is, in an order of its own.
    std::vector<std::string> tokens = with_all_bytes({"ab", "bc", "aa"});
    for (int more = 0; more < 40; ++more) {
      std::string token = tokens[random.below(tokens.size() - 97) + 97] + tokens[random.below(tokens.size() - 97) + 97];
      if (random.below(2) == 0) token = std::string(1 + random.below(3), 'a') + std::string(random.below(3), 'b');
      if (std::find(tokens.begin(), tokens.end(), token) == tokens.end() && token.size() < 60) tokens.push_back(token);
    }
    const SmallVocabulary small(tokens);
    for (const std::size_t length : {1, 2, 5, 40, 80, 200}) {
      const std::string piece = random_text(random, letters, length);
      std::vector<Rank> ranks;
      encode_piece(small.vocabulary, piece, ranks);
      REQUIRE(ranks == defined_tokens(small.vocabulary, piece));
      REQUIRE(count_piece(small.vocabulary, piece) == ranks.size());
    }
  }
}

TEST_CASE("pieces that are counted side by side have the counts that they have alone") {
  const SmallVocabulary small;
  Random random{4};
  for (int round = 0; round < 300; ++round) {
    std::vector<std::string> texts(random.below(most_together + 1));
    for (std::string& text : texts) text = random_text(random, small_tokens(), 1 + random.below(10));
    const std::vector<std::string_view> pieces(texts.begin(), texts.end());
    std::vector<std::uint32_t> counts(pieces.size()), expected;
    count_pieces(small.vocabulary, {pieces.data(), pieces.size()}, counts.data());
    for (const std::string_view piece : pieces) expected.push_back(count_piece(small.vocabulary, piece));
    CHECK(counts == expected);
  }
}

TEST_CASE("around the length where the method changes nothing else does") {
  const SmallVocabulary small;
  for (std::size_t length = 120; length < 140; ++length) {
    const std::string piece = std::string(length, 'a') + "b";
    std::vector<Rank> ranks;
    encode_piece(small.vocabulary, piece, ranks);
    CHECK(ranks == defined_tokens(small.vocabulary, piece));
  }
}

TEST_CASE("a word of a hundred thousand letters is encoded without delay") {
  const SmallVocabulary small;
  CHECK(count_piece(small.vocabulary, std::string(100'000, 'a')) == 25'000);
  CHECK(count_piece(small.vocabulary, std::string(100'000, 'x')) == 100'000);
}
