#include "budget/incumbent.h"

#include <tuple>

namespace cascade::budget {

bool Incumbent::offer(const Selection& selection) {
  if (!is_valid(model_, selection) || !fits(model_, selection)) return false;
  if (exists_ && !better(model_, selection, selection_)) return false;
  selection_ = selection;
  exists_ = true;
  const Totals totals = totals_of(model_, selection);
  value_ = totals.value;
  tokens_ = static_cast<std::int64_t>(totals.used[token_dim]);
  chars_ = static_cast<std::int64_t>(totals.used[char_dim]);
  shown_.assign(model_.items.items.size(), 0);
  for (const PackedItem& at : emit(model_, selection)) shown_[model_.items.begin[at.group] + at.item] = 1;
  return true;
}

bool Incumbent::offer(const Kernel& kernel, const State& state) {
  if (exists_ && std::make_tuple(state.value(), -state.used(token_dim), -state.used(char_dim)) <
                     std::make_tuple(value_, -tokens_, -chars_))
    return false;
  return offer(selection_of(model_, kernel, state.all()));
}

Goal Incumbent::goal(std::uint32_t gap_ppm) const {
  if (!exists_) return {};
  if (gap_ppm == 0) return {value_ + 1, true, value_, tokens_, chars_};
  // The least bound U with U - value > U * gap_ppm / 10^6.
  __extension__ using Wide = unsigned __int128;
  const Wide least = gap_ppm >= 1'000'000 ? ~Wide{0} : Wide(value_) * 1'000'000 / (1'000'000 - gap_ppm) + 1;
  constexpr std::int64_t most = std::int64_t{1} << 53;
  return {least > Wide(most) ? most : static_cast<std::int64_t>(least), false, value_, tokens_, chars_};
}

namespace {

// Whether a content can be taken by a selection that agrees with `state`.
bool may_be_taken(const Kernel& kernel, const State& state, std::uint32_t content) {
  const std::uint32_t node = kernel.node_of_content[content], longer = kernel.longer_form[content];
  return node != none && state[node] != Status::out && (longer == none || state[longer] != Status::in);
}

}  // namespace

bool Incumbent::may_be_earlier(const Kernel& kernel, const State& state) const {
  std::size_t at = 0;
  for (std::uint32_t g = 0; g < model_.groups; ++g) {
    const std::uint32_t group = kernel.node_of_group[g];
    const bool closed = group == none || state[group] == Status::out;
    bool head = true;
    for (std::uint32_t k : model_.items[g]) {
      const bool possible = !closed && (head || may_be_taken(kernel, state, k));
      if (possible != (shown_[at] != 0)) return possible;
      head = false;
      ++at;
    }
  }
  return false;
}

std::uint32_t Incumbent::first_absent(const Kernel& kernel, const State& state) const {
  std::size_t at = 0;
  for (std::uint32_t g = 0; g < model_.groups; ++g) {
    const std::uint32_t group = kernel.node_of_group[g];
    const bool closed = group == none || state[group] == Status::out;
    bool head = true;
    for (std::uint32_t k : model_.items[g]) {
      const bool open = shown_[at++] == 0 && !closed && (head || may_be_taken(kernel, state, k));
      const std::uint32_t node = head ? group : kernel.node_of_content[k];
      const std::uint32_t longer = head ? none : kernel.longer_form[k];
      head = false;
      if (!open) continue;
      if (state[node] == Status::free) return node;
      if (state[group] == Status::free) return group;
      if (longer != none && state[longer] == Status::free) return longer;
    }
  }
  return none;
}

}  // namespace cascade::budget
