// A year's facts of an invented organisation and the questions of its people, with their answers (../shared). The
// weights were fitted to this set, so that these figures flatter; docs/memory.md says by how much.
#include <catch2/catch.hpp>

#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "memory_set.h"
#include "recall/recall.h"

namespace cascade::recall {
namespace {

struct Measures {
  std::size_t asked = 0, right = 0, silent = 0, kept = 0, spoken = 0, wrong = 0;
};

Measures measure(const test::MemorySet& set, const Index& index) {
  Measures measures;
  for (const test::MemoryQuestion& question : set.questions) {
    Query query;
    query.prompt = question.prompt;
    query.place.project = question.project;
    query.any_user = query.any_team = true;
    query.now = 1'800'000'000;
    const Answer answer = recall(index, query);
    bool right = false;
    for (const Recalled& one : answer.facts) {
      const Fact fact = index.fact(one.fact);
      right = right || question.expect.count(fact.id) != 0;
      ++measures.spoken;
      const bool foreign = fact.scope == Scope::project && fact.owner != question.project;
      if (question.expect.count(fact.id) == 0 && (question.wrong.count(fact.id) != 0 || foreign)) ++measures.wrong;
    }
    if (question.expect.empty()) {
      ++measures.silent;
      measures.kept += answer.facts.empty() ? 1 : 0;
    } else {
      ++measures.asked;
      measures.right += right ? 1 : 0;
    }
  }
  return measures;
}

}  // namespace

TEST_CASE("of a year's facts the right one is among three, no wrong one is spoken, and silence is kept") {
  const auto set = test::read_memory_set();
  if (!set) {
    WARN("skipped: ../shared/fixtures/memory is not there");
    return;
  }
  const auto bytes = build_index(set->live);
  REQUIRE(bytes);
  const auto index = Index::over(nullptr, *bytes);
  REQUIRE(index);
  const Measures measures = measure(*set, *index);
  CAPTURE(measures.right, measures.asked, measures.kept, measures.silent, measures.wrong, measures.spoken);
  CHECK(measures.right * 100 >= measures.asked * 84);
  CHECK(measures.kept * 100 >= measures.silent * 96);
  CHECK(measures.wrong * 100 <= measures.spoken * 2);
}

}  // namespace cascade::recall
