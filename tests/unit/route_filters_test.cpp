// Phrases that are ruled out by a look at the words beside their anchor: none of them stands in the text.
#include <catch2/catch.hpp>

#include "route/lexicon_table.h"
#include "unit/seeded_random.h"

namespace cascade::route {
namespace {

// Signs of one phrase now and then, so that some phrases are whole, between signs of others.
SignText random_text(const PatternTables& tables, test::SeededRandom& random) {
  SignText text;
  std::uint32_t sentence = 0;
  const auto add = [&](std::uint32_t sign) {
    if (random.chance(10)) ++sentence;
    const bool whole = random.chance(10);
    text.add(random.chance(30) ? no_sign : sign, whole ? random.below(tables.anchors_by_sign.size) : no_sign, sentence);
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

TEST_CASE("with filters the same phrases are found as without, of those that manifests express") {
  const LexiconTable lexicon = lexicon_table();
  const PatternTables& tables = lexicon.patterns;
  REQUIRE(lexicon.filters.size == tables.anchors.size);
  PatternMatcher with(tables, lexicon.filters), without(tables);
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

TEST_CASE("a filter has the signs of the item that has the fewest, and none for a phrase that is not looked for") {
  const LexiconTable lexicon = lexicon_table();
  const PatternTables& tables = lexicon.patterns;
  for (std::size_t i = 0; i < tables.anchors.size; ++i) {
    const PatternRecord& pattern = tables.patterns[tables.anchors[i]];
    const bool hints = static_cast<Tie>(pattern.tie) == Tie::hints;
    if (hints) CHECK(lexicon.filters[i] == 0);
    if (!hints && pattern.item_count == 1 && lexicon.concepts[pattern.concept_id].term != none)
      CHECK(lexicon.filters[i] == every_place);
  }
}

}  // namespace cascade::route
