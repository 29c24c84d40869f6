#include "data_builder/table.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <sstream>

#include "text/ascii.h"

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
  } else {
    table.fault(number, "no such order: " + what);
    return;
  }
  if (!words) table.fault(number, what + ": a word is missing");
}

std::vector<std::string> cells_of(const std::string& line) {
  const std::vector<std::string_view> cells = letters::parts(line, '\t');
  return {cells.begin(), cells.end()};
}

// The text of a cell, in which \n, \t and \\ are written out.
std::string unescaped(const std::string& cell) {
  std::string text;
  for (std::size_t i = 0; i < cell.size(); ++i) {
    if (cell[i] != '\\' || i + 1 == cell.size()) {
      text += cell[i];
      continue;
    }
    const char next = cell[++i];
    if (next == 'n' || next == 't')
      text += next == 'n' ? '\n' : '\t';
    else if (next == '\\')
      text += '\\';
    else
      text.append({'\\', next});
  }
  return text;
}

bool is_number(const std::string& cell) {
  if (cell.substr(0, 2) == "0x")
    return cell.size() > 2 && cell.find_first_not_of("0123456789abcdef", 2) == std::string::npos;
  const std::size_t sign = cell.front() == '-' ? 1 : 0;
  return cell.size() > sign &&
         std::all_of(cell.begin() + static_cast<std::ptrdiff_t>(sign), cell.end(), letters::is_digit);
}

// A literal with the text in it.
std::string quoted(const std::string& text) {
  std::string literal = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\')
      literal.append({'\\', c});
    else if (c == '\n')
      literal += "\\n";
    else if (c == '\t')
      literal += "\\t";
    else if (c == '?')
      literal += "\\?";  // no trigraph
    else
      literal += c;
  }
  return literal + '"';
}

// "_" is a blank, and "\\_" the sign itself.
std::string with_blanks(const std::string& cell) {
  std::string text;
  for (std::size_t i = 0; i < cell.size(); ++i) {
    if (cell[i] == '\\' && i + 1 < cell.size() && cell[i + 1] == '_')
      text += cell[++i];
    else
      text += cell[i] == '_' ? ' ' : cell[i];
  }
  return text;
}

// The value of a cell of this column; a fault of the table where it is none.
std::string value_of(const Column& column, const std::string& cell, std::size_t line, Table& table) {
  if (column.kind.empty()) return quoted(unescaped(cell));
  if (column.kind == "phrase") return quoted(with_blanks(unescaped(cell)));
  if (column.kind == "flag") {
    if (!cell.empty() && cell != "yes") table.fault(line, column.name + " is neither \"yes\" nor empty: " + cell);
    return cell.empty() ? "false" : "true";
  }
  if (cell.empty()) return "{}";
  if (column.kind == "number") {
    if (!is_number(cell)) table.fault(line, column.name + " is no number: " + cell);
    return cell;
  }
  return column.kind + "::" + cell;
}

// Tables are compiled together: each has local names of its own.
std::string rows_name(const Table& table) { return table.function + "_rows"; }
std::string begins_name(const Table& table) { return table.function + "_begins"; }

std::string cell_at(const Row& row, std::size_t at) { return at < row.cells.size() ? row.cells[at] : std::string(); }

// Sorts rows by the column of this name, byte by byte; `first`: the cell of the first column. Returns the column's
// cell.
std::optional<std::size_t> sort_rows(std::vector<Row>& rows, const std::vector<Column>& columns, const std::string& by,
                                     std::size_t first, Table& table) {
  const auto column = std::ranges::find_if(columns, [&](const Column& one) { return one.name == by; });
  if (column == columns.end()) {
    table.fault(1, "sorted: no such column: " + by);
    return std::nullopt;
  }
  const std::size_t at = first + static_cast<std::size_t>(column - columns.begin());
  std::ranges::stable_sort(rows, [at](const Row& a, const Row& b) { return cell_at(a, at) < cell_at(b, at); });
  return at;
}

std::string head_of(const Table& table) {
  return "// Made by cascade-data from " + table.path.substr(table.path.find_last_of('/') + 1) + ". Do not edit.\n";
}

