#include <catch2/catch.hpp>

#include "runs/report.h"
#include "unit/seeded_random.h"

using namespace cascade;
using namespace cascade::tiers;

namespace {

using Costs = std::vector<std::pair<std::uint64_t, bool>>;

std::string shown(const Costs& costs) {
  const auto value = per_success(costs);
  if (!value) return "none";
  std::string text = std::to_string(value->mean);
  if (value->interval)
    text += " " + std::to_string(value->interval->first) + "-" + std::to_string(value->interval->second);
  return text;
}

Run run(const std::string& agent, const std::string& tier, const std::string& outcome, std::uint64_t input,
        const std::string& model = "claude-haiku-5-5") {
  Run made;
  made.session = "s";
  made.id = agent + std::to_string(input);
  made.agent = agent;
  made.tier = tier;
  made.outcome = outcome;
  made.session_model = "claude-opus-5-5";
  session::Usage usage;
  usage.input = input;
  made.parts.push_back({model, usage, {}});
  return made;
}

}  // namespace

TEST_CASE("a success costs what failures cost, too") {
  CHECK(shown({}) == "none");
  CHECK(shown({{500, false}}) == "none");
  CHECK(shown({{500, true}}) == "500");
  CHECK(shown({{100, true}, {100, true}, {100, true}}) == "100 100-100");
  // R = 1000 / 2 = 500; residuals 300 - 500, 600 - 500, 100; sqrt(3/2 * 60000) = 300; * 4.303 / 2 = 645.
  CHECK(shown({{300, true}, {600, true}, {100, false}}) == "500 0-1145");
}

TEST_CASE("amounts of any size have an interval") {
  const std::uint64_t large = std::uint64_t{1} << 58;
  const auto value = per_success({{large, true}, {large / 2, true}, {large, true}, {large, false}});
  REQUIRE(value);
  REQUIRE(value->interval);
  CHECK(value->interval->first < value->mean);
  CHECK(value->interval->second > value->mean);
}

TEST_CASE("the interval holds the true ratio nearly as often as it says") {
  // Costs between 1,000 and 20,000, skewed to the cheap; four of five runs succeed, and failures cost half as much
  // again.
  test::SeededRandom random{27};
  const auto cost = [&] {
    const std::uint64_t u = random.below(1'000);
    return 1'000 + 19'000 * u * u * u / 1'000'000'000;
  };
  const auto one = [&]() -> std::pair<std::uint64_t, bool> {
    const bool succeeds = random.chance(80);
    return {succeeds ? cost() : cost() * 3 / 2, succeeds};
  };
  std::uint64_t sum = 0, successes = 0;
  for (int i = 0; i < 400'000; ++i) {
    const auto [tokens, succeeded] = one();
    sum += tokens;
    successes += succeeded ? 1 : 0;
  }
  const std::uint64_t truth = sum / successes;
  std::string held;
  for (const int runs : {5, 10, 30, 100}) {
    int hits = 0;
    constexpr int reports = 2'000;
    for (int i = 0; i < reports; ++i) {
      Costs costs;
      for (int n = 0; n < runs; ++n) costs.push_back(one());
      const auto value = per_success(costs);
      hits += value && value->interval && value->interval->first <= truth && truth <= value->interval->second ? 1 : 0;
    }
    held += std::to_string(runs) + ": " + std::to_string(hits * 1'000 / reports) + "  ";
    INFO(held);
    CHECK(hits * 100 >= reports * (runs < 10 ? 85 : runs < 30 ? 88 : 92));
    CHECK(hits * 100 <= reports * 98);
  }
}

TEST_CASE("rows are by agent and tier, with prices and what the session's model would have cost") {
  const RunReport report = report_of(
      {run("reader", "light", "done", 1'000'000), run("reader", "light", "failed", 500'000),
       run("reader", "standard", "done", 1'000, "claude-sonnet-5-5"), run("clerk", "", "", 10, "claude-opus-5-5")},
      {});
  REQUIRE(report.rows.size() == 3);
  CHECK(report.rows[0].agent == "clerk");
  CHECK(report.rows[0].running == 1);
  CHECK(!report.rows[0].tokens_per_success);
  const Row& light = report.rows[1];
  CHECK((light.runs == 2 && light.succeeded == 1 && light.usage.input == 1'500'000));
  CHECK(light.price == 150'000'000'000);  // 0.15 dollars: a tenth a million
  CHECK(light.on_session_model == 6'000'000'000'000);
  CHECK(light.tokens_per_success->mean == 1'500'000);
  CHECK(report.all.runs == 4);
  CHECK(report.sessions == 1);
}

TEST_CASE("a price of one's own goes before the list's, and a model without one has none") {
  const Run known = run("a", "", "done", 1'000), other = run("a", "", "done", 1'000, "in-house-7b");
  policy::OwnPrice own{"in-house-7b", {}};
  own.rates.input = 2'000'000;
  CHECK(price_of(known, {}) == 100'000'000);
  CHECK(price_of(other, {}) == std::nullopt);
  CHECK(price_of(other, {own}) == 2'000'000'000);
  own.model = "claude-haiku-5-5";
  CHECK(price_of(known, {own}) == 2'000'000'000);
  CHECK(!report_of({known, other}, {}).all.price);
  CHECK(!report_of({known, other}, {}).all.price_per_success);
}

TEST_CASE("prompts above 100,000 tokens cost what the list says of them, caches and searches theirs") {
  Run made = run("a", "", "done", 0);
  session::Usage& all = made.parts[0].usage;
  all.input = 150'000;
  made.parts[0].long_usage.input = 120'000;
  CHECK(price_of(made, {}) == 30'000ULL * 100'000 + 120'000ULL * 500'000);
  made.parts[0].long_usage = {};
  all = {};
  all.cache_write = 1'000;
  all.cache_write_1h = 400;
  all.cache_read = 10;
  all.searches = 2;
  CHECK(price_of(made, {}) == 600ULL * 125'000 + 400ULL * 200'000 + 10ULL * 10'000 + 2ULL * 10'000'000'000);
}
