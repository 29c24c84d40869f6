// TL001, TL003, TL004, TL005 and TL007: lists of tools. Each list is read into entries as the client reads it; then
// each entry is judged by itself, and what is granted is compared with what is taken away.
#include <algorithm>

#include "client/built_in.h"
#include "client/names.h"
#include "manifest/fields.h"
#include "text/ascii.h"
#include "text/names.h"
#include "text/suggestion.h"
#include "text/word_set.h"
#include "validate/reading/plugins.h"
#include "validate/reading/stance.h"
#include "validate/reading/text_model.h"
#include "validate/rules/checks.h"
#include "validate/rules/findings.h"

namespace cascade::validation {
namespace {

using manifest::Item, syntax::Node, syntax::NodeKind;

struct ToolEntry {
  Item item;
  std::optional<ToolName> tool;  // nothing: malformed
};

std::vector<ToolEntry> entries_of(const Document& document, const Node& value) {
  std::vector<ToolEntry> entries;
  for (Item& item : manifest::items_of(value, document.lines(), true)) {
    if (item.text == "|") continue;  // the client skips it
    ToolEntry entry{std::move(item), std::nullopt};
    if (entry.item.balanced) entry.tool = ToolName::parse(entry.item.text);
    entries.push_back(std::move(entry));
  }
  return entries;
}

class ToolCheck : FileJudge {
 public:
  using FileJudge::FileJudge;

  // The rules of the settings. A name that resembles none of the client's may be another program's.
  void permissions() {
    const Node* const lists = document_.field("permissions");
    for (const std::string_view key : {"allow", "ask", "deny"}) {
      const Node* const rules = lists == nullptr ? nullptr : lists->find(key);
      if (!is_list(rules)) continue;
      several_ = true;
      for (const ToolEntry& entry : entries_of(document_, *rules)) syntax_and_name(entry);
    }
  }

  void run() {
    for (const std::string_view field : tool_fields) {
      const Node* value = document_.field(field);
      if (value == nullptr || (field == "tools" && document_.role() == Role::skill)) continue;  // no effect: FM014
      const std::vector<ToolEntry> entries = entries_of(document_, *value);
      if (entries.empty() && field == "tools" && document_.parsed().complete) empty(*value);
      several_ = lists_tools_for_several(document_, *value);
      if (field == "tools" && document_.role() == Role::agent && is_for_another_client(document_)) {
        of_others();
        continue;
      }
      const bool grants = field == "allowed-tools" && document_.role() != Role::agent;
      for (const ToolEntry& entry : entries) {
        syntax_and_name(entry);
        if (grants) breadth(entry);
      }
    }
    conflicts();
  }

 private:
  void empty(const Node& value) {
    if (document_.role() != Role::agent || value.kind == NodeKind::map) return;  // a map: FM008
    // A list is written on purpose.
    const bool list = value.kind == NodeKind::list;
    findings_.add("TL007", list ? std::optional(Severity::info) : std::nullopt,
                  document_.at(*document_.field_key("tools")),
                  list ? "tools is an empty list: the agent gets no tool, though the client shows it with all"
                       : "tools is empty: the agent gets no tool",
                  "list the tools, or remove the key if it may use all");
  }

  void of_others() {
    findings_.add("TL001", Severity::info, document_.at(*document_.field_key("tools")),
                  "none of these tools is the client's; the agent seems to be written for another program",
                  "leave it, or list the client's tools if the agent is meant for both");
  }

