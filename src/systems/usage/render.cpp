// cascade.usage/1 and cascade.session-report/1 (docs/formats/usage.md, docs/formats/session.md). Shares are
// whole millionths.
#include "usage/render.h"

#include "render/parts.h"

namespace cascade::rendering {
namespace {

using syntax::JsonWriter;
using usage::Figures;
using usage::Report;

void put_signs(JsonWriter& json, std::string_view key, const std::map<usage::Sign, std::uint64_t>& counts) {
  json.key(key).begin_object();
  for (const usage::Sign sign : usage::all_signs) {
    const auto at = counts.find(sign);
    json.key(usage::to_string(sign)).number(at == counts.end() ? 0 : at->second);
  }
  json.end_object();
}

void put_share(JsonWriter& json, const Figures& figures) {
  json.key("used_minus_placebo");
  if (figures.used.of == 0) {
    json.null();
    return;
  }
  const usage::Share share = figures.difference();
  json.begin_object().key("ppm").integer(share.value).key("low_ppm").integer(share.low);
  json.key("high_ppm").integer(share.high).end_object();
}

void put_figures(JsonWriter& json, const Figures& figures) {
  json.key("sent").number(figures.sent).key("judged").number(figures.used.of).key("unknown").number(figures.unknown);
  json.key("tokens").number(figures.tokens).key("used").number(figures.used.hits);
  json.key("placebo_used").number(figures.placebo.hits).key("placebos").number(figures.placebo.of);
  put_share(json, figures);
  put_signs(json, "signs", figures.signs);
  put_signs(json, "placebo_signs", figures.placebo_signs);
  json.key("wasted").begin_object().key("sections").number(figures.wasted);
  json.key("tokens").number(figures.wasted_tokens).key("carried_tokens").number(figures.carried_tokens).end_object();
}

void put_explored(JsonWriter& json, const usage::Explored& explored) {
  json.key("explored").begin_object().key("by_probability").begin_array();
  for (const auto& [ppm, counts] : explored.by_chance) {
    json.begin_object().key("withheld_ppm").number(ppm);
    json.key("sent").number(counts.first.of).key("used").number(counts.first.hits);
    json.key("withheld").number(counts.second.of).key("followed").number(counts.second.hits).end_object();
  }
  json.end_array().key("effect");
  if (explored.sent().of == 0 || explored.withheld().of == 0) {
    json.null();
  } else {
    const usage::Share share = explored.difference();
    json.begin_object().key("ppm").integer(share.value).key("low_ppm").integer(share.low);
    json.key("high_ppm").integer(share.high).end_object();
  }
  json.end_object();
}

void put_rows(JsonWriter& json, std::string_view key, const std::vector<usage::Row>& rows, bool counts_loads) {
  json.key(key).objects(rows, [&](const usage::Row& row) {
    json.key("name").string(row.name);
    put_figures(json, row.figures);
    if (counts_loads) {
      json.key("loads").number(row.loads).key("loads_ignored").number(row.ignored);
      json.key("offers").number(row.offers).key("offers_taken").number(row.taken);
      json.key("refused").number(row.refused);
    }
    json.key("sessions").number(row.session_count());
  });
}

void put_gaps(JsonWriter& json, const Report& report) {
  json.key("gaps").objects(report.gaps, [&](const usage::Gap& gap) {
    json.key("kind").string(gap.kind).key("count").number(gap.count).key("first").string(gap.first);
  });
}

void put_actions(JsonWriter& json, const usage::Actions& actions) {
  json.key("actions").begin_object();
  put_texts(json, "silence", actions.silence);
  json.key("never_fired").number(actions.never_fired.size());
  put_texts(json, "never", actions.never_fired);
  json.key("nearest").objects(actions.never, [&](const usage::NeverFired& one) {
    json.key("name").string(one.name);
    json.key("prompts").objects(one.near, [&](const usage::Refusal& refusal) {
      json.key("prompt").string(refusal.prompt).key("place").number(refusal.place);
      json.key("first").string(refusal.first).key("decision").string(to_string(refusal.decision));
      json.key("points").integer(refusal.points).key("offer_from").integer(refusal.needed);
    });
  });
  json.key("overlaps").begin_array();
  for (const usage::Overlap& one : actions.overlaps)
    json.begin_object().key("a").string(one.a).key("b").string(one.b).key("prompts").number(one.prompts).end_object();
  json.end_array().end_object();
}

void put_fates(JsonWriter& json, const Report& report) {
  json.key("sections").objects(report.fates, [&](const usage::Fate& fate) {
    json.key("sequence").number(fate.sequence).key("manifest").string(fate.manifest);
    json.key("heading").string(fate.heading).key("recipient").string(fate.agent.empty() ? "main" : fate.agent);
    json.key("tokens").number(fate.tokens).key("judged").boolean(fate.known).key("answers").number(fate.shown.answers);
    json.key("wasted").boolean(fate.wasted).key("shown_by").begin_array();
    for (const usage::Sign sign : usage::all_signs)
      if (fate.shown.is(sign)) json.string(usage::to_string(sign));
    json.end_array();
  });
}

void put_head(JsonWriter& json, const Report& report) {
  json.key("sessions").number(report.sessions).key("sessions_with_log").number(report.with_log);
  json.key("bytes_read").number(report.bytes).key("all_tokens").number(report.all_tokens);
  put_gaps(json, report);
}

}  // namespace

Result<std::string> usage_report(const Report& report, const usage::Actions& actions, Format format, Paint paint) {
  if (format == Format::text) return usage_text(report, actions, paint);
  if (format != Format::json) return no_format("usage", format);
  JsonWriter json = document("cascade.usage/1");
  json.key("since").integer(report.since).key("until").integer(report.until);
  put_head(json, report);
  json.key("all").begin_object();
  put_figures(json, report.all);
  json.end_object();
  put_explored(json, report.explored);
  put_rows(json, "manifests", report.manifests, true);
  put_rows(json, "projects", report.projects, false);
  put_rows(json, "weeks", report.weeks, false);
  put_actions(json, actions);
  return finish(json);
}

Result<std::string> session_report(const Report& report, std::string_view session, Format format, Paint paint) {
  if (format == Format::text) return session_report_text(report, paint);
  if (format != Format::json) return no_format("session", format);
  JsonWriter json = document("cascade.session-report/1");
  json.key("session").string(session);
  put_head(json, report);
  json.key("all").begin_object();
  put_figures(json, report.all);
  json.end_object();
  put_fates(json, report);
  return finish(json);
}

}  // namespace cascade::rendering
