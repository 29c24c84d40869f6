// A long line is cut to a stretch around the finding; only this is kept, so a line of a megabyte costs no memory. The
// caret is placed by the width of each cell on a terminal.
#include "render/findings.h"

#include "text/suggestion.h"
#include "unicode/utf8.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace cascade::rendering {
namespace {

constexpr std::size_t widest = 110, before_caret = 40;  // shown columns

// A part of the line around the caret: how each code point is shown, and whether the line goes on at either side.
struct Stretch {
  std::vector<std::string> cells;
  bool cut_before = false, cut_behind = false;
};

// Code points [from, to) of the line. Only these are kept, however long the line is.
Stretch stretch_of(std::string_view line, std::size_t from, std::size_t to) {
  Stretch out;
  out.cut_before = from > 0;
  std::size_t position = 0;
  for (std::size_t offset = 0; offset < line.size(); ++position) {
    const std::uint32_t length = unicode::decode(line, offset).length;
    const std::string_view bytes = line.substr(offset, length);
    offset += length;
    if (position < from) continue;
    if (position >= to) {
      out.cut_behind = true;
      break;
    }
    out.cells.push_back(bytes == "\t" ? " " : unicode::displayable(bytes));
  }
  return out;
}

// What is not one column wide on a terminal: East Asian Width W and F (Unicode 15), and what is drawn over the
// character before it.
struct Width {
  char32_t first, last;
  std::size_t columns;
};
constexpr Width widths[] = {{0x300, 0x36F, 0},     {0x483, 0x489, 0},     {0x591, 0x5BD, 0},    {0x64B, 0x65F, 0},
                            {0x1100, 0x115F, 2},   {0x20D0, 0x20F0, 0},   {0x231A, 0x231B, 2},  {0x23E9, 0x23EC, 2},
                            {0x2614, 0x2615, 2},   {0x26A1, 0x26A1, 2},   {0x26D4, 0x26D4, 2},  {0x2705, 0x2705, 2},
                            {0x274C, 0x274E, 2},   {0x2753, 0x2757, 2},   {0x2B50, 0x2B55, 2},  {0x2E80, 0x303E, 2},
                            {0x3041, 0x3098, 2},   {0x3099, 0x309A, 0},   {0x309B, 0x4DBF, 2},  {0x4E00, 0xA4CF, 2},
                            {0xA960, 0xA97F, 2},   {0xAC00, 0xD7A3, 2},   {0xF900, 0xFAFF, 2},  {0xFE00, 0xFE0F, 0},
                            {0xFE30, 0xFE6F, 2},   {0xFF00, 0xFF60, 2},   {0xFFE0, 0xFFE6, 2},  {0x1F300, 0x1F64F, 2},
                            {0x1F680, 0x1F6FF, 2}, {0x1F900, 0x1FAFF, 2}, {0x20000, 0x3FFFD, 2}};

std::size_t columns(std::string_view cell) {
  std::size_t sum = 0;
  for (std::size_t i = 0; i < cell.size();) {
    const unicode::Decoded next = unicode::decode(cell, i);
    const auto* const at = std::ranges::find_if(
        widths, [c = next.code_point](const Width& width) { return c >= width.first && c <= width.last; });
    sum += at != std::end(widths) ? at->columns : 1;
    i += next.length;
  }
  return sum;
}

std::size_t width(const std::vector<std::string>& cells, std::size_t begin, std::size_t end) {
  std::size_t sum = 0;
  for (std::size_t i = begin; i < end; ++i) sum += columns(cells[i]);
  return sum;
}

// Drops cells at both ends until the stretch is at most `widest` wide, starting with those far before the caret.
void narrow(Stretch& stretch, std::size_t& caret) {
  const std::size_t all = width(stretch.cells, 0, stretch.cells.size());
  if (all <= widest && !stretch.cut_before && !stretch.cut_behind) return;
  std::size_t before = width(stretch.cells, 0, caret), drop = 0;
  if (stretch.cut_before || before > widest - before_caret)
    while (drop < caret && before > before_caret) before -= columns(stretch.cells[drop++]);
  stretch.cells.erase(stretch.cells.begin(), stretch.cells.begin() + static_cast<std::ptrdiff_t>(drop));
  stretch.cut_before = stretch.cut_before || drop > 0;
  caret -= drop;
  std::size_t end = 0, shown = 0;
  while (end < stretch.cells.size() && shown + columns(stretch.cells[end]) <= widest)
    shown += columns(stretch.cells[end++]);
  if (end == stretch.cells.size()) return;
  stretch.cells.resize(end);
  stretch.cut_behind = true;
}

}  // namespace

