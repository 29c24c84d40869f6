#include <catch2/catch.hpp>

#include "eval/instance.h"

namespace cascade::instance {
namespace {

// An instance around the given parts of it.
std::string with(const std::string& manifests,
                 const std::string& rest = R"("roots": ["a"], "budget": {"tokens": 9, "chars": null})") {
  return R"({"schema": "cascade-packing/1", "id": "x", )" + rest + R"(, "manifests": [)" + manifests + "]}";
}

std::string manifest(const std::string& id, const std::string& sections, const std::string& more = "") {
  return R"({"id": ")" + id + R"(", "layer": 0, "scope": "project", )" + more + R"("sections": [)" + sections + "]}";
}

std::string section(const std::string& id, const std::string& more = "") {
  return R"({"id": ")" + id + R"(", "value": 3, "tokens": 2, "chars": 8)" + more + "}";
}

std::string fault(const std::string& json) {
  const auto read = read_instance(json, "file");
  return read ? "none" : read.error().path + " " + read.error().message;
}

std::string ordinary() { return with(manifest("a", section("a#0"))); }

}  // namespace

TEST_CASE("manifests take canonical order: layer, scope's bytes, id's bytes") {
  const std::string json =
      with(manifest("b", section("b#0")) + "," + R"({"id": "c", "layer": -1, "scope": "user", "sections": [)" +
           section("c#0") + "]}," + R"({"id": "z", "layer": 0, "scope": "builtin", "sections": [)" + section("z#0") +
           "]}," + manifest("a", section("a#0") + "," + section("a#1"), R"("refs": ["z", "b"], )"));
  const auto read = read_instance(json, "file");
  REQUIRE(read);
  CHECK(read->manifests == std::vector<std::string>{"c", "z", "a", "b"});
  CHECK(read->sections[2] == std::vector<std::string>{"a#0", "a#1"});
  CHECK(read->problem.roots == std::vector<std::uint32_t>{2});
  CHECK(read->problem.groups[2].refs == std::vector<std::uint32_t>{1, 3});
}

TEST_CASE("everything that a section and a manifest say is read") {
  const auto read = read_instance(
      with(manifest("a", section("a#0") + "," + section("a#1", R"(, "hash": "h", "pinned": true, "slot": "s2")"),
                    R"("requires": {"all": ["b"], "any": [["b", "a"], []]}, "conflicts": ["b"], )") +
               "," + manifest("b", section("b#0") + "," + section("b#1", R"(, "hash": "h", "slot": "s2")")),
           R"("roots": ["a"], "budget": {"tokens": 9, "chars": null}, "slots": {"placement": "fixed",
              "caps": [{"id": "s1", "chars": 5}, {"id": "s2", "chars": 6}]})"),
      "file");
  REQUIRE(read);
  const PackingProblem& p = read->problem;
  CHECK(p.budget.limit.tokens == 9);
  CHECK(p.budget.limit.chars == unlimited);
  CHECK(p.slot_chars == std::vector<std::uint32_t>{5, 6});
  CHECK(p.groups[0].requires_all == std::vector<std::uint32_t>{1});
  CHECK(p.groups[0].requires_any == std::vector<std::vector<std::uint32_t>>{{1, 0}, {}});
  CHECK(p.groups[0].conflicts == std::vector<std::uint32_t>{1});
  const PackingItem& item = p.groups[0].items[1];
  CHECK(item.value == 3);
  CHECK(item.cost == Cost{2, 8});
  CHECK(item.pinned);
  CHECK(item.slot == 1);
  CHECK(item.content != 0);
  CHECK(item.content == p.groups[1].items[1].content);
  CHECK_FALSE(p.groups[1].items[1].pinned);
}

TEST_CASE("unknown keys are passed over, and absent lists are empty") {
  CHECK(fault(ordinary()) == "none");
  CHECK(fault(with(manifest("a", section("a#0", R"(, "colour": [1, {"deep": null}])")),
                   R"("roots": ["a"], "budget": {}, "slots": null, "expected": {"status": "optimal"})")) == "none");
}

TEST_CASE("a limit beyond what costs can reach is none") {
  const auto read =
      read_instance(with(manifest("a", section("a#0")),
                         R"("roots": [], "budget": {"tokens": 99999999999999999999999, "chars": 4294967296})"),
                    "file");
  REQUIRE(read);
  CHECK(read->problem.budget.limit.tokens == unlimited);
  CHECK(read->problem.budget.limit.chars == unlimited);
}

TEST_CASE("what is ill-formed is named with its place") {
  CHECK(fault("{") != "none");
  CHECK(fault("[]") == "file:1:1 this is not an object");
  CHECK(fault(R"({"schema": "cascade-packing/2"})") == "file:1:1 the schema is not cascade-packing/1");
  CHECK(fault(R"({"schema": "cascade-packing/1"})") == "file:1:1 'id' is missing");
  const std::string a = manifest("a", section("a#0"));
  CHECK(fault(with(a + "," + a)).find("two manifests have the id a") != std::string::npos);
  CHECK(fault(with(a + "," + manifest("b", section("a#0")))).find("two sections have the id a#0") != std::string::npos);
  CHECK(fault(with(manifest("a", ""))).find("a manifest without sections") != std::string::npos);
  CHECK(fault(with(manifest("a", section("a#0"), R"("refs": ["b"], )"))).find("there is no manifest b") !=
        std::string::npos);
  CHECK(fault(with(manifest("a", section("a#0"), R"("refs": [1], )"))).find("there is no manifest 1") !=
        std::string::npos);
  CHECK(fault(with(manifest("a", section("a#0"), R"("refs": "b", )"))).find("'refs' is of the wrong kind") !=
        std::string::npos);
  CHECK(fault(with(manifest("a", section("a#0"), R"("requires": {"any": ["b"]}, )"))).find("a list of manifests") !=
        std::string::npos);
  for (const std::string number : {"-1", "1.5", "1e3", "true", "\"1\"", "null"}) {
    INFO(number);
    CHECK(fault(with(manifest("a", R"({"id": "a#0", "value": 1, "tokens": )" + number + R"(, "chars": 1})"))) !=
          "none");
  }
  CHECK(fault(with(a, R"("roots": ["a"], "budget": {"tokens": 1}, "slots": {"placement": "loose", "caps": []})"))
            .find("neither fixed nor ordered") != std::string::npos);
  CHECK(
      fault(
          with(manifest("a", section("a#0", R"(, "slot": "s9")")),
               R"("roots": ["a"], "budget": {}, "slots": {"placement": "fixed", "caps": [{"id": "s1", "chars": 1}]})"))
          .find("there is no slot s9") != std::string::npos);
}

}  // namespace cascade::instance
