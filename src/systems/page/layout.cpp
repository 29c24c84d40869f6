// The barycentre method of layered drawings, in whole numbers. Columns have very different lengths, so a place is a
// share of its column's length.
#include "page/layout.h"

#include <algorithm>
#include <cstddef>

namespace cascade::page {
namespace {

constexpr std::uint64_t whole = 1'000'000;  // the length of a column
constexpr int sweeps = 8;                   // more did not change what is seen

using Neighbours = std::vector<std::vector<std::uint32_t>>;

void place(const std::vector<std::uint32_t>& column, std::vector<std::uint64_t>& places) {
  for (std::size_t row = 0; row < column.size(); ++row)
    places[column[row]] = (2 * row + 1) * whole / (2 * column.size());
}

// Nodes without neighbours go to the end, where they are in nobody's way.
void sort_column(std::vector<std::uint32_t>& column, const Neighbours& neighbours, std::vector<std::uint64_t>& places) {
  std::vector<std::pair<std::uint64_t, std::uint32_t>> keyed;
  keyed.reserve(column.size());
  for (const std::uint32_t node : column) {
    std::uint64_t sum = 0;
    for (const std::uint32_t other : neighbours[node]) sum += places[other];
    keyed.emplace_back(neighbours[node].empty() ? 2 * whole : sum / neighbours[node].size(), node);
  }
  std::stable_sort(keyed.begin(), keyed.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  for (std::size_t row = 0; row < column.size(); ++row) column[row] = keyed[row].second;
  place(column, places);
}

}  // namespace

std::vector<std::uint32_t> rows_of(const std::vector<std::uint8_t>& column_of,
                                   const std::vector<std::pair<std::uint32_t, std::uint32_t>>& links) {
  std::vector<std::vector<std::uint32_t>> columns;
  for (std::uint32_t node = 0; node < column_of.size(); ++node) {
    if (columns.size() <= column_of[node]) columns.resize(column_of[node] + std::size_t{1});
    columns[column_of[node]].push_back(node);
  }
  Neighbours neighbours(column_of.size());
  for (const auto& [from, to] : links) {
    if (column_of[from] == column_of[to]) continue;
    neighbours[from].push_back(to);
    neighbours[to].push_back(from);
  }
  std::vector<std::uint64_t> places(column_of.size());
  for (const auto& column : columns) place(column, places);
  for (int sweep = 0; sweep < sweeps; ++sweep) {
    if (sweep % 2 == 0)
      for (auto& column : columns) sort_column(column, neighbours, places);
    else
      for (auto column = columns.rbegin(); column != columns.rend(); ++column) sort_column(*column, neighbours, places);
  }
  std::vector<std::uint32_t> rows(column_of.size());
  for (const auto& column : columns)
    for (std::uint32_t row = 0; row < column.size(); ++row) rows[column[row]] = row;
  return rows;
}

}  // namespace cascade::page
