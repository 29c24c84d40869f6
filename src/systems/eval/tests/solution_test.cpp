#include <catch2/catch.hpp>

#include "eval/instance.h"

namespace cascade::instance {
namespace {

constexpr std::string_view two_manifests = R"({"schema": "cascade-packing/1", "id": "two", "roots": ["r"],
  "budget": {"tokens": LIMIT, "chars": null}, "slots": {"placement": "fixed", "caps": [{"id": "s", "chars": 50}]},
  "manifests": [
    {"id": "r", "layer": 0, "scope": "project", "requires": {"all": ["q"], "any": []}, "conflicts": [CONFLICT], "sections": [
      {"id": "r#0", "value": 1, "tokens": 5, "chars": 20, "slot": "s"}, {"id": "r#1", "value": 9, "tokens": 4, "chars": 16}]},
    {"id": "q", "layer": 1, "scope": "project", "sections": [
      {"id": "q#0", "value": 1, "tokens": 3, "chars": 12, "slot": "s"}, {"id": "q#1", "value": 8, "tokens": 4, "chars": 16}]}]})";

std::string solved(std::string limit, std::string conflict = "") {
  std::string json(two_manifests);
  json.replace(json.find("LIMIT"), 5, limit);
  json.replace(json.find("CONFLICT"), 8, conflict);
  const auto instance = read_instance(json, "file");
  REQUIRE(instance);
  const auto packing = pack(instance->problem, {});
  REQUIRE(packing);
  return write_solution(*instance, *packing);
}

}  // namespace

TEST_CASE("an answer lists its sections, worth, cost and certificate") {
  CHECK(solved("12") ==
        R"({"instance":"two","status":"ok","selected":["r#0","r#1","q#0"],"value":11,"tokens":12,"chars":48,)"
        R"("upper_bound":11,"gap_ppm":0,"proof":"optimal","nodes":0})"
        "\n");
}

TEST_CASE("a budget that is too small is answered by the least that is enough") {
  CHECK(
      solved("7") ==
      R"({"instance":"two","status":"infeasible","min_budget":{"tokens":8,"chars":32},"min_slots":[{"id":"s","chars":32}]})"
      "\n");
}

TEST_CASE("what excludes each other is named") {
  CHECK(solved("99", "\"q\"") == R"({"instance":"two","status":"conflict","clash":["r","q"]})"
                                 "\n");
}

}  // namespace cascade::instance
