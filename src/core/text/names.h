// Words for the values of an enumeration: what is written for one, and what is read back; and rows.
#pragma once

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>
#include <span>
#include <string_view>

namespace cascade::letters {

// One word for each value from 0 to `last`, in their order.
template <auto last>
class Names {
 public:
  using Enum = decltype(last);

  template <typename... Word>
  constexpr explicit Names(Word... words) : words_{words...} {
    static_assert(sizeof...(words) == static_cast<std::size_t>(last) + 1, "each value has a word");
  }

  // "" for a number that is no value.
  constexpr std::string_view of(Enum value) const noexcept {
    const auto at = static_cast<std::size_t>(value);
    return at < std::size(words_) ? words_[at] : std::string_view();
  }
  constexpr std::optional<Enum> find(std::string_view word) const noexcept {
    const auto* const found = std::find(std::begin(words_), std::end(words_), word);
    if (found == std::end(words_)) return std::nullopt;
    return static_cast<Enum>(found - std::begin(words_));
  }

 private:
  std::string_view words_[static_cast<std::size_t>(last) + 1];
};

// "review" of "plugin:review".
constexpr std::string_view last_part(std::string_view name) noexcept { return name.substr(name.rfind(':') + 1); }

// The row whose text at `key` is `word`, of a table that is sorted by it ("#= sorted" in the .tsv); null: none.
template <typename Row>
const Row* find_row(std::span<const Row> sorted, std::string_view Row::*key, std::string_view word) noexcept {
  const auto row = std::lower_bound(sorted.begin(), sorted.end(), word,
                                    [key](const Row& one, std::string_view wanted) { return one.*key < wanted; });
  return row == sorted.end() || (*row).*key != word ? nullptr : &*row;
}

// The first of a few rows whose `key` is `wanted`, in any order; null: there is none.
template <typename Rows, typename Row, typename Key, typename Wanted>
constexpr auto find_first(Rows&& rows, Key Row::*key, const Wanted& wanted) noexcept -> decltype(&*std::begin(rows)) {
  for (auto& row : rows)
    if (row.*key == wanted) return &row;
  return nullptr;
}

// Sorts a list and keeps one of those that are equal.
template <typename List>
void sort_once(List& list) {
  std::ranges::sort(list);
  list.erase(std::unique(list.begin(), list.end()), list.end());
}

}  // namespace cascade::letters