std::string rows_text(Table& table) {
  if (!table.sorted_by.empty()) sort_rows(table.rows, table.columns, table.sorted_by, 0, table);
  std::string text = "constexpr " + table.type + " " + rows_name(table) + "[] = {\n";
  std::vector<Row> rows;
  rows.swap(table.rows);
  for (const Row& row : rows) {
    if (row.cells.size() > table.columns.size()) table.fault(row.line, "more cells than columns");
    // A row of one number is that number.
    const bool is_scalar = table.columns.size() == 1 && table.columns[0].kind == "number";
    text += is_scalar ? "    " : "    {";
    bool any = false;
    for (std::size_t i = 0; i < std::min(row.cells.size(), table.columns.size()); ++i) {
      if (table.columns[i].kind == "-") continue;
      text += (any ? ", " : "") + value_of(table.columns[i], row.cells[i], row.line, table);
      any = true;
    }
    text += is_scalar ? ",\n" : "},\n";
  }
  return text + "};\n";
}

std::string words_text(Table& table) {
  std::map<std::string, std::set<std::string>> roles;
  for (const Row& row : table.rows) {
    if (row.cells.size() != 3) {
      table.fault(row.line, "not a role, a language and words");
      continue;
    }
    std::istringstream words(row.cells[2]);
    const std::string language = table.of_languages ? row.cells[1] + " " : "";
    for (std::string word; words >> word;) {
      roles[language + with_blanks(word)].insert(row.cells[0]);
      // Of two words that say something together, the first is looked up before the pair is.
      if (const std::size_t joint = word.find('~'); joint != std::string::npos)
        roles[with_blanks(word.substr(0, joint))].insert(row.cells[0] + "_begin");
    }
  }
  std::string text = "constexpr " + table.type + " " + rows_name(table) + "[] = {\n";
  for (const auto& [word, all] : roles) {
    text += "    {" + quoted(word) + ", ";
    bool any = false;
    for (const std::string& role : all) {
      text += (any ? " | " : "") + table.roles + "::" + role;
      any = true;
    }
    text += "},\n";
  }
  text += "};\nconstexpr std::uint16_t " + begins_name(table) + "[] = {";
  for (int first = 0; first <= 256; ++first) {
    const auto begin = std::ranges::find_if(
        roles, [first](const auto& entry) { return static_cast<unsigned char>(entry.first.front()) >= first; });
    text += (first % 16 == 0 ? "\n    " : " ") + std::to_string(std::distance(roles.begin(), begin)) + ",";
  }
  return text + "};\n";
}

std::string whole_text(Table& table) {
  std::string text = "constexpr char " + rows_name(table) + "[] =\n";
  for (const Row& row : table.rows) {
    const std::string before = &row == &table.rows.front() ? "" : with_blanks(table.between);
    text += "    " + quoted(before + cell_at(row, 0)) + "\n";
  }
  return text + "    ;\n";
}

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
    const std::string cell = cell_at(from, i);
    if (kind.columns[i - 1].kind == "place" || cell == to.cells[i]) continue;
    if (kind.columns[i - 1].kind == "list")
      to.cells[i] += " " + cell;
    else
      table.fault(from.line, "another " + kind.columns[i - 1].name + " than that of the row with this place");
  }
}

// In the order of their places, those with the same one joined.
std::vector<Row> placed_rows(const RowKind& kind, std::vector<Row> rows, std::size_t at, Table& table) {
  const auto place = [&](const Row& row) { return place_of(cell_at(row, at), row.line, table); };
  std::ranges::stable_sort(rows, [&](const Row& a, const Row& b) { return place(a) < place(b); });
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
  const auto placed = std::ranges::find_if(kind.columns, [](const Column& one) { return one.kind == "place"; });
  if (placed != kind.columns.end())
    return placed_rows(kind, std::move(rows), static_cast<std::size_t>(placed - kind.columns.begin()) + 1, table);
  const auto at = kind.sorted_by.empty() ? std::nullopt : sort_rows(rows, kind.columns, kind.sorted_by, 1, table);
  for (std::size_t i = 1; at && i < rows.size(); ++i)
    if (cell_at(rows[i - 1], *at) == cell_at(rows[i], *at))
      table.fault(rows[i].line, cell_at(rows[i], *at) + " is there twice");
  return rows;
}

