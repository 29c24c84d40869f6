// For people: what was asked, the figures with their windows, what inflates them, how changes arrive and who knows
// them; then a chart of the windows and what becomes of each claim.
#include "metrics/render.h"

#include "render/parts.h"
#include "render/text_table.h"
#include "unicode/utf8.h"

#include <algorithm>
#include <numeric>

namespace cascade::rendering {
namespace {

using metrics::Figure;
using metrics::Grade;
using metrics::Report;

std::string shown_id(const std::string& id) { return id.substr(0, 10); }

std::string grade_text(Grade grade, Paint paint) {
  const std::string text(to_string(grade));
  return grade == Grade::incomplete ? paint.red(text) : grade == Grade::exact ? text : paint.yellow(text);
}

// A share in per cent; what may be larger says so.
std::string value_text(const Figure& figure) {
  if (figure.grade == Grade::needs_forge || figure.grade == Grade::needs_deploys) return "-";
  const std::string least = figure.grade == Grade::incomplete ? "at least " : "";
  if (!figure.of) return least + grouped(figure.value);
  return figure.grade == Grade::incomplete ? "?" : percent_of(figure.value, *figure.of);
}

std::vector<std::string> window_cells(const Figure& figure) {
  if (!figure.windows || figure.windows->n == 0) return {"", "", ""};
  const metrics::Windows& all = *figure.windows;
  const auto text = [&](std::uint64_t twice) { return figure.of ? percent_of(twice, 2'000) : halves(twice); };
  if (figure.windows_grade == Grade::incomplete)
    return {"?", "?", figure.of ? "?" : "at least " + grouped(all.maximum)};
  return {text(2 * all.minimum), text(all.twice_median), text(2 * all.maximum)};
}

std::string figure_table(const std::vector<Figure>& figures, std::uint32_t window, Paint paint) {
  TextTable table;
  table.column("FIGURE");
  table.columns({"VALUE", "n", "IN " + std::to_string(window) + " DAYS: MIN", "MEDIAN", "MAX"}, Align::right);
  table.column("GRADE");
  for (const Figure& figure : figures) {
    std::vector<std::string> cells = {std::string(figure.name), value_text(figure), grouped(figure.n)};
    for (std::string& cell : window_cells(figure)) cells.push_back(std::move(cell));
    cells.push_back(grade_text(figure.grade, paint));
    table.row(std::move(cells));
  }
  return table.take(paint);
}

std::string heading(std::string_view text, Paint paint) { return "\n" + paint.bold(text) + "\n"; }

std::string repository_lines(const Report& report, Paint paint) {
  std::string text;
  for (const auto& row : report.repositories) {
    text += unicode::displayable(row.name) + ": " + unicode::displayable(row.branch) + " at " + shown_id(row.head);
    if (row.elsewhere > 0) text += ", " + count_of(row.elsewhere, "commit") + " of it counted above";
    text += "\n";
    for (const metrics::Gap& gap : row.gaps) {
      text += "  " + paint.red("incomplete: " + gap.kind + ", " + grouped(gap.count));
      if (!gap.first.empty()) text += ", such as " + unicode::displayable(gap.first);
      text += "\n    help: " + gap.help + "\n";
    }
  }
  return text;
}

// Each repository a row, the total last.
std::string repository_table(const Report& report, Paint paint) {
  if (report.repositories.size() < 2) return {};
  constexpr std::string_view shown[] = {"commits", "merges", "commits_distinct", "lines_added", "lines_authored"};
  TextTable table;
  table.column("REPOSITORY");
  for (const std::string_view name : shown) table.column(name, Align::right);
  const auto add_row = [&](const std::string& name, const std::vector<Figure>& figures) {
    std::vector<std::string> cells = {name};
    for (const std::string_view figure : shown) cells.push_back(value_text(*metrics::find_figure(figures, figure)));
    table.row(std::move(cells));
  };
  for (const auto& row : report.repositories) add_row(unicode::displayable(row.name), row.figures);
  add_row("together, twins once", report.figures);
  return "\n" + table.take(paint);
}

std::string part_line(std::string_view what, const metrics::Part& part) {
  if (part.commits == 0) return {};
  return "  " + std::string(what) + ": " + count_of(part.commits, "commit") + ", " + grouped(part.added) + " lines\n";
}

std::string clock_lines(const metrics::Inflation& found) {
  std::string text;
  if (found.future > 0) text += "  dated in the future, in no window: " + count_of(found.future, "commit") + "\n";
  if (found.backwards > 0) text += "  dated before their parents: " + count_of(found.backwards, "commit") + "\n";
  if (found.impossible > 0) text += "  with an impossible date: " + count_of(found.impossible, "commit") + "\n";
  return text;
}

std::string inflation_text(const metrics::Inflation& found, Paint paint) {
  std::string text = heading("What inflates it", paint);
  std::uint64_t in_largest = 0;
  for (const auto& commit : found.largest) in_largest += commit.added;
  if (!found.largest.empty())
    text += "  " + percent_of(in_largest, found.added) +
            (found.grade == Grade::incomplete ? " of the known added lines are in " : " of the added lines are in ") +
            count_of(found.largest.size(), "commit") + ":\n";
  TextTable table;
  table.column("");
  table.column("", Align::right);
  table.columns({"", ""});
  for (const auto& commit : found.largest)
    table.row({commit.date, grouped(commit.added), shown_id(commit.id), shortened(commit.subject, 60)});
  text += table.take(paint, "    ");
  const std::uint64_t all = std::accumulate(found.made.begin(), found.made.end(), std::uint64_t{0});
  std::string extensions;
  for (const auto& extension : found.extensions)
    extensions += (extensions.empty() ? "" : ", ") +
                  (extension.name.empty() ? "without one" : unicode::displayable(extension.name)) + " " +
                  percent_of(extension.added, all);
  if (!extensions.empty()) text += "  by extension: " + extensions + "\n";
  for (std::size_t kind = 1; kind < metrics::made_kinds; ++kind)
    if (found.made[kind] > 0)
      text += "  " + std::string(to_string(static_cast<metrics::Made>(kind))) + ": " + grouped(found.made[kind]) +
              " lines, " + percent_of(found.made[kind], all) + "\n";
  text += part_line("bots", found.bots) + part_line("twins (rebased, cherry-picked)", found.twins);
  text += part_line("in another repository, too", found.elsewhere) + part_line("empty", found.empty);
  text += part_line("format runs", found.formats);
  if (found.binaries > 0) text += "  binary files, without lines: " + grouped(found.binaries) + "\n";
  return text + clock_lines(found);
}

std::string spread_text(const metrics::Spread& spread) {
  return "median " + duration_text(spread.twice_median / 2) + ", " + duration_text(spread.minimum) + " to " +
         duration_text(spread.maximum) + " (n = " + grouped(spread.n) + ")";
}

std::string delivery_text(const metrics::Delivery& delivery, Paint paint) {
  std::string text = heading("Delivery", paint);
  const std::uint64_t hundredths = delivery.days == 0 ? 0 : delivery.deployments * 700 / delivery.days;
  const std::string decimals = std::to_string(100 + hundredths % 100).substr(1);
  text += "  " + std::string(delivery.from_tags ? "tags, which are not deployments (--deploys): " : "deployments: ") +
          (delivery.grade == Grade::incomplete ? "at least " : "") + grouped(delivery.deployments) + ", " +
          grouped(hundredths / 100) + "." + decimals + " a week, " + grade_text(delivery.grade, paint) + "\n";
  if (delivery.lead.n > 0) text += "  from commit to deployment: " + spread_text(delivery.lead) + "\n";
  if (delivery.from_tags) return text + "  failures, recovery, rework: needs --deploys\n";
  text += "  failed: " + percent_of(delivery.failed, delivery.deployments) +
          ", rework: " + percent_of(delivery.rework, delivery.deployments) + "\n";
  if (delivery.recovery.n > 0) text += "  recovered after: " + spread_text(delivery.recovery) + "\n";
  if (delivery.unknown_commits > 0)
    text += "  of commits that are not here: " + grouped(delivery.unknown_commits) + "\n";
  return text;
}

std::string equivalents_text(const Report& report, Paint paint) {
  std::string text = heading("As a number of people: not productivity", paint);
  TextTable table;
  table.column("FIGURE");
  for (const char* title : {"A DAY EACH", "PEOPLE", "MIN", "MEDIAN", "MAX"}) table.column(title, Align::right);
  for (const auto& one : report.equivalents) {
    const bool whole = one.grade != Grade::incomplete;
    table.row({std::string(one.figure), grouped(one.a_day), whole ? grouped(one.people) : "?",
               whole ? grouped(one.windows.minimum) : "?", whole ? halves(one.windows.twice_median) : "?",
               whole ? grouped(one.windows.maximum) : "?"});
  }
  return text + table.take(paint, "  ");
}

std::string amount_text(const metrics::Cost& cost, Paint paint) {
  std::string text = heading("Cost", paint) + "  " + grouped(cost.hundredths / 100) + "." +
                     std::to_string(100 + cost.hundredths % 100).substr(1) + ", " + cost.source;
  for (const metrics::CostShare& share : cost.shares) {
    std::string name = share.key;
    std::replace(name.begin(), name.end(), '_', ' ');
    if (!share.text.empty()) text += "; " + name + " " + share.text;
  }
  return text + "\n";
}

std::string verdict_text(metrics::Verdict verdict, Paint paint) {
  const std::string text(to_string(verdict));
  if (verdict == metrics::Verdict::wrong) return paint.red(text);
  return verdict == metrics::Verdict::cannot_be_judged ? paint.yellow(text) : paint.green(text);
}

std::string claims_text(const Report& report, Paint paint) {
  if (report.judgements.empty()) return {};
  std::string text = paint.bold("Claims") + "\n";
  for (const auto& one : report.judgements)
    text += "  " + std::to_string(one.claim.line) + "  " + shortened(one.claim.text, 70) + "\n     " +
            unicode::displayable(one.claim.number.written) + " " + verdict_text(one.verdict, paint) + ": " +
            unicode::displayable(one.because) + "\n";
  return text + "\n";
}

std::string charts(const Report& report, Paint paint) {
  std::string text;
  for (const std::string_view name : {"commits", "lines_added"}) {
    const Figure& figure = *metrics::find_figure(report.figures, name);
    if (!figure.windows || figure.windows->n < 2) continue;
    std::optional<std::uint64_t> claimed;
    for (const auto& one : report.judgements)
      if (one.claim.figure == name && one.windows && one.claim.period.length.days == report.question.window)
        claimed = one.claim.number.value / metrics::one;
    text += heading(std::string(name) + " in " + count_of(figure.windows->n, "window") + " of " +
                        count_of(report.question.window, "day"),
                    paint) +
            window_chart(*figure.windows, claimed, paint);
  }
  return text;
}

}  // namespace

std::string metrics_text(const Report& report, Paint paint) {
  std::string text = repository_lines(report, paint) + claims_text(report, paint);
  text += metrics::date_of(report.range.first) + " to " + metrics::date_of(report.range.last) + ", " +
          count_of(report.range.days(), "day") + " in UTC\n" + repository_table(report, paint) + "\n";
  text += figure_table(report.figures, report.question.window, paint);
  std::vector<std::string> reasons;
  for (const Figure& figure : report.figures)
    for (const std::string& reason : figure.reasons)
      if (std::find(reasons.begin(), reasons.end(), reason) == reasons.end()) reasons.push_back(reason);
  for (const std::string& reason : reasons) text += "  " + reason + "\n";
  text += charts(report, paint) + inflation_text(report.inflation, paint) + delivery_text(report.delivery, paint);
  text += heading("Who knows it", paint) + figure_table(report.assimilation, report.question.window, paint);
  text += equivalents_text(report, paint);
  if (report.cost) text += amount_text(*report.cost, paint);
  return text;
}

}  // namespace cascade::rendering
