#include "usage/team_text.h"

#include "render/parts.h"
#include "render/text_table.h"
#include "unicode/utf8.h"
#include "usage/interval.h"
#include "usage/render.h"

#include <algorithm>

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
  if (line[Counted::judged] == 0) return "-";
  const usage::Share share = difference_of_line(line);
  return signed_percent(share.value) + " (" + signed_percent(share.low) + " to " + signed_percent(share.high) + ")";
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
  for (const char* title : {"SENT", "USED - PLACEBO", "n", "TOKENS", "WASTED", "LOADS", "IGNORED", "SESSIONS"})
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
