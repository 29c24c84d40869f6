// Compares what a conversation pays for manifests when the client lists them all with what it pays for Cascade's entry,
// card and layers. It is an estimate in tokens of o200k with one request for each prompt. Like stands beside like: the
// lists without any skill in use, and one skill of middling size, which the client loads whole and Cascade packs.
#include "client/built_in.h"
#include "listing/text.h"
#include "render/parts.h"
#include "render/text_table.h"
#include "unicode/utf8.h"

#include <algorithm>

namespace cascade::rendering {
namespace {

// A list is part of every request of the conversation.
std::uint64_t conversation(const CostReport& report, const ListingReport& listed) {
  return std::uint64_t{every_request(listed).tokens} * report.prompts +
         std::uint64_t{subagent_request(listed).tokens} * report.subagents;
}

// A layer stays in the conversation: the first prompt's is sent with every further prompt, the last one's only once.
std::uint64_t most_of_layers(const CostReport& report) {
  const std::uint64_t prompts = report.prompts;
  return report.prompt_limit * (prompts * (prompts + 1) / 2) + std::uint64_t{report.agent_limit} * report.subagents;
}

// Skills whose description the client leaves out for lack of room.
std::uint64_t cut(const ListingReport& report) {
  return static_cast<std::uint64_t>(
      std::count_if(report.listing.skills.begin(), report.listing.skills.end(),
                    [](const listing::Line& line) { return line.shown == listing::Shown::cut; }));
}

// What both cost if each prompt uses another skill. Its text stays in the conversation, whoever brought it: the first
// prompt's is sent with every further prompt.
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
  row("lists, in each request", every_request(report.with).tokens, every_request(report.without).tokens);
  row("Cascade's card, in each request", 0, report.card);
  row("the conversation, before a skill is used", conversation(report, report.with), served(report));
  if (!report.skill.empty()) {
    row("a skill of middling size, once", report.skill_whole, report.skill_layer);
    row("the conversation, with such a skill for each prompt",
        conversation(report, report.with) + of_skills(report, report.skill_whole),
        served(report) + of_skills(report, report.skill_layer));
  }
  std::string text = (report.with.client.empty() ? "client " + std::string(client::version) : report.with.client) +
                     ", " + (report.with.model.empty() ? "no model named" : unicode::displayable(report.with.model)) +
                     ": " + count_of(report.prompts, "prompt") + " and " + count_of(report.subagents, "subagent") +
                     ", one request each\n\n" + table.take(paint) + "\n";
  if (!report.skill.empty()) text += "the skill is " + unicode::displayable(report.skill) + "; ";
  text += "a prompt gets " + std::to_string(report.prompt_limit) + " tokens of Cascade at most, a subagent " +
          std::to_string(report.agent_limit) + "\n";
  if (report.has_shipped)
    text += "the shipped library is counted as if the client listed it; cascade listing show has what it lists today\n";
  if (const std::uint64_t lost = cut(report.with); lost > 0)
    text += std::to_string(lost) + " of " + std::to_string(report.with.listing.skills.size()) +
            " skills and commands are listed without their description\n";
  return text;
}

// The last line of a list has no line feed, although its cost counts one.
void write_listing(syntax::JsonWriter& json, std::string_view key, const ListingReport& report) {
  json.key(key).begin_object();
  json.key("skills_chars").number(report.listing.skills_cost.chars - (report.listing.skills.empty() ? 0 : 1));
  json.key("agents_chars").number(report.listing.agents_cost.chars - (report.listing.agents.empty() ? 0 : 1));
  json.key("skills_tokens").number(report.listing.skills_cost.tokens);
  json.key("agents_tokens").number(report.listing.agents_cost.tokens);
  json.key("mcp_tokens").number(report.mcp_cost.tokens);
  json.key("mcp_definition_tokens").number(report.mcp_always.tokens);
  json.key("request_tokens").number(every_request(report).tokens);
  json.key("subagent_tokens").number(subagent_request(report).tokens);
  json.key("entries").number(report.listing.skills.size() + report.listing.agents.size());
  json.key("cut").number(cut(report)).end_object();
}

std::string cost_json(const CostReport& report) {
  syntax::JsonWriter json = document("cascade.cost/1");
  json.key("client").string(report.with.client.empty() ? client::version : std::string_view(report.with.client));
  json.key("model").string(report.with.model);
  json.key("window").number(report.with.window);
  json.key("prompts").number(report.prompts).key("subagents").number(report.subagents);
  write_listing(json, "listed", report.with);
  write_listing(json, "served", report.without);
  json.key("card_tokens").number(report.card);
  json.key("prompt_limit").number(report.prompt_limit).key("subagent_limit").number(report.agent_limit);
  json.key("skill").begin_object().key("name").string(report.skill);
  json.key("whole").number(report.skill_whole).key("layer").number(report.skill_layer).end_object();
  json.key("conversation").begin_object().key("listed").number(conversation(report, report.with));
  json.key("served").number(served(report));
  json.key("listed_with_skills").number(conversation(report, report.with) + of_skills(report, report.skill_whole));
  json.key("served_with_skills").number(served(report) + of_skills(report, report.skill_layer));
  json.key("layers_at_most").number(most_of_layers(report)).end_object();
  return finish(json);
}

}  // namespace

Result<std::string> cost_report(const CostReport& report, Format format, Paint paint) {
  if (format == Format::text) return report_text(report, paint);
  if (format == Format::json) return cost_json(report);
  return no_format("cost", format);
}

}  // namespace cascade::rendering
