// TL011: what an agent is promised and cannot have. Nobody sits at a subagent's side: the client never gives it the
// tool that asks the user, whatever its list says, so a method that begins with asking stands still or makes the
// answers up. Slash commands reach it only through the skill tool.
#include "client/built_in.h"
#include "client/names.h"
#include "manifest/items.h"
#include "text/ascii.h"
#include "text/one_of.h"
#include "validate/reading/json_values.h"
#include "validate/reading/stance.h"
#include "validate/reading/words.h"
#include "validate/rules/checks.h"
#include "validate/rules/other_client.h"

#include <algorithm>

namespace cascade::validation {
namespace {

using syntax::Node;

class SubagentCheck {
 public:
  SubagentCheck(const Context& context, const Document& document, Findings& findings)
      : context_(context), document_(document), findings_(findings), tools_(document.field("tools")) {}

  void run() {
    if (tools_ != nullptr && tools_->kind != syntax::NodeKind::map && !is_for_another_client(document_)) listed();
    asks();
    if (tools_ != nullptr && !has_skill_tool_) calls();
  }

 private:
  void report(const Location& at, const std::string& message, const std::string& help) {
    findings_.add("TL011", at, message, help);
  }

  void listed() {
    for (const manifest::Item& item : manifest::items_of(*tools_, document_.lines(), true)) {
      const auto tool = item.balanced ? ToolName::parse(item.text) : std::nullopt;
      if (!tool || !tool->server.empty()) continue;
      has_skill_tool_ = has_skill_tool_ || tool->tool == "*" || tool->tool == client::tool_names::skill ||
                        tool->tool == client::tool_names::slash_command;
      Location at = document_.at_line(item.at.line);
      at.column = item.at.column;
      const client::Tool* known = client::find_tool(tool->tool);
      if (client::is_withheld_from_subagents(tool->tool))
        report(at, "the client never gives " + tool->tool + " to a subagent",
               "remove it, and let the agent return its open questions to whoever called it");
      else if (known != nullptr && known->standing == client::ToolStanding::gone)
        report(at, "the client no longer has " + tool->tool,
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
      if (!orders_an_interview(said)) continue;
      if (stance_of(body, begin, begin) != Stance::meant) continue;
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

  // Calls of commands and skills by "/name" that no key of the manifest brings along.
  void calls() {
    if (!document_.manifest()) return;
    const std::string provided = keys_for_cascade();
    for (const Link& link : context_.registry.links(document_.manifest()->id)) {
      if (link.via != Via::slash || link.strength > Strength::invoked) continue;
      const std::string name(context_.registry[link.to].name);
      const std::string_view own = std::string_view(name).substr(name.rfind(':') + 1);  // without its folder or plugin
      if (has_phrase(provided, {own})) continue;
      Location at = document_.at_line(link.line);
      at.column = link.column;
      report(at, "the agent is told to run /" + name + " and has no tool for it",
             "add " + std::string(client::tool_names::skill) + " to its tools, or write the steps here");
      return;  // the first says it all
    }
  }

  // What Cascade puts beside the agent's task.
  std::string keys_for_cascade() const {
    std::string all;
    const Node* metadata = document_.field("metadata");
    if (!is_map(metadata)) return all;
    for (const char* key : {"cascade-commands", "cascade-skills", "commands", "skills"})
      if (const Node* value = metadata->find(key); value != nullptr) {
        all += value->text + " ";
        for (const Node& item : value->items) all += item.text + " ";
      }
    return all;
  }

  const Context& context_;
  const Document& document_;
  Findings& findings_;
  const Node* tools_;
  bool has_skill_tool_ = false;
};

}  // namespace

void check_subagents(const Context& context, const Document& document, Findings& findings) {
  if (document.role() == Role::agent && findings.runs("TL011")) SubagentCheck(context, document, findings).run();
}

}  // namespace cascade::validation
