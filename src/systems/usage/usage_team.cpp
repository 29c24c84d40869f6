#include "usage/usage_team.h"

#include <algorithm>

#include "files/process.h"
#include "hash/content_hash.h"
#include "render/parts.h"
#include "render/text_table.h"
#include "store/state_store.h"
#include "unicode/utf8.h"
#include "usage/figures.h"
#include "usage/render.h"

namespace cascade::cli {
namespace {

using team::Counted;
using team::Line;

Result<team::Team> open_team(const Call& call) {
  const auto options = configured_store(call.environment(), false, false);
  if (!options) return options.error();
  if (options->server.empty())
    return Error{ErrorCode::not_found,
                 "a team's figures are joined in a PostgreSQL store, and none is named",
                 {},
                 "write `store: postgresql://HOST/DATABASE` into your own cascade.yaml, see `cascade help leases`"};
  return team::Team::open(*options);
}

// One user of one machine, as nothing but a hash.
std::string member_of(const Environment& environment) {
  return hash::to_hex(hash::hash64("usage " + files::machine() + " " + environment.state));
}

Line line_of(const std::string& week, const usage::Row& row, usage::Names names) {
  Line line{week, names == usage::Names::plain ? row.name : hash::to_hex(hash::hash64(row.name)), {}};
  const usage::Figures& figures = row.figures;
  line[Counted::sent] = figures.sent;
  line[Counted::judged] = figures.used.of;
  line[Counted::used] = figures.used.hits;
  line[Counted::placebos] = figures.placebo.of;
  line[Counted::placebos_used] = figures.placebo.hits;
  line[Counted::tokens] = figures.tokens;
  line[Counted::wasted_tokens] = figures.wasted_tokens;
  line[Counted::loads] = row.loads;
  line[Counted::loads_ignored] = row.ignored;
  line[Counted::offers] = row.offers;
  line[Counted::offers_taken] = row.taken;
  line[Counted::refused] = row.refused;
  line[Counted::sessions] = row.session_count();
  return line;
}

// A week that began before the first day that was asked for would be shared in part.
std::vector<Line> lines_of(const usage::Report& report, usage::Names names) {
  constexpr std::int64_t day = 86'400;
  std::vector<Line> lines;
  const std::string cut = usage::week_of(report.since);
  const bool is_cut = usage::week_of(report.since - day) == cut;
  for (const auto& [week, rows] : report.by_week)
    for (const usage::Row& row : rows)
      if (!is_cut || week != cut) lines.push_back(line_of(week, row, names));
  return lines;
}

}  // namespace

Exit share_figures(Call& call, const usage::Report& report, usage::Names names, bool dry_run) {
  const std::vector<Line> lines = lines_of(report, names);
  if (dry_run) {
    call.console().print(rendering::shared_lines(lines));
    return Exit::yes;
  }
  auto team = open_team(call);
  if (!team) return call.console().fail(team.error());
  if (auto done = team->share(member_of(call.environment()), lines); !done) return call.console().fail(done.error());
  call.console().print("shared " + std::to_string(lines.size()) +
                       " rows of names and counts\nnext: cascade usage --team shows everybody's; cascade usage "
                       "withdraw takes yours back\n");
  return Exit::yes;
}

Exit withdraw_figures(Call& call, bool dry_run) {
  auto team = open_team(call);
  if (!team) return call.console().fail(team.error());
  if (!dry_run)
    if (auto done = team->withdraw(member_of(call.environment())); !done) return call.console().fail(done.error());
  call.console().print(dry_run ? "what this machine shared would be gone\n" : "what this machine shared is gone\n");
  return Exit::yes;
}

Exit show_team(Call& call, const usage::Question& question, Format format) {
  auto team = open_team(call);
  if (!team) return call.console().fail(team.error());
  const std::string first = usage::week_of(question.since), last = usage::week_of(question.until);
  const auto joined = team->joined(first, last);
  if (!joined) return call.console().fail(joined.error());
  return call.console().show(rendering::team_report(*joined, {first, last}, format, call.console().paint()));
}

}  // namespace cascade::cli

namespace cascade::rendering {
namespace {

using syntax::JsonWriter;
using team::Counted;
using team::Line;

void put_counts(JsonWriter& json, const Line& line) {
  for (std::size_t i = 0; i < team::counted; ++i) json.key(to_string(static_cast<Counted>(i))).number(line.counts[i]);
}

usage::Share difference_of_line(const Line& line) {
  return usage::difference_of({line[Counted::used], line[Counted::judged]},
                              {line[Counted::placebos_used], line[Counted::placebos]});
}

std::string difference_text(const Line& line) {
  return line[Counted::judged] == 0 ? "-" : share_text(difference_of_line(line));
}

std::string json_text(const team::Joined& joined, const Weeks& weeks) {
  JsonWriter json = document("cascade.usage-team/1");
  json.key("first_week").string(weeks.first).key("last_week").string(weeks.last);
  json.key("members").number(joined.members).key("manifests").objects(joined.lines, [&](const Line& line) {
    json.key("name").string(line.manifest);
    put_counts(json, line);
    json.key("used_minus_placebo");
    if (line[Counted::judged] == 0) {
      json.null();
    } else {
      const usage::Share share = difference_of_line(line);
      json.begin_object().key("ppm").integer(share.value).key("low_ppm").integer(share.low);
      json.key("high_ppm").integer(share.high).end_object();
    }
  });
  return finish(json);
}

}  // namespace

Result<std::string> team_report(const team::Joined& joined, const Weeks& weeks, Format format, Paint paint) {
  if (format == Format::json) return json_text(joined, weeks);
  if (format != Format::text) return no_format("usage", format);
  std::vector<Line> lines = joined.lines;
  std::stable_sort(lines.begin(), lines.end(),
                   [](const Line& a, const Line& b) { return a[Counted::tokens] > b[Counted::tokens]; });
  std::string text = count_of(joined.members, "member") + ", " + weeks.first + " to " + weeks.last + "\n";
  TextTable table;
  table.column("MANIFEST");
  for (const char* title : {"SENT", "USED", "n", "TOKENS", "WASTED", "LOADS", "IGNORED", "SESSIONS"})
    table.column(title, Align::right);
  for (const Line& line : lines)
    table.row({unicode::displayable(line.manifest), grouped(line[Counted::sent]), difference_text(line),
               grouped(line[Counted::judged]), grouped(line[Counted::tokens]), grouped(line[Counted::wasted_tokens]),
               grouped(line[Counted::loads]), grouped(line[Counted::loads_ignored]), grouped(line[Counted::sessions])});
  return text + (lines.empty() ? "" : "\n" + table.take(paint));
}

std::string shared_lines(const std::vector<Line>& lines) {
  std::string text;
  for (const Line& line : lines) {
    JsonWriter json(JsonWriter::Style::compact);
    json.begin_object().key("week").string(line.week).key("manifest").string(line.manifest);
    put_counts(json, line);
    text += json.end_object().take() + "\n";
  }
  return text;
}

}  // namespace cascade::rendering
