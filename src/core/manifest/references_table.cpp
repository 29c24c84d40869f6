// Cells of a table's column headed Agent, Skill or Command, or "Delegate to". The head gives each column its kind; all
// names listed in the cells below are then of that kind. What stands below a verb ("Invoke", "Delegate to") is called.
// Tables without such a head are skipped.
#include "manifest/foreign_words.h"
#include "manifest/name_list.h"
#include "manifest/names.h"
#include "manifest/references.h"
#include "manifest/strength.h"
#include "syntax/table_row.h"
#include "text/ascii.h"
#include "text/word_set.h"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>
#include <vector>

namespace cascade::manifest {
namespace {

using Cells = std::vector<std::pair<std::size_t, std::size_t>>;

// The cells of a row that begins with a bar, by their places in the text.
Cells cells_of(const BodyText& body, const TextLine& line) {
  Cells out;
  for (syntax::TableCells row(body.text(line)); row.next();) {
    const std::size_t begin = static_cast<std::size_t>(row.cell().data() - body.text().data());
    out.emplace_back(begin, begin + row.cell().size());
  }
  return out;
}

// "Delegate to", "Handled by": a column of agents that get the work.
bool is_whom(std::string_view head) {
  static constexpr std::string_view heads[] = {"delegate to",  "delegates to", "handled by", "hand off to",
                                               "hands off to", "route to",     "routes to",  "escalate to"};
  return std::any_of(std::begin(heads), std::end(heads),
                     [&](std::string_view known) { return letters::equals_lower(head, known); });
}

// "Invoke", "Delegate to", "Skill to launch": what stands in such a column is called when the row applies.
bool is_order(std::string_view head) {
  static constexpr auto verbs = letters::word_set("invoke", "call", "launch", "spawn", "dispatch");
  static constexpr auto nouns = letters::word_set("invocation", "call");
  const std::size_t blank = head.rfind(' ');
  const std::string_view last = head.substr(blank + 1);  // all of it without a blank
  if (blank == std::string_view::npos) return verbs.has(last);
  if (letters::equals_lower(last, "to")) return is_whom(head) && head[blank - 1] != 's';
  return head.substr(0, blank).ends_with(" to") ? verbs.has(last) : nouns.has(last);
}

struct Column {
  Kinds kinds = 0;
  bool order = false;  // as is_order()
};

// Without blanks and marks of emphasis around it.
std::string_view bare_text(std::string_view cell) {
  while (!cell.empty() && (letters::is_space(cell.front()) || cell.front() == '*')) cell.remove_prefix(1);
  while (!cell.empty() && (letters::is_space(cell.back()) || cell.back() == '*')) cell.remove_suffix(1);
  return cell;
}

// "Use this skill", "Use agent", "Use this tool / skill": an order with the kind of what is used.
Kinds kind_to_use(std::string_view head) {
  constexpr std::size_t longest = 32;
  if (head.size() > longest || !letters::starts_with_lower(head, "use ")) return 0;
  return kind_word(head.substr(head.rfind(' ') + 1));
}

// "Agent", "**Specialist agent**", "Skill name", "Agent(s)", "Agent to use", "Skill to invoke", "Delegate to".
Column column_of(std::string_view cell) {
  cell = bare_text(cell);
  if (cell.empty()) return {};
  const bool order = is_order(cell);
  if (const Kinds kinds = foreign_kind_word(cell)) return {kinds, order};
  if (is_whom(cell)) return {kinds_agent, order};
  if (const Kinds kinds = kind_to_use(cell)) return {kinds, true};
  for (const std::string_view end : {" name", "(s)", " to use", " to invoke", " to call", " to launch", " to spawn",
                                     " to dispatch", " used", " invocation"})
    if (cell.size() > end.size() && letters::equals_lower(cell.substr(cell.size() - end.size()), end))
      cell.remove_suffix(end.size());
  const std::size_t blank = cell.rfind(' ');
  if (blank == std::string_view::npos) return {kind_word(cell), order};
  return {cell.find(' ') == blank ? kind_word(cell.substr(blank + 1)) : Kinds{0}, order};
}

// "Stage", "Step", "Order": what stands beside it comes in turn.
bool is_turn(std::string_view head) {
  static constexpr auto words = letters::word_set("stage", "step", "phase", "order", "turn", "wave");
  return words.has(bare_text(head));
}

bool is_row(const BodyText& body, const TextLine& line) {
  if (line.context == Context::code || line.context == Context::field || line.context == Context::comment) return false;
  std::size_t at = line.begin;
  while (at < line.end && letters::is_space(body.text()[at])) ++at;
  return at < line.end && body.text()[at] == '|';
}

// The names that begin the code spans of a cell: "`/ship`", "`/a --now` or `/b`", "`yard:weigh --all`".
void find_typed(const BodyText& body, const TextLine& line, std::size_t begin, std::size_t end, Kinds kinds,
                Candidates& out) {
  const std::string_view text = body.text().substr(0, end);
  for (std::size_t tick = text.find('`', begin); tick < end; tick = text.find('`', tick + 1)) {
    const bool slash = text.substr(tick + 1, 1) == "/";
    const std::size_t from = tick + (slash ? 2 : 1), to = qualified_end(text, from);
    if (to < from + 2 || to >= end || (text[to] != '`' && text[to] != ' ')) continue;
    const std::string_view name = text.substr(from, to - from);
    if (!slash && !is_distinctive(name)) continue;
    if (strength_of(body, line, from, to) != Strength::excluded)
      out.add(slash ? kinds_command | kinds_skill : kinds, name, slash ? Via::slash : Via::table, Strength::invoked,
              from, Candidates::Certainty::guess);
    tick = std::min(text.find('`', to), end);
  }
}

void find_on_row(const BodyText& body, const TextLine& line, const std::vector<Column>& columns, Candidates& out) {
  const std::string_view text = body.text();
  const Cells cells = cells_of(body, line);
  for (std::size_t i = 0; i < cells.size() && i < columns.size(); ++i) {
    const auto& [begin, end] = cells[i];
    const auto& [kinds, order] = columns[i];
    if ((kinds == 0 && !order) || text.substr(begin, end - begin).find(".md") != std::string_view::npos) continue;
    const bool called = order && !line.related && !line.printed;
    if (called) find_typed(body, line, begin, end, kinds, out);
    for (const auto& [from, to] : names_listed(text, begin, end)) {
      const std::string_view name = text.substr(from, to - from);
      if (is_example_name(name) || (kinds == 0 && !is_distinctive(name))) continue;
      Strength strength = strength_of(body, line, from, to);
      if (called && strength == Strength::mentioned) strength = Strength::invoked;
      out.add(kinds, name, Via::table, strength, from,
              kinds == 0 ? Candidates::Certainty::guess : Candidates::Certainty::stated);
    }
  }
}

}  // namespace

void find_table_cells(const BodyText& body, Candidates& out) {
  const std::vector<TextLine>& lines = body.lines();
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].own == 0 && lines[i].context != Context::table) continue;  // most lines
    // Only the first row can be the table's head.
    const bool first = lines[i].context == Context::table && (i == 0 || lines[i - 1].context != Context::table);
    if ((!first && lines[i].own == 0) || !is_row(body, lines[i]) || (i > 0 && is_row(body, lines[i - 1]))) continue;
    std::vector<Column> columns;
    const Cells heads = cells_of(body, lines[i]);
    for (const auto& [begin, end] : heads) columns.push_back(column_of(body.text().substr(begin, end - begin)));
    // In the table of a process, or below an order, the agents of each row are called.
    if (lines[i].ordered ||
        (!heads.empty() && is_turn(body.text().substr(heads[0].first, heads[0].second - heads[0].first))))
      for (Column& column : columns) column.order = column.order || column.kinds == kinds_agent;
    if (std::all_of(columns.begin(), columns.end(),
                    [](const Column& column) { return column.kinds == 0 && !column.order; }))
      continue;
    for (std::size_t row = i + 1; row < lines.size() && is_row(body, lines[row]); ++row)
      find_on_row(body, lines[row], columns, out);
  }
}

}  // namespace cascade::manifest