std::string excerpt(const syntax::LineIndex& lines, const Location& at, Paint paint) {
  if (at.line == 0 || at.line > lines.lines()) return {};
  const std::string_view line = lines.line(at.line);
  const std::size_t length = unicode::count_code_points(line);
  const std::size_t column = std::min<std::size_t>(at.column == 0 ? 0 : at.column - 1, length);
  const std::size_t from = column > widest ? column - widest : 0;
  Stretch stretch = stretch_of(line, from, column + 2 * widest);
  std::size_t caret = column - from;
  std::size_t marked = 1;
  if (at.end_line == at.line && at.end_column > at.column) marked = at.end_column - at.column;
  if (at.end_line > at.line) marked = length - column;
  narrow(stretch, caret);

  const std::string number = std::to_string(at.line), margin(number.size() + 1, ' ');
  std::string shown = stretch.cut_before ? "..." : "";
  for (const std::string& cell : stretch.cells) shown += cell;
  if (stretch.cut_behind) shown += "...";
  std::string out = paint.blue(margin + " |") + "\n" + paint.blue(" " + number + " |");
  out += shown.empty() ? "\n" : " " + shown + "\n";
  if (at.column == 0) return out;
  const std::size_t last = std::min(caret + marked, stretch.cells.size());
  const std::size_t indent =
      (stretch.cut_before ? 3 : 0) + width(stretch.cells, 0, std::min(caret, stretch.cells.size()));
  const std::size_t carets = std::max<std::size_t>(1, caret < last ? width(stretch.cells, caret, last) : 0);
  return out + paint.blue(margin + " |") + " " + std::string(indent, ' ') + paint.red(std::string(carets, '^')) + "\n";
}

// Causes are findings with the same rule and message. As annotations of GitHub's workflow commands each cause comes
// once before any comes again, since the service shows ten of each severity for a step.

namespace {

// The service decodes %25, %0D and %0A everywhere, and %3A and %2C in properties as well.
std::string escaped(std::string_view text, bool property) {
  std::string out;
  for (const char c : unicode::displayable(text))
    out += c == '%' ? "%25" : c == ':' && property ? "%3A" : c == ',' && property ? "%2C" : std::string(1, c);
  return out;
}

// `others`: how many more findings have the same cause and come later.
std::string annotation(const Diagnostic& finding, std::size_t others, const Catalogue& catalogue) {
  std::string out = finding.severity == Severity::error     ? "::error "
                    : finding.severity == Severity::warning ? "::warning "
                                                            : "::notice ";
  out += "file=" + escaped(finding.at.path, true);
  const auto add = [&](std::string_view key, std::uint32_t number) {
    if (number != 0) out.append(",").append(key).append("=") += std::to_string(number);
  };
  add("line", finding.at.line);
  add("col", finding.at.column);
  add("endLine", finding.at.end_line);
  add("endColumn", finding.at.end_line == finding.at.line ? finding.at.end_column : 0);
  const RuleInfo* rule = catalogue.rule(finding.rule);
  out += ",title=" + escaped(finding.rule + (rule == nullptr ? "" : " " + std::string(rule->slug)), true);
  out += "::" + escaped(finding.message, false);
  if (others != 0) out += " (and at " + count_of(others, "other place") + ")";
  return out + "\n";
}

// "1 broken outside of this folder: skill:rota (`cascade show skill:rota` says where); here "
std::string elsewhere_text(std::vector<std::string> broken) {
  constexpr std::size_t most = 3;
  if (broken.empty()) return {};
  const std::string count = std::to_string(broken.size()), first = broken.front();
  if (broken.size() > most) {
    broken[most] = std::to_string(broken.size() - most) + " more";
    broken.resize(most + 1);
  }
  return count + " broken outside of this folder: " + listed(broken) + " (`cascade show " + first +
         "` says where); here ";
}

}  // namespace

