#include <catch2/catch.hpp>

#include "runs/report.h"

using namespace cascade;
using namespace cascade::tiers;

namespace {

using Costs = std::vector<std::pair<std::uint64_t, bool>>;

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
  const std::uint64_t large = std::uint64_t{1} << 60;
  CHECK(!per_success({}));
  CHECK(!per_success({{500, false}}));
  CHECK(per_success({{500, true}}) == 500);
  CHECK(per_success({{300, true}, {600, true}, {100, false}}) == 500);
  CHECK(per_success(Costs(32, {large, true})) == large);
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
  CHECK(light.tokens_per_success == 1'500'000);
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
