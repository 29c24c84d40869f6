// Hook entries as the client reads them (2.1.328): its own schema decides which keys an entry of each type needs.
#include <algorithm>

#include "client/built_in.h"
#include "client/events.h"
#include "text/ascii.h"
#include "text/hex.h"
#include "text/suggestion.h"
#include "text/word_set.h"
#include "validate/reading/lists.h"
#include "validate/reading/matcher.h"
#include "validate/reading/plugins.h"
#include "validate/rules/checks.h"
#include "validate/rules/commands.h"

namespace cascade::validation {
namespace {

using syntax::Node, syntax::NodeKind;

// Whether milliseconds were meant: whole thousands, and all that is longer than somebody waits. 1800 is half an hour.
bool is_in_milliseconds(double seconds) {
  constexpr double surely_seconds = 1000, longest = 7200, step = 600;
  if (seconds < surely_seconds) return false;
  const auto is_whole = [seconds](double unit) {
    return seconds / unit == static_cast<double>(static_cast<long long>(seconds / unit));
  };
  return seconds > longest || is_whole(surely_seconds) || !is_whole(step);
}

const Node& place_of(const Node& map, std::string_view key) {
  const Node* found = key_of(map, key);
  return found == nullptr ? map : *found;
}

// A client that takes a file of hooks as a whole: one key, type or number that it does not know, and no hook of it
// runs.
bool drops_whole_file(const Document& document) {
  return document.place().other && ends_with_part(document.path(), lists::strict_hook_files);
}

std::string drops_it(const Document& document) {
  return std::string(document.place().tables().title) + " drops the whole file for it";
}

void check_timeout(const Document& document, const Node& handler, Findings& findings) {
  constexpr double least_milliseconds = 100;  // less would be over before a program has started
  const client::HookFile* const file = document.place().other ? document.place().other->hooks : nullptr;
  std::string_view key = "timeout";
  if (file != nullptr && !file->seconds.empty() && handler.find(file->seconds) != nullptr) key = file->seconds;
  const Node* timeout = handler.find(key);
  if (timeout == nullptr) return;
  const std::string& digits = timeout->text;
  const auto value = letters::decimal(digits);
  const bool in_milliseconds = file != nullptr && file->milliseconds;
  const auto report = [&](std::optional<Severity> severity, const std::string& what, std::string help) {
    findings.add("HK007", severity, document.at(place_of(handler, key)), std::string(key) + what, std::move(help));
  };
  if (timeout->kind != NodeKind::number || !value || !(*value > 0))
    report(std::nullopt, " must be a number above 0", in_milliseconds ? "it is in milliseconds" : "it is in seconds");
  else if (in_milliseconds && *value < least_milliseconds)
    report(Severity::warning, " is " + digits + " milliseconds",
           std::string(document.place().tables().title) + " counts milliseconds; 5000 is five seconds");
  else if (!in_milliseconds && digits.find('.') != std::string::npos && drops_whole_file(document))
    report(std::nullopt, " must be a whole number", drops_it(document));
  else if (!in_milliseconds && is_in_milliseconds(*value))
    report(Severity::warning, " is " + digits + " seconds",
           "it is in seconds, not in milliseconds; 30 is half a minute");
}

// The client takes a handler away after its first run in the hooks of a skill or a command alone.
void check_once(const Document& document, const Node& handler, Findings& findings) {
  const Node* once = handler.find("once");
  if (once == nullptr || once->text != "true" || document.place().other) return;
  if (document.role() == Role::skill || document.role() == Role::command) return;
  findings.add("FM014", Severity::warning, document.at(place_of(handler, "once")),
               "once does nothing here: the hook runs every time", "only the hooks of a skill can run once");
}

void not_a_map(const Document& document, const Node& handler, const char* help, Findings& findings) {
  findings.add("HK003", document.at(handler), "a handler is " + std::string(describe(handler.kind)), help);
}

void check_handler(const Document& document, const Node& handler, Findings& findings) {
  if (handler.kind != NodeKind::map)
    return not_a_map(document, handler, "write { \"type\": \"command\", \"command\": ... }", findings);
  const Node* type = handler.find("type");
  if (!is_text(type)) {
    findings.add("HK003", document.at(handler), "the handler has no type",
                 "one of command, prompt, agent, http, mcp_tool");
    return;
  }
  const auto unknown_type = [&](const std::string& help) {
    findings.add("HK003", document.at(place_of(handler, "type")),
                 "there are no handlers of type \"" + type->text + "\"", help);
  };
  if (drops_whole_file(document) && !letters::is_one_of(type->text, lists::strict_handler_types))
    return unknown_type(drops_it(document));
  const client::Handler* known = client::find_handler(type->text);
  if (known == nullptr) {
    std::vector<std::string_view> types;
    for (const client::Handler& other : client::handlers()) types.push_back(other.type);
    const std::string near = letters::did_you_mean(type->text, types);
    unknown_type(near.empty() ? "one of command, prompt, agent, http, mcp_tool" : near);
    return;
  }
  for (const std::string_view field : known->required) {
    const Node* value = handler.find(field);
    if (is_text(value) && !value->text.empty()) continue;
    findings.add("HK003", document.at(place_of(handler, "type")),
                 "a " + type->text + " handler needs " + std::string(field), "the client refuses it without");
  }
  check_timeout(document, handler, findings);
  check_once(document, handler, findings);
}

// A handler without groups around it, for clients that have none: a command, in one of the keys that they read.
void check_flat_handler(const Document& document, const Node& handler, Findings& findings) {
  if (handler.kind != NodeKind::map) return not_a_map(document, handler, "write { \"command\": ... }", findings);
  if (is_list(handler.find("hooks"))) {
    findings.add(
        "HK011", document.at(place_of(handler, "hooks")), "handlers stand in a group",
        std::string(document.place().tables().title) + " has no groups: put each handler into the event's list");
    return;
  }
  const Node* type = handler.find("type");
  const bool runs = type == nullptr || type->text == "command";
  const auto has = [&](std::string_view key) {
    const Node* value = handler.find(key);
    return is_text(value) && !value->text.empty();
  };
  if (runs && !has("command") && !has("bash") && !has("powershell"))
    findings.add("HK003", document.at(handler), "the handler has no command", "the client skips it");
  check_timeout(document, handler, findings);
}

bool is_flat(const Document& document) {
  const auto& other = document.place().other;
  return other && other->hooks != nullptr && other->hooks->shape == client::HookShape::flat;
}

void check_group(const Document& document, const Node& group, Findings& findings) {
  const Node* handlers = is_flat(document) ? nullptr : group.find("hooks");
  if (group.kind == NodeKind::map && is_list(handlers)) {
    for (const Node& handler : handlers->items) check_handler(document, handler, findings);
    return;
  }
  if (is_flat(document)) return check_flat_handler(document, group, findings);
  const bool direct = group.kind == NodeKind::map && group.find("type") != nullptr && handlers == nullptr;
  findings.add("HK011", document.at(handlers != nullptr ? place_of(group, "hooks") : group),
               direct ? "a handler stands where its group should" : "the group has no list of hooks",
               "write [{ \"hooks\": [{ \"type\": ... }] }]");
}

// Keys beside "hooks" of which the client's schema for this file has none ("statusLine", an event): it drops them. A
// text or a number only describes, and so does a comment ("_comment", "$comment").
void check_top(const Document& document, Findings& findings) {
  for (std::size_t i = 0; i < document.data().size(); ++i) {
    const Node &key = document.data().key(i), &value = document.data().value(i);
    if (client::is_key_of_hooks_file(key.text) || (value.kind != NodeKind::map && value.kind != NodeKind::list))
      continue;
    if (key.text.empty() || std::string_view("_$/#").find(key.text.front()) != std::string_view::npos) continue;
    findings.add(
        "HK011", Severity::warning, document.at(key), "the client reads no \"" + key.text + "\" here, only \"hooks\"",
        client::find_event(key.text) != nullptr ? "put it below \"hooks\"" : "put it where it is read, or remove it");
  }
}

// "MessageQueued": two words or more in the clients' spelling. New events come with nearly every version of the client.
bool looks_like_an_event(std::string_view name) {
  std::size_t words = 0;
  for (std::size_t at = 0; at < name.size(); ++at) {
    if (!letters::is_letter(name[at])) return false;
    if (!letters::is_upper(name[at])) continue;
    if (at + 1 >= name.size() || !letters::is_lower(name[at + 1])) return false;
    ++words;
  }
  return words >= 2 && letters::is_upper(name.front());
}

void unknown_event(const Document& document, const Node& event, Findings& findings) {
  const client::Tables& tables = document.place().tables();
  const bool other = document.place().other.has_value();
  const std::string near = letters::did_you_mean(event.text, letters::names_of(tables.events));
  const std::string version = (other ? std::string(tables.title) : "client") +
                              (tables.version == "documented" ? "'s documentation" : " " + std::string(tables.version));
  if (near.empty() && (other || looks_like_an_event(event.text))) {
    findings.add("HK002", other ? Severity::warning : Severity::info, document.at(event),
                 "the events of " + version + " do not include \"" + event.text + "\"",
                 "a newer client may have it; an older one ignores the entry");
    return;
  }
  findings.add(
      "HK002", document.at(event),
      (other ? std::string(tables.title) : "the client") + " has no event \"" + event.text + "\"",
      near.empty() ? "use an event of " + version + ", such as PreToolUse, PostToolUse or Stop, or remove it" : near);
}

// HK004 and HK005: matchers that the event ignores, and matchers that match nothing. What a matcher is compared with
// depends on the event: the names of tools, a closed list of values, or any text.

// A name such as mcp__github or mcp__ is no tool: the client compares names whole, so those of a server need ".*".
bool is_server_alone(std::string_view name) {
  if (!name.starts_with("mcp__")) return false;
  const std::size_t tool = name.find("__", 5);
  return tool == std::string_view::npos || tool + 2 == name.size();
}

bool can_match(const Context& context, const client::Event& event, std::string_view name) {
  if (event.against == client::MatchedAgainst::listed) return letters::is_one_of(name, event.values);
  return event.against != client::MatchedAgainst::tool || client::find_tool(name) != nullptr ||
         (name.starts_with("mcp__") && !is_server_alone(name)) ||
         letters::is_one_of(name, context.policy().known.tools);
}

void check_names(const Context& context, const Document& document, const client::Event& event, const Node& matcher,
                 Findings& findings) {
  const std::string& text = matcher.text;
  const std::vector<std::string_view> names = names_in(text);
  const bool of_tools = event.against == client::MatchedAgainst::tool;
  const bool others =
      std::ranges::any_of(names, [&](std::string_view name) { return can_match(context, event, name); });
  const auto server = of_tools ? std::ranges::find_if(names, is_server_alone) : names.end();
  if (server != names.end()) {
    const std::string_view begin = server->substr(0, server->find_last_not_of('_') + 1);
    findings.add("HK005", others ? Severity::warning : Severity::error, document.at(matcher),
                 "\"" + std::string(*server) + "\" matches no tool: names are compared whole",
                 "write \"" + std::string(begin) + "__.*\"");
    return;
  }
  if (others || names.empty()) return;
  const std::string near = letters::did_you_mean(
      names.front(), of_tools ? letters::names_of(client::known_tools()) : letters::names_of(event.values));
  findings.add("HK005", document.at(matcher),
               "\"" + text + "\" matches " + (of_tools ? "no tool" : "no value of " + std::string(event.name)),
               near.empty() ? "names are case-sensitive" : near);
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
  const bool dead = std::ranges::all_of(all, is_rule);
  findings.add("HK005", dead ? Severity::error : Severity::warning, document.at(matcher),
               "\"" + std::string(*first) + "\" matches no tool: a matcher is compared with the tool's name alone",
               "write \"" + std::string(tool_of_permission(*first)) + "\" and look at its input in the hook");
}

}  // namespace

void check_hook_entries(const Context&, const Document& document, Findings& findings) {
  bool missing = false;
  const Node* map = hook_map(document, &missing);
  if (!document.parsed().complete) return;
  if (document.role() == Role::settings && document.data().kind != NodeKind::map)
    findings.add("HK011", document.at_line(1),
                 "the settings are " + std::string(describe(document.data().kind)) + " and must be an object", "");
  if (missing)
    findings.add("HK011", document.at_line(1), "there is no \"hooks\" at the top", "put the events below \"hooks\"");
  else if (document.role() == Role::hooks && !document.place().other)
    check_top(document, findings);
  if (drops_whole_file(document))
    for (std::size_t i = 0; i < document.data().size(); ++i)
      if (const std::string& key = document.data().key(i).text; !letters::is_one_of(key, {"hooks", "description"}))
        findings.add("HK011", document.at(document.data().key(i)), "there is no key \"" + key + "\" here",
                     drops_it(document));
  if (map == nullptr) return;
  if (map->kind != NodeKind::map) {
    findings.add("HK011", document.at(place_of(document.data(), "hooks")),
                 "hooks is " + std::string(describe(map->kind)) + " and must be a map of events", "");
    return;
  }
  for (std::size_t i = 0; i < map->size(); ++i) {
    const Node &event = map->key(i), &groups = map->value(i);
    const client::Tables& tables = document.place().tables();
    if (tables.has_setting("hooks." + event.text)) continue;
    if (tables.event(event.text) == nullptr) {
      unknown_event(document, event, findings);
      continue;
    }
    if (groups.kind != NodeKind::list)
      findings.add("HK011", document.at(event),
                   event.text + " is " + std::string(describe(groups.kind)) + " and must be a list",
                   is_flat(document) ? "write [{ \"command\": ... }]" : "write [{ \"hooks\": [{ \"type\": ... }] }]");
    else
      for (const Node& group : groups.items) check_group(document, group, findings);
  }
}

// HK001, PL001, TL009: the same fault in three kinds of files.
void check_json_syntax(const Context&, const Document& document, Findings& findings) {
  if (!is_json(document.role())) return;
  const Role role = document.role();
  const std::string_view rule = role == Role::plugin || role == Role::marketplace ? "PL001"
                                : role == Role::mcp                               ? "TL009"
                                                                                  : "HK001";
  for (const syntax::Fault& fault : document.parsed().faults) {
    if (fault.kind == syntax::FaultKind::duplicate_key || fault.kind == syntax::FaultKind::encoding) continue;
    const auto& other = document.place().other;
    const bool toml = document.path().ends_with(".toml");
    findings.add(rule, document.at(fault.at), (toml ? "not valid TOML: " : "not valid JSON: ") + fault.message,
                 other && other->settings != nullptr ? std::string(other->tables->title) + " cannot read it"
                                                     : "JSON has no comments and no comma before a closing bracket");
    return;
  }
}

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