std::vector<RuleCount> count_rules(const std::vector<Diagnostic>& found) {
  struct Found {
    std::size_t findings = 0;
    std::set<std::string_view> files;
  };
  std::map<std::pair<std::string_view, Severity>, Found> by_rule;
  for (const Diagnostic& finding : found) {
    Found& count = by_rule[{finding.rule, finding.severity}];
    ++count.findings;
    count.files.insert(finding.at.path);
  }
  std::vector<RuleCount> counts;
  for (const auto& [rule, count] : by_rule)
    counts.push_back({std::string(rule.first), rule.second, count.findings, count.files.size()});
  std::ranges::stable_sort(counts, [](const RuleCount& a, const RuleCount& b) {
    return std::tie(b.severity, b.findings) < std::tie(a.severity, a.findings);
  });
  return counts;
}

std::vector<Cause> causes_of(const std::vector<Diagnostic>& found) {
  std::map<std::string, std::size_t> order;
  for (const RuleCount& count : count_rules(found)) order.emplace(count.rule, order.size());
  std::map<std::pair<std::string_view, std::string_view>, Cause> by_message;
  for (std::size_t i = 0; i < found.size(); ++i) by_message[{found[i].rule, found[i].message}].members.push_back(i);
  std::vector<Cause> causes;
  causes.reserve(by_message.size());
  for (auto& [message, cause] : by_message) causes.push_back(std::move(cause));
  std::ranges::sort(causes, [&](const Cause& a, const Cause& b) {
    const std::size_t first_a = a.members.front(), first_b = b.members.front();
    return std::make_pair(order[found[first_a].rule], first_a) < std::make_pair(order[found[first_b].rule], first_b);
  });
  return causes;
}

SeverityCounts count_severities(const std::vector<Diagnostic>& found) {
  SeverityCounts counts;
  for (const Diagnostic& finding : found) {
    if (finding.severity == Severity::error) ++counts.error;
    if (finding.severity == Severity::warning) ++counts.warning;
    if (finding.severity == Severity::info) ++counts.info;
  }
  return counts;
}

std::string findings_summary(const std::vector<Diagnostic>& found, const FindingsContext& context) {
  const SeverityCounts counts = count_severities(found);
  std::string text = elsewhere_text(context.elsewhere);
  const std::size_t begin = text.size();
  const auto add = [&](std::uint64_t count, std::string_view noun) {
    if (count != 0) text += (text.size() == begin ? "" : ", ") + count_of(count, noun);
  };
  add(counts.error, "error");
  add(counts.warning, "warning");
  if (counts.info != 0) text += (text.size() == begin ? "" : ", ") + std::to_string(counts.info) + " info";
  if (text.size() == begin) text += context.earlier ? "no new findings" : "no findings";
  if (context.baselined != 0) text += " (" + std::to_string(context.baselined) + " in the baseline)";
  if (context.earlier.value_or(0) != 0) text += " (" + std::to_string(*context.earlier) + " older)";
  if (context.suppressed != 0) text += " (" + std::to_string(context.suppressed) + " suppressed)";
  const Checked& checked = context.checked;
  text += " in " + count_of(checked.skills, "skill") + ", " + count_of(checked.agents, "agent") + ", " +
          count_of(checked.commands, "command");
  if (checked.documents != 0) text += " (" + count_of(checked.documents, "document") + " among them)";
  if (checked.hooks != 0) text += ", " + count_of(checked.hooks, "hook file");
  if (checked.plugins != 0) text += ", " + count_of(checked.plugins, "plugin file");
  return text;
}

std::string findings_github(const std::vector<Diagnostic>& found, const FindingsContext& context) {
  struct Annotation {
    const Diagnostic* finding;
    bool again;          // an earlier one has its cause
    std::size_t others;  // of the first: how many come again
  };
  std::vector<Annotation> all;
  for (std::size_t i = 0; i < found.size(); ++i) all.push_back({&found[i], true, 0});
  for (const Cause& cause : causes_of(found)) {
    all[cause.members.front()].again = false;
    all[cause.members.front()].others = cause.members.size() - 1;
  }
  std::ranges::stable_sort(all, [](const Annotation& a, const Annotation& b) {
    return std::make_pair(b.finding->severity, a.again) < std::make_pair(a.finding->severity, b.again);
  });
  std::string out;
  for (const Annotation& one : all) out += annotation(*one.finding, one.others, context.catalogue);
  return out + findings_summary(found, context) + "\n";
}

}  // namespace cascade::rendering
