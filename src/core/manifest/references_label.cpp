// "Agents: a, b", "**Skill**: x", "reports_to: x", YAML lists under "agents:", "agents (a, b)".
// Walks down the lines that hold a part of a label. A label with a value names the names in it; a label without one
// opens a list, whose items are read until a line is none.
#include <algorithm>
#include <iterator>

#include "manifest/line_words.h"
#include "manifest/references.h"
#include "syntax/link_parts.h"
#include "text/ascii.h"
#include "text/word_set.h"

namespace cascade::manifest {
namespace {

constexpr std::size_t max_label = 60;  // bytes before the colon

struct Label {
  Kinds kind = 0;
  Strength strength = Strength::invoked;
  std::size_t value = 0;  // where its value begins
  bool relation = false;
};

// The place after the list mark, quote mark and numbering of a line.
std::size_t skip_list_mark(std::string_view text, std::size_t at, std::size_t end) {
  while (at < end && (letters::is_blank(text[at]) || text[at] == '>')) ++at;
  std::size_t mark = at;
  if (mark < end && (text[mark] == '-' || text[mark] == '+' || text[mark] == '*'))
    ++mark;
  else
    while (mark < end && (letters::is_digit(text[mark]) || text[mark] == '.' || text[mark] == ')')) ++mark;
  if (mark < end && mark > at && letters::is_blank(text[mark])) at = mark + 1;
  while (at < end && letters::is_blank(text[at])) ++at;
  return at;
}

// "Related skills", "see agent", "Core agents": mentioned to the reader, not called.
constexpr auto pointing_words =
    letters::word_set("see", "related", "similar", "other", "also", "known", "example", "parallel", "available", "core",
                      "valid", "bundled", "included", "installed", "supported", "created");

// The kind word that ends a label of at most three words, not counting a closing word such as "used".
Label kind_of_label(std::string_view label) {
  static constexpr auto closing =
      letters::word_set("used", "required", "assignment", "assignments", "involved", "needed");
  std::array<std::string_view, 5> words;
  std::size_t count = 0;
  for (std::size_t i = 0; i < label.size();) {
    if (!letters::is_name(label[i])) {
      if (!letters::is_blank(label[i]) && !is_enclosing(label[i])) return {};
      ++i;
      continue;
    }
    if (count == words.size()) return {};
    words[count] = letters::run_at_begin(label.substr(i), letters::is_name);
    i += words[count++].size();
  }
  if (count > 1 && closing.has(words[count - 1])) --count;
  if (count == 0 || count > 3) return {};
  const bool pointing =
      std::any_of(words.begin(), words.begin() + count, [](std::string_view word) { return pointing_words.has(word); });
  return {kind_word(words[count - 1]), pointing ? Strength::mentioned : Strength::invoked, 0};
}

// The label that a line begins with; kind 0 when there is none.
Label label_of(std::string_view text, const TextLine& line) {
  Label out;
  const std::size_t begin = skip_list_mark(text, line.begin, line.end);
  const std::size_t colon = text.substr(0, std::min(line.end, begin + max_label)).find(':', begin);
  if (colon == std::string_view::npos) return out;
  std::string_view label = text.substr(begin, colon - begin);
  if (label == "\"command\"") return out;  // in the JSON of a hook or a server: a line for the shell
  const bool data = line.context == Context::code && label.starts_with('"');  // of a sample's fields
  while (!label.empty() && (is_enclosing(label.front()) || letters::is_blank(label.front()))) label.remove_prefix(1);
  while (!label.empty() && (is_enclosing(label.back()) || letters::is_blank(label.back()))) label.remove_suffix(1);
  if (line.relates && says(label, Says::relation)) {
    out.kind = kinds_agent;
    out.strength = Strength::mentioned;
    out.relation = true;
  } else {
    out = kind_of_label(label);
  }
  if (data && out.kind != 0) out.strength = Strength::mentioned;
  out.value = colon + 1;
  while (out.value < line.end && (text[out.value] == '*' || text[out.value] == '_')) ++out.value;
  return out;
}

class LabelFinder {
 public:
  LabelFinder(const BodyText& body, Candidates& out) : body_(body), text_(body.text()), out_(out) {}

