// Packing problems that are too large to be proven at once: of one hard family each, or as a bundle models texts.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "unit/budget_random.h"

namespace oracle {

// What makes a search long, in percent of the groups.
struct Hardness {
  const char* name;
  std::uint32_t groups, conflicts, any, all, shared, forms, slots;
  bool ordered;
};

constexpr Hardness hard_families[] = {
    {"two budgets", 200, 0, 0, 0, 0, 0, 0, false},     {"conflicts", 160, 60, 0, 0, 0, 0, 0, false},
    {"choices", 120, 20, 40, 10, 0, 0, 0, false},      {"shared texts", 120, 0, 0, 0, 60, 0, 0, false},
    {"shorter forms", 100, 0, 0, 0, 20, 60, 0, false}, {"slots", 100, 10, 10, 0, 20, 10, 3, false},
    {"ordered slots", 40, 10, 10, 0, 20, 0, 3, true},  {"narrow slots", 24, 10, 10, 0, 20, 10, 9, true},
    {"all", 150, 30, 20, 10, 30, 20, 2, false},
};

// Groups in a tree with some edges back, each with a head and three sections.
class HardProblem {
 public:
  HardProblem(const Hardness& hard, std::uint64_t seed) : hard_(hard), random_{seed} {}

  PackingProblem make() {
    PackingProblem problem;
    problem.groups.resize(hard_.groups);
    for (std::uint32_t g = 0; g < hard_.groups; ++g) fill(problem.groups[g], g);
    for (std::uint32_t g = 1; g < hard_.groups; ++g) relate(problem, g);
    problem.roots = {0};
    std::uint64_t tokens = 0, chars = 0;
    for (const PackingGroup& group : problem.groups) {
      for (const PackingItem& item : group.items) {
        tokens += item.cost.tokens;
        chars += item.cost.chars;
      }
    }
    const std::uint32_t part = 3 + random_.below(4);
    problem.budget.limit = {static_cast<TokenCount>(tokens / part), static_cast<std::uint32_t>(chars / part)};
    for (std::uint32_t slot = 0; slot < hard_.slots; ++slot)
      problem.slot_chars.push_back(static_cast<std::uint32_t>(chars / part / hard_.slots));
    if (hard_.ordered) problem.placement = Placement::ordered;
    return problem;
  }

 private:
  PackingItem item(bool head) {
    PackingItem item;
    item.cost = {1 + random_.below(head ? 20 : 300), 1 + random_.below(head ? 60 : 900)};
    item.value = head ? random_.below(20) : value_of(item.cost);
    if (hard_.slots != 0) item.slot = random_.below(hard_.slots);
    return item;
  }

  // Close to the cost, which leaves little to tell sections apart by.
  std::uint64_t value_of(const Cost& cost) { return 100 + 6 * cost.tokens + 2 * cost.chars + random_.below(60); }

  void fill(PackingGroup& group, std::uint32_t number) {
    group.items.push_back(item(true));
    for (int i = 0; i < 3; ++i) {
      if (!texts_.empty() && random_.chance(hard_.shared)) {
        group.items.push_back(texts_[random_.below(texts_.size())]);
        continue;
      }
      PackingItem made = item(false);
      if (hard_.shared != 0) {
        made.content = ++contents_;
        texts_.push_back(made);
      }
      if (hard_.shared == 0 && random_.chance(hard_.forms)) {
        made.alternatives = 4 * number + static_cast<std::uint32_t>(i) + 1;
        group.items.push_back(made);
        made.cost = {1 + made.cost.tokens / 3, 1 + made.cost.chars / 2};
        made.value = made.value * 45 / 100;
      }
      group.items.push_back(made);
    }
    if (random_.chance(10)) group.items.back().held = random_.chance(hard_.forms);
  }

