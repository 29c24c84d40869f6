// HK004 and HK005: matchers that the event ignores, and matchers that match nothing. What a matcher is compared with
// depends on the event: the names of tools, a closed list of values, or any text.
#include <algorithm>

#include "client/built_in.h"
#include "client/events.h"
#include "text/suggestion.h"
#include "validate/reading/json_values.h"
#include "validate/reading/matcher.h"
#include "validate/rules/checks.h"
#include "validate/rules/hooks.h"

namespace cascade::validation {
namespace {

using syntax::Node;

// A name such as mcp__github or mcp__ is no tool: the client compares names whole, so those of a server need ".*".
bool is_server_alone(std::string_view name) {
  if (name.substr(0, 5) != "mcp__") return false;
  const std::size_t tool = name.find("__", 5);
  return tool == std::string_view::npos || tool + 2 == name.size();
}

bool can_match(const Context& context, const client::Event& event, std::string_view name) {
  if (event.against == client::MatchedAgainst::listed)
    return std::find(event.values.begin(), event.values.end(), name) != event.values.end();
  if (event.against != client::MatchedAgainst::tool) return true;
  const std::vector<std::string>& known = context.policy().known.tools;
  return client::find_tool(name) != nullptr || (name.substr(0, 5) == "mcp__" && !is_server_alone(name)) ||
         std::find(known.begin(), known.end(), name) != known.end();
}

void check_names(const Context& context, const Document& document, const client::Event& event, const Node& matcher,
                 Findings& findings) {
  const std::string& text = matcher.text;
  const std::vector<std::string_view> names = names_in(text);
  const bool dead = !names.empty() && std::none_of(names.begin(), names.end(), [&](std::string_view name) {
    return can_match(context, event, name);
  });
  const auto server = event.against == client::MatchedAgainst::tool
                          ? std::find_if(names.begin(), names.end(), is_server_alone)
                          : names.end();
  if (server != names.end()) {
    const bool others =
        std::any_of(names.begin(), names.end(), [&](std::string_view name) { return can_match(context, event, name); });
    const std::string_view begin = server->substr(0, server->find_last_not_of('_') + 1);
    findings.add("HK005", others ? Severity::warning : Severity::error, document.at(matcher),
                 "\"" + std::string(*server) + "\" matches no tool: names are compared whole",
                 "write \"" + std::string(begin) + "__.*\"");
    return;
  }
  const std::string what =
      event.against == client::MatchedAgainst::tool ? "no tool" : "no value of " + std::string(event.name);
  if (dead) {
    const std::string near = letters::did_you_mean(names.front(), event.against == client::MatchedAgainst::tool
                                                                      ? letters::names_of(client::known_tools())
                                                                      : letters::names_of(event.values));
    findings.add("HK005", document.at(matcher), "\"" + text + "\" matches " + what,
                 near.empty() ? "names are case-sensitive" : near);
  }
}

// "Bash(git commit:*)|Write": an alternative that is written as a rule of permissions matches nothing.
void check_expression(const client::Event& event, const Document& document, const Node& matcher, Findings& findings) {
  if (const auto fault = regex_fault(matcher.text)) {
    findings.add("HK005", document.at(matcher), "\"" + matcher.text + "\" is not a regular expression: " + *fault,
                 "it matches nothing, so the hook never runs");
    return;
  }
  if (event.against != client::MatchedAgainst::tool) return;
  const std::vector<std::string_view> all = alternatives_in(matcher.text);
  const auto is_rule = [](std::string_view one) { return client::find_tool(tool_of_permission(one)) != nullptr; };
  const auto first = std::find_if(all.begin(), all.end(), is_rule);
  if (first == all.end()) return;
  const bool dead = std::all_of(first, all.end(), is_rule) && first == all.begin();
  findings.add("HK005", dead ? Severity::error : Severity::warning, document.at(matcher),
               "\"" + std::string(*first) + "\" matches no tool: a matcher is compared with the tool's name alone",
               "write \"" + std::string(tool_of_permission(*first)) + "\" and look at its input in the hook");
}

}  // namespace

void check_hook_matchers(const Context& context, const Document& document, Findings& findings) {
  const Node* map = hook_map(document);
  if (!is_map(map)) return;
  for (std::size_t i = 0; i < map->size(); ++i) {
    const client::Event* event = document.place().tables().event(map->key(i).text);
    const Node& groups = map->value(i);
    if (event == nullptr || groups.kind != syntax::NodeKind::list) continue;
    for (const Node& group : groups.items) {
      const Node* matcher = group.find("matcher");
      if (matcher == nullptr) continue;
      if (matcher->kind != syntax::NodeKind::string)
        findings.add("HK005", document.at(*key_of(group, "matcher")),
                     "matcher is " + std::string(describe(matcher->kind)) + " and must be a text",
                     "the client drops all hooks of the file; join the names with |");
      else if (matcher->text.empty() || matcher->text == "*")
        continue;
      else if (document.place().other)  // which values they match is not in their tables
        check_expression({}, document, *matcher, findings);
      else if (!event->matches())
        findings.add("HK004", document.at(*key_of(group, "matcher")),
                     std::string(event->name) + " ignores matchers; the hook runs every time", "remove the matcher");
      else if (is_list_of_names(matcher->text))
        check_names(context, document, *event, *matcher, findings);
      else
        check_expression(*event, document, *matcher, findings);
    }
  }
}

}  // namespace cascade::validation
