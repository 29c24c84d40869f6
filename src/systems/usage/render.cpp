// For people: what the figures are about and what is missing from them, a row for each manifest, what was wasted, and
// what can be done about it with one command each. For programs cascade.usage/1 and cascade.session-report/1
// (docs/formats/usage.md, docs/formats/session.md), in which shares are whole millionths.
#include "usage/report.h"

#include <algorithm>
#include <set>

#include "syntax/put.h"
#include "text/names.h"
#include "unicode/utf8.h"
#include "usage/gaps.h"

namespace cascade::rendering {
namespace {

using unicode::displayable, usage::Figures, usage::Report, usage::Row, usage::Share;

std::string points(std::int64_t millionths) {
  const std::int64_t tenths = (millionths + (millionths < 0 ? -500 : 500)) / 1'000;
  const std::int64_t size = tenths < 0 ? -tenths : tenths;
  return (tenths < 0 ? "-" : "") + std::to_string(size / 10) + "." + std::to_string(size % 10);
}

// "41.0 ± 18.1 %"
std::string share_text(const Share& share) { return points(share.value) + " ± " + points(share.uncertainty()) + " %"; }

std::string used_text(const Figures& figures) {
  return figures.used.of == 0 ? "-" : share_text(usage::share_of(figures.used));
}

std::string count_text(std::uint64_t count) { return count == 0 ? "-" : grouped(count); }

std::string row_table(const std::vector<Row>& rows, Paint paint) {
  TextTable table;
  table.column("MANIFEST");
  table.columns({"SENT", "USED", "n", "TOKENS", "WASTED", "LOADS", "IGNORED", "OFFERS", "TAKEN", "REFUSED", "SESSIONS"},
                Align::right);
  for (const Row& row : rows) {
    const Figures& figures = row.figures;
    table.row({displayable(row.name), count_text(figures.sent), used_text(figures), count_text(figures.used.of),
               count_text(figures.tokens), count_text(figures.wasted_tokens), count_text(row.loads),
               count_text(row.ignored), count_text(row.offers), count_text(row.taken), count_text(row.refused),
               grouped(row.sessions.size())});
  }
  return table.take(paint);
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

std::string gap_words(std::string_view kind) {
  const auto* const row = letters::find_first(usage::gaps::all, &usage::GapRow::kind, kind);
  return std::string(row == nullptr ? kind : row->words);
}

std::string gaps_text(const Report& report, Paint paint) {
  std::string text;
  for (const usage::Gap& gap : report.gaps)
    text += paint.yellow("not counted: ") + grouped(gap.count) + " " + gap_words(gap.kind) + ": " +
            displayable(gap.first) + (gap.count > 1 ? " and more" : "") + "\n";
  return text;
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
  text += "used: at least " + used_text(all) + ", from " + grouped(all.used.of) +
          " sections; steps without a name, and other words for them, leave no trace\n";
  text += "shown by: " + signs_text(all) + "\n";
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

// One thing to do: why, and the lines below it with the commands.
struct Todo {
  std::string what;
  std::vector<std::string> lines;
};

void add_unused(const usage::Actions& actions, std::vector<Todo>& all) {
  if (actions.silence.empty()) return;
  std::string names;
  for (const std::string& name : actions.silence) names += " " + displayable(name);
  all.push_back({"nothing shows use of" + names,
                 {"cascade usage silence" + names + "    here; undone by cascade usage restore",
                  "cascade skills name" + names + "    in every project and client; undone by cascade skills on"}});
}

void add_missed(const usage::Actions& actions, std::vector<Todo>& all) {
  if (actions.missed.empty()) return;
  std::string names;
  std::uint64_t prompts = 0;
  for (const usage::Missed& one : actions.missed) {
    names += (names.empty() ? "" : ", ") + displayable(one.name);
    prompts += one.prompts;
  }
  all.push_back({"used without being brought, after " + count_of(prompts, "prompt") + ": " + names,
                 {why_command(actions.missed.front().name, actions.missed.front().prompt),
                  "cascade usage --lessons    these prompts as lines for cascade.prompts, which teach the router"}});
}

std::string todo_text(const std::vector<Todo>& all, std::size_t most) {
  std::string text = all.empty() ? "" : "\n" + std::string(all.size() == 1 ? "To do" : "To do first") + "\n";
  for (std::size_t i = 0; i < std::min(most, all.size()); ++i) {
    text += std::to_string(i + 1) + ". " + all[i].what + "\n";
    for (const std::string& line : all[i].lines) text += "     " + line + "\n";
  }
  return text;
}

std::string never_text(const usage::Actions& actions) {
  constexpr std::size_t most_named = 10;
  if (actions.never.empty()) return {};
  std::string text = "\n" + grouped(actions.never.size()) + " of your skills and commands never came:\n";
  for (std::size_t i = 0; i < std::min(most_named, actions.never.size()); ++i)
    text += "  " + displayable(actions.never[i]) + "\n";
  if (actions.never.size() > most_named) text += "  and " + grouped(actions.never.size() - most_named) + " more\n";
  return text + "cascade why not NAME --prompt \"WHAT YOU ASKED\" says why one did not come\n";
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
  const bool is_part = all.sent > all.used.of;
  const std::string sections = grouped(all.used.of) + " sections that " + (is_part ? "could be judged" : "were sent") +
                               (is_part ? " (" + grouped(all.sent) + " were sent)" : std::string());
  return (all.used.hits == 0 ? "Nothing shows use of the " + sections
                             : "At least " + grouped(all.used.hits) + " of " + sections +
                                   (all.used.hits == 1 ? " was used" : " were used")) +
         ", in " + count_of(report.sessions, "session") + (is_all_well ? "; nothing to do" : "") + "\n";
}

std::string fate_text(const usage::Fate& fate) {
  if (!fate.known) return "not known";
  if (!fate.shown.any()) return fate.wasted ? "wasted" : "nothing shows use";
  std::string text;
  for (const usage::Sign sign : usage::all_signs)
    if (fate.shown.is(sign)) text += (text.empty() ? "" : ", ") + std::string(usage::to_string(sign));
  return text;
}

std::string usage_text(const Report& report, const usage::Actions& actions, bool all, Paint paint) {
  constexpr std::size_t shown_first = 3;
  std::vector<Todo> todos;  // what saves or wins most comes first
  add_unused(actions, todos);
  add_missed(actions, todos);
  const std::string text = answer_text(report, todos.empty()) + todo_text(todos, all ? todos.size() : shown_first);
  if (all)
    return text + "\n" + summary_text(report) + gaps_text(report, paint) + never_text(actions) +
           (report.manifests.empty() ? "" : "\n" + row_table(report.manifests, paint));
  std::string more = todos.size() > shown_first ? grouped(todos.size() - shown_first) + " more to do" : "";
  if (!report.manifests.empty())
    more += (more.empty() ? "" : ", and ") + ("the figures of " + count_of(report.manifests.size(), "manifest"));
  if (!report.gaps.empty()) more += (more.empty() ? "" : ", and ") + std::string("what is not counted");
  return text + (more.empty() ? "" : "\n" + more + ": cascade usage --all\n");
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

using syntax::JsonWriter;

// One number with its uncertainty, the wider side of the 95 % interval. Null: nothing was counted.
void put_share(JsonWriter& json, std::string_view key, const usage::Share& share, bool is_known) {
  if (is_known)
    put_object(json, key, "ppm", share.value, "uncertainty_ppm", share.uncertainty());
  else
    json.key(key).null();
}

void put_figures(JsonWriter& json, const Figures& figures) {
  put(json, "sent", figures.sent, "judged", figures.used.of, "unknown", figures.unknown, "tokens", figures.tokens,
      "used", figures.used.hits);
  put_share(json, "used_share", usage::share_of(figures.used), figures.used.of > 0);
  json.key("signs").begin_object();
  for (const usage::Sign sign : usage::all_signs) {
    const auto at = figures.signs.find(sign);
    put(json, usage::to_string(sign), at == figures.signs.end() ? 0 : at->second);
  }
  json.end_object();
  put_object(json, "wasted", "sections", figures.wasted, "tokens", figures.wasted_tokens, "carried_tokens",
             figures.carried_tokens);
}

void put_rows(JsonWriter& json, const std::vector<usage::Row>& rows) {
  json.key("manifests").objects(rows, [&](const usage::Row& row) {
    put(json, "name", row.name);
    put_figures(json, row.figures);
    put(json, "loads", row.loads, "loads_ignored", row.ignored, "offers", row.offers, "offers_taken", row.taken,
        "refused", row.refused, "sessions", row.sessions.size());
  });
}

void put_actions(JsonWriter& json, const usage::Actions& actions) {
  json.key("actions").begin_object();
  put(json, "silence", actions.silence, "never", actions.never);
  json.key("missed").objects(actions.missed, [&](const usage::Missed& one) {
    put(json, "name", one.name, "prompts", one.prompts, "latest", one.prompt);
  });
  json.end_object();
}

void put_fates(JsonWriter& json, const Report& report) {
  json.key("sections").objects(report.fates, [&](const usage::Fate& fate) {
    put(json, "sequence", fate.sequence, "manifest", fate.manifest, "heading", fate.heading, "recipient",
        fate.agent.empty() ? "main" : fate.agent, "tokens", fate.tokens, "judged", fate.known, "answers",
        fate.shown.answers, "wasted", fate.wasted)
        .key("shown_by")
        .begin_array();
    for (const usage::Sign sign : usage::all_signs)
      if (fate.shown.is(sign)) json.string(usage::to_string(sign));
    json.end_array();
  });
}

void put_head(JsonWriter& json, const Report& report) {
  put(json, "sessions", report.sessions, "sessions_with_log", report.with_log, "bytes_read", report.bytes, "all_tokens",
      report.all_tokens);
  json.key("gaps").objects(
      report.gaps, [&](const usage::Gap& gap) { put(json, "kind", gap.kind, "count", gap.count, "first", gap.first); });
}

}  // namespace

Result<std::string> usage_report(const Report& report, const usage::Actions& actions, bool all, Format format,
                                 Paint paint) {
  if (format == Format::text) return usage_text(report, actions, all, paint);
  if (format != Format::json) return no_format("usage", format);
  JsonWriter json = document("cascade.usage/1");
  put(json, "since", report.since, "until", report.until);
  put_head(json, report);
  put_object(json, "all", [&] { put_figures(json, report.all); });
  put_rows(json, report.manifests);
  put_actions(json, actions);
  return finish(json);
}

Result<std::string> session_report(const Report& report, std::string_view session, Format format, Paint paint) {
  if (format == Format::text) return session_report_text(report, paint);
  if (format != Format::json) return no_format("session", format);
  JsonWriter json = document("cascade.session-report/1");
  put(json, "session", session);
  put_head(json, report);
  put_object(json, "all", [&] { put_figures(json, report.all); });
  put_fates(json, report);
  return finish(json);
}

}  // namespace cascade::rendering

namespace cascade::usage {
namespace {

std::vector<std::string> unused(const Report& report) {
  std::vector<std::string> names;
  for (const Row& row : report.manifests) {
    const auto symbol = Symbol::parse(row.name);
    if (!symbol || symbol->kind == Kind::agent) continue;  // a client has no switch for agents
    if (row.figures.used.of >= least_exposures && row.judged_in.size() >= least_sessions && row.figures.used.hits == 0)
      names.push_back(row.name);
  }
  return names;
}

std::vector<Missed> missed_of(const Report& report) {
  std::map<std::string, std::pair<std::int64_t, Missed>> found;
  for (const AskedPrompt& prompt : report.prompts)
    for (const std::string& name : missed_by(prompt)) {
      auto& [at, one] = found[name];
      one.name = name;
      ++one.prompts;
      if (at <= prompt.at) one.prompt = prompt.text;
      at = std::max(at, prompt.at);
    }
  std::vector<Missed> all;
  for (auto& [name, one] : found) all.push_back(std::move(one.second));
  std::ranges::stable_sort(all, [](const Missed& a, const Missed& b) { return a.prompts > b.prompts; });
  return all;
}

}  // namespace

Actions actions_of(const Report& report, const Registry& registry, const std::function<bool(ManifestId)>& is_open) {
  Actions actions;
  actions.silence = unused(report);
  actions.missed = missed_of(report);
  std::set<std::string> came;
  for (const Row& row : report.manifests) came.insert(row.name);
  for (const AskedPrompt& prompt : report.prompts) came.insert(prompt.used.begin(), prompt.used.end());
  for (std::uint32_t i = 0; i < registry.size(); ++i) {
    const ManifestId id{i};
    const bool may_fire = !registry[id].document && !registry.shadowed_in_favour_of(id) && is_open(id) &&
                          registry[id].scope != Scope::builtin && registry[id].kind != Kind::agent;
    if (std::string name = to_string(symbol_of(registry[id])); may_fire && came.count(name) == 0)
      actions.never.push_back(std::move(name));
  }
  return actions;
}

}  // namespace cascade::usage
