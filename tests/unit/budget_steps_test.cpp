// The record of the steps behind an answer: what each guess of the packer says when it is asked alone. An answer mostly
// hides them, because a search mends what a guess misses; here a guess that changes shows at once.
#include <cascade/budget.h>

#include <algorithm>
#include <string>
#include <vector>

#include "budget/kernel.h"
#include "budget/node.h"
#include "budget/relaxation.h"
#include "unit/budget_hard.h"
#include "unit/record.h"

namespace cascade::budget {
namespace {

// Many numbers as one.
struct Mark {
  std::uint64_t sum = 1469598103934665603ULL;
  void add(std::uint64_t number) { sum = (sum ^ number) * 1099511628211ULL; }
  template <typename Numbers>
  Mark& all(const Numbers& numbers) {
    for (const auto number : numbers) add(static_cast<std::uint64_t>(number));
    add(numbers.size());
    return *this;
  }
  std::string text() const { return std::to_string(sum % 1'000'000); }
};

template <typename Numbers>
std::string mark_of(const Numbers& numbers) {
  return Mark().all(numbers).text();
}

std::string mark_of(const Selection& selection) { return Mark().all(selection.open).all(selection.taken).text(); }

std::string mark_of(const Kernel& kernel) {
  Mark mark;
  mark.all(kernel.value)
      .all(kernel.cost)
      .all(kernel.end)
      .all(kernel.excluded)
      .all(kernel.limit)
      .all(kernel.clause_head);
  mark.all(kernel.clauses.items).all(kernel.kind).all(kernel.packs.items).all(kernel.longer_form).all(kernel.old_node);
  return std::to_string(kernel.nodes) + "/" + std::to_string(kernel.clauses.size()) + "/" +
         std::to_string(kernel.packs.size()) + "/" + mark.text();
}

std::string mark_of(const Multipliers& prices) {
  return Mark().all(prices.dim).all(prices.clause).all(prices.pack).text();
}

// Asks each step in turn about one problem.
class Steps {
 public:
  Steps(std::string& record, const Model& model) : record_(record), model_(model), incumbent_(model) {}

  void run() {
    mandatory();
    const Alive alive = find_alive(model_);
    column("alive", Mark().all(alive.group).all(alive.content).text() + (alive.hopeless ? " hopeless" : ""));
    if (alive.hopeless) return;
    const Kernel kernel = build_kernel(model_, alive);
    column("kernel", mark_of(kernel));
    bounded(kernel);
    Incumbent of_root(model_);
    Root root = work_root(kernel, of_root, 0);
    column("root", std::to_string(root.bound) + "/" + std::to_string(root.ceiling) + "/" + mark_of(root.kernel) + "/" +
                       mark_of(root.prices) + "/" + best(of_root));
    if (!root.closed) in_the_tree(std::move(root), of_root);
  }

 private:
  void column(const std::string& name, const std::string& text) { record_ += "\t" + name + " " + text; }
  static std::string best(const Incumbent& incumbent) {
    return incumbent.exists() ? std::to_string(incumbent.value()) + "/" + mark_of(incumbent.selection()) : "none";
  }

  void mandatory() {
    for (const Seek seek : {Seek::fitting, Seek::cheapest}) {
      for (const std::uint64_t limit : {0, 3, 400}) {
        const Mandatory found = find_mandatory(model_, seek, limit);
        column(seek == Seek::fitting ? "fitting" : "cheapest",
               std::to_string(static_cast<int>(found.outcome)) + "/" + std::to_string(found.nodes) + "/" +
                   mark_of(found.selection) + "/" + mark_of(found.used) + "/" + mark_of(found.clash));
      }
    }
  }

  // Prices, what they decide, and what is made of them, before anything is branched on.
  void bounded(const Kernel& kernel) {
    State state(kernel);
    if (!state.start()) return column("start", "closed");
    Relaxation relaxation(kernel);
    relaxation.load(state, relaxation.zero());
    relaxation.evaluate(relaxation.zero());
    relaxation.select();
    rounded("free", kernel, relaxation, relaxation.zero(), state);
    Pricing::Shares shares(kernel.nodes, Pricing::whole / 2);
    Pricing pricing(relaxation, relaxation.zero(), shares);
    for (const bool fine : {false, true}) {
      const Goal goal = incumbent_.goal(0);
      const Multipliers before = pricing.prices();
      pricing.set_fine(fine);
      pricing.restart(goal);
      pricing.tune_budgets(goal);
      pricing.descend(goal, fine ? 24 : 12);
      if (fine) pricing.go_on(before, goal);
      column("priced", std::to_string(pricing.slack() >> 12) + "/" + mark_of(pricing.prices()) + "/" + mark_of(shares) +
                           "/" + std::to_string(relaxation.bound()) + "/" + std::to_string(pricing.drop()));
      rounded("priced", kernel, relaxation, pricing.prices(), state);
    }
    cuts(kernel, relaxation, state);
    decided(kernel, relaxation, state);
    for (const std::uint32_t part : {2, 8}) {
      Incumbent of_dive(model_);
      Relaxation own(kernel);
      own.load(state, pricing.prices());
      dive(kernel, own, pricing.prices(), shares, 0, state, of_dive, part);
      column("dive", best(of_dive));
    }
    rebuild(kernel, pricing.prices(), shares, 0, relaxation.bound(), 1, incumbent_);
    column("rebuilt", best(incumbent_));
  }

