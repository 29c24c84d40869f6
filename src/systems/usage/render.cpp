// cascade.usage/1 and cascade.session-report/1 (docs/formats/usage.md, docs/formats/session.md). Shares are
// whole millionths.
#include "usage/render.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

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

namespace cascade::usage {
namespace {

constexpr std::size_t most_prompts = 400, most_never = 10, most_near = 3, most_overlaps = 10;
constexpr std::uint32_t near_score = 900;  // per mille of the best
constexpr std::uint64_t least_common = 3;  // prompts

using Near = std::map<ManifestId, std::vector<std::pair<std::uint32_t, Refusal>>>;  // with the share of the best score

// The latest prompts, each once.
std::vector<std::string> latest_prompts(const Report& report) {
  std::vector<const AskedPrompt*> all;
  for (const AskedPrompt& prompt : report.prompts) all.push_back(&prompt);
  std::stable_sort(all.begin(), all.end(), [](const auto* a, const auto* b) { return a->at > b->at; });
  std::set<std::string> seen;
  std::vector<std::string> prompts;
  for (const AskedPrompt* one : all)
    if (prompts.size() < most_prompts && one->text.substr(0, 1) != "/" && seen.insert(one->text).second)
      prompts.push_back(one->text);
  return prompts;
}

void add_refusals(const Registry& registry, const std::string& prompt, const RoutingReport& asked, Near& near) {
  const std::vector<Match>& ranked = asked.routing.ranked;
  for (std::size_t i = 0; i < ranked.size(); ++i) {
    const auto found = near.find(ranked[i].id);
    if (found == near.end()) continue;
    const std::uint64_t share = std::uint64_t{ranked[i].score} * 1'000 / std::max(ranked[0].score, std::uint32_t{1});
    found->second.push_back({static_cast<std::uint32_t>(share),
                             {prompt, i + 1, to_string(symbol_of(registry[ranked[0].id])), asked.routing.decision}});
  }
}

using Pairs = std::map<std::pair<std::string, std::string>, Overlap>;

void add_overlap(const Registry& registry, const std::string& prompt, const std::vector<Match>& ranked, Pairs& pairs) {
  if (ranked.size() < 2 || std::uint64_t{ranked[1].score} * 1'000 < std::uint64_t{ranked[0].score} * near_score) return;
  std::string a = to_string(symbol_of(registry[ranked[0].id])), b = to_string(symbol_of(registry[ranked[1].id]));
  const std::string second = b;
  if (b < a) std::swap(a, b);
  Overlap& pair = pairs[{a, b}];
  if (pair.prompts++ == 0) pair = {a, b, 1, second, prompt};
}

// Asks again without those that come before it.
void add_own_points(const Router& router, Query query, ManifestId id, Refusal& refusal) {
  query.text = refusal.prompt;
  query.limit = refusal.place;
  for (const Match& match : router.rank(query).ranked)
    if (match.id != id) query.hidden.push_back(match.id);
  std::sort(query.hidden.begin(), query.hidden.end());
  const RoutingReport alone = router.explain(query);
  if (alone.routing.ranked.empty() || alone.routing.ranked.front().id != id) return;
  refusal.points = alone.points;
  refusal.needed = alone.offer_from;
}

std::vector<std::string> unused(const Report& report) {
  std::vector<std::string> names;
  for (const Row& row : report.manifests) {
    const auto symbol = Symbol::parse(row.name);
    if (!symbol || symbol->kind == Kind::agent) continue;  // a client has no switch for agents
    const Share share = share_of(row.figures.used);
    if (row.figures.used.of >= least_exposures && row.session_count() >= least_sessions && share.high <= most_use &&
        row.figures.difference().value <= 0)
      names.push_back(row.name);
  }
  return names;
}

// Those with the nearest prompts, at most so many prompts for each.
std::vector<NeverFired> nearest_of(const Registry& registry, const Router& router, const Query& query, Near& near) {
  struct Nearest {
    std::uint32_t share = 0;
    ManifestId id{};
    NeverFired never;
  };
  std::vector<Nearest> never;
  std::vector<NeverFired> found;
  for (auto& [id, refusals] : near) {
    std::stable_sort(refusals.begin(), refusals.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    NeverFired one{to_string(symbol_of(registry[id])), {}};
    for (auto& [share, refusal] : refusals)
      if (one.near.size() < most_near) one.near.push_back(std::move(refusal));
    never.push_back({refusals.empty() ? 0 : refusals.front().first, id, std::move(one)});
  }
  std::stable_sort(never.begin(), never.end(), [](const auto& a, const auto& b) { return a.share > b.share; });
  if (never.size() > most_never) never.resize(most_never);
  for (Nearest& one : never) {
    for (Refusal& refusal : one.never.near) add_own_points(router, query, one.id, refusal);
    found.push_back(std::move(one.never));
  }
  return found;
}

}  // namespace

Actions actions_of(const Report& report, const Registry& registry, const Router& router, const Query& query,
                   const std::function<bool(ManifestId)>& is_open) {
  Actions actions;
  actions.silence = unused(report);
  std::set<std::string> came;
  for (const Row& row : report.manifests) came.insert(row.name);
  for (const AskedPrompt& prompt : report.prompts) came.insert(prompt.used.begin(), prompt.used.end());
  Near near;
  for (std::uint32_t i = 0; i < registry.size(); ++i) {
    const ManifestId id{i};
    const bool may_fire = !registry[id].document && !registry.shadowed_in_favour_of(id) && is_open(id) &&
                          registry[id].scope != Scope::builtin && registry[id].kind != Kind::agent;
    if (!may_fire || came.count(to_string(symbol_of(registry[id]))) != 0) continue;
    near[id];
    actions.never_fired.push_back(to_string(symbol_of(registry[id])));
  }
  Pairs pairs;
  for (const std::string& prompt : latest_prompts(report)) {
    Query one = query;
    one.text = prompt;
    one.limit = 20;
    const RoutingReport asked = router.explain(one);
    add_refusals(registry, prompt, asked, near);
    if (asked.routing.decision != Decision::silence) add_overlap(registry, prompt, asked.routing.ranked, pairs);
  }
  actions.never = nearest_of(registry, router, query, near);
  for (auto& [names, pair] : pairs)
    if (pair.prompts >= least_common) actions.overlaps.push_back(std::move(pair));
  actions.overlapping = actions.overlaps.size();
  std::stable_sort(actions.overlaps.begin(), actions.overlaps.end(),
                   [](const Overlap& a, const Overlap& b) { return a.prompts > b.prompts; });
  if (actions.overlaps.size() > most_overlaps) actions.overlaps.resize(most_overlaps);
  return actions;
}

}  // namespace cascade::usage
