// Looks for the heading "Chain", takes the first table below it and reads its columns: number, skill, conditions to
// enter and to leave, result. A row without a number gets its place in the table. Without rows, the
// steps are the skills that the front matter names.
#include "manifest/chain_table.h"

#include "syntax/table_row.h"
#include "text/ascii.h"
#include "unicode/utf8.h"

#include <string_view>

namespace cascade::manifest {
namespace {

constexpr std::size_t most_steps = 99, most_cell_bytes = 1'000;

bool is_chain_heading(std::string_view line) {
  line = letters::trim(line);
  while (!line.empty() && line.front() == '#') line.remove_prefix(1);
  while (!line.empty() && line.back() == '#') line.remove_suffix(1);
  return letters::equals_folded(letters::trim(line), "chain");
}

bool is_row(std::string_view line) {
  line = letters::trim(line);
  return !line.empty() && line.front() == '|';
}

// "| --- | :-: |"
bool is_rule(std::string_view line) { return line.find_first_not_of("|-: \t") == std::string_view::npos; }

std::vector<std::string_view> cells_of(std::string_view line) {
  std::vector<std::string_view> cells;
  for (syntax::TableCells row(line); row.next();) cells.push_back(letters::trim(row.cell()));
  return cells;
}

std::uint32_t number_of(std::string_view cell) {
  std::uint32_t number = 0;
  for (const char c : cell) {
    if (!letters::is_digit(c) || number > 99) return 0;
    number = number * 10 + static_cast<std::uint32_t>(c - '0');
  }
  return number;
}

// The text between the first two backticks; the whole cell without them.
std::string_view name_in(std::string_view cell) {
  const std::size_t open = cell.find('`');
  const std::size_t close = open == std::string_view::npos ? open : cell.find('`', open + 1);
  return close == std::string_view::npos ? cell : letters::trim(cell.substr(open + 1, close - open - 1));
}

std::string text_of(std::string_view cell) { return unicode::replace_invalid(cell.substr(0, most_cell_bytes)); }

ChainStep step_of(const BodyText& body, const syntax::LineIndex& file, const Manifest& manifest, std::string_view line,
                  std::size_t row) {
  const std::vector<std::string_view> cells = cells_of(line);
  const auto cell = [&](std::size_t i) { return i < cells.size() ? text_of(cells[i]) : std::string(); };
  ChainStep step;
  step.number = cells.empty() ? 0 : number_of(cells[0]);
  if (step.number == 0) step.number = static_cast<std::uint32_t>(row);
  const std::string_view name = cells.size() > 1 ? name_in(cells[1]) : std::string_view();
  step.skill = text_of(name);
  step.enter = cell(2);
  step.leave = cell(3);
  step.result = cell(4);
  const std::size_t at = name.empty() ? 0 : static_cast<std::size_t>(name.data() - body.text().data());
  const syntax::Position place = file.at(body.file_offset(at));
  step.at = {manifest.path, place.line, place.column};
  return step;
}

std::vector<ChainStep> declared_steps(const Manifest& manifest) {
  std::vector<ChainStep> steps;
  for (const Reference& reference : manifest.references) {
    if (reference.via != Via::frontmatter || reference.strength > Strength::invoked) continue;
    if (reference.target.kind != Kind::skill || !reference.kind_known || steps.size() == most_steps) continue;
    ChainStep step;
    step.number = static_cast<std::uint32_t>(steps.size() + 1);
    step.skill = reference.target.name;
    step.at = reference.at;
    steps.push_back(std::move(step));
  }
  return steps;
}

}  // namespace

std::vector<ChainStep> find_steps(const BodyText& body, const syntax::LineIndex& file, const Manifest& manifest) {
  const std::vector<TextLine>& lines = body.lines();
  std::size_t at = 0;
  while (at < lines.size() && !(lines[at].context == Context::heading && is_chain_heading(body.text(lines[at])))) ++at;
  const auto is_row_at = [&](std::size_t i) {
    return lines[i].context != Context::code && is_row(body.text(lines[i]));
  };
  for (++at; at < lines.size() && lines[at].context != Context::heading && !is_row_at(at);) ++at;
  if (at < lines.size() && !is_row_at(at)) return declared_steps(manifest);  // the next heading came first
  std::vector<ChainStep> steps;
  // The first row is the table's head.
  for (++at; at < lines.size() && is_row_at(at) && steps.size() < most_steps; ++at)
    if (!is_rule(body.text(lines[at])))
      steps.push_back(step_of(body, file, manifest, body.text(lines[at]), steps.size() + 1));
  return steps.empty() ? declared_steps(manifest) : steps;
}

}  // namespace cascade::manifest