// Of a table of lists: an array for each name.
std::string lists_text(Table& table) {
  std::vector<std::pair<std::string, std::string>> lists;  // in the order of the table
  for (const Row& row : table.rows) {
    if (row.cells.size() != 2) {
      table.fault(row.line, "not a name and words");
      continue;
    }
    auto list = std::ranges::find_if(lists, [&](const auto& one) { return one.first == row.cells[0]; });
    if (list == lists.end()) list = lists.insert(list, {row.cells[0], {}});
    std::istringstream words(row.cells[1]);
    for (std::string word; words >> word;) {
      const std::string line = "    " + value_of({"", "phrase"}, word, row.line, table) + ",\n";
      if (list->second.find(line) != std::string::npos) table.fault(row.line, "twice in the list: " + word);
      list->second += line;
    }
  }
  std::string text = head_of(table) + "#pragma once\n\n#include <string_view>\n\nnamespace " + table.space + " {\n\n";
  for (const auto& [name, words] : lists)
    text += "inline constexpr std::string_view " + name + "[] = {\n" + words + "};\n\n";
  return text + "}  // namespace " + table.space + "\n";
}

// Of a table of several kinds of row. Adds a fault to the table for each row that does not fit its kind, and for each
// kind without rows.
std::string constants_text(Table& table) {
  std::string text =
      head_of(table) + "#pragma once\n\n#include \"" + table.header + "\"\n\nnamespace " + table.space + " {\n\n";
  if (!table.version.empty()) text += "constexpr std::string_view version = " + quoted(table.version) + ";\n\n";
  for (const RowKind& kind : table.kinds) {
    std::string arrays, rows;
    for (const Row& row : rows_of(kind, table)) rows += "    " + row_text(kind, row, table, arrays) + ",\n";
    text += arrays + "constexpr " + kind.type + " " + kind.array + "[] = {\n" + rows + "};\n\n";
  }
  for (const Row& row : table.rows)
    if (std::ranges::none_of(table.kinds, [&](const RowKind& kind) { return kind.word == row.cells.front(); }))
      table.fault(row.line, "no such kind of row: " + row.cells.front());
  return text + "}  // namespace " + table.space + "\n";
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

std::string source_text(Table& table) {
  if (table.shape == "constants") return constants_text(table);
  if (table.shape == "lists") return lists_text(table);
  std::string text = head_of(table) + "#include \"" + table.header + "\"\n\n";
  const bool is_text = table.shape == "text";
  if (table.shape == "array") {
    const std::string rows = rows_text(table);
    return text + "namespace " + table.space + " {\n\nconst " + table.type + " " + table.function +
           rows.substr(rows.find("[]")) + "\n}  // namespace " + table.space + "\n";
  }
  // The literal is longer than every compiler must take; those that we know take it.
  if (is_text) text += "#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n";
  text += "namespace " + table.space + " {\nnamespace {\n\n";
  text += is_text ? whole_text(table) : table.shape == "words" ? words_text(table) : rows_text(table);
  text += "\n}  // namespace\n\n";
  if (is_text)
    text += "std::string_view " + table.function + "() noexcept { return {" + rows_name(table) + ", sizeof " +
            rows_name(table) + " - 1}; }\n";
  else
    text +=
        "std::span<const " + table.type + "> " + table.function + "() noexcept { return " + rows_name(table) + "; }\n";
  if (table.shape == "words")
    text += "std::span<const " + table.type + "> " + table.function +
            "_from(unsigned char first) noexcept {\n  return {" + rows_name(table) + " + " + begins_name(table) +
            "[first], " + rows_name(table) + " + " + begins_name(table) + "[first + 1]};\n}\n";
  return text + "\n}  // namespace " + table.space + "\n";
}

}  // namespace cascade::data