  void rounded(const char* name, const Kernel& kernel, const Relaxation& relaxation, const Multipliers& prices,
               State& state) {
    for (const Ways ways : {Ways::any, Ways::forward}) {
      const std::size_t mark = state.mark();
      const bool good = round_up(model_, kernel, relaxation, prices, ways, state, incumbent_.effort());
      column(std::string("rounded ") + name, std::to_string(good) + "/" + std::to_string(state.value()) + "/" +
                                                 Mark().all(state.trail()).all(state.all()).text() + "/" +
                                                 std::to_string(parts_hold(model_, kernel, state, Sequence::certain)));
      if (good && (!kernel.cyclic || all_reached(kernel, state))) incumbent_.offer(kernel, state);
      state.undo(mark);
    }
  }

  void cuts(const Kernel& kernel, const Relaxation& relaxation, const State& state) {
    if (!kernel.cyclic) return;
    Mark mark;
    const std::vector<Cut> found = find_cuts(kernel, chosen_nodes(relaxation, state), state.all());
    for (const Cut& cut : found) mark.all(cut.members).add(cut.head);
    column("cuts", std::to_string(found.size()) + "/" + mark.text());
    column("less cuts", mark_of(shrink(kernel, state.all(), found)));
  }

  // What the bound decides when only the best are wanted, and what is left then.
  void decided(const Kernel& kernel, const Relaxation& relaxation, State& state) {
    std::vector<Fixed> losses;
    find_losses(relaxation, losses);
    column("losses", mark_of(losses));
    for (const Fixed part : {1, 8, 64}) {
      const std::size_t mark = state.mark();
      const Fixed slack = std::max<Fixed>(relaxation.slack(incumbent_.goal(0)).most() / part, 0);
      const Fixing fixing = fix(kernel, relaxation, losses, slack, state);
      column("fixed", std::to_string(static_cast<int>(fixing)) + "/" + mark_of(state.trail()));
      if (fixing != Fixing::contradiction) column("shrunk", mark_of(shrink(kernel, state.all(), {})));
      state.undo(mark);
    }
  }

  // A way down the tree of the search, with what is branched on.
  void in_the_tree(Root root, const Incumbent& found) {
    Incumbent of_search = found, of_node = found;
    const SearchResult result = search(root, of_search, {30, 0, 20});
    column("search", std::to_string(result.bound) + "/" + std::to_string(result.nodes) + "/" +
                         std::to_string(result.complete) + "/" + best(of_search));
    Node node(std::move(root), of_node, 0);
    Node::Verdict verdict = node.start();
    for (int depth = 0; depth < 12 && verdict == Node::Verdict::open; ++depth) {
      verdict = node.bound(6);
      std::string text = std::to_string(node.upper()) + "/" + std::to_string(node.spent());
      if (verdict == Node::Verdict::open) {
        const std::uint32_t next = node.choose();
        text += "/" + std::to_string(next);
        if (!node.state().decide(next, depth % 3 == 2 ? Status::out : Status::in)) verdict = Node::Verdict::closed;
      }
      column("node", text);
    }
    column("best", best(of_node));
  }

  std::string& record_;
  const Model& model_;
  Incumbent incumbent_;
};

void add(std::string& record, const std::string& name, const PackingProblem& problem) {
  const Result<Model> model = build_model(problem);
  REQUIRE(model);
  record += name;
  Steps(record, *model).run();
  record += "\n";
}

}  // namespace

TEST_CASE("every build takes the recorded steps") {
  std::string record = "# problem, then what each step said\n";
  std::uint64_t seed = 100;
  for (const oracle::Hardness& family : oracle::hard_families) {
    for (const std::uint32_t part : {3, 5, 5, 9, 9, 14}) {
      oracle::Hardness hard = family;
      hard.groups = std::max<std::uint32_t>(hard.groups / part, 4);
      ++seed;
      add(record, std::string(hard.name) + " " + std::to_string(seed), oracle::HardProblem(hard, seed).make());
    }
  }
  for (std::uint32_t texts = 1; texts <= 8; ++texts) {
    for (int i = 0; i < 3; ++i) {
      const oracle::TextProblem problem(texts, ++seed);
      add(record, "texts " + std::to_string(seed), problem.problem());
    }
  }
  cascade::test::check_record("budget_steps.tsv", record);
}

// Small problems with everything at once: cycles, choices that need others, texts in slots..
TEST_CASE("every build takes the recorded steps on small problems of every kind") {
  oracle::Mix mixes[5];
  mixes[1].groups = 14, mixes[1].items = 30;
  mixes[2].groups = 12, mixes[2].items = 30, mixes[2].any = 60, mixes[2].conflicts = 12, mixes[2].back_edges = 80;
  mixes[3].groups = 10, mixes[3].items = 30, mixes[3].slots = 100, mixes[3].ordered = 60;
  mixes[4].groups = 10, mixes[4].items = 40, mixes[4].alternatives = 60, mixes[4].shared = 50, mixes[4].most_value = 99;
  std::string record = "# numbers of the problems, what all steps said about them\n";
  for (std::uint64_t seed = 1; seed <= 1'500; ++seed) {
    std::string steps;
    add(steps, "", oracle::Generator(seed, mixes[seed % 5]).problem());
    Mark mark;
    mark.all(steps);
    if (seed % 10 == 1) record += (seed == 1 ? "" : "\n") + std::to_string(seed);
    record += "\t" + mark.text();
  }
  cascade::test::check_record("budget_small_steps.tsv", record + "\n");
}

}  // namespace cascade::budget
