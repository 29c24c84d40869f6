// One program of its own reads each repository, one after the other; the figures are made of all of them together.
#include "cli/call.h"
#include "cli/environment.h"
#include "files/tree.h"
#include "metrics/report.h"
#include "render/parts.h"
#include "syntax/put.h"
#include "text/ascii.h"
#include "unicode/utf8.h"

#include <cascade/render.h>

#include <algorithm>
#include <chrono>
#include <numeric>
#include <utility>

namespace cascade::rendering {
namespace {

// half of it, in decimal: "12", "12.5"
std::string halves(std::uint64_t twice) { return grouped(twice / 2) + (twice % 2 == 0 ? "" : ".5"); }

// "50.8 %"; of 0: "-"
std::string percent_of(std::uint64_t part, std::uint64_t of) {
  if (of == 0) return "-";
  const std::uint64_t tenths = metrics::per_mille(part, of);
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " %";
}

constexpr std::uint64_t most_bars = 12;

// A round number such that so many classes hold everything up to `maximum`: 1, 2, 5, 10, 20, 50 …
std::uint64_t class_width(std::uint64_t maximum) {
  for (std::uint64_t scale = 1;; scale *= 10)
    for (const std::uint64_t step : {1, 2, 5})
      if (maximum / (step * scale) < most_bars) return step * scale;
}

using metrics::Figure, metrics::Grade, metrics::Report;

std::string shown_id(const std::string& id) { return id.substr(0, 10); }

std::string grade_text(Grade grade, Paint paint) {
  const std::string text(to_string(grade));
  return grade == Grade::incomplete ? paint.red(text) : grade == Grade::exact ? text : paint.yellow(text);
}

// A share in per cent; what may be larger says so.
std::string value_text(const Figure& figure) {
  if (figure.grade == Grade::needs_forge) return "-";
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
  const std::string extensions = letters::joined(found.extensions, ", ", [&](const auto& extension) {
    return (extension.name.empty() ? "without one" : unicode::displayable(extension.name)) + " " +
           percent_of(extension.added, all);
  });
  if (!extensions.empty()) text += "  by extension: " + extensions + "\n";
  for (std::size_t kind = 1; kind < metrics::made_kinds; ++kind)
    if (found.made[kind] > 0)
      text += "  " + std::string(to_string(static_cast<metrics::Made>(kind))) + ": " + grouped(found.made[kind]) +
              " lines, " + percent_of(found.made[kind], all) + "\n";
  text += part_line("bots", found.bots) + part_line("twins (rebased, cherry-picked)", found.twins);
  text += part_line("in another repository, too", found.elsewhere) + part_line("empty", found.empty);
  text += part_line("format runs", found.formats);
  if (found.binaries > 0) text += "  binary files, without lines: " + grouped(found.binaries) + "\n";
  if (found.future > 0) text += "  dated in the future, in no window: " + count_of(found.future, "commit") + "\n";
  if (found.backwards > 0) text += "  dated before their parents: " + count_of(found.backwards, "commit") + "\n";
  if (found.impossible > 0) text += "  with an impossible date: " + count_of(found.impossible, "commit") + "\n";
  return text;
}

std::string verdict_text(metrics::Verdict verdict, Paint paint) {
  const std::string text(to_string(verdict));
  if (verdict == metrics::Verdict::wrong) return paint.red(text);
  const bool holds = verdict == metrics::Verdict::holds || verdict == metrics::Verdict::in_best_window;
  return holds ? paint.green(text) : paint.yellow(text);
}

std::string claims_text(const Report& report, Paint paint) {
  if (report.judgements.empty()) return {};
  std::string text = paint.bold("Claims") + "\n";
  for (const auto& one : report.judgements)
    text += "  " + std::to_string(one.claim.line) + "  " + shortened(one.claim.text, 70) + "\n     " +
            (one.claim.is_prose ? "" : unicode::displayable(one.claim.number.written) + " ") +
            verdict_text(one.verdict, paint) + ": " + unicode::displayable(one.because) + "\n";
  return text + "\n";
}

// cascade.metrics/1 (docs/formats/metrics.md).
using metrics::Windows, syntax::JsonWriter;

// A median between two numbers ends in .5, which is exact.
std::string half_literal(std::uint64_t twice) { return std::to_string(twice / 2) + (twice % 2 == 0 ? "" : ".5"); }

void put_windows(JsonWriter& json, const Windows& windows, Grade grade) {
  put(json.key("windows").begin_object(), "grade", to_string(grade), "n", windows.n, "minimum", windows.minimum)
      .key("median")
      .literal(half_literal(windows.twice_median));
  put(json, "maximum", windows.maximum, "best", metrics::date_of(windows.best));
  const std::uint64_t width = windows.values.empty() ? 1 : class_width(windows.maximum);
  std::vector<std::uint64_t> counts(windows.values.empty() ? 0 : windows.maximum / width + 1);
  for (const std::uint64_t value : windows.values) ++counts[value / width];  // class i begins at i * width
  put_object(json, "classes", "width", width, "counts", counts).end_object();
}

// An incomplete figure has no value: who reads only that must not take a part for the whole.
void put_figure(JsonWriter& json, const Figure& figure) {
  put(json.begin_object(), "name", figure.name, "unit", figure.unit, "grade", to_string(figure.grade));
  if (figure.grade == Grade::incomplete)
    put(json.key("value").null(), "at_least", figure.value);
  else if (figure.grade == Grade::needs_forge)
    json.key("value").null();
  else
    put(json, "value", figure.value);
  if (figure.of) {
    put(json, "of", *figure.of);
    if (figure.grade != Grade::incomplete) put(json, "per_mille", metrics::per_mille(figure.value, *figure.of));
  }
  put(json, "n", figure.n);
  if (figure.windows) put_windows(json, *figure.windows, figure.windows_grade);
  put(json, "how", figure.how, "reasons", figure.reasons);
  json.end_object();
}

void put_figures(JsonWriter& json, std::string_view key, const std::vector<Figure>& figures) {
  json.key(key).array(figures, [&](const Figure& figure) { put_figure(json, figure); });
}

void put_repositories(JsonWriter& json, const Report& report) {
  json.key("repositories").objects(report.repositories, [&](const auto& row) {
    put(json, "name", row.name, "branch", row.branch, "head", row.head, "format", row.format);
    json.key("gaps").objects(row.gaps, [&](const metrics::Gap& gap) {
      put(json, "kind", gap.kind, "count", gap.count, "first", gap.first, "help", gap.help);
    });
    put(json, "elsewhere", row.elsewhere);
    if (report.repositories.size() > 1) put_figures(json, "figures", row.figures);
  });
}

void put_part(JsonWriter& json, std::string_view key, const metrics::Part& part) {
  put_object(json, key, "commits", part.commits, "lines_added", part.added);
}

void put_inflation(JsonWriter& json, const metrics::Inflation& found) {
  put(json.key("inflation").begin_object(), "grade", to_string(found.grade), "lines_added", found.added);
  json.key("largest").objects(found.largest, [&](const auto& commit) {
    put(json, "repository", commit.repository, "id", commit.id, "date", commit.date, "subject", commit.subject,
        "lines_added", commit.added);
  });
  json.key("made").begin_object();
  for (std::size_t kind = 0; kind < metrics::made_kinds; ++kind)
    put(json, to_string(static_cast<metrics::Made>(kind)), found.made[kind]);
  json.end_object().key("extensions").objects(found.extensions, [&](const auto& extension) {
    put(json, "name", extension.name, "lines_added", extension.added);
  });
  put_part(json, "bots", found.bots);
  put_part(json, "twins", found.twins);
  put_part(json, "elsewhere", found.elsewhere);
  put_part(json, "empty", found.empty);
  put_part(json, "formats", found.formats);
  put(json, "binary_files", found.binaries, "future", found.future, "backwards", found.backwards, "impossible",
      found.impossible)
      .end_object();
}

// A number in the claim's own unit, as the claim rounds it or to three places.
void put_optional(JsonWriter& json, std::string_view key, const std::optional<metrics::Millionths>& value) {
  std::string text = value ? metrics::decimal_text(*value) : "null";
  std::erase(text, ',');
  json.key(key).literal(text);
}

void put_claims(JsonWriter& json, const Report& report) {
  json.key("claims").objects(report.judgements, [&](const auto& one) {
    const metrics::Claim& claim = one.claim;
    put(json, "line", claim.line, "text", claim.text, "figure", claim.figure, "part",
        claim.part.empty() ? claim.person : claim.part, "written", claim.number.written, "comparison",
        to_string(claim.number.comparison));
    put_optional(json, "claimed", claim.number.written.empty() ? std::nullopt : std::optional(claim.number.value));
    put_optional(json, "to", claim.number.to);
    put(json, "unit", claim.number.is_share ? "%" : "", "period", text_of(claim.period));
    json.key("per").array(claim.per, [&](const metrics::Per& per) { json.string(text_of(per)); });
    put(json, "verdict", to_string(one.verdict), "because", one.because);
    put_optional(json, "found", one.found);
    if (one.windows) put_windows(json, *one.windows, one.windows_grade);
  });
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
      if (std::ranges::find(reasons, reason) == reasons.end()) reasons.push_back(reason);
  for (const std::string& reason : reasons) text += "  " + reason + "\n";
  text += inflation_text(report.inflation, paint);
  text += heading("Who knows it", paint) + figure_table(report.assimilation, report.question.window, paint);
  return text;
}

std::string metrics_json(const Report& report) {
  JsonWriter json = document("cascade.metrics/1");
  put(json, "since", metrics::date_of(report.range.first), "until", metrics::date_of(report.range.last), "days",
      report.range.days(), "window_days", report.question.window, "complete", !report.is_incomplete());
  put_claims(json, report);
  put_repositories(json, report);
  put_figures(json, "figures", report.figures);
  put_inflation(json, report.inflation);
  put_figures(json, "assimilation", report.assimilation);
  return finish(json);
}

}  // namespace cascade::rendering

namespace cascade::cli {
namespace {

constexpr std::uint64_t largest_file = 64u << 20;  // of requests
constexpr std::uint64_t largest_claims = 1u << 20;

struct MetricsOptions {
  std::vector<std::string> repositories;
  std::optional<std::string> since, until, window, forge, claim, branch;
};

// "7d", "2w", or a number of days. Null: neither, or more than ten years.
std::optional<std::uint32_t> days_of(std::string_view text) {
  constexpr std::uint32_t most = 3'660;
  const std::uint32_t factor = !text.empty() && text.back() == 'w' ? 7 : 1;
  if (!text.empty() && (text.back() == 'd' || text.back() == 'w')) text.remove_suffix(1);
  std::uint32_t days = 0;
  if (text.empty() || text.size() > 4) return std::nullopt;
  for (const char c : text) {
    if (!letters::is_digit(c)) return std::nullopt;
    days = days * 10 + static_cast<std::uint32_t>(c - '0');
  }
  days *= factor;
  return days >= 1 && days <= most ? std::optional(days) : std::nullopt;
}

Result<metrics::Question> question_of(const MetricsOptions& options) {
  metrics::Question question;
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  question.today = metrics::day_of(std::chrono::duration_cast<std::chrono::seconds>(now).count()).value_or(0);
  if (options.window) {
    const auto days = days_of(*options.window);
    if (!days) return misuse("--window is a number of days, at most ten years", "as in --window 7d");
    question.window = *days;
  }
  for (const auto& [given, into] : {std::pair(&options.since, &question.since), {&options.until, &question.until}}) {
    if (!*given) continue;
    *into = metrics::day_of_date(**given);
    if (!*into) return misuse("'" + **given + "' is no date", "a day in UTC, as in --since 2026-01-31");
  }
  if (question.since && question.until && *question.until < *question.since)
    return misuse("--until is before --since", "both days count");
  return question;
}

Result<metrics::Outside> outside_of(const MetricsOptions& options) {
  metrics::Outside outside;
  const files::DiskTree disk;
  if (options.forge) {
    const auto text = disk.read(*options.forge, largest_file);
    if (!text) return text.error();
    auto requests = metrics::read_forge(*text, *options.forge);
    if (!requests) return requests.error();
    outside.forge = *std::move(requests);
  }
  if (options.claim) {
    const auto text = disk.read(*options.claim, largest_claims);
    if (!text) return text.error();
    outside.claims = metrics::read_claims(*text);
    if (outside.claims->empty())
      return Error{ErrorCode::malformed, "nothing in it claims a figure", *options.claim,
                   "as in: | commits in 7 days | 962 |"};
  }
  return outside;
}

}  // namespace

Exit run_metrics(Call& call) {
  MetricsOptions options;
  Arguments arguments("metrics");
  arguments.text("--since", options.since);
  arguments.text("--until", options.until);
  arguments.text("--window", options.window);
  arguments.text("--branch", options.branch);
  arguments.text("--forge", options.forge);
  arguments.text("--claim", options.claim);
  arguments.words("REPO", options.repositories, 0, 1'000);
  if (const auto ended = call.read(arguments, {Format::text, Format::json})) return *ended;
  auto question = question_of(options);
  if (!question) return call.console().fail(question.error());
  const auto outside = outside_of(options);
  if (!outside) return call.console().fail(outside.error());
  if (options.repositories.empty()) options.repositories = {"."};
  std::vector<metrics::History> histories;
  for (const std::string& repository : options.repositories) {
    auto history = metrics::read_history(git_program(), repository, options.branch.value_or(""));
    if (!history) return call.console().fail(history.error());
    histories.push_back(*std::move(history));
    call.step("history");
  }
  const metrics::Report report = metrics::report_of(std::move(histories), *outside, *question);
  call.step("figures");
  call.console().print(call.format() == Format::json ? rendering::metrics_json(report)
                                                     : rendering::metrics_text(report, call.console().paint()));
  if (report.is_incomplete()) {
    call.console().complain("the history is incomplete: what is graded so may be larger than it is shown");
    return Exit::failed;
  }
  for (const auto& one : report.judgements)
    if (one.verdict != metrics::Verdict::holds && one.verdict != metrics::Verdict::in_best_window) return Exit::no;
  return Exit::yes;
}

}  // namespace cascade::cli
