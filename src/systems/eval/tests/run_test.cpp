#include <catch2/catch.hpp>

#include "eval/evaluate.h"
#include "unit/route_text.h"

namespace cascade::evaluation {
namespace {

using test::Library;
using test::library_of;

// Made up so that nothing but the words below decides.
const std::string garden =
    "skill:prune | Prunes apple trees in winter. | cut the old branches\n"
    "skill:graft | Grafts pear scions on quince rootstocks. | join two trees\n"
    "agent:mow | Mows the meadow with a scythe. |\n"
    "skill:water | Waters seedlings by a drip hose. |\n";

std::vector<Prompt> prompts_of(const std::string& text) { return *read_prompts(text, "p"); }

std::string row(const Tally& t) {
  return t.kind + ": " + std::to_string(t.prompts) + " first " + std::to_string(t.first) + "/" +
         std::to_string(t.expecting) + " five " + std::to_string(t.in_five) + " right " + std::to_string(t.right);
}

TEST_CASE("prompts are tallied by kind, ranking and decision apart") {
  const Library library = library_of(garden);
  const Evaluation run = evaluate(library.registry, library.router(),
                                  prompts_of(R"({"text": "use the prune skill", "expect": ["prune"], "kind": "x"}
{"text": "use the graft skill", "expect": ["skill:prune"], "kind": "x"}
{"text": "thanks, bye", "expect": [], "kind": "y"}
{"text": "/graft", "expect": [], "kind": "y"})"),
                                  {});
  REQUIRE(run.kinds.size() == 2);
  CHECK(row(run.kinds[0]) == "x: 2 first 1/2 five 1000 right 1");
  CHECK(row(run.kinds[1]) == "y: 2 first 0/0 five 0 right 1");
  CHECK(row(run.all) == ": 4 first 1/2 five 1000 right 2");
  CHECK(run.all.loaded_wrongly == 2);  // the second and the fourth name what nobody expects
  CHECK(run.unknown.empty());
}

TEST_CASE("a prompt that asks for two things is answered by halves") {
  const Library library = library_of(garden);
  const Evaluation run = evaluate(
      library.registry, library.router(),
      prompts_of(R"({"text": "use the prune skill", "expect": ["prune", "mow"], "groups": [["prune"], ["mow"]]})"), {});
  CHECK(run.outcomes.at(0).in_five == 500);
}

TEST_CASE("an expected name that no manifest has is reported with its line") {
  const Library library = library_of(garden);
  const Evaluation run = evaluate(library.registry, library.router(),
                                  prompts_of("\n{\"text\": \"a\", \"expect\": [\"skill:mow\", \"agent:mow\"]}"), {});
  REQUIRE(run.unknown.size() == 1);
  CHECK(run.unknown[0].name == "skill:mow");
  CHECK(run.unknown[0].line == 2);
}

TEST_CASE("runs are compared by the texts of their prompts") {
  Evaluation run;
  run.prompts = prompts_of("{\"text\": \"a\"}\n{\"text\": \"b\"}\n{\"text\": \"new\"}");
  run.outcomes.resize(3);
  run.outcomes[1].right = true;
  const auto before = read_earlier(R"({"schema": "cascade.eval/1", "prompts": [
      {"text": "b", "right": false}, {"text": "a", "right": true}, {"text": "gone", "right": true}]})",
                                   "last.json");
  REQUIRE(before);
  const Changes changes = compare(run, *before);
  CHECK(changes.worse == std::vector<std::uint32_t>{0});
  CHECK(changes.better == std::vector<std::uint32_t>{1});
}

TEST_CASE("what is no run is not compared with") {
  for (const char* text : {"", "[]", "{}", R"({"schema": "cascade.list/1", "prompts": []})",
                           R"({"schema": "cascade.eval/1", "prompts": [{"text": "a"}]})"}) {
    const auto earlier = read_earlier(text, "last.json");
    REQUIRE_FALSE(earlier);
    CHECK(earlier.error().code == ErrorCode::malformed);
    CHECK(earlier.error().path == "last.json");
  }
}

}  // namespace
}  // namespace cascade::evaluation
