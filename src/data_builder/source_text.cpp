#include "data_builder/source_text.h"

#include <algorithm>
#include <map>
#include <set>
#include <sstream>

#include "text/ascii.h"

namespace cascade::data {
namespace {

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

bool is_number(const std::string& cell) {
  if (cell.substr(0, 2) == "0x")
    return cell.size() > 2 && cell.find_first_not_of("0123456789abcdef", 2) == std::string::npos;
  const std::size_t sign = cell.front() == '-' ? 1 : 0;
  return cell.size() > sign &&
         std::all_of(cell.begin() + static_cast<std::ptrdiff_t>(sign), cell.end(), letters::is_digit);
}

std::string value_of(const Column& column, const std::string& cell, std::size_t line, Table& table) {
  if (column.kind.empty()) return quoted(unescaped(cell));
  if (column.kind == "phrase") return quoted(with_blanks(unescaped(cell)));
  if (cell.empty()) return "{}";
  if (column.kind == "number") {
    if (!is_number(cell)) table.fault(line, column.name + " is no number: " + cell);
    return cell;
  }
  return column.kind + "::" + cell;
}

// The rows in the order of one column, byte by byte.
void sort_rows(Table& table) {
  const auto column = std::find_if(table.columns.begin(), table.columns.end(),
                                   [&](const Column& one) { return one.name == table.sorted_by; });
  if (column == table.columns.end()) return table.fault(1, "sorted: no such column: " + table.sorted_by);
  const auto at = static_cast<std::size_t>(column - table.columns.begin());
  const auto cell = [&](const Row& row) { return at < row.cells.size() ? row.cells[at] : std::string(); };
  std::stable_sort(table.rows.begin(), table.rows.end(), [&](const Row& a, const Row& b) { return cell(a) < cell(b); });
}

std::string rows_text(Table& table) {
  if (!table.sorted_by.empty()) sort_rows(table);
  std::string text = "constexpr " + table.type + " all[] = {\n";
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
    for (std::string word; words >> word;) {
      roles[with_blanks(word)].insert(row.cells[0]);
      // Of two words that say something together, the first is looked up before the pair is.
      if (const std::size_t joint = word.find('~'); joint != std::string::npos)
        roles[with_blanks(word.substr(0, joint))].insert(row.cells[0] + "_begin");
    }
  }
  std::string text = "constexpr " + table.type + " all[] = {\n";
  for (const auto& [word, all] : roles) {
    text += "    {" + quoted(word) + ", ";
    bool any = false;
    for (const std::string& role : all) {
      text += (any ? " | " : "") + table.roles + "::" + role;
      any = true;
    }
    text += "},\n";
  }
  return text + "};\n";
}

std::string whole_text(Table& table) {
  if (table.pieces.empty()) table.pieces = {"1"};
  std::string text = "constexpr char all[] =\n";
  for (const Row& row : table.rows) {
    std::string line = &row == &table.rows.front() ? "" : with_blanks(table.between);
    for (const std::string& piece : table.pieces) {
      if (!letters::is_digit(piece[0])) {
        line += with_blanks(piece);
        continue;
      }
      const auto cell = static_cast<std::size_t>(piece[0] - '1');
      line += cell < row.cells.size() ? row.cells[cell] : "";
    }
    text += "    " + quoted(line) + "\n";
  }
  return text + "    ;\n";
}

}  // namespace

std::string source_text(Table& table) {
  const std::string name = table.path.substr(table.path.find_last_of('/') + 1);
  std::string text = "// Made by cascade-data from " + name + ". Do not edit.\n#include \"" + table.header + "\"\n\n";
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
    text += "std::string_view " + table.function + "() noexcept { return {all, sizeof all - 1}; }\n";
  else
    text += "std::span<const " + table.type + "> " + table.function + "() noexcept { return all; }\n";
  return text + "\n}  // namespace " + table.space + "\n";
}

}  // namespace cascade::data