  void relate(PackingProblem& problem, std::uint32_t g) {
    problem.groups[random_.below(g)].refs.push_back(g);
    if (random_.chance(40)) problem.groups[random_.below(hard_.groups)].refs.push_back(g);
    if (g > 4 && random_.chance(hard_.conflicts)) problem.groups[g].conflicts = {g - 1 - random_.below(4)};
    if (random_.chance(hard_.all)) problem.groups[g].requires_all = {random_.below(hard_.groups)};
    if (random_.chance(hard_.any))
      problem.groups[g].requires_any = {{random_.below(hard_.groups), random_.below(hard_.groups)}};
  }

  const Hardness hard_;
  Random random_;
  std::vector<PackingItem> texts_;
  std::uint64_t contents_ = 0;
};

// Texts as a bundle models them: a card, an opening, and sections in a row, each with shorter forms and a mark that
// takes its place. What is shown of a section needs the next one or that one's mark.
class TextProblem {
 public:
  TextProblem(std::uint32_t texts, std::uint64_t seed) : random_{seed} {
    for (std::uint32_t i = 0; i < texts; ++i) add_text(i);
    std::uint64_t tokens = 0;
    for (const PackingGroup& group : problem_.groups) tokens += group.items.front().cost.tokens;
    const std::uint32_t part = 2 + random_.below(4);
    problem_.budget.limit.tokens = static_cast<TokenCount>(tokens / part);
    if (seed % 3 == 0) problem_.budget.limit.chars = static_cast<std::uint32_t>(tokens * 4 / part);
  }
  const PackingProblem& problem() const { return problem_; }

 private:
  std::uint32_t add(std::uint32_t tokens, std::uint64_t value) {
    PackingGroup group;
    group.items.emplace_back();
    group.items.front().cost = {tokens, tokens * 4 + random_.below(9)};
    group.items.front().value = value;
    group.items.front().held = random_.one_in(12);
    problem_.groups.push_back(std::move(group));
    return static_cast<std::uint32_t>(problem_.groups.size() - 1);
  }
  PackingGroup& group(std::uint32_t node) { return problem_.groups[node]; }

  void add_text(std::uint32_t number) {
    const std::uint32_t tokens = 5 + random_.below(9), value = 20 + random_.below(30), card = add(tokens, value);
    const std::uint32_t opening = add(1 + random_.below(3), 0);
    group(opening).requires_all = {card};
    group(card).refs = {opening};
    if (number == 0) {
      problem_.roots = {card};
      group(card).requires_all = {opening};
    } else {
      const std::uint32_t from = openings_[random_.below(openings_.size())];
      (random_.one_in(5) ? group(from).requires_all : group(from).refs).push_back(card);
      if (random_.one_in(4)) group(from).requires_any.push_back({card, cards_[random_.below(cards_.size())]});
    }
    openings_.push_back(opening);
    cards_.push_back(card);
    std::uint32_t before = opening;
    for (std::uint32_t left = 2 + random_.below(5); left > 0; --left) before = add_section(opening, before);
  }

  // Returns the shortest form of the section.
  std::uint32_t add_section(std::uint32_t opening, std::uint32_t before) {
    const std::uint32_t tokens = 10 + random_.below(60), cut = add(4 + random_.below(3), 0);
    std::uint32_t shortest = cut, shorter = cut;
    for (std::uint32_t forms = 1 + random_.below(3), i = 0; i < forms; ++i) {
      const std::uint32_t form = add(tokens / forms, 5 * tokens / forms + random_.below(80));
      group(opening).refs.push_back(form);
      if (i == 0)
        shortest = form;
      else
        group(form).requires_all = {shorter};
      shorter = form;
    }
    group(opening).refs.push_back(cut);
    group(before).requires_any.push_back({cut, shortest});
    if (!texts_.empty() && random_.one_in(6)) group(shorter).conflicts = {texts_[random_.below(texts_.size())]};
    if (!texts_.empty() && random_.one_in(5))
      group(shortest).requires_any.push_back({texts_[random_.below(texts_.size())], cards_.front()});
    texts_.push_back(shorter);
    return shortest;
  }

  Random random_;
  PackingProblem problem_;
  std::vector<std::uint32_t> openings_, cards_, texts_;
};

}  // namespace oracle
