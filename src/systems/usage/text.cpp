// For people: what the figures are about and what is missing from them, a row for each manifest, what was wasted, and
// what can be done about it with one command each.

#include <algorithm>
#include <iterator>

#include "render/parts.h"
#include "render/text_table.h"
#include "unicode/utf8.h"
#include "usage/render.h"

namespace cascade::rendering {
namespace {

using unicode::displayable;
using usage::Figures;
using usage::Report;
using usage::Row;
using usage::Share;

std::string points(std::int64_t millionths) {
  const std::int64_t tenths = (millionths + (millionths < 0 ? -500 : 500)) / 1'000;
  const std::int64_t size = tenths < 0 ? -tenths : tenths;
  return (tenths < 0 ? "-" : "") + std::to_string(size / 10) + "." + std::to_string(size % 10);
}

std::string difference_text(const Figures& figures) {
  return figures.used.of == 0 ? "-" : share_text(figures.difference());
}

std::string count_text(std::uint64_t count) { return count == 0 ? "-" : grouped(count); }

// At most so many rows; those that are left out are one row more, so that what is shown adds up to the totals.
std::vector<Row> with_rest(const std::vector<Row>& rows, std::size_t most) {
  if (rows.size() <= most) return rows;
  std::vector<Row> shown(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(most));
  Row rest;
  rest.name = "(" + grouped(rows.size() - most) + " more)";
  for (std::size_t i = most; i < rows.size(); ++i) rest += rows[i];
  shown.push_back(std::move(rest));
  return shown;
}

std::string row_table(const std::vector<Row>& rows, std::string_view title, std::size_t most, Paint paint) {
  TextTable table;
  table.column(title);
  table.columns({"SENT", "USED", "n", "TOKENS", "WASTED", "LOADS", "IGNORED", "OFFERS", "TAKEN", "REFUSED", "SESSIONS"},
                Align::right);
  for (const Row& row : with_rest(rows, most)) {
    const Figures& figures = row.figures;
    table.row({displayable(row.name), count_text(figures.sent), difference_text(figures), count_text(figures.used.of),
               count_text(figures.tokens), count_text(figures.wasted_tokens), count_text(row.loads),
               count_text(row.ignored), count_text(row.offers), count_text(row.taken), count_text(row.refused),
               grouped(row.session_count())});
  }
  return table.take(paint) + (rows.size() > most ? "--format json has all\n" : "");
}

std::string group_table(const std::vector<Row>& rows, std::string_view title, std::size_t most, Paint paint) {
  TextTable table;
  table.column(title);
  table.columns({"SENT", "USED", "TOKENS", "WASTED", "SESSIONS"}, Align::right);
  for (const Row& row : with_rest(rows, most))
    table.row({row.name.empty() ? "(unknown)" : displayable(row.name), count_text(row.figures.sent),
               difference_text(row.figures), count_text(row.figures.tokens), count_text(row.figures.wasted_tokens),
               grouped(row.session_count())});
  return table.take(paint) + (rows.size() > most ? "--format json has all\n" : "");
}

std::string signs_text(const Figures& figures) {
  std::string text;
  for (const usage::Sign sign : usage::all_signs) {
    const auto at = figures.signs.find(sign);
    text += std::string(text.empty() ? "" : ", ") + usage::to_string(sign) + " " +
            grouped(at == figures.signs.end() ? 0 : at->second);
  }
  return text;
}

std::string gaps_text(const Report& report, Paint paint) {
  std::string text;
  for (const usage::Gap& gap : report.gaps)
    text += paint.yellow("not counted: ") + grouped(gap.count) + " " + usage::gap_words(gap.kind) + ": " +
            displayable(gap.first) + (gap.count > 1 ? " and more" : "") + "\n";
  return text;
}

// What sending did, where chance decided about it.
std::string explored_text(const usage::Explored& explored) {
  const usage::Count sent = explored.sent(), withheld = explored.withheld();
  if (sent.of + withheld.of == 0) return {};
  std::string text = "left to chance: " + count_of(sent.of, "section") + " sent, " + grouped(sent.hits) + " used; " +
                     grouped(withheld.of) + " withheld, " + grouped(withheld.hits) + " followed all the same";
  if (sent.of == 0 || withheld.of == 0) return text + "\n";
  return text + "; what sending did: " + share_text(explored.difference()) + "\n";
}

std::string summary_text(const Report& report) {
  const Figures& all = report.all;
  std::string text = count_of(report.sessions, "session") + ", " + grouped(report.with_log) + " with a log; " +
                     count_of(all.sent, "section") + " sent, " + grouped(all.tokens) + " tokens" +
                     (report.all_tokens > all.tokens ? " of the " + grouped(report.all_tokens) +
                                                           " that cascade session list counts: the rest is offers, "
                                                           "cards and marks"
                                                     : "") +
                     "\n";
  if (all.used.of == 0) return text + "no section could be judged\n";
  text += "used, less what sections that were not sent show: at least " + difference_text(all) + ", from " +
          grouped(all.used.of) + " sections; steps without a name, and other words for them, leave no trace\n";
  text += "shown by: " + signs_text(all) + "\n";
  text += explored_text(report.explored);
  if (all.wasted > 0)
    text += "wasted: " + count_of(all.wasted, "section") + " of which nothing was used in " +
            std::to_string(usage::long_session) + " answers or more, " + grouped(all.wasted_tokens) +
            " tokens, carried " + grouped(all.carried_tokens) + " token requests long\n";
  return text;
}

// A command to copy. A prompt that is long or of several lines is left to its reader.
std::string why_command(const std::string& name, const std::string& prompt) {
  constexpr std::size_t longest = 200;
  std::string quoted;
  for (const char c : prompt) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  const bool is_plain =
      prompt.size() <= longest && displayable(prompt) == prompt && prompt.find('\n') == std::string::npos;
  return "cascade why " + displayable(name) + " --prompt " + (is_plain ? "'" + quoted + "'" : "\"...\"");
}

std::string never_text(const usage::Actions& actions) {
  std::string text;
  if (!actions.never_fired.empty()) {
    text += "\n" + grouped(actions.never_fired.size()) + " of your skills and commands never came:\n";
    for (const usage::NeverFired& one : actions.never) {
      text += "  " + displayable(one.name) + (one.near.empty() ? ": no prompt spoke for it\n" : ", nearest to it:\n");
      for (const usage::Refusal& refusal : one.near)
        text += "    \"" + shortened(refusal.prompt, 60) + "\": place " + std::to_string(refusal.place) +
                (refusal.place > 1 ? " after " + displayable(refusal.first) : "") +
                (refusal.needed > 0 ? ", by itself " + std::to_string(refusal.points) + " points of " +
                                          std::to_string(refusal.needed) + " for an offer"
                                    : std::string()) +
                "\n";
      if (!one.near.empty()) text += "    " + why_command(one.name, one.near.front().prompt) + "\n";
    }
    if (actions.never_fired.size() > actions.never.size())
      text += "  and " + grouped(actions.never_fired.size() - actions.never.size()) + " more\n";
  }
  return text;
}

std::string actions_text(const usage::Actions& actions) {
  std::string text;
  if (!actions.silence.empty()) {
    std::string names;
    for (const std::string& name : actions.silence) names += " " + displayable(name);
    text +=
        "\nNot used more than by chance. Silence them (undone by: cascade usage restore):\n  cascade usage silence" +
        names +
        "\nIn every project and client, only when you call them (undone by: cascade skills on):\n  cascade skills "
        "name" +
        names + "\n";
  }
  text += never_text(actions);
  if (!actions.overlaps.empty()) {
    text +=
        "\nThese answer the same prompts; cascade usage --prompts=mine.jsonl, then cascade eval mine.jsonl "
        "--confusions:\n";
    for (const usage::Overlap& one : actions.overlaps) {
      text += "  " + displayable(one.a) + " and " + displayable(one.b) + ", " + count_of(one.prompts, "prompt") + "\n";
      text += "    " + why_command(one.second, one.prompt) + "\n";
    }
    if (actions.overlapping > actions.overlaps.size())
      text += "  and " + grouped(actions.overlapping - actions.overlaps.size()) + " more pairs\n";
  }
  return text;
}

bool is_enough(const Report& report) {
  return report.with_log >= usage::least_sessions && report.all.used.of >= usage::least_exposures;
}

// What the figures say, before all figures; where they say nothing yet, they come first and then why.
std::string answer_text(const Report& report, bool is_all_well) {
  const usage::Figures& all = report.all;
  if (!is_enough(report))
    return "Too few sessions to advise what to silence: " + grouped(report.with_log) + " of " +
           grouped(usage::least_sessions) + " with a log, " + grouped(all.used.of) + " of " +
           grouped(usage::least_exposures) + " sections that could be judged\n";
  return "At least " + grouped(all.used.hits) + " of " + grouped(all.used.of) + " sections that were sent were used, " +
         signed_percent(all.difference().value) + " against chance" + (is_all_well ? "; nothing to do" : "; to do:") +
         "\n";
}

std::string fate_text(const usage::Fate& fate) {
  if (!fate.known) return "not known";
  if (!fate.shown.any()) return fate.wasted ? "wasted" : "nothing shows use";
  std::string text;
  for (const usage::Sign sign : usage::all_signs)
    if (fate.shown.is(sign)) text += (text.empty() ? "" : ", ") + std::string(usage::to_string(sign));
  return text;
}

}  // namespace

std::string share_text(const Share& share) {
  return (share.value >= 500 ? "+" : "") + points(share.value) + " ± " +
         points(std::max(share.value - share.low, share.high - share.value)) + " %";
}

std::string signed_percent(std::int64_t millionths) {
  return (millionths >= 500 ? "+" : "") + points(millionths) + " %";
}

std::string usage_text(const Report& report, const usage::Actions& actions, Paint paint) {
  constexpr std::size_t most_rows = 40, most_groups = 12;
  const std::string todo = actions_text(actions);
  const std::string answer = answer_text(report, todo.empty()),
                    figures = summary_text(report) + gaps_text(report, paint);
  std::string text = is_enough(report) ? answer + "\n" + (todo.empty() ? "" : todo.substr(1) + "\n") + figures
                                       : figures + "\n" + answer + todo;
  if (!report.manifests.empty()) text += "\n" + row_table(report.manifests, "MANIFEST", most_rows, paint);
  if (report.projects.size() > 1) text += "\n" + group_table(report.projects, "PROJECT", most_groups, paint);
  if (report.weeks.size() > 1) text += "\n" + group_table(report.weeks, "WEEK", most_groups, paint);
  return text;
}

std::string session_report_text(const Report& report, Paint paint) {
  TextTable table;
  table.column("LINE", Align::right);
  table.columns({"MANIFEST", "SECTION"});
  table.columns({"TOKENS", "ANSWERS"}, Align::right);
  table.column("SHOWN BY");
  for (const usage::Fate& fate : report.fates)
    table.row({std::to_string(fate.sequence), displayable(fate.manifest),
               fate.heading.empty() ? "(lead)" : displayable(fate.heading), grouped(fate.tokens),
               std::to_string(fate.shown.answers), fate_text(fate)});
  return summary_text(report) + gaps_text(report, paint) + (table.empty() ? "" : "\n" + table.take(paint));
}

}  // namespace cascade::rendering

namespace cascade::usage {

std::string gap_words(std::string_view kind) {
  const auto at =
      std::find_if(std::begin(gaps::all), std::end(gaps::all), [&](const GapRow& w) { return w.kind == kind; });
  return std::string(at == std::end(gaps::all) ? kind : at->words);
}

}  // namespace cascade::usage
