#include "data_builder/source_text.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <sstream>

#include "data_builder/cells.h"
#include "data_builder/constants_text.h"
#include "text/ascii.h"

namespace cascade::data {
namespace {

// Tables are compiled together: each has local names of its own.
std::string rows_name(const Table& table) { return table.function + "_rows"; }
std::string begins_name(const Table& table) { return table.function + "_begins"; }

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
    const auto begin = std::find_if(roles.begin(), roles.end(), [first](const auto& entry) {
      return static_cast<unsigned char>(entry.first.front()) >= first;
    });
    text += (first % 16 == 0 ? "\n    " : " ") + std::to_string(std::distance(roles.begin(), begin)) + ",";
  }
  return text + "};\n";
}

std::string whole_text(Table& table) {
  if (table.pieces.empty()) table.pieces = {"1"};
  std::string text = "constexpr char " + rows_name(table) + "[] =\n";
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
  if (table.shape == "constants") return constants_text(table);
  if (table.shape == "lists") return lists_text(table);
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
