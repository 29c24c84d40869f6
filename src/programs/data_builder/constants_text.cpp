#include "data_builder/constants_text.h"

#include <algorithm>
#include <sstream>

#include "data_builder/cells.h"

namespace cascade::data {
namespace {

// The words of a cell as an array of their own, behind whose name the span in the row refers to it.
std::string list_value(const std::string& cell, const std::string& name, std::string& arrays) {
  std::istringstream words(cell);
  std::string values;
  std::size_t count = 0;
  for (std::string word; words >> word; ++count) values += (count > 0 ? ", " : "") + quoted(word);
  if (count == 0) return "{}";
  arrays += "constexpr std::string_view " + name + "[] = {" + values + "};\n";
  return "{" + name + ", " + std::to_string(count) + "}";
}

std::string row_text(const RowKind& kind, const Row& row, Table& table, std::string& arrays) {
  std::string text;
  std::size_t values = 0;
  for (std::size_t i = 0; i < kind.columns.size() && i + 1 < row.cells.size(); ++i) {
    const Column& column = kind.columns[i];
    const std::string& cell = row.cells[i + 1];
    if (column.kind == "-" || column.kind == "place") continue;
    text += values++ > 0 ? ", " : "";
    text += column.kind == "list" ? list_value(cell, column.name + "_of_line_" + std::to_string(row.line), arrays)
                                  : value_of(column, cell, row.line, table);
  }
  if (row.cells.size() > kind.columns.size() + 1) table.fault(row.line, "more cells than columns");
  return kind.type == "std::string_view" ? text : "{" + text + "}";
}

// Where a row stands: "30.2" is 30, and 2 among those that become one row.
std::pair<unsigned long, unsigned long> place_of(const std::string& cell, std::size_t line, Table& table) {
  std::pair<unsigned long, unsigned long> place;
  std::istringstream digits(cell);
  char point = 0;
  digits >> place.first;
  if (digits && digits >> point && point == '.') digits >> place.second;
  if (cell.empty() || !digits.eof()) table.fault(line, "is no place: " + cell);
  return place;
}

// Joins a row to the one that has its place already.
void join_row(const RowKind& kind, const Row& from, Row& to, Table& table) {
  const std::size_t most = std::max(from.cells.size(), to.cells.size());
  to.cells.resize(most);
  for (std::size_t i = 1; i < most && i <= kind.columns.size(); ++i) {
    const std::string cell = i < from.cells.size() ? from.cells[i] : std::string();
    if (kind.columns[i - 1].kind == "place" || cell == to.cells[i]) continue;
    if (kind.columns[i - 1].kind == "list")
      to.cells[i] += " " + cell;
    else
      table.fault(from.line, "another " + kind.columns[i - 1].name + " than that of the row with this place");
  }
}

// In the order of their places, those with the same one joined.
std::vector<Row> placed_rows(const RowKind& kind, std::vector<Row> rows, std::size_t at, Table& table) {
  const auto place = [&](const Row& row) {
    return place_of(at < row.cells.size() ? row.cells[at] : std::string(), row.line, table);
  };
  std::stable_sort(rows.begin(), rows.end(), [&](const Row& a, const Row& b) { return place(a) < place(b); });
  std::vector<Row> joined;
  for (const Row& row : rows) {
    const bool is_more = !joined.empty() && place(joined.back()).first == place(row).first;
    if (is_more && place(joined.back()) == place(row)) table.fault(row.line, "the place is taken: " + row.cells[at]);
    if (!is_more) joined.push_back(row);
    if (is_more) join_row(kind, row, joined.back(), table);
  }
  return joined;
}

std::vector<Row> rows_of(const RowKind& kind, Table& table) {
  std::vector<Row> rows;
  for (const Row& row : table.rows)
    if (row.cells.front() == kind.word) rows.push_back(row);
  if (rows.empty()) table.fault(1, "has no row of the kind " + kind.word);
  const auto placed =
      std::find_if(kind.columns.begin(), kind.columns.end(), [](const Column& one) { return one.kind == "place"; });
  if (placed != kind.columns.end())
    return placed_rows(kind, std::move(rows), static_cast<std::size_t>(placed - kind.columns.begin()) + 1, table);
  if (kind.sorted_by.empty()) return rows;
  const auto column = std::find_if(kind.columns.begin(), kind.columns.end(),
                                   [&](const Column& one) { return one.name == kind.sorted_by; });
  if (column == kind.columns.end()) {
    table.fault(1, "sorted: no such column: " + kind.sorted_by);
    return rows;
  }
  const auto at = static_cast<std::size_t>(column - kind.columns.begin()) + 1;
  const auto cell = [&](const Row& row) { return at < row.cells.size() ? row.cells[at] : std::string(); };
  std::stable_sort(rows.begin(), rows.end(), [&](const Row& a, const Row& b) { return cell(a) < cell(b); });
  for (std::size_t i = 1; i < rows.size(); ++i)
    if (cell(rows[i - 1]) == cell(rows[i])) table.fault(rows[i].line, cell(rows[i]) + " is there twice");
  return rows;
}

}  // namespace

std::string lists_text(Table& table) {
  std::vector<std::pair<std::string, std::string>> lists;  // in the order of the table
  for (const Row& row : table.rows) {
    if (row.cells.size() != 2) {
      table.fault(row.line, "not a name and words");
      continue;
    }
    auto list = std::find_if(lists.begin(), lists.end(), [&](const auto& one) { return one.first == row.cells[0]; });
    if (list == lists.end()) list = lists.insert(list, {row.cells[0], {}});
    std::istringstream words(row.cells[1]);
    for (std::string word; words >> word;) {
      const std::string line = "    " + value_of({"", "phrase"}, word, row.line, table) + ",\n";
      if (list->second.find(line) != std::string::npos) table.fault(row.line, "twice in the list: " + word);
      list->second += line;
    }
  }
  std::string text = "// Made by cascade-data from " + table.path.substr(table.path.find_last_of('/') + 1) +
                     ". Do not edit.\n#pragma once\n\n#include <string_view>\n\nnamespace " + table.space + " {\n\n";
  for (const auto& [name, words] : lists)
    text += "inline constexpr std::string_view " + name + "[] = {\n" + words + "};\n\n";
  return text + "}  // namespace " + table.space + "\n";
}

std::string constants_text(Table& table) {
  const std::string name = table.path.substr(table.path.find_last_of('/') + 1);
  std::string text = "// Made by cascade-data from " + name + ". Do not edit.\n#pragma once\n\n#include \"" +
                     table.header + "\"\n\nnamespace " + table.space + " {\n\n";
  if (!table.version.empty()) text += "constexpr std::string_view version = " + quoted(table.version) + ";\n\n";
  for (const RowKind& kind : table.kinds) {
    std::string arrays, rows;
    for (const Row& row : rows_of(kind, table)) rows += "    " + row_text(kind, row, table, arrays) + ",\n";
    text += arrays + "constexpr " + kind.type + " " + kind.array + "[] = {\n" + rows + "};\n\n";
  }
  for (const Row& row : table.rows)
    if (std::none_of(table.kinds.begin(), table.kinds.end(),
                     [&](const RowKind& kind) { return kind.word == row.cells.front(); }))
      table.fault(row.line, "no such kind of row: " + row.cells.front());
  return text + "}  // namespace " + table.space + "\n";
}

}  // namespace cascade::data