  // Tools of MCP servers are judged where servers are (tl_mcp.cpp).
  void syntax_and_name(const ToolEntry& entry) {
    if (!entry.tool) {
      findings_.add("TL003", at_item(document_, entry.item), "\"" + entry.item.text + "\" is malformed",
                    entry.item.balanced ? "write Tool, Tool(pattern) or mcp__server__tool"
                                        : "a parenthesis has no partner; put entries with commas in quotes");
      return;
    }
    if (!entry.tool->server.empty() || entry.tool->tool == "*" || entry.tool->tool.starts_with("{{")) return;
    const std::string& name = entry.tool->tool;
    if (client::find_tool(name) != nullptr || letters::is_one_of(name, context_.policy().known.tools)) return;
    if (const std::size_t colon = name.find(':');
        colon != std::string::npos && client::find_tool(name.substr(0, colon)) != nullptr) {
      findings_.add("TL003", Severity::warning, at_item(document_, entry.item),
                    "\"" + entry.item.text + "\" is malformed",
                    "write " + name.substr(0, colon) + "(" + name.substr(colon + 1) + ")");
      return;
    }
    const std::string near = letters::did_you_mean(name, letters::names_of(client::known_tools()));
    if (several_ && (near.empty() || !is_misspelt(name))) return;
    const bool rule = document_.role() == Role::settings;
    findings_.add("TL001", rule ? std::optional(Severity::warning) : std::nullopt, at_item(document_, entry.item),
                  "the client has no tool \"" + name + "\"",
                  near.empty() ? "tools of client " + std::string(client::version) +
                                     " are known; list others in cascade.yaml's known.tools"
                               : near);
  }

  void breadth(const ToolEntry& entry) {
    if (!entry.tool || !entry.tool->server.empty()) return;
    const std::string &tool = entry.tool->tool, &pattern = entry.tool->pattern;
    namespace names = client::tool_names;
    const bool any = letters::is_one_of(pattern, {"*", ":*", "**", "*:*"});
    const bool all = tool == "*" || (tool == names::bash && (pattern.empty() || any)) ||
                     (any && letters::is_one_of(tool, {names::write, names::web_fetch, names::edit}));
    if (all)
      findings_.add(
          "TL005", at_item(document_, entry.item), entry.item.text + " lets everything pass without a question",
          tool == "*"
              ? "list the tools"
              : "name what is needed, as in " + tool + "(" + (tool == names::bash ? "git diff *" : "docs/**") + ")");
  }

  // Taking a tool away without a pattern takes away every use of it.
  void conflicts() {
    const Node *granted = document_.field("tools"), *taken = document_.field("disallowedTools");
    if (granted == nullptr || taken == nullptr) return;
    const std::vector<ToolEntry> grants = entries_of(document_, *granted);
    for (const ToolEntry& entry : entries_of(document_, *taken)) {
      const bool both = entry.tool && std::ranges::any_of(grants, [&](const ToolEntry& grant) {
                          return grant.tool && grant.tool->server == entry.tool->server &&
                                 grant.tool->tool == entry.tool->tool &&
                                 (entry.tool->pattern.empty() || entry.tool->pattern == grant.tool->pattern);
                        });
      if (both)
        findings_.add("TL004", at_item(document_, entry.item),
                      entry.item.text + " is granted in tools and taken away here",
                      "taking away wins; keep one of them");
    }
  }

  bool several_ = false;  // the list at hand is for several programs
};

}  // namespace

void check_tool_lists(const Context& context, const Document& document, Findings& findings) {
  if (document.role() == Role::settings && !document.place().other)
    return ToolCheck(context, document, findings).permissions();
  if (is_manifest(document.role())) ToolCheck(context, document, findings).run();
}

// TL011: what an agent is promised and cannot have. Nobody sits at a subagent's side: the client never gives it the
// tool that asks the user, whatever its list says, so a method that begins with asking stands still or makes the
// answers up. Slash commands reach it only through the skill tool.
namespace {

class SubagentCheck : FileJudge {
 public:
  using FileJudge::FileJudge;

  void run() {
    if (tools_ != nullptr && !is_for_another_client(document_)) listed();
    asks();
    if (tools_ != nullptr && !has_skill_tool_) calls();
    if (const Node* skills = document_.field("skills"); skills != nullptr) preloads(*skills);
  }

 private:
  // The client takes names alone, and passes over everything else in silence.
  void preloads(const Node& skills) {
    for (const manifest::Item& item : manifest::items_of(skills, document_.lines(), true)) {
      if (item.text.find('/') != std::string::npos || item.text.ends_with(".md"))
        report(document_.at(item.at), "the client preloads skills by name, and finds no \"" + item.text + "\"",
               "write the skill's name alone");
    }
  }

  void report(const Location& at, const std::string& message, const std::string& help) {
    findings_.add("TL011", at, message, help);
  }

