#include "generate.h"

#include <algorithm>
#include <vector>

#include "unit/seeded_random.h"

namespace packing_bench {
namespace {

using cascade::PackingGroup;
using cascade::PackingItem;
using cascade::PackingProblem;

struct Random : cascade::test::SeededRandom {
  // Many small, few large: roughly log-uniform in [low, high).
  std::uint32_t skewed(std::uint32_t low, std::uint32_t high) {
    std::uint32_t top = low;
    while (top < high && chance(70)) top *= 2;
    top = std::clamp(top, low + 1, high);
    return low + below(top - low);
  }
};

class Maker {
 public:
  explicit Maker(const Shape& shape) : shape_(shape), random_{{shape.seed * 0x2545F4914F6CDD1DULL + 99}} {}

  PackingProblem make() {
    std::uint32_t left = shape_.sections;
    while (left > 0) {
      const std::uint32_t items = std::min(left, 2 + random_.below(7));
      left -= items;
      PackingGroup group;
      for (std::uint32_t i = 0; i < items; ++i) group.items.push_back(item(i));
      problem_.groups.push_back(std::move(group));
    }
    for (std::uint32_t g = 1; g < problem_.groups.size(); ++g) relate(g);
    problem_.roots = {0};
    limit();
    return std::move(problem_);
  }

 private:
  PackingItem item(std::uint32_t index) {
    if (index > 0 && !known_.empty() && random_.chance(shape_.shared)) {
      PackingItem copy = known_[random_.below(static_cast<std::uint32_t>(known_.size()))];
      copy.pinned = random_.chance(shape_.pinned);
      return copy;
    }
    PackingItem made;
    made.cost.tokens = index == 0 ? 20 + random_.below(70) : random_.skewed(8, 700);
    made.cost.chars = made.cost.tokens * (10 + random_.below(80)) / 10;
    made.value = index == 0 ? random_.below(30) : value(made.cost.tokens);
    made.pinned = index > 0 && random_.chance(shape_.pinned);
    if (shape_.slots > 0) made.slot = random_.below(shape_.slots);
    if (random_.chance(2 * shape_.shared)) {
      made.content = known_.size() + 1;
      known_.push_back(made);
    }
    return made;
  }