  void find() {
    Label list;  // of the list that is being read: "agents:" and its items
    for (const TextLine& line : body_.lines()) {
      if (list.kind == 0 && (line.signs & sign_label) == 0) continue;
      if (line.context == Context::field || line.context == Context::comment) continue;
      if (list.kind != 0) {
        const std::size_t begin = skip_list_mark(text_, line.begin, line.end);
        if (begin > line.begin && is_item(line, begin)) {
          const std::size_t end = item_end(begin, line.end);
          if (!is_enclosing(text_[end - 1]))
            add(line, list, begin, end);
          else if (list.relation)
            add_led(begin, line.end);
          continue;
        }
      }
      list = {};
      if ((line.signs & sign_label) == 0) continue;
      const Label label = line.context != Context::table ? label_of(text_, line) : Label();
      if (label.kind != 0) {
        if (letters::trim(text_.substr(label.value, line.end - label.value)).empty())
          list = label;
        else if (text_.substr(label.value, line.end - label.value).find(".md") == std::string_view::npos)
          add(line, label, label.value, before_options(label.value, line.end));
      } else if (line.relates) {
        find_relation(line);
      }
      if ((line.signs & sign_parenthesis) != 0) find_parenthesis(line);
    }
  }

 private:
  // "**Command**: `spawn helper --can="sort,pack"`": what follows the options of a program is no list.
  std::size_t before_options(std::size_t begin, std::size_t end) const {
    const std::string_view value = text_.substr(begin, end - begin);
    return letters::trim(value).starts_with('`') ? begin + std::min(value.find(" --"), value.size()) : end;
  }

  // "- name", "- name # why", "- name (why)" in a YAML list, with or without marks around the name.
  bool is_item(const TextLine& line, std::size_t begin) const {
    if (text_.substr(line.begin, begin - line.begin).find('-') == std::string_view::npos) return false;
    return item_end(begin, line.end) > begin;
  }
  std::size_t item_end(std::size_t begin, std::size_t line_end) const {
    while (begin < line_end && is_enclosing(text_[begin])) ++begin;
    const std::size_t end = name_end(text_, begin);
    std::size_t after = end;
    while (after < line_end && is_enclosing(text_[after])) ++after;
    const std::string_view rest = letters::trim(text_.substr(after, line_end - after));
    return end > begin && (rest.empty() || rest.front() == '#' || rest.front() == '(') ? end : begin;
  }

  // "- `writer` for the texts" below "Delegates to:". The name may be of any kind.
  void add_led(std::size_t begin, std::size_t line_end) {
    while (begin < line_end && is_enclosing(text_[begin])) ++begin;
    const std::size_t end = name_end(text_, begin);
    const std::string_view name = text_.substr(begin, end - begin);
    if (name.size() > 1 && text_[begin - 1] == '`' && text_[end] == '`' && !is_example_name(name) &&
        kind_word(name) == 0)
      out_.add(kinds_agent, name, Via::label, Strength::mentioned, begin, Certainty::guess);
  }

  void add(const TextLine& line, const Label& label, std::size_t begin, std::size_t end) {
    for (const auto& [from, to] : names_listed(text_, begin, end)) {
      const std::string_view name = text_.substr(from, to - from);
      if (name.size() < 2 || is_example_name(name) || kind_word(name) != 0) continue;
      const Strength warned = call_strength(body_, line, from, to);
      const bool weak =
          line.drafted || line.related || (label.kind == kinds_command && is_of_program(line, begin, from));
      out_.add(label.kind, name, Via::label,
               warned != Strength::invoked ? warned
               : weak                      ? Strength::mentioned
                                           : label.strength,
               from);
    }
  }

  // "Command: weigh, scale" without a slash or marks: words that a request may have. "Commands: `weigh`, `scale`" below
  // `crane.py <command>`: what a program takes.
  bool is_of_program(const TextLine& line, std::size_t begin, std::size_t name) const {
    constexpr int farthest = 24;  // lines
    if (name == begin || text_[name - 1] != '`') return true;
    const TextLine* above = &line;
    for (int i = 0; i < farthest && above != body_.lines().data(); ++i) {
      --above;
      if (above->context == Context::heading) return false;
      const std::string_view shown = body_.text(*above);
      for (const std::string_view place : {"<command>", "<subcommand>", "{command}", "[command]"})
        if (shown.find(place) != shown.npos) return true;
    }
    return false;
  }