  void listed() {
    for (const manifest::Item& item : manifest::items_of(*tools_, document_.lines(), true)) {
      const auto tool = item.balanced ? ToolName::parse(item.text) : std::nullopt;
      if (!tool || !tool->server.empty()) continue;
      has_skill_tool_ = has_skill_tool_ || tool->tool == "*" || tool->tool == client::tool_names::skill ||
                        tool->tool == client::tool_names::slash_command;
      const Location at = document_.at(item.at);
      const client::Tool* known = client::find_tool(tool->tool);
      if (client::is_withheld_from_subagents(tool->tool))
        report(at, "the client never gives " + tool->tool + " to a subagent",
               "remove it, and let the agent return its open questions to whoever called it");
      else if (known != nullptr && known->standing == client::ToolStanding::gone)
        report(at, std::string(no_longer_has) + tool->tool,
               known->instead.empty() ? "remove it" : "write " + std::string(known->instead));
    }
  }

  // "1. Ask the user which ...": a step of the method. "Ask the last author" leaves a message somewhere; people who are
  // to be asked in person are named by what they are.
  void asks() {
    const TextModel& body = document_.body();
    for (const syntax::Block& block : body.outline().blocks) {
      if (block.kind != syntax::BlockKind::paragraph) continue;
      std::size_t begin = body.body() + block.begin;
      const std::string_view lines = body.running();
      begin = std::min(lines.find_first_not_of(" \t0123456789.)-*+_", begin), body.body() + block.end);  // "1. **"
      const std::string_view said = lines.substr(begin, body.body() + block.end - begin);
      if (orders_an_interview(said) && stance_of(body, begin, begin) == Stance::meant)
        report(document_.at(begin, 0), "a subagent has nobody to ask",
               "let it take the answers as input, or return the questions");
    }
  }

  static bool orders_an_interview(std::string_view said) {
    WordCursor words(said);
    if (!words.next() || !letters::is_one_of_lower(words.word(), {"ask", "interview"})) return false;
    if (!words.next()) return false;
    if (letters::is_one_of_lower(words.word(), {"the", "each", "every", "your"}) && !words.next()) return false;
    return letters::is_one_of_lower(words.word(), {"user", "users", "people", "person", "human", "stakeholder",
                                                   "stakeholders", "requester", "customer", "them"});
  }

  // "Spawned by `/name`", "the contract from `/name`", "say: "run `/name` again"": the agent does not run it.
  bool is_only_named(const Link& link) const {
    std::string_view before = document_.lines().line(link.line).substr(0, link.column);
    if (std::count(before.begin(), before.end(), '"') % 2 != 0) return true;
    before = letters::trim(before.substr(0, before.find_last_of(" \t") + 1));  // without the name itself
    return letters::is_one_of_lower(before.substr(before.find_last_of(" \t(") + 1), {"by", "from", "of"});
  }

  // Calls of commands and skills by "/name" that no key of the manifest brings along.
  void calls() {
    if (!document_.manifest()) return;
    const std::string provided = keys_for_cascade();
    for (const Link& link : context_.registry.links(document_.manifest()->id)) {
      if (link.via != Via::slash || link.strength > Strength::invoked || is_only_named(link)) continue;
      const std::string name(context_.registry[link.to].name);
      if (has_phrase(provided, {letters::last_part(name)})) continue;
      report(document_.at(syntax::Position{link.line, link.column}),
             "the agent is told to run /" + name + " and has no tool for it",
             "add " + std::string(client::tool_names::skill) + " to its tools, or write the steps here");
      return;  // the first says it all
    }
  }

  // What Cascade puts beside the agent's task.
  std::string keys_for_cascade() const {
    std::string all;
    for (const char* key : {"cascade-commands", "cascade-skills", "commands", "skills"})
      if (const Node* value = document_.metadata(key); value != nullptr) {
        all += value->text + " ";
        for (const Node& item : value->items) all += item.text + " ";
      }
    return all;
  }

  const Node* tools_ = document_.field("tools");
  bool has_skill_tool_ = false;
};

}  // namespace

void check_subagents(const Context& context, const Document& document, Findings& findings) {
  if (document.role() == Role::agent && findings.runs("TL011")) SubagentCheck(context, document, findings).run();
}

}  // namespace cascade::validation
