#include "data_builder/table.h"

#include <algorithm>
#include <iterator>
#include <sstream>

namespace cascade::data {
namespace {

void read_columns(std::istream& words, std::vector<Column>& columns) {
  for (std::string word; words >> word;) {
    const std::size_t colon = word.find(':');
    columns.push_back({word.substr(0, colon), colon == std::string::npos ? "" : word.substr(colon + 1)});
  }
}

void read_order(const std::string& line, std::size_t number, Table& table) {
  std::istringstream words(line.substr(3));
  std::string what;
  words >> what;
  if (what == "header") {
    words >> table.header;
  } else if (what == "rows" || what == "array") {
    table.shape = what;
    words >> table.space >> table.function >> table.type;
  } else if (what == "words") {
    table.shape = what;
    words >> table.space >> table.function >> table.type >> table.roles;
  } else if (what == "of-languages") {
    table.of_languages = true;
    return;
  } else if (what == "text") {
    table.shape = what;
    words >> table.space >> table.function;
  } else if (what == "constants" || what == "lists") {
    table.shape = what;
    words >> table.space;
  } else if (what == "parts") {
    std::string folder;
    words >> folder;
    table.has_parts = true;
  } else if (what == "version") {
    words >> table.version;
  } else if (what == "row") {
    RowKind& kind = table.kinds.emplace_back();
    if (words >> kind.word >> kind.type >> kind.array) return read_columns(words, kind.columns);
  } else if (what == "sorted") {
    words >> (table.kinds.empty() ? table.sorted_by : table.kinds.back().sorted_by);
  } else if (what == "between") {
    words >> table.between;
  } else if (what == "columns") {
    read_columns(words, table.columns);
    return;
  } else if (what == "pieces") {
    for (std::string piece; words >> piece;) table.pieces.push_back(piece);
    return;
  } else {
    table.fault(number, "no such order: " + what);
    return;
  }
  if (!words) table.fault(number, what + ": a word is missing");
}

std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells;
  for (std::size_t at = 0; at <= line.size();) {
    const std::size_t end = std::min(line.find('\t', at), line.size());
    cells.push_back(line.substr(at, end - at));
    at = end + 1;
  }
  return cells;
}

}  // namespace

void Table::fault(std::size_t line, const std::string& what) {
  const auto later = std::ranges::find_if(parts, [&](const Part& part) { return part.lines_before >= line; });
  const Part of = parts.empty() || line == 0 ? Part{path} : *std::prev(later);
  faults.push_back(of.path + ":" + std::to_string(line - of.lines_before) + ": " + what);
}

void read_part(std::istream& in, const std::string& path, Table& table) {
  const bool is_first = table.parts.empty();
  table.parts.push_back({path, table.lines});
  for (std::string line; std::getline(in, line);) {
    ++table.lines;
    if (line.substr(0, 3) == "#= ") {
      if (is_first)
        read_order(line, table.lines, table);
      else
        table.fault(table.lines, "an order in a part of another table");
    } else if (line == "#" || line.substr(0, 2) == "# ") {
      ++table.comments;
    } else if (!line.empty()) {
      table.rows.push_back({table.lines, cells_of(line)});
    }
  }
  if (!is_first && !table.has_parts) table.fault(1, "has no parts");
}

Table read_table(std::istream& in, const std::string& path) {
  Table table;
  table.path = path;
  read_part(in, path, table);
  if (table.shape.empty()) table.fault(1, "does not say what it becomes (src/programs/data_builder/table.h)");
  if (table.header.empty() && table.shape != "lists") table.fault(1, "names no header");
  if (table.comments == 0) table.fault(1, "does not say what its rows mean");
  if ((table.shape == "rows" || table.shape == "array") && table.columns.empty()) table.fault(1, "names no columns");
  if (table.rows.empty()) table.fault(1, "has no rows");
  return table;
}

}  // namespace cascade::data
