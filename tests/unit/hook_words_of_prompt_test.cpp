#include "hook/called_agent.h"

#include <catch2/catch.hpp>

#include <string>

#include "unit/seeded_random.h"

using cascade::hook::WordsOfPrompt;

TEST_CASE("whatever occurs in a long text as a whole may be in it, and most of what does not may not") {
  cascade::test::SeededRandom random{7};
  const std::string letters = "ab1-_:/ .\xC3\xA9";
  for (int round = 0; round < 200; ++round) {
    std::string text;
    while (text.size() < 3'000) text += letters[random.below(static_cast<std::uint32_t>(letters.size()))];
    const WordsOfPrompt words(text);
    const auto is_plain = [&](std::size_t at) {
      return at >= text.size() || std::string("ab1").find(text[at]) == std::string::npos;
    };
    for (int tried = 0; tried < 100; ++tried) {
      const std::size_t begin = random.below(2'900), size = 1 + random.below(20);
      if (begin > 0 && !is_plain(begin - 1)) continue;
      if (is_plain(begin + size)) CHECK(words.may_hold(text.substr(begin, size)));
    }
  }
  std::string text = "use the code-review skill ";
  while (text.size() < 3'000) text += "and other words ";
  const WordsOfPrompt words(text);
  CHECK(words.may_hold("code-review"));
  CHECK(words.may_hold("review-code"));
  CHECK_FALSE(words.may_hold("code-reviews"));
  CHECK_FALSE(words.may_hold("deploy"));
  CHECK(WordsOfPrompt("short").may_hold("deploy"));
}
