#include "data_builder/cells.h"

#include <algorithm>

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

bool is_number(const std::string& cell) {
  if (cell.substr(0, 2) == "0x")
    return cell.size() > 2 && cell.find_first_not_of("0123456789abcdef", 2) == std::string::npos;
  const std::size_t sign = cell.front() == '-' ? 1 : 0;
  return cell.size() > sign &&
         std::all_of(cell.begin() + static_cast<std::ptrdiff_t>(sign), cell.end(), letters::is_digit);
}

}  // namespace

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

}  // namespace cascade::data
