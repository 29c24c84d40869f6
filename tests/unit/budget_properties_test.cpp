// What must hold between the answers to two problems that differ in one thing. Larger problems than those that can be
// answered by trying everything.
#include <catch2/catch.hpp>
#include <cstdlib>
#include <map>

#include "unit/budget_oracle.h"
#include "unit/budget_random.h"

using namespace oracle;

namespace {

std::uint32_t rounds(std::uint32_t quick) {
  const char* soak = std::getenv("CASCADE_SOAK");
  const std::uint32_t factor = soak == nullptr ? 1 : static_cast<std::uint32_t>(std::strtoul(soak, nullptr, 10));
  return quick * std::max(factor, 1U);
}

constexpr PackingLimits plenty{20'000, 0};

Packing solve(const PackingProblem& problem, const PackingLimits& limits = plenty) {
  Result<Packing> packed = pack(problem, limits);
  REQUIRE(packed);
  return *std::move(packed);
}

bool proven(const Packing& packing) {
  return packing.status == PackingStatus::ok && packing.certificate.proof == Proof::optimal;
}

std::string said(const Packing& packing) {
  std::string out = std::to_string(static_cast<int>(packing.status));
  for (const PackedItem& at : packing.selected) out += " " + std::to_string(at.group) + "." + std::to_string(at.item);
  const Certificate& c = packing.certificate;
  for (const std::uint64_t n :
       {std::uint64_t{packing.cost.tokens}, std::uint64_t{packing.cost.chars}, std::uint64_t{packing.min_budget.tokens},
        std::uint64_t{packing.min_budget.chars}, c.value, c.upper_bound, c.nodes})
    out += " " + std::to_string(n);
  return out;
}

// Calls `check` with random problems of up to 30 groups, and their answers where those are proven.
template <typename Check>
void with_problems(std::uint32_t count, std::uint64_t first_seed, Mix mix, Check check) {
  mix.groups = 30;
  mix.items = 90;
  mix.most_value = 1'000;
  mix.most_cost = 300;
  std::uint32_t checked = 0;
  for (std::uint64_t seed = first_seed; seed < first_seed + count; ++seed) {
    Generator generator(seed, mix);
    const PackingProblem problem = generator.problem();
    const Packing packing = solve(problem);
    INFO("seed " << seed << "\n" << describe(problem));
    if (packing.status == PackingStatus::ok && !proven(packing)) continue;
    ++checked;
    check(problem, packing, generator.random());
  }
  CHECK(checked > count * 9 / 10);
}

std::uint32_t more(std::uint32_t limit) { return limit == unlimited ? limit : limit + 1; }

std::uint64_t value(const Packing& packing) {
  return packing.status == PackingStatus::ok ? packing.certificate.value : 0;
}

}  // namespace

TEST_CASE("the order of lists, repeated names and the numbers of contents change nothing") {
  with_problems(rounds(300), 10'000'000, {}, [](const PackingProblem& problem, const Packing& packing, Random& random) {
    PackingProblem other = problem;
    random.shuffle(other.roots);
    for (PackingGroup& group : other.groups) {
      group.refs.insert(group.refs.end(), group.refs.begin(), group.refs.end());
      random.shuffle(group.refs);
      random.shuffle(group.requires_all);
      random.shuffle(group.conflicts);
      random.shuffle(group.requires_any);
      for (auto& any : group.requires_any) random.shuffle(any);
      for (PackingItem& item : group.items) {
        if (item.content != 0) item.content = item.content * 0x9E3779B97F4A7C15ULL;
        if (item.alternatives != 0) item.alternatives = 40 - item.alternatives;
      }
    }
    CHECK(said(solve(other)) == said(packing));
    CHECK(said(solve(problem)) == said(packing));
  });
}

TEST_CASE("a conflict listed on the other side only is the same conflict") {
  Mix mix;
  mix.conflicts = 20;
  with_problems(rounds(200), 10'100'000, mix, [](const PackingProblem& problem, const Packing& packing, Random&) {
    PackingProblem other = problem;
    for (PackingGroup& group : other.groups) group.conflicts.clear();
    for (std::uint32_t g = 0; g < problem.groups.size(); ++g) {
      for (const std::uint32_t excluded : problem.groups[g].conflicts) other.groups[excluded].conflicts.push_back(g);
    }
    CHECK(said(solve(other)) == said(packing));
  });
}

TEST_CASE("a larger limit never gives less value") {
  Mix mix;
  mix.chars_limit = 70;
  with_problems(rounds(300), 11'000'000, mix, [](const PackingProblem& problem, const Packing& packing, Random&) {
    PackingProblem tokens = problem, chars = problem, both = problem;
    tokens.budget.limit.tokens = both.budget.limit.tokens = more(problem.budget.limit.tokens);
    chars.budget.limit.chars = both.budget.limit.chars = more(problem.budget.limit.chars);
    for (const PackingProblem& larger : {tokens, chars, both}) {
      const Packing answer = solve(larger);
      CHECK((answer.certificate.upper_bound >= value(packing) || answer.status != PackingStatus::ok));
      if (answer.status == PackingStatus::ok) CHECK(value(answer) >= value(packing) * (proven(answer) ? 1 : 0));
      if (packing.status == PackingStatus::ok) CHECK(answer.status == PackingStatus::ok);
    }
  });
}

TEST_CASE("without limits, conflicts and alternatives all that can be reached and is worth something is in") {
  Mix mix;
  mix.conflicts = mix.alternatives = mix.slots = 0;
  with_problems(rounds(200), 12'000'000, mix, [](const PackingProblem& problem, const Packing&, Random&) {
    PackingProblem open = problem;
    open.budget = {};
    std::vector<std::uint32_t> reached = open.roots;
    for (std::size_t at = 0; at < reached.size(); ++at) {
      const PackingGroup& group = open.groups[reached[at]];
      std::vector<std::uint32_t> next = group.refs;
      next.insert(next.end(), group.requires_all.begin(), group.requires_all.end());
      for (const auto& any : group.requires_any) next.insert(next.end(), any.begin(), any.end());
      for (const std::uint32_t g : next) {
        if (std::find(reached.begin(), reached.end(), g) == reached.end()) reached.push_back(g);
      }
    }
    std::map<std::uint64_t, std::uint64_t> contents;
    std::uint64_t all = 0;
    for (const std::uint32_t g : reached) {
      if (std::count(reached.begin(), reached.end(), g) != 1) continue;  // a root given twice
      for (const PackingItem& item : open.groups[g].items) {
        if (item.content == 0) all += item.value;
        if (item.content != 0) contents[item.content] = item.value;
      }
    }
    for (const auto& content : contents) all += content.second;
    if (std::count(open.roots.begin(), open.roots.end(), open.roots[0]) == 1) CHECK(value(solve(open)) == all);
  });
}

TEST_CASE("the least budget is enough, and a token less is not") {
  Mix mix;
  mix.all = 25;
  mix.any = 25;
  mix.pinned = 30;
  with_problems(rounds(300), 13'000'000, mix, [](const PackingProblem& problem, const Packing&, Random&) {
    PackingProblem tight = problem;
    tight.budget.limit = {0, unlimited};
    tight.slot_chars.clear();
    tight.placement = Placement::fixed;
    for (PackingGroup& group : tight.groups) {
      for (PackingItem& item : group.items) item.slot = unlimited;
    }
    Packing packing = solve(tight);
    if (packing.status != PackingStatus::infeasible) return;
    const Cost least = packing.min_budget;
    tight.budget.limit = least;
    CHECK(solve(tight).status == PackingStatus::ok);
    --tight.budget.limit.tokens;
    CHECK(solve(tight).status == PackingStatus::infeasible);
    PackingItem optional;
    optional.value = 1'000;
    optional.cost = {1, 1};
    tight.groups[0].items.push_back(optional);
    packing = solve(tight);
    CHECK(packing.status == PackingStatus::infeasible);
    CHECK(packing.min_budget == least);
  });
}

TEST_CASE("one more conflict never gives more, one more reference never less, one member fewer never more") {
  Mix mix;
  mix.any = 30;
  with_problems(rounds(300), 14'000'000, mix,
                [](const PackingProblem& problem, const Packing& packing, Random& random) {
                  const auto groups = static_cast<std::uint32_t>(problem.groups.size());
                  PackingProblem other = problem;
                  other.groups[random.below(groups)].conflicts.push_back(random.below(groups));
                  CHECK(value(solve(other)) <= value(packing));
                  other = problem;
                  other.groups[random.below(groups)].refs.push_back(random.below(groups));
                  CHECK(solve(other).certificate.upper_bound >= value(packing));
                  other = problem;
                  for (PackingGroup& group : other.groups) {
                    for (auto& any : group.requires_any) {
                      if (any.size() > 1) any.pop_back();
                    }
                  }
                  CHECK(value(solve(other)) <= value(packing));
                });
}

TEST_CASE("a text that is split keeps its value at one place only and gains nothing") {
  Mix mix;
  mix.shared = 60;
  mix.alternatives = 0;
  with_problems(rounds(200), 15'000'000, mix, [](const PackingProblem& problem, const Packing& packing, Random&) {
    PackingProblem other = problem;
    std::vector<std::uint64_t> seen;
    for (PackingGroup& group : other.groups) {
      for (PackingItem& item : group.items) {
        if (item.content == 0) continue;
        if (std::find(seen.begin(), seen.end(), item.content) != seen.end()) item.value = 0;
        seen.push_back(std::exchange(item.content, 0));
      }
    }
    CHECK(value(solve(other)) <= value(packing));
  });
}

TEST_CASE("a section that costs and is worth nothing changes no selection") {
  with_problems(rounds(200), 16'000'000, {}, [](const PackingProblem& problem, const Packing& packing, Random& random) {
    PackingProblem other = problem;
    PackingItem worthless;
    worthless.cost = {1 + random.below(5), random.below(9)};
    other.groups[random.below(static_cast<std::uint32_t>(other.groups.size()))].items.push_back(worthless);
    const Packing answer = solve(other);
    CHECK(answer.status == packing.status);
    CHECK(answer.selected == packing.selected);
  });
}

TEST_CASE("the unit in which values or costs are measured changes no selection") {
  with_problems(rounds(200), 17'000'000, {}, [](const PackingProblem& problem, const Packing& packing, Random& random) {
    const std::uint32_t factor = 2 + random.below(1'000);
    PackingProblem values = problem, costs = problem;
    for (std::uint32_t g = 0; g < problem.groups.size(); ++g) {
      for (PackingItem& item : values.groups[g].items) item.value *= factor;
      for (PackingItem& item : costs.groups[g].items) item.cost = {item.cost.tokens * factor, item.cost.chars * factor};
    }
    for (std::uint32_t* limit : {&costs.budget.limit.tokens, &costs.budget.limit.chars})
      *limit = *limit == unlimited ? unlimited : *limit * factor;
    costs.budget.reserve = {problem.budget.reserve.tokens * factor, problem.budget.reserve.chars * factor};
    for (std::uint32_t& slot : costs.slot_chars) slot *= factor;
    const Packing worth = solve(values), dear = solve(costs);
    CHECK(worth.selected == packing.selected);
    if (proven(worth)) CHECK(value(worth) == value(packing) * factor);
    CHECK(dear.status == packing.status);
    if (proven(dear)) CHECK(dear.selected == packing.selected);
  });
}

TEST_CASE("a limit that everything fits is no limit, and a limit stated twice is one") {
  Mix mix;
  mix.slots = 0;
  with_problems(rounds(200), 18'000'000, mix, [](const PackingProblem& problem, const Packing& packing, Random&) {
    PackingProblem wide = problem, twice = problem;
    wide.slot_chars = {1'000'000};
    for (PackingGroup& group : wide.groups) {
      for (PackingItem& item : group.items) item.slot = 0;
    }
    if (wide.budget.limit.chars == unlimited) wide.budget.limit.chars = 1'000'000;
    CHECK(solve(wide).selected == packing.selected);
    if (problem.budget.limit.chars == unlimited || problem.budget.reserve.chars > problem.budget.limit.chars) return;
    twice.slot_chars = {problem.budget.limit.chars - problem.budget.reserve.chars};
    twice.groups = wide.groups;
    CHECK(solve(twice).selected == packing.selected);
  });
}

TEST_CASE("what was held is kept where that costs at most a hundredth, and the certificate says what it costs") {
  with_problems(rounds(200), 19'000'000, {}, [](const PackingProblem& problem, const Packing& packing, Random& random) {
    if (packing.status != PackingStatus::ok) return;
    PackingProblem other = problem;
    for (PackingGroup& group : other.groups) {
      for (PackingItem& item : group.items) item.held = random.chance(40);
    }
    const Packing answer = solve(other);
    REQUIRE(answer.status == PackingStatus::ok);
    CHECK(is_valid(problem, answer.selected));
    const Certificate& certificate = answer.certificate;
    CHECK(certificate.upper_bound >= packing.certificate.value);
    CHECK(certificate.value <= packing.certificate.value);
    CHECK(certificate.stability_cost == certificate.upper_bound - certificate.value);
    CHECK(certificate.value * 101 + 101 >= packing.certificate.value * 100);
    for (const PackedItem& at : packing.selected) other.groups[at.group].items[at.item].held = true;
  });
}
