#include <catch2/catch.hpp>

#include "route/prompts.h"

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

TEST_CASE("a backslash stands for a line break or for itself, and before anything else it is kept") {
  const WrittenPrompts file = parse_prompts("== none\none\\ntwo\nC:\\\\new\nC:\\temp\nends with \\\n");
  REQUIRE(file.prompts.size() == 4);
  CHECK(file.prompts[0].text == "one\ntwo");
  CHECK(file.prompts[1].text == "C:\\new");
  CHECK(file.prompts[2].text == "C:\\temp");
  CHECK(file.prompts[3].text == "ends with \\");
}

TEST_CASE("empty lines and white space around a line count for nothing, and the last line needs no end") {
  const WrittenPrompts file =
      parse_prompts("\n  % writer :  W2  \n\n==   skill:a   asked twice\n\n  one  \n\n==none\ntwo");
  CHECK(file.writer == "W2");
  REQUIRE(file.prompts.size() == 3);
  CHECK(file.prompts[0].text == "one");
  CHECK(file.prompts[0].answer == "skill:a");
  CHECK(file.prompts[0].line == 6);
  CHECK(file.prompts[1].text == "==none");  // a heading has a blank behind its signs
  CHECK(file.prompts[2].text == "two");
  CHECK(file.prompts[2].line == 9);
}

TEST_CASE("white space around a key and its value is free") {
  const WrittenPrompts prompts = parse_prompts("%writer:N9\n%  language  :  de  \n");
  CHECK(prompts.writer == "N9");
  CHECK(prompts.language == "de");
}

TEST_CASE("what the head does not know is skipped, a slip is told, and only a colon ends a key") {
  const WrittenPrompts file = parse_prompts("% language\n% mood: gay\n% languages: fr\n% writer: a: b\n");
  REQUIRE(file.faults.size() == 1);
  CHECK(file.faults[0] == "3: unknown key 'languages'; did you mean language?");
  CHECK(file.language == "en");
  CHECK(file.writer == "a: b");
}

TEST_CASE("a prompt before any heading and one that is too long are faults") {
  const std::string longest(20'000, 'x');
  const WrittenPrompts file = parse_prompts("first\n== none\n" + longest + "\n" + longest + "x\n");
  CHECK(file.faults ==
        std::vector<std::string>{"1: a prompt stands before any \"==\" line", "4: the prompt is too long"});
  REQUIRE(file.prompts.size() == 1);
  CHECK(file.prompts[0].text == longest);
}

TEST_CASE("the prompts of an answer are counted wherever they stand, and a new heading forgets the last") {
  const WrittenPrompts file =
      parse_prompts("== skill:a\none\n== none talk\nhi\n== skill:a\ntwo\nthree\n== none\nyes\n");
  REQUIRE(file.prompts.size() == 5);
  CHECK(file.prompts[1].answer.empty());
  CHECK(file.prompts[1].sort == "talk");
  CHECK(file.prompts[2].sort.empty());
  CHECK_FALSE(file.prompts[2].kept_back);
  CHECK(file.prompts[3].kept_back);
  CHECK(file.prompts[4].sort.empty());
  CHECK_FALSE(file.prompts[4].kept_back);
}
