// The best selection so far. A new one must be valid and fit by the model itself and not by the search's own sums, and
// win by value, then fewer tokens, then fewer characters, then the earlier sequence; so the answer does not depend on
// the order in which the search finds them.
#include "budget/incumbent.h"

#include <algorithm>
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
  shown_at_.assign(model_.contents, none);
  for (const PackedItem& at : emit(model_, selection)) {
    const std::uint32_t place = model_.items.begin[at.group] + at.item;
    shown_[place] = 1;
    shown_at_[model_.items.items[place]] = std::min(shown_at_[model_.items.items[place]], place);
  }
  return true;
}

// The sums are compared first: a full comparison writes both sequences out.
bool Incumbent::offer(const Kernel& kernel, const State& state) {
  if (exists_) {
    const auto offered = std::make_tuple(state.value(), -state.used(token_dim), -state.used(char_dim));
    const auto held = std::make_tuple(value_, -tokens_, -chars_);
    if (offered < held || (offered == held && !may_come_first(kernel, state))) return false;
  }
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

// Whether a selection that agrees with `state` can take the content.
bool may_be_taken(const Kernel& kernel, const State& state, std::uint32_t content) {
  const std::uint32_t node = kernel.node_of_content[content], longer = kernel.longer_form[content];
  return node != none && state[node] != Status::out && (longer == none || state[longer] != Status::in);
}

}  // namespace

// False: the nodes that are in under `state`, with all others out, do not precede the held selection. Errs only if a
// text is the head of one group and is also in another.
bool Incumbent::may_come_first(const Kernel& kernel, const State& state) const {
  const auto is_in = [&](std::uint32_t node) { return node != none && state[node] == Status::in; };
  std::uint32_t at = 0;
  for (std::uint32_t g = 0; g < model_.groups; ++g) {
    const bool open = is_in(kernel.node_of_group[g]);
    bool head = true;
    for (std::uint32_t k : model_.items[g]) {
      const bool taken = open && (head || (is_in(kernel.node_of_content[k]) && !is_in(kernel.longer_form[k])));
      const bool repeated = !head && shown_at_[k] < at;
      if (taken != (shown_[at] != 0) && !(taken && repeated)) return taken;
      head = false;
      ++at;
    }
  }
  return false;
}

// Whether any completion of `state` could come before the held selection: the first place at which the held one shows
// something else, or could be made to, decides.
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
