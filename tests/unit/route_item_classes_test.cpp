// Phrases that are ruled out because a sentence has no word of one of their items: none of them stands in it.
#include <catch2/catch.hpp>
#include <set>

#include "route/records.h"
#include "unit/seeded_random.h"

namespace cascade::route {
namespace {

// Signs of one phrase now and then, so that some phrases are whole, between signs of others.
SignText random_text(const PatternTables& tables, test::SeededRandom& random) {
  SignText text;
  std::uint32_t sentence = 0;
  const auto add = [&](std::uint32_t sign) {
    if (random.chance(10)) ++sentence;
    const std::uint32_t whole = random.chance(10) ? random.below(tables.anchors_by_sign.size) : no_sign;
    text.push_back({random.chance(30) ? no_sign : sign, whole, sentence});
  };
  for (std::uint32_t phrases = random.below(6); phrases > 0; --phrases) {
    const PatternRecord& pattern = tables.patterns[random.below(tables.patterns.size)];
    for (std::uint32_t i = 0; i < pattern.item_count; ++i) {
      const ItemRecord& item = tables.items[pattern.items + i];
      if (item.absent != 0 && random.chance(80)) continue;
      add(tables.alternatives[item.alternatives + random.below(item.count)]);
      if (random.chance(40)) add(random.below(tables.anchors_by_sign.size));
    }
  }
  return text;
}

std::string shown(const PatternTables& tables, const PatternHits& found, const LexiconTable& lexicon) {
  std::string out;
  for (const PatternHit& hit : found.hits) {
    const PatternRecord& pattern = tables.patterns[hit.pattern];
    if (static_cast<Tie>(pattern.tie) == Tie::hints || lexicon.concepts[pattern.concept_id].term == none) continue;
    out += std::to_string(hit.pattern) + " at " + std::to_string(hit.position) + ":";
    for (std::uint32_t i = 0; i < pattern.item_count; ++i) out += " " + std::to_string(found.places[hit.places + i]);
    out += "\n";
  }
  return out;
}

}  // namespace

TEST_CASE("with classes of items the same phrases are found as without, of those that manifests express") {
  const LexiconTable lexicon = lexicon_table();
  const PatternTables& tables = lexicon.patterns;
  REQUIRE(lexicon.classes.by_anchor.size == tables.anchors.size);
  PatternMatcher with(tables, lexicon.classes), without(tables);
  test::SeededRandom random{23};
  std::size_t held = 0;
  for (int round = 0; round < 3000; ++round) {
    const SignText text = random_text(tables, random);
    PatternHits filtered, all;
    with.match(text, filtered);
    without.match(text, all);
    REQUIRE(shown(tables, filtered, lexicon) == shown(tables, all, lexicon));
    REQUIRE(filtered.in_row == all.in_row);
    held += filtered.hits.size();
  }
  CHECK(held > 1000);
}

TEST_CASE("a sign belongs to the classes of just the items that have it") {
  const LexiconTable lexicon = lexicon_table();
  const PatternTables& tables = lexicon.patterns;
  const ItemClasses& classes = lexicon.classes;
  REQUIRE(classes.by_item.size == tables.items.size);
  REQUIRE(classes.by_sign.size == tables.anchors_by_sign.size);
  std::set<std::pair<std::uint32_t, std::uint32_t>> of_items, of_signs;
  for (std::uint32_t i = 0; i < tables.items.size; ++i) {
    if (classes.by_item[i] == ItemClasses::always) continue;  // nobody asks for it
    for (std::uint32_t a = 0; a < tables.items[i].count; ++a)
      of_items.emplace(tables.alternatives[tables.items[i].alternatives + a], classes.by_item[i]);
  }
  for (std::uint32_t sign = 0; sign < classes.by_sign.size; ++sign)
    for (std::uint32_t i = 0; i < classes.by_sign[sign].count; ++i)
      CHECK(of_signs.emplace(sign, classes.classes[classes.by_sign[sign].begin + i]).second);
  CHECK((of_items == of_signs));
}

TEST_CASE("what a phrase needs beside its anchor is nothing, one of its items, or what no sentence has") {
  const LexiconTable lexicon = lexicon_table();
  const PatternTables& tables = lexicon.patterns;
  for (std::size_t i = 0; i < tables.anchors.size; ++i) {
    const PatternRecord& pattern = tables.patterns[tables.anchors[i]];
    const std::uint32_t needed = lexicon.classes.by_anchor[i];
    if (static_cast<Tie>(pattern.tie) == Tie::hints || lexicon.concepts[pattern.concept_id].term == none) {
      CHECK(needed == ItemClasses::never);
      continue;
    }
    bool others = false, found = false;
    for (std::uint32_t k = 0; k < pattern.item_count; ++k) {
      if (k == pattern.anchor || tables.items[pattern.items + k].absent != 0) continue;
      others = true;
      found = found || lexicon.classes.by_item[pattern.items + k] == needed;
    }
    CHECK((others ? found : needed == ItemClasses::always));
  }
}

}  // namespace cascade::route
