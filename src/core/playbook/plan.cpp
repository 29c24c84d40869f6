#include "playbook/plan.h"

#include <algorithm>

namespace cascade::playbook {
namespace {

std::string_view metadata(const Registry& registry, ManifestId id, std::string_view key) {
  return registry.field(id, "metadata." + std::string(key)).value_or(std::string_view());
}

template <typename T>
std::string joined(const std::vector<T>& items, const auto& text_of) {
  std::string text;
  for (const T& item : items) text += (text.empty() ? "" : "; ") + text_of(item);
  return text;
}

}  // namespace

const Step* Plan::find(std::uint32_t number) const noexcept {
  const auto found = std::find_if(steps.begin(), steps.end(), [&](const Step& step) { return step.number == number; });
  return found == steps.end() ? nullptr : &*found;
}

std::string Plan::order_text() const { return chain::to_string(chain.order); }

std::string Plan::exits_text() const {
  return joined(chain.exits,
                [](const chain::Exit& exit) { return std::to_string(exit.step) + ": " + chain::to_string(exit); });
}

std::string Plan::branches_text() const {
  return joined(chain.branches, [](const chain::Branch& branch) { return chain::to_string(branch); });
}

std::optional<Plan> plan_of(const Registry& registry, ManifestId id) {
  const std::vector<ChainStepView> steps = registry.steps(id);
  if (steps.empty()) return std::nullopt;
  Plan plan;
  plan.root = to_string(symbol_of(registry[id]));
  std::vector<std::uint32_t> numbers;
  for (const ChainStepView& step : steps) {
    numbers.push_back(step.number);
    plan.steps.push_back({step.number, std::string(step.skill), std::string(step.enter), std::string(step.leave),
                          std::string(step.result), step.line, step.column});
  }
  plan.chain = chain::read_chain({metadata(registry, id, chain::order_key), metadata(registry, id, chain::exits_key),
                                  metadata(registry, id, chain::branches_key)},
                                 numbers, plan.faults);
  return plan;
}

}  // namespace cascade::playbook
