#include "memory/memory.h"

#include <catch2/catch.hpp>

using namespace cascade;
using namespace cascade::memory;

namespace {

// "subject | text | kind", one a line.
std::string facts_in(const std::string& text, const std::string& path) {
  const auto read = read_facts(text, path, Fact());
  if (!read) return "error: " + read.error().message;
  std::string all;
  for (const Fact& fact : read->facts) all += fact.subject + " | " + fact.text + " | " + fact.kind + "\n";
  for (const std::string& refused : read->refused) all += "refused " + refused + "\n";
  return all;
}

}  // namespace

TEST_CASE("of notes each item and paragraph is a fact, its subject before a colon or the heading") {
  CHECK(facts_in("---\ntitle: x\n---\n# Build\n\n- Tests: run them with ctest\n- [x] The release is cut on Fridays\n"
                 "  and tagged\n1. Never push to main\n\n@other.md\n<!-- a remark -->\n\nA paragraph of\ntwo "
                 "lines.\n\n- tiny\n",
                 "NOTES.md") ==
        "Tests | run them with ctest | note\n"
        "Build | The release is cut on Fridays and tagged | note\n"
        "Build (2) | Never push to main | note\n"
        "Build (3) | A paragraph of two lines. | note\n");
}

TEST_CASE("a number that another heading has is not given again, whatever the case of its letters") {
  CHECK(facts_in("# build (2)\n\n- cut on Fridays\n\n# Build\n\n- one in the morning\n- two in the evening\n"
                 "- three at night\n\n# BUILD\n\n- four at dawn\n",
                 "n.md") ==
        "build (2) | cut on Fridays | note\n"
        "Build | one in the morning | note\n"
        "Build (3) | two in the evening | note\n"
        "Build (4) | three at night | note\n"
        "BUILD (5) | four at dawn | note\n");
}

TEST_CASE("what stands in a fence belongs to the text above it, and a sentence's colon begins no subject") {
  CHECK(facts_in("Build like this:\n```sh\nmake all\nmake test\n```\n\nIt is slow. Reason: the linker.\n", "n.md") ==
        "Build like this | make all; make test | note\n"
        "notes | It is slow. Reason: the linker. | note\n");
}

TEST_CASE("what a client writes above its notes says what they are called, about and of which kind") {
  CHECK(facts_in("---\nname: release-day\ndescription: Releases are cut on Fridays only\ntype: project\n---\n\n"
                 "Nobody merges on Thursday evening.\n\n- Tag: signed by the release key\n",
                 "memory/release-day.md") ==
        "release-day | Releases are cut on Fridays only | project\n"
        "release-day (2) | Nobody merges on Thursday evening. | project\n"
        "Tag | signed by the release key | project\n");
  CHECK(facts_in("---\r\nname: a b\r\nmetadata:\r\n  type: feedback\r\n---\r\nAlways run the linter.\r\n", "m.md") ==
        "a b | Always run the linter. | feedback\n");
  CHECK(facts_in("---\n- no map\n---\nThe port is 7443.\n", "m.md") == "notes | The port is 7443. | note\n");
  CHECK(facts_in("---\nname: never closed\n", "m.md") == "name | never closed | note\n");
}

TEST_CASE("a torn line is told of and the facts around it are read") {
  const std::string good = R"({"subject":"port","text":"the gate listens on 7443"})";
  CHECK(
      facts_in(good + "\n{\"subject\":\"torn\",\"te\n" + R"({"subject":"b","text":"another"})" + "\n", "m.json") ==
      "port | the gate listens on 7443 | fact\nb | another | fact\nrefused m.json:2: this line is not a JSON object\n");
  CHECK(facts_in("{\"subject\":\"torn\",\"te\n", "m.json") == "error: no line of it is a JSON object with a fact");
}

TEST_CASE("entities and relations of the reference server are facts, in one document or in lines") {
  const std::string entity =
      R"({"type":"entity","name":"Ada","entityType":"person","observations":["leads the team","likes tea",{"no":"text"}]})";
  const std::string relation = R"({"type":"relation","from":"Ada","to":"Core","relationType":"works_for"})";
  const std::string expected = "Ada | leads the team; likes tea | person\nAda, Core | Ada works for Core | relation\n";
  CHECK(facts_in(entity + "\n" + relation + "\n", "m.jsonl") == expected);
  CHECK(facts_in(R"({"entities":[)" + entity + R"(],"relations":[)" + relation + "]}", "m.json") == expected);
}

TEST_CASE("many observations of one entity are several facts, each of a readable length") {
  std::string observations;
  for (int i = 0; i < 10; ++i) observations += (i == 0 ? "\"" : ",\"") + std::string(150, 'a') + "\"";
  const auto facts = read_facts(R"({"name":"Ada","observations":[)" + observations + "]}", "m.json", Fact());
  REQUIRE(facts);
  REQUIRE(facts->facts.size() == 5);
  CHECK(facts->facts[1].subject == "Ada (2)");
  for (const Fact& fact : facts->facts) CHECK(fact.text.size() <= 400);
}
