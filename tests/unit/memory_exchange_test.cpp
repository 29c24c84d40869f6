#include "memory/exchange.h"

#include <catch2/catch.hpp>

using namespace cascade;
using namespace cascade::memory;

namespace {

// "subject | text | kind", one a line.
std::string facts_in(const std::string& text, const std::string& path) {
  const auto facts = read_facts(text, path, Fact());
  if (!facts) return "error: " + facts.error().message;
  std::string all;
  for (const Fact& fact : *facts) all += fact.subject + " | " + fact.text + " | " + fact.kind + "\n";
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
  REQUIRE(facts->size() == 5);
  CHECK((*facts)[1].subject == "Ada (2)");
  for (const Fact& fact : *facts) CHECK(fact.text.size() <= 400);
}
