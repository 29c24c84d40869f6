#include <algorithm>
#include <catch2/catch.hpp>
#include <cstring>
#include <thread>

#include "route/tables.h"
#include "unit/route_text.h"
#include "unit/seeded_random.h"

namespace cascade {
namespace {

using test::first_of;
using test::Library;
using test::library_of;
using test::query_of;
using test::told;

const std::vector<std::string> lines = {
    "skill:kubernetes-deploy | Rolls a service out to a Kubernetes cluster. | ship to the cluster | Uses helm.",
    "skill:systematic-debugging -> agent:tracer | Finds the cause of a bug. | find this bug | Steps and traps.",
    "skill:code-review | Reviews a change before it is merged. | review my pull request | Read the diff.",
    "agent:tracer | Follows a wrong value to where it came from. | | Insert probes.",
    "command:swarm-status | | |",
    "skill:release-notes | Writes the changelog of a release. | what changed since v1 | From commits.",
};
const std::vector<std::string> prompts = {
    "review my pull request",     "why is this value wrong",    "ship it to k8s",       "/swarm-status",
    "what changed since v1",      "relase notes for the swarm", "thanks, that was all", "",
    "the helm chart and the diff"};

std::string text_of(const std::vector<std::string>& all) {
  std::string text;
  for (const std::string& line : all) text += line + "\n";
  return text;
}

std::string answers(const Library& library, const Router& router) {
  std::string text;
  for (const std::string& prompt : prompts) text += told(library, router, prompt) + "\n";
  return text;
}

// The block in memory of its own, so that it can be damaged.
struct Block {
  std::shared_ptr<std::vector<std::uint64_t>> words;
  std::size_t size = 0;

  explicit Block(std::string_view bytes)
      : words(std::make_shared<std::vector<std::uint64_t>>(bytes.size() / 8 + 1)), size(bytes.size()) {
    std::memcpy(words->data(), bytes.data(), bytes.size());
  }
  char* data() { return reinterpret_cast<char*>(words->data()); }
  Result<Router> open(const Registry& registry) {
    return RouterTables::open(words, std::string_view(data(), size), registry);
  }
};

}  // namespace

TEST_CASE("tables that were kept answer as those that were built") {
  const Library library = library_of(text_of(lines));
  const Router built = library.router();
  Block block(RouterTables::bytes(built));
  const auto opened = block.open(library.registry);
  REQUIRE(opened);
  CHECK(answers(library, *opened) == answers(library, built));
}

TEST_CASE("equal libraries give equal bytes, twice and for any order of the files") {
  std::vector<std::string> shuffled = lines;
  const Library library = library_of(text_of(lines));
  const std::string bytes(RouterTables::bytes(library.router()));
  test::SeededRandom random{7};
  for (int round = 0; round < 4; ++round) {
    const Library other = library_of(text_of(shuffled));
    CHECK((RouterTables::bytes(other.router()) == bytes));
    random.shuffle(shuffled);
  }
}

TEST_CASE("the answer is the same from several threads at once") {
  const Library library = library_of(text_of(lines));
  const Router router = library.router();
  std::vector<std::string> found(4);
  std::vector<std::thread> threads;
  for (std::string& mine : found)
    threads.emplace_back([&] {
      for (int round = 0; round < 20; ++round) mine = answers(library, router);
    });
  for (std::thread& thread : threads) thread.join();
  for (const std::string& mine : found) CHECK(mine == answers(library, router));
}

TEST_CASE("an unrelated manifest changes no winner unless it wins itself") {
  const Library library = library_of(text_of(lines));
  const Router router = library.router();
  std::vector<std::string> more = lines;
  more.push_back("skill:bread-baking | Bakes bread from flour, water and salt. | bake a loaf | Knead for ten minutes.");
  const Library larger = library_of(text_of(more));
  const Router with_bread = larger.router();
  for (const std::string& prompt : prompts) {
    const std::string before = first_of(library, router, prompt), after = first_of(larger, with_bread, prompt);
    CHECK((after == before || after == "bread-baking"));
  }
}

TEST_CASE("tables of another registry, or cut short, are refused") {
  const Library library = library_of(text_of(lines));
  const Router built = library.router();
  Block block(RouterTables::bytes(built));
  const Library other = library_of("skill:a\n");
  CHECK_FALSE(block.open(other.registry));
  for (const std::size_t size : {std::size_t{0}, std::size_t{8}, std::size_t{100}}) {
    Block cut(RouterTables::bytes(built).substr(0, size));
    CHECK_FALSE(cut.open(library.registry));
  }
}

TEST_CASE("damaged tables may answer anything but never crash") {
  const Library library = library_of(text_of(lines));
  const Router built = library.router();
  test::SeededRandom random{11};
  for (int round = 0; round < 300; ++round) {
    Block block(RouterTables::bytes(built));
    for (int hit = 0; hit < 20; ++hit) {
      const std::size_t at = random.below(block.size);
      block.data()[at] = static_cast<char>(random.one_in(4) ? 0xFF : random.below(256));
    }
    const auto opened = block.open(library.registry);
    if (!opened) continue;
    for (const std::string& prompt : prompts) {
      const Routing routing = opened->rank(query_of(prompt));
      CHECK(routing.ranked.size() <= 5);
      for (const Match& match : routing.ranked) CHECK(index(match.id) < library.registry.size());
    }
  }
}

TEST_CASE("a class that no word has counts as that of a function word") {
  route::TermRecord terms[3];
  for (const std::uint8_t word_class : {std::uint8_t{4}, std::uint8_t{127}, std::uint8_t{255}}) {
    terms[1].word_class = word_class;
    route::Tables tables;
    tables.terms = {terms, 3};
    CHECK(tables.class_of(0) == route::WordClass::special);
    CHECK(tables.class_of(1) == route::WordClass::function);
  }
}

}  // namespace cascade
