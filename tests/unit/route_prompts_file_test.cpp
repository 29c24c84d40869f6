#include <catch2/catch.hpp>

#include "route/prompts_file.h"

using cascade::route::parse_prompts;
using cascade::route::WrittenPrompts;

TEST_CASE("a file of prompts says who wrote it, in which language, and what answers each prompt") {
  const WrittenPrompts file = parse_prompts(
      "% writer: W1\n% language: de\n== skill:release-notes as a question\nwas ist neu\n== none\ndanke\n"
      "== none talk\nguten Morgen\n");
  CHECK(file.faults.empty());
  CHECK(file.writer == "W1");
  CHECK(file.language == "de");
  REQUIRE(file.prompts.size() == 3);
  CHECK(file.prompts[0].text == "was ist neu");
  CHECK(file.prompts[0].answer == "skill:release-notes");
  CHECK(file.prompts[0].line == 4);
  CHECK(file.prompts[1].answer.empty());
  CHECK(file.prompts[1].sort.empty());
  CHECK(file.prompts[2].sort == "talk");
}

TEST_CASE("without a word about it the language is English") { CHECK(parse_prompts("").language == "en"); }

TEST_CASE("a heading that is neither none nor kind:name is a fault, and so is what stands under it") {
  const WrittenPrompts file = parse_prompts("== nonetheless\nfirst\n== release-notes\nsecond\n== skill:a\nthird\n");
  REQUIRE(file.faults.size() == 4);
  CHECK(file.faults[0] == "1: \"== nonetheless\" is neither none nor kind:name");
  CHECK(file.faults[2] == "3: \"== release-notes\" is neither none nor kind:name");
  REQUIRE(file.prompts.size() == 1);
  CHECK(file.prompts[0].text == "third");
}

TEST_CASE("every third prompt of an answer is kept back") {
  const WrittenPrompts file = parse_prompts("== skill:a\none\ntwo\nthree\nfour\nfive\nsix\n");
  REQUIRE(file.prompts.size() == 6);
  for (std::size_t i = 0; i < 6; ++i) CHECK(file.prompts[i].kept_back == (i % 3 == 2));
}
