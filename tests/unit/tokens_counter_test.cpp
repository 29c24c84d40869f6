#include <cascade/tokens.h>

#include <catch2/catch.hpp>
#include <thread>

#include "tokens/estimate.h"
#include "tokens_small_vocabulary.h"

using namespace cascade;
using namespace cascade::tokens;
using namespace std::string_literals;

namespace {

// A counter over the small vocabulary, which needs no download.
TokenCounter small_counter() {
  const TableFile file(*write_vocabulary(small_tokens(), "small"));
  auto counter = TokenCounter::open(file.path);
  REQUIRE(counter);
  return *counter;
}

std::string ids(const TokenCounter& counter, std::string_view text) {
  std::string out;
  for (const std::uint32_t id : counter.encode(text)) out += (out.empty() ? "" : " ") + std::to_string(id);
  return out;
}

const std::vector<std::string> snippets = {"hello", " hello", "aaaa", " the",     "the ",     "\n",   "\r\n",
                                           "    ",  "--",     "1234", "it's",     "€",        "日本", "é",
                                           "😀",     "\u0301", "\0"s,  "\xE2\x82", "\xC0\xAF", "\xFF", "/",
                                           "X",     "Hello",  "\t\t", "--------", "(a)",      "# a\n"};

}  // namespace

TEST_CASE("text is cut in pieces and each piece is encoded") {
  const TokenCounter counter = small_counter();
  CHECK(counter.exact());
  CHECK(ids(counter, "") == "");
  CHECK(ids(counter, "hello hello") == "259 32 259");
  CHECK(ids(counter, "in the there") == "260 264 264 114 101");
  CHECK(ids(counter, "aaaaa\n\nb") == "267 268 275 98");
  CHECK(counter.count("hello hello") == Cost{3, 11});
  CHECK(counter.count("").tokens == 0);
}

TEST_CASE("ill-formed bytes count as U+FFFD") {
  const TokenCounter counter = small_counter();
  CHECK(ids(counter, "\xE2\x82") == ids(counter, "\uFFFD"));
  CHECK(counter.count("\xE2\x82") == Cost{1, 1});
  CHECK(counter.count("\xC0\xAF") == Cost{2, 2});
  CHECK(counter.count("\xED\xA0\x80") == Cost{3, 3});
}

TEST_CASE("chars are UTF-16 units") {
  CHECK(small_counter().count("a€😀").chars == 4);
  CHECK(TokenCounter::estimating().count("a€😀").chars == 4);
}

TEST_CASE("special tokens are ordinary text") {
  const TokenCounter counter = small_counter();
  CHECK(counter.count("<|endoftext|>").tokens == 13);
  CHECK(counter.count("<|endofprompt|>").tokens == 15);
}

TEST_CASE("counting agrees with encoding, in any text and in texts that repeat") {
  const TokenCounter counter = small_counter();
  Random random{1};
  // The first texts are short and counted without a memo, the later ones with it.
  for (int round = 0; round < 600; ++round) {
    const std::string text = random_text(random, snippets, random.below(round < 500 ? 40 : 2000));
    REQUIRE(counter.count(text).tokens == counter.encode(text).size());
  }
}

TEST_CASE("counts add up at the start of a line that begins with neither white space nor a slash") {
  const TokenCounter counter = small_counter(), estimate = TokenCounter::estimating();
  Random random{1};
  for (int round = 0; round < 2000; ++round) {
    const std::string before = random_text(random, snippets, random.below(12)) + "\n";
    const std::string after = "#" + random_text(random, snippets, random.below(12));
    REQUIRE(counter.count(before + after) == counter.count(before) + counter.count(after));
    REQUIRE(estimate.count(before + after) == estimate.count(before) + estimate.count(after));
  }
  CHECK(counter.count("--\n/x").tokens != counter.count("--\n").tokens + counter.count("/x").tokens + 1);
}

TEST_CASE("threads count alike") {
  const TokenCounter counter = small_counter();
  Random random{1};
  std::vector<std::string> texts;
  for (int i = 0; i < 40; ++i) texts.push_back(random_text(random, snippets, 800));
  std::vector<TokenCount> expected;
  for (const std::string& text : texts) expected.push_back(static_cast<TokenCount>(counter.encode(text).size()));
  // More threads than memos.
  std::vector<std::vector<TokenCount>> found(20);
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < found.size(); ++t)
    threads.emplace_back([&, t] {
      for (const std::string& text : texts) found[t].push_back(counter.count(text).tokens);
    });
  for (std::thread& thread : threads) thread.join();
  for (const auto& counts : found) CHECK(counts == expected);
}

TEST_CASE("a counter outlives its copies and its file") {
  TokenCounter counter = TokenCounter::estimating();
  {
    const TokenCounter opened = small_counter();
    counter = opened;
  }
  CHECK(counter.count("hello").tokens == 1);
  CHECK(counter.vocabulary().substr(0, 6) == "small-");
}

TEST_CASE("a word of a hundred thousand letters is counted without delay") {
  CHECK(small_counter().count(std::string(100'000, 'a')).tokens == 25'000);
  CHECK(small_counter().count(std::string(100'000, ' ')).tokens == 25'000);
  CHECK(small_counter().count(std::string(100'000, '\n')).tokens == 50'000);
  CHECK(TokenCounter::estimating().count(std::string(100'000, 'a')).tokens > 10'000);
}

TEST_CASE("a table that cannot be used says why") {
  const auto missing = TokenCounter::open("/nonexistent/o200k.bin");
  REQUIRE_FALSE(missing);
  CHECK(missing.error().code == ErrorCode::not_found);
  const TableFile text("not a table");
  const auto malformed = TokenCounter::open(text.path);
  REQUIRE_FALSE(malformed);
  CHECK(malformed.error().code == ErrorCode::malformed);
  CHECK(malformed.error().path == text.path);
  CHECK_FALSE(malformed.error().help.empty());
  const TableFile empty("");
  REQUIRE_FALSE(TokenCounter::open(empty.path));
}

TEST_CASE("without a table tokens are estimated, and it shows") {
  const TokenCounter counter = TokenCounter::estimating();
  CHECK_FALSE(counter.exact());
  CHECK(counter.vocabulary() == "estimate/1");
  CHECK(counter.encode("hello").empty());
  CHECK(counter.count("").tokens == 0);
}
