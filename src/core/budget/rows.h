// Lists of numbers stored one after another: row i is items[begin[i] .. begin[i + 1]).
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <vector>

namespace cascade::budget {

constexpr std::uint32_t none = 0xffffffffU;  // not a number

struct Rows {
  std::vector<std::uint32_t> begin{0}, items;

  std::uint32_t size() const noexcept { return static_cast<std::uint32_t>(begin.size() - 1); }
  Span<std::uint32_t> operator[](std::uint32_t row) const noexcept {
    return {items.data() + begin[row], begin[row + 1] - begin[row]};
  }
  void end_row() { begin.push_back(static_cast<std::uint32_t>(items.size())); }
};

// The rows of the inverse relation over `targets` numbers; each row ascends. Linear.
inline Rows invert(const Rows& rows, std::uint32_t targets) {
  Rows inverse;
  inverse.begin.assign(targets + 1U, 0);
  for (std::uint32_t item : rows.items) ++inverse.begin[item + 1];
  for (std::uint32_t t = 0; t < targets; ++t) inverse.begin[t + 1] += inverse.begin[t];
  inverse.items.resize(rows.items.size());
  std::vector<std::uint32_t> next = inverse.begin;
  for (std::uint32_t row = 0; row < rows.size(); ++row) {
    for (std::uint32_t item : rows[row]) inverse.items[next[item]++] = row;
  }
  return inverse;
}

}  // namespace cascade::budget
