#include "confined/ecosystems.h"

#include <algorithm>

namespace cascade::audit {

std::vector<const EcosystemRow*> rows_of(Rows rows, std::string_view ecosystem, std::string_view fact) {
  std::vector<const EcosystemRow*> found;
  for (const EcosystemRow& row : rows)
    if (row.fact == fact && (row.ecosystem == ecosystem || row.ecosystem == any_ecosystem)) found.push_back(&row);
  return found;
}

std::vector<const EcosystemRow*> all_rows_of(Rows rows, std::string_view fact) {
  std::vector<const EcosystemRow*> found;
  for (const EcosystemRow& row : rows)
    if (row.fact == fact) found.push_back(&row);
  return found;
}

std::vector<std::string> parts_of(std::string_view text) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (end > 0) {
      parts.emplace_back(text.substr(0, end));
      std::replace(parts.back().begin(), parts.back().end(), '`', ' ');
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

std::vector<std::string> subjects_of(Rows rows, std::string_view ecosystem, std::string_view fact) {
  std::vector<std::string> subjects;
  for (const EcosystemRow* row : rows_of(rows, ecosystem, fact))
    for (std::string& part : parts_of(row->subject)) subjects.push_back(std::move(part));
  return subjects;
}

std::vector<std::string_view> clauses_of(std::string_view text) {
  std::vector<std::string_view> clauses;
  while (true) {
    const std::size_t end = text.find(';');
    clauses.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return clauses;
    text.remove_prefix(end + 1);
  }
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    lines.push_back(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

}  // namespace cascade::audit