  std::uint64_t value(std::uint32_t tokens) {
    switch (shape_.values) {
      case Values::independent: return random_.below(200'000);
      case Values::weak: return tokens * (20 + random_.below(100)) / 100;
      case Values::strong: return tokens + 50;
      case Values::equal: return tokens;
      case Values::steep: return random_.chance(50) ? 0 : random_.skewed(1, 3'000);
    }
    return 0;
  }

  void relate(std::uint32_t g) {
    const std::uint32_t near = std::min(g, 12U);
    PackingGroup& parent = problem_.groups[random_.chance(50) ? random_.below(g) : g - 1 - random_.below(near)];
    parent.refs.push_back(g);
    PackingGroup& self = problem_.groups[g];
    if (random_.chance(shape_.second_referrers)) problem_.groups[random_.below(g)].refs.push_back(g);
    if (random_.chance(shape_.back_edges)) self.refs.push_back(random_.below(g));
    if (random_.chance(shape_.require_all)) parent.requires_all.push_back(g);
    if (random_.chance(shape_.conflicts)) {
      const std::uint32_t other = random_.below(g);
      if (other != 0) self.conflicts.push_back(other);
    }
    if (g > 4 && random_.chance(shape_.require_any)) {
      std::vector<std::uint32_t> any;
      for (std::uint32_t m = 0; m < 2 + random_.below(2); ++m) any.push_back(1 + random_.below(g - 1));
      self.requires_any.push_back(std::move(any));
    }
    for (std::uint32_t i = 1; i < self.items.size(); ++i) {
      if (!random_.chance(shape_.shorter_forms) || self.items[i].pinned || self.items[i].content != 0) continue;
      PackingItem shorter = self.items[i];
      shorter.cost.tokens = shorter.cost.tokens / 3 + 1;
      shorter.cost.chars = shorter.cost.chars / 3 + 1;
      shorter.value = shorter.value / 2;
      shorter.alternatives = self.items[i].alternatives = ++sets_;
      self.items.push_back(shorter);
    }
  }

  void limit() {
    std::uint64_t tokens = 0, chars = 0;
    std::vector<std::uint64_t> by_slot(shape_.slots, 0);
    for (const PackingGroup& group : problem_.groups) {
      for (const PackingItem& item : group.items) {
        tokens += item.cost.tokens;
        chars += item.cost.chars;
        if (shape_.slots > 0) by_slot[item.slot] += item.cost.chars;
      }
    }
    auto part = [&](std::uint64_t whole, std::uint32_t jitter) {
      return static_cast<std::uint32_t>(whole * (shape_.budget_percent + random_.below(jitter)) / 100);
    };
    problem_.budget.limit.tokens = part(tokens, 4);
    if (shape_.chars_bind) problem_.budget.limit.chars = part(chars, 4);
    for (std::uint64_t whole : by_slot) problem_.slot_chars.push_back(part(whole, 12));
  }

  const Shape& shape_;
  Random random_;
  PackingProblem problem_;
  std::vector<PackingItem> known_;
  std::uint32_t sets_ = 0;
};

struct Named {
  const char* name;
  Shape shape;
};

Shape shape(Values values, std::uint32_t percent) {
  Shape made;
  made.values = values;
  made.budget_percent = percent;
  return made;
}

std::vector<Named> make_shapes() {
  std::vector<Named> out;
  auto add = [&](const char* name, Shape s) -> Shape& {
    out.push_back({name, s});
    return out.back().shape;
  };
  add("tree-weak", shape(Values::weak, 22));
  add("tree-micro", shape(Values::independent, 15));
  add("tree-strong", shape(Values::strong, 30));
  add("tree-equal", shape(Values::equal, 25));
  add("dag-steep", shape(Values::steep, 15)).second_referrers = 60;
  Shape& shared = add("dag-shared", shape(Values::weak, 16));
  shared.second_referrers = 40;
  shared.shared = 12;
  Shape& shared_micro = add("dag-shared-micro", shape(Values::independent, 8));
  shared_micro.second_referrers = 100;
  shared_micro.shared = 15;
  Shape& andor = add("andor", shape(Values::weak, 20));
  andor.require_all = 15;
  andor.require_any = 15;
  Shape& andor_shared = add("andor-shared", shape(Values::steep, 20));
  andor_shared.require_all = 15;
  andor_shared.require_any = 20;
  andor_shared.shared = 12;
  andor_shared.second_referrers = 30;
  Shape& conflicts = add("conflicts", shape(Values::weak, 30));
  conflicts.conflicts = 50;
  conflicts.second_referrers = 40;
  Shape& conflicts_micro = add("conflicts-andor", shape(Values::independent, 25));
  conflicts_micro.conflicts = 35;
  conflicts_micro.require_all = 10;
  conflicts_micro.require_any = 10;
  add("two-budgets", shape(Values::weak, 20)).chars_bind = true;
  Shape& two_dag = add("two-budgets-dag", shape(Values::steep, 20));
  two_dag.chars_bind = true;
  two_dag.second_referrers = 45;
  two_dag.shared = 10;
  Shape& slots = add("slots", shape(Values::weak, 30));
  slots.slots = 3;
  slots.chars_bind = true;
  slots.second_referrers = 35;
  Shape& cyclic = add("cyclic", shape(Values::weak, 20));
  cyclic.second_referrers = 50;
  cyclic.back_edges = 60;
  Shape& pinned = add("pinned", shape(Values::weak, 25));
  pinned.pinned = 15;
  pinned.shared = 10;
  pinned.require_all = 12;
  pinned.second_referrers = 25;
  Shape& hard = add("hard-two", shape(Values::strong, 50));
  hard.chars_bind = true;
  hard.require_all = 20;
  hard.second_referrers = 15;
  Shape& hard_equal = add("hard-equal", shape(Values::equal, 37));
  hard_equal.require_all = 15;
  hard_equal.conflicts = 20;
  hard_equal.shared = 8;
  Shape& hard_conflicts = add("hard-conflicts", shape(Values::strong, 30));
  hard_conflicts.chars_bind = true;
  hard_conflicts.conflicts = 40;
  hard_conflicts.second_referrers = 40;
  Shape& hard_slots = add("hard-slots", shape(Values::strong, 21));
  hard_slots.chars_bind = true;
  hard_slots.slots = 2;
  hard_slots.shared = 10;
  hard_slots.require_any = 7;
  Shape& many_slots = add("hard-four-slots", shape(Values::independent, 50));
  many_slots.chars_bind = true;
  many_slots.slots = 4;
  many_slots.conflicts = 20;
  Shape& forms = add("shorter-forms", shape(Values::weak, 25));
  forms.shorter_forms = 40;
  forms.second_referrers = 30;
  Shape& all = add("everything", shape(Values::weak, 25));
  all.chars_bind = true;
  all.second_referrers = 40;
  all.back_edges = 20;
  all.require_all = all.require_any = 8;
  all.conflicts = 15;
  all.shared = 10;
  all.pinned = 5;
  all.shorter_forms = 10;
  return out;
}

const std::vector<Named>& shapes() {
  static const std::vector<Named> made = make_shapes();
  return made;
}

}  // namespace

PackingProblem generate(const Shape& shape) { return Maker(shape).make(); }

std::uint32_t shape_count() { return static_cast<std::uint32_t>(shapes().size()); }
const char* shape_name(std::uint32_t index) { return shapes()[index].name; }

Shape named_shape(std::uint32_t index, std::uint32_t sections, std::uint64_t seed) {
  Shape made = shapes()[index].shape;
  made.sections = sections;
  made.seed = seed;
  return made;
}

}  // namespace packing_bench
