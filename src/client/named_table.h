// Constant tables whose entries have a `name`, sorted by its bytes.
#pragma once

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string_view>

namespace cascade::client {

template <typename Entry, std::size_t N>
constexpr bool is_sorted_by_name(const Entry (&table)[N]) {
  for (std::size_t i = 1; i < N; ++i)
    if (!(table[i - 1].name < table[i].name)) return false;
  return true;
}

template <typename Entry, std::size_t N>
const Entry* find_by_name(const Entry (&table)[N], std::string_view name) noexcept {
  const Entry* found =
      std::lower_bound(std::begin(table), std::end(table), name,
                       [](const Entry& entry, std::string_view wanted) { return entry.name < wanted; });
  return found != std::end(table) && found->name == name ? found : nullptr;
}

}  // namespace cascade::client