  // "…, escalates_to: x" inside a line. The part before the joint ends in "s" or "off".
  void find_relation(const TextLine& line) {
    const std::string_view shown = body_.text(line);
    for (std::size_t at = 1; at < shown.size(); ++at) {
      if (shown[at] != '_' && shown[at] != ' ') continue;
      if (letters::to_lower(shown[at - 1]) != 's' && letters::to_lower(shown[at - 1]) != 'f') continue;
      for (const std::string_view word : {"_with", "_to", " to", "_from", " from"})
        if (shown.substr(at, word.size()) == word) read_relation(line, at, at + word.size());
    }
  }

  // The joint of the relation is [at, end) of the line.
  void read_relation(const TextLine& line, std::size_t at, std::size_t end) {
    const std::string_view shown = body_.text(line);
    std::size_t begin = at;
    while (begin > 0 && at - begin < max_label && letters::is_word(shown[begin - 1])) --begin;
    std::string_view label = shown.substr(begin, end - begin);
    if (begin >= 6 && letters::equals_lower(shown.substr(begin - 6, end - begin + 6), "hands off to"))
      label = "hands off to";
    if (!says(label, Says::relation)) return;
    std::size_t value = line.begin + end;
    while (value < line.end && (is_enclosing(text_[value]) || text_[value] == ':' || letters::is_blank(text_[value])))
      ++value;
    const bool list = value < line.end && text_[value] == '[';  // a list of names has no list inside
    const std::size_t close = list ? text_.substr(0, line.end).find_first_of("[]", value + 1) : name_end(text_, value);
    if (close == std::string_view::npos || close == value || (list && text_[close] == '[')) return;
    add(line, {kinds_agent, Strength::mentioned, value}, value, close);
  }

  // "agents (a-one, b-two)": names of more than one word.
  void find_parenthesis(const TextLine& line) {
    constexpr std::size_t max_list = 200;
    const std::string_view upto = text_.substr(0, line.end);
    for (std::size_t open = upto.find('(', line.begin); open < line.end; open = upto.find('(', open + 1)) {
      if (open < line.begin + 6 || text_[open - 1] != ' ') continue;
      const std::string_view before = text_.substr(line.begin, open - 1 - line.begin);
      const Kinds kind = before.ends_with('s') ? kind_word(letters::run_at_end(before, letters::is_name)) : 0;
      const std::size_t close = text_.substr(0, std::min(line.end, open + max_list)).find_first_of("()", open + 1);
      if (kind == 0 || close == std::string_view::npos || text_[close] != ')') continue;
      for (const auto& [from, to] : names_listed(text_, open + 1, close))
        if (text_.substr(from, to - from).find('-') != std::string_view::npos)
          out_.add(kind, text_.substr(from, to - from), Via::label, strength_of(body_, line, from, to), from);
    }
  }

  const BodyText& body_;
  std::string_view text_;
  Candidates& out_;
};

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
  return std::ranges::any_of(heads, [&](std::string_view known) { return letters::equals_lower(head, known); });
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
constexpr auto turns = letters::word_set("stage", "step", "phase", "order", "turn", "wave");

bool is_row(const BodyText& body, const TextLine& line) {
  if (line.context == Context::code || line.context == Context::field || line.context == Context::comment) return false;
  return letters::trim_left(body.text(line)).starts_with('|');
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
              from, Certainty::guess);
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
      out.add(kinds, name, Via::table, strength, from, kinds == 0 ? Certainty::guess : Certainty::stated);
    }
  }
}

}  // namespace

void find_labels(const BodyText& body, Candidates& out) { LabelFinder(body, out).find(); }

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
        (!heads.empty() && turns.has(bare_text(body.text().substr(heads[0].first, heads[0].second - heads[0].first)))))
      for (Column& column : columns) column.order = column.order || column.kinds == kinds_agent;
    if (std::ranges::all_of(columns, [](const Column& column) { return column.kinds == 0 && !column.order; })) continue;
    for (std::size_t row = i + 1; row < lines.size() && is_row(body, lines[row]); ++row)
      find_on_row(body, lines[row], columns, out);
  }
}

}  // namespace cascade::manifest
