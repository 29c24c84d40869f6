// Shows the client's own list of skills and agents as it is in every request, with its cost. The client separates lines
// by line feeds and puts a frame around them; each Line has its line feed in its cost, so one is taken off a list.
// Which lines were cut, and the frame's size, were measured for Claude Code; for other clients the frame counts as
// nothing.
#include "listing/listing.h"

#include <algorithm>

#include "client/built_in.h"
#include "client/listing.h"
#include "render/parts.h"
#include "syntax/put.h"
#include "text/names.h"
#include "unicode/utf8.h"

namespace cascade::rendering {
namespace {

using listing::Line;
using listing::Shown;

constexpr std::size_t most_named = 20;  // skills that lost their description

// "client" for the client's own skills, "plugin", or the scope.
std::string_view origin_of(const Registry& registry, const Line& line) {
  if (!line.id) return "client";
  const ManifestView manifest = registry[*line.id];
  return manifest.plugin.empty() ? to_string(manifest.scope) : std::string_view("plugin");
}

constexpr letters::Names<Shown::name_only> shown_words("whole", "cut", "name-only");

std::size_t count(const std::vector<Line>& lines, Shown shown) {
  return static_cast<std::size_t>(std::ranges::count_if(lines, [&](const Line& line) { return line.shown == shown; }));
}

// The characters in the request: a line feed separates two lines, so the last one has none.
std::uint64_t chars_of(const std::vector<Line>& lines, const Cost& cost) { return lines.empty() ? 0 : cost.chars - 1; }

void add_row(TextTable& table, const std::string& what, const std::vector<Line>& lines, const Cost& cost) {
  table.row({what, std::to_string(lines.size()), std::to_string(count(lines, Shown::whole)),
             std::to_string(chars_of(lines, cost)), std::to_string(cost.tokens)});
}

// The frame around another client's lines is not counted.
client::Frame skills_frame(const ListingReport& report) {
  return report.client.empty() ? client::skills_frame(report.model) : client::Frame();
}
client::Frame agents_frame(const ListingReport& report) {
  return report.client.empty() ? client::agents_frame(report.model) : client::Frame();
}

std::size_t named(const std::vector<Line>& lines) {
  return static_cast<std::size_t>(std::ranges::count_if(lines, [](const Line& line) { return !line.listed.empty(); }));
}

std::string model_text(const ListingReport& report) {
  std::string text = report.model.empty() ? "no model named" : unicode::displayable(report.model);
  if (!report.model_from.empty()) text += " (" + unicode::displayable(report.model_from) + ")";
  return text;
}

std::string head_text(const ListingReport& report) {
  if (!report.client.empty())
    return report.client + ": of " + std::to_string(report.listing.skills.size()) + " skills that it reads it names " +
           std::to_string(named(report.listing.skills)) + "\n";
  return "client " + std::string(client::version) + ", " + window_text(report) + "\n";
}

// Names the first twenty: a large library may lose hundreds.
std::string lost_text(const std::vector<Line>& skills) {
  const std::size_t lost = count(skills, Shown::cut);
  if (lost == 0) return {};
  std::string text = "\n" + std::to_string(lost) + " of " + std::to_string(skills.size()) +
                     " are listed without their description, for lack of room:\n";
  std::size_t named = 0;
  for (const Line& line : skills) {
    if (line.shown != Shown::cut) continue;
    if (++named > most_named) break;
    text += "  " + unicode::displayable(line.name) + "\n";
  }
  if (lost > most_named) text += "  and " + std::to_string(lost - most_named) + " more (--lines shows all)\n";
  return text + (skills.front().listed.empty() ? "next: cascade listing tune --dry-run\n" : "");
}

// What the mod takes out, and how much that is.
std::string mod_text(const ListingReport& report) {
  if (!report.mod) return {};
  return "\nthe mod (cascade init --listing short) leaves out what Cascade serves: the lines of " +
         count_of(report.mod->skills, "skill") + " and the descriptions of " + count_of(report.mod->agents, "agent") +
         ".\nEach can be called by its name. Without the mod the client would list " + cost_text(report.without_mod) +
         " in every request\n";
}

std::string report_text(const ListingReport& report, Paint paint) {
  TextTable table;
  table.column("IN EVERY REQUEST");
  for (const char* title : {"ENTRIES", "DESCRIBED", "CHARS", "TOKENS"}) table.column(title, Align::right);
  add_row(table, "skills and commands", report.listing.skills, report.listing.skills_cost);
  add_row(table, "agents", report.listing.agents, report.listing.agents_cost);
  if (!report.mcp_servers.empty() || !report.mcp_tools.empty())
    table.row({"names of MCP tools", std::to_string(report.mcp_tools.size()), "0",
               std::to_string(report.mcp_cost.chars), std::to_string(report.mcp_cost.tokens)});
  if (!report.mcp_definitions.empty()) {
    const auto asked = static_cast<std::size_t>(
        std::ranges::count_if(report.mcp_definitions, [](const auto& tool) { return tool.on_demand; }));
    const std::size_t always = report.mcp_definitions.size() - asked;
    table.row({"definitions of MCP tools", std::to_string(always), std::to_string(always),
               std::to_string(report.mcp_always.chars), std::to_string(report.mcp_always.tokens)});
  }
  const Cost whole = every_request(report);
  table.row({"with what frames them", "", "", std::to_string(whole.chars), std::to_string(whole.tokens)});
  std::string text = head_text(report) + "\n" + table.take(paint) + mod_text(report) + lost_text(report.listing.skills);
  if (!report.mcp_servers.empty() && report.mcp_tools.empty() && report.mcp_definitions.empty())
    text += "\n" + count_of(report.mcp_servers.size(), "MCP server") +
            " configured; which tools they have is known after a session here\n";
  if (report.mcp_on_demand.chars > 0)
    text += "\ndefinitions that the model of the latest session asked for: " + cost_text(report.mcp_on_demand) +
            ", in every request from then on\n";
  return text;
}

// The length of a definition without its text, which may be long and is the server's.
void write_definitions(syntax::JsonWriter& json, const ListingReport& report) {
  json.key("definitions").begin_object();
  put_cost(json, "in_every_request", report.mcp_always);
  put_cost(json, "on_demand", report.mcp_on_demand);
  json.key("tools").objects(report.mcp_definitions, [&](const listing::ToolDefinition& tool) {
    put(json, "name", tool.name, "on_demand", tool.on_demand, "chars", unicode::count_utf16(tool.json));
  });
  json.end_object();
}

void write_lines(syntax::JsonWriter& json, const Registry& registry, const std::vector<Line>& lines) {
  json.objects(lines, [&](const Line& line) {
    put(json, "name", line.name, "origin", origin_of(registry, line), "shown", shown_words.of(line.shown));
    // The client's own texts are not repeated in full; their cost was measured.
    const bool is_named = line.cost.chars > 0;  // another client may leave a skill out for lack of room
    if (is_named && (line.id || line.shown != Shown::whole))
      put(json, "text", line.listed.empty() ? to_text(line) : line.listed);
    put(json, "tokens", line.cost.tokens, "chars", line.cost.chars - (line.cost.chars > 0 ? 1 : 0));
  });
}

void write_list(syntax::JsonWriter& json, const Registry& registry, const std::vector<Line>& lines, const Cost& cost,
                const client::Frame& frame) {
  put(json, "entries", lines.size(), "described", count(lines, Shown::whole), "cut", count(lines, Shown::cut),
      "name_only", count(lines, Shown::name_only), "tokens", cost.tokens, "chars", chars_of(lines, cost),
      "frame_tokens", frame.tokens, "frame_chars", frame.chars);
  json.key("lines");
  write_lines(json, registry, lines);
}

std::string report_json(const Registry& registry, const ListingReport& report) {
  syntax::JsonWriter json = document("cascade.listing/1");
  put(json, "client", report.client.empty() ? client::version : std::string_view(report.client), "model", report.model,
      "model_from", report.model_from, "window", report.room.window, "budget_chars", report.listing.budget);
  put(json.key("skills").begin_object(), "whole_chars", report.listing.whole_chars);
  write_list(json, registry, report.listing.skills, report.listing.skills_cost, skills_frame(report));
  json.end_object().key("agents").begin_object();
  write_list(json, registry, report.listing.agents, report.listing.agents_cost, agents_frame(report));
  json.end_object().key("mcp").begin_object();
  put(json, "servers", report.mcp_servers, "tools", report.mcp_tools);
  put_cost(json, report.mcp_cost);
  write_definitions(json, report);
  json.end_object();
  put_cost(json, "every_request", every_request(report));
  if (report.mod) {
    json.key("mod").begin_object();
    put(json, "skills_left_out", report.mod->skills, "agents_left_out", report.mod->agents);
    put_cost(json, "every_request_without", report.without_mod);
    json.end_object();
  }
  return finish(json);
}

// An empty list is not framed.
void add_framed(Cost& cost, const Cost& lines, const client::Frame& frame) {
  if (lines.chars == 0) return;
  cost.tokens += lines.tokens + frame.tokens;
  cost.chars += lines.chars - 1 + frame.chars;
}

// For a subagent, which gets no list of agents (2.1.328, even if it may call the agent tool).
Cost subagent_request(const ListingReport& report) {
  Cost cost = report.mcp_cost + report.mcp_always;
  add_framed(cost, report.listing.skills_cost, skills_frame(report));
  return cost;
}

}  // namespace

Cost every_request(const ListingReport& report) {
  Cost cost = subagent_request(report);
  add_framed(cost, report.listing.agents_cost, agents_frame(report));
  return cost;
}

std::string listing_lines(const listing::Listing& listing) {
  std::string text;
  for (const std::vector<Line>* lines : {&listing.skills, &listing.agents})
    for (const Line& line : *lines) {
      if (line.cost.chars == 0) continue;  // another client leaves it out for lack of room
      if (!line.listed.empty()) {
        text += unicode::displayable(line.listed, true);
        continue;
      }
      text += unicode::displayable(to_text(line));
      if (!line.id && line.shown == Shown::whole)
        text += ": (the client's own, " + std::to_string(line.cost.chars - 1) + " characters)";
      text += "\n";
    }
  return text;
}

std::string window_text(const ListingReport& report) {
  return model_text(report) + ": a window of " + std::to_string(report.room.window) + " tokens" +
         (report.room.assumed ? ", as the newest models have it," : ",") + " of which the skills may take " +
         std::to_string(report.listing.budget) + " characters";
}

Result<std::string> listing_report(const Registry& registry, const ListingReport& report, Format format, Paint paint) {
  if (format == Format::text) return report_text(report, paint);
  if (format == Format::json) return report_json(registry, report);
  return no_format("listing", format);
}

// Compares what a conversation pays for manifests when the client lists them all with what it pays for Cascade's entry,
// card and layers. It is an estimate in tokens of o200k with one request for each prompt. Like stands beside like: the
// lists without any skill in use, and one skill of middling size, which the client loads whole and Cascade packs.
namespace {

// A list is part of every request of the conversation.
std::uint64_t conversation(const CostReport& report, const ListingReport& listed) {
  return std::uint64_t{every_request(listed).tokens} * report.prompts +
         std::uint64_t{subagent_request(listed).tokens} * report.subagents;
}

// What so many tokens with each prompt cost, as of a skill or a layer. They stay in the conversation, whoever brought
// them: the first prompt's are sent with every further prompt, the last one's only once.
std::uint64_t of_skills(const CostReport& report, TokenCount tokens) {
  const std::uint64_t prompts = report.prompts;
  return tokens * (prompts * (prompts + 1) / 2);
}

std::uint64_t served(const CostReport& report) {
  return conversation(report, report.without) + std::uint64_t{report.card} * report.prompts;
}

std::string report_text(const CostReport& report, Paint paint) {
  TextTable table;
  table.column("TOKENS OF O200K");
  for (const char* title : {"LISTED BY THE CLIENT", "SERVED BY CASCADE"}) table.column(title, Align::right);
  const auto row = [&](const std::string& what, std::uint64_t listed, std::uint64_t from_cascade) {
    table.row({what, std::to_string(listed), std::to_string(from_cascade)});
  };
  const std::uint64_t listed = every_request(report.with).tokens, left = every_request(report.without).tokens;
  if (report.own) {
    const std::uint64_t own = every_request(*report.own).tokens;
    row("yours and the client's own, in each request", own, left);
    row("what Cascade ships, as if it were listed", listed - std::min(own, listed), 0);
  }
  row(report.own ? "both, in each request" : "lists, in each request", listed, left);
  row("Cascade's card, in each request", 0, report.card);
  if (report.own)
    row("the conversation with yours alone, before a skill", conversation(report, *report.own), served(report));
  row("the conversation, before a skill is used", conversation(report, report.with), served(report));
  if (!report.skill.empty()) {
    row("a skill of middling size, once", report.skill_whole, report.skill_layer);
    row("the conversation, with such a skill for each prompt",
        conversation(report, report.with) + of_skills(report, report.skill_whole),
        served(report) + of_skills(report, report.skill_layer));
  }
  std::string text = (report.with.client.empty() ? "client " + std::string(client::version) : report.with.client) +
                     ", " + model_text(report.with) + ": " + count_of(report.prompts, "prompt") + " and " +
                     count_of(report.subagents, "subagent") + ", one request each\n\n" + table.take(paint) + "\n";
  if (!report.skill.empty()) text += "the skill is " + unicode::displayable(report.skill) + "; ";
  text += "a prompt gets " + std::to_string(report.prompt_limit) + " tokens of Cascade at most, a subagent " +
          std::to_string(report.agent_limit) + "\n";
  if (report.own) text += "cascade listing show has what the client lists today\n";
  if (const std::size_t lost = count(report.with.listing.skills, Shown::cut); lost > 0)
    text += std::to_string(lost) + " of " + std::to_string(report.with.listing.skills.size()) +
            " skills and commands are listed without their description\n";
  return text;
}

// The last line of a list has no line feed, although its cost counts one.
void write_listing(syntax::JsonWriter& json, std::string_view key, const ListingReport& report) {
  json.key(key).begin_object();
  put(json, "skills_chars", report.listing.skills_cost.chars - (report.listing.skills.empty() ? 0 : 1), "agents_chars",
      report.listing.agents_cost.chars - (report.listing.agents.empty() ? 0 : 1), "skills_tokens",
      report.listing.skills_cost.tokens, "agents_tokens", report.listing.agents_cost.tokens, "mcp_tokens",
      report.mcp_cost.tokens, "mcp_definition_tokens", report.mcp_always.tokens, "request_tokens",
      every_request(report).tokens, "subagent_tokens", subagent_request(report).tokens, "entries",
      report.listing.skills.size() + report.listing.agents.size(), "cut", count(report.listing.skills, Shown::cut))
      .end_object();
}

std::string cost_json(const CostReport& report) {
  syntax::JsonWriter json = document("cascade.cost/1");
  put(json, "client", report.with.client.empty() ? client::version : std::string_view(report.with.client), "model",
      report.with.model, "window", report.with.room.window, "prompts", report.prompts, "subagents", report.subagents);
  write_listing(json, "listed", report.with);
  if (report.own) write_listing(json, "listed_own", *report.own);
  write_listing(json, "served", report.without);
  put(json, "card_tokens", report.card, "prompt_limit", report.prompt_limit, "subagent_limit", report.agent_limit);
  put(json.key("skill").begin_object(), "name", report.skill, "whole", report.skill_whole, "layer", report.skill_layer)
      .end_object();
  put(json.key("conversation").begin_object(), "listed", conversation(report, report.with), "served", served(report),
      "listed_with_skills", conversation(report, report.with) + of_skills(report, report.skill_whole),
      "served_with_skills", served(report) + of_skills(report, report.skill_layer), "layers_at_most",
      of_skills(report, report.prompt_limit) + std::uint64_t{report.agent_limit} * report.subagents)
      .end_object();
  return finish(json);
}

}  // namespace

Result<std::string> cost_report(const CostReport& report, Format format, Paint paint) {
  if (format == Format::text) return report_text(report, paint);
  if (format == Format::json) return cost_json(report);
  return no_format("cost", format);
}

// What was done and what would be done are worded differently in every line ("listed", "would list"), so that the
// output of a dry run cannot be taken for that of the real one.
namespace {

std::size_t described(const listing::Listing& listing) { return count(listing.skills, Shown::whole); }

// Whether the client has room for all descriptions as they are.
bool fits(const listing::TunePlan& plan) { return plan.before.whole_chars <= plan.before.budget; }

// "tuned" also for a dry run; "no-gain": the list is too long, but only by what may not be changed.
std::string_view outcome(const listing::TunePlan& plan) {
  if (!plan.name_only.empty()) return "tuned";
  return fits(plan) ? "fits" : "no-gain";
}

std::string tuned_text(const listing::TunePlan& plan, const Tuned& tuned) {
  if (plan.name_only.empty())
    return (fits(plan) ? "every description fits: there is nothing to tune\nfor "
                       : "nothing can be gained: what is too long is a plugin's, or the user's own choice\nfor ") +
           tuned.window + "\n";
  std::string text = (tuned.written ? "listed " : "would list ") + count_of(plan.name_only.size(), "skill") +
                     " by name alone, in " + unicode::displayable(tuned.path) + "\nfor " + tuned.window + "\n";
  text += "described: " + std::to_string(described(plan.before)) + " of " + std::to_string(plan.before.skills.size()) +
          " before, " + std::to_string(described(plan.after)) + " now\n";
  for (const std::string& skill : plan.name_only) text += "  " + unicode::displayable(skill) + "\n";
  return text + (tuned.written ? "next: cascade listing restore gives the file back as it was\n" : "");
}

void put_skills(syntax::JsonWriter& json, std::string_view key, const listing::Listing& listing) {
  put(json.key(key).begin_object(), "entries", listing.skills.size(), "described", described(listing), "tokens",
      listing.skills_cost.tokens, "chars", listing.skills.empty() ? 0 : listing.skills_cost.chars - 1)
      .end_object();
}

constexpr letters::Names<init::Undone::merged> restored_words("as-before", "removed", "merged");

std::string restored_text(init::Undone restored, const Tuned& tuned) {
  const std::string path = unicode::displayable(tuned.path), is = tuned.written ? "is " : "would be ";
  switch (restored) {
    case init::Undone::as_before: return path + " " + is + "as it was, byte for byte\n";
    case init::Undone::removed: return path + " " + is + "gone, as it was\n";
    case init::Undone::merged: return path + " was changed since: only what tune wrote " + is + "out of it\n";
  }
  return {};
}

}  // namespace

Result<std::string> tuned_listing(const listing::TunePlan& plan, const Tuned& tuned, Format format) {
  if (format == Format::text) return tuned_text(plan, tuned);
  if (format != Format::json) return no_format("listing", format);
  syntax::JsonWriter json = document("cascade.listing-tune/1");
  put(json, "path", tuned.path, "outcome", outcome(plan), "written", tuned.written, "window", tuned.window,
      "budget_chars", plan.before.budget);
  put_skills(json, "before", plan.before);
  put_skills(json, "after", plan.after);
  put(json, "name_only", plan.name_only);
  return finish(json);
}

Result<std::string> restored_listing(init::Undone restored, const Tuned& tuned, Format format) {
  if (format == Format::text) return restored_text(restored, tuned);
  if (format != Format::json) return no_format("listing", format);
  syntax::JsonWriter json = document("cascade.listing-restore/1");
  put(json, "path", tuned.path, "outcome", restored_words.of(restored), "written", tuned.written);
  return finish(json);
}

}  // namespace cascade::rendering
