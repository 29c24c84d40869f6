// A fact's score is looked at closely only if its sum allows enough (facts/recall.h).
#include "facts/recall.h"

#include <catch2/catch.hpp>

#include <array>
#include <random>
#include <string>
#include <vector>

#include "facts/index_file.h"
#include "facts/terms.h"

namespace cascade::recall {
namespace {

std::string some_words(std::mt19937& dice, std::size_t count) {
  constexpr std::array<std::string_view, 16> words = {
      "release", "deploy", "deployment", "rollback", "staging",   "database", "backup", "restore",
      "ticket",  "branch", "review",     "Redis",    "changelog", "version",  "Ada",    "kitchen"};
  std::string text;
  for (std::size_t i = 0; i < count; ++i)
    text += std::string(i == 0 ? "" : " ") + std::string(words[dice() % words.size()]);
  return text;
}

std::vector<Fact> some_facts(std::mt19937& dice) {
  std::vector<Fact> facts;
  for (std::size_t i = 0; i < 300; ++i) {
    Fact fact;
    fact.id = "f" + std::to_string(i);
    fact.owner = "here";
    fact.subject = some_words(dice, 1 + dice() % 3);
    fact.text = some_words(dice, 1 + dice() % 20);
    fact.trust = 50 + dice() % 51;
    facts.push_back(fact);
  }
  return facts;
}

TEST_CASE("No fact scores more than its sum allows, and what is known of it does not depend on when it is asked for") {
  std::mt19937 dice(1);
  const auto bytes = build_index(some_facts(dice));
  REQUIRE(bytes);
  const auto index = Index::over(nullptr, *bytes);
  REQUIRE(index);
  const IndexTables& tables = index->tables();
  Visible visible;
  visible.flags.assign(tables.facts.size, 1);
  visible.count = static_cast<std::uint32_t>(tables.facts.size);
  std::size_t passed_over = 0;
  for (int round = 0; round < 40; ++round) {
    const Reading reading = read_terms(index->lexicon(), some_words(dice, 1 + dice() % 12));
    const Evidence evidence = collect_evidence(tables, visible, reading);
    Scores all(tables, evidence, visible.flags, false), few(tables, evidence, visible.flags, true);
    CHECK(few.best() == all.best());
    for (std::uint32_t fact = 0; fact < tables.facts.size; ++fact) {
      CHECK(evidence_for(evidence, fact).score == evidence.sums[fact]);
      if (few.knows(fact)) continue;
      ++passed_over;
      CHECK(all.of(fact).score <= few.most(fact));
      few.add({fact});
      CHECK(few.of(fact).score == all.of(fact).score);
      CHECK(few.of(fact).share == all.of(fact).share);
    }
  }
  CHECK(passed_over > 1'000);
}

}  // namespace
}  // namespace cascade::recall
