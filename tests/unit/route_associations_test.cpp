#include <catch2/catch.hpp>

#include "route/build/lexicon.h"
#include "unit/route_text.h"

namespace cascade::route {
namespace {

// "lock 800 leak 100": what a word speaks for under a lexicon of a few lines.
std::string of(const std::string& lines, const std::string& word) {
  Vocabulary vocabulary;
  const Lexicon lexicon = compile_lexicon(lines, vocabulary);
  CHECK(lexicon.faults.empty());
  const auto found = associate(lexicon, vocabulary.size() + 1);
  std::string out;
  for (const Association& to : found.at(vocabulary.of_word(word)))
    out += (out.empty() ? "" : " ") + lexicon.concepts[to.concept_id] + " " + std::to_string(to.weight);
  return out;
}

TEST_CASE("a word speaks for the concepts whose phrases use it, by their share of its uses") {
  const std::string lines =
      "lock\tis\tdeadlock\nlock\tsays\tthread hang | hang forever\nleak\tsays\thang memory | memory grow\n";
  CHECK(of(lines, "thread") == "lock 500");
  CHECK(of(lines, "hanging") == "lock 500 leak 250");
  CHECK(of(lines, "memory") == "leak 666");
  CHECK(of(lines, "unseen") == "");
}

TEST_CASE("words in a row count one by one; words that must be absent do not count") {
  CHECK(of("ci\tsays\tbuild_server red !laptop\n", "server") == "ci 500");
  CHECK(of("ci\tsays\tbuild_server red !laptop\n", "laptop") == "");
}

TEST_CASE("words about a concept are no phrases of it") {
  const std::string lines = "ci\tis\tpipeline\nci\tabout\trunner badge\ncd\tabout\trunner\n";
  CHECK(of(lines, "badge") == "ci 666");
  CHECK(of(lines, "runner") == "ci 400 cd 400");
}

TEST_CASE("what only the prompt is about, or tells siblings apart, is associated with nothing") {
  CHECK(of("@chat\tsays\thello there\n+stop\tis\thalt\n", "hello") == "");
  CHECK(of("@chat\tsays\thello there\n+stop\tis\thalt\n", "halt") == "");
}

TEST_CASE("two words near a concept find what the library says of it, where no phrase is whole") {
  const test::Library library = test::library_of(
      "skill:hang | Diagnoses deadlocks from thread dumps. |\n"
      "skill:tidy | Removes unused imports. |\n"
      "skill:draw | Draws diagrams of modules. |\n");
  CHECK(test::first_of(library, library.router(), "mutexes and goroutines, that is all I see") == "hang");
}

}  // namespace
}  // namespace cascade::route
