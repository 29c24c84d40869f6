// Adds and removes our hook entries in a settings text. Our entries are recognised by their command (runs_cascade()),
// never by position, so entries of older versions and moved entries are found as well. Removing cuts handlers, groups,
// events and at last "hooks" itself, as far as they held only our entries. Adding changes nothing if the entries are
// there already; otherwise it removes the old ones and appends the new ones.
#include "init/settings_edit.h"

#include <algorithm>
#include <optional>

#include "client/names.h"
#include "init/settings_text.h"
#include "syntax/json.h"

namespace cascade::init {
namespace {

namespace names = client::event_names;
namespace matchers = client::matchers;

using syntax::Node;
using syntax::NodeKind;

bool is_ours(const Node& handler) {
  const Node* command = handler.find("command");
  return command != nullptr && command->kind == NodeKind::string && runs_cascade(command->text);
}

// The group's handlers; null if it has none that we understand.
const Node* handlers_of(const Node& group) {
  const Node* handlers = group.find("hooks");
  return handlers != nullptr && handlers->kind == NodeKind::list ? handlers : nullptr;
}

// Whether the group holds only our handlers. A flat entry is a handler without a group around it.
bool only_ours(const Node& group) {
  const Node* handlers = handlers_of(group);
  if (handlers == nullptr) return is_ours(group);
  return !handlers->items.empty() && std::all_of(handlers->items.begin(), handlers->items.end(), is_ours);
}

// Collects the members and elements to cut, whole and with their comments, outermost first.
void collect_removals(std::string_view text, const SettingsText& settings, std::vector<TextEdit>& edits) {
  const std::optional<std::size_t> hooks = member(settings.root, "hooks");
  if (!hooks || settings.root.value(*hooks).kind != NodeKind::map) return;
  const Node& events = settings.root.value(*hooks);
  std::vector<std::size_t> gone_events;
  std::vector<TextEdit> inner;
  for (std::size_t event = 0; event < events.size(); ++event) {
    const Node& groups = events.value(event);
    if (groups.kind != NodeKind::list) continue;
    std::vector<std::size_t> gone;
    for (std::size_t i = 0; i < groups.items.size(); ++i) {
      if (only_ours(groups.items[i])) {
        gone.push_back(i);
      } else if (const Node* handlers = handlers_of(groups.items[i])) {
        std::vector<std::size_t> ours;
        for (std::size_t h = 0; h < handlers->items.size(); ++h)
          if (is_ours(handlers->items[h])) ours.push_back(h);
        cut_children(text, settings.places, *handlers, ours, inner);
      }
    }
    if (!gone.empty() && gone.size() == groups.items.size())
      gone_events.push_back(event);
    else
      cut_children(text, settings.places, groups, gone, inner);
  }
  if (!gone_events.empty() && gone_events.size() == events.size()) {
    cut_children(text, settings.places, settings.root, {*hooks}, edits);
    return;
  }
  cut_children(text, settings.places, events, gone_events, edits);
  edits.insert(edits.end(), inner.begin(), inner.end());
}

JsonText entry_text(const HookEntry& entry) {
  JsonText handler = JsonText::object();
  if (!entry.flat) handler.add("type", JsonText::string("command"));
  handler.add("command", JsonText::string(entry.command));
  if (entry.timeout > 0) handler.add("timeout", JsonText::number(entry.timeout));
  if (entry.flat) {
    if (!entry.matcher.empty()) handler.add("matcher", JsonText::string(entry.matcher));
    return handler;
  }
  if (entry.blocks) handler.add("onFailure", JsonText::string("block"));
  JsonText handlers = JsonText::array();
  handlers.add(handler);
  JsonText group = JsonText::object();
  if (!entry.matcher.empty()) group.add("matcher", JsonText::string(entry.matcher));
  group.add("hooks", handlers);
  return group;
}

// The entries by event, in the order in which the events first appear.
std::vector<std::pair<std::string, std::vector<JsonText>>> by_event(const std::vector<HookEntry>& entries) {
  std::vector<std::pair<std::string, std::vector<JsonText>>> groups;
  for (const HookEntry& entry : entries) {
    auto found =
        std::find_if(groups.begin(), groups.end(), [&](const auto& group) { return group.first == entry.event; });
    if (found == groups.end()) found = groups.insert(groups.end(), {entry.event, {}});
    found->second.push_back(entry_text(entry));
  }
  return groups;
}

JsonText list_of(const std::vector<JsonText>& items) {
  JsonText list = JsonText::array();
  for (const JsonText& item : items) list.add(item);
  return list;
}

Result<std::vector<TextEdit>> insert(const SettingsText& settings, const std::vector<HookEntry>& entries) {
  std::vector<TextEdit> edits;
  std::vector<std::pair<std::string, JsonText>> new_events;
  const std::optional<std::size_t> hooks = member(settings.root, "hooks");
  const Node* events = hooks ? &settings.root.value(*hooks) : nullptr;
  if (events != nullptr && events->kind != NodeKind::map)
    return malformed_settings(events->at, "\"hooks\" is not an object");
  for (const auto& [event, items] : by_event(entries)) {
    const std::optional<std::size_t> at = events != nullptr ? member(*events, event) : std::nullopt;
    if (!at) {
      new_events.emplace_back(event, list_of(items));
      continue;
    }
    const Node& list = events->value(*at);
    if (list.kind != NodeKind::list) return malformed_settings(list.at, "\"" + event + "\" is not a list");
    edits.push_back(append_items(settings.places, list, items, settings.layout, 3));
  }
  if (!new_events.empty() && events != nullptr)
    edits.push_back(append_members(settings.places, *events, new_events, settings.layout, 2));
  if (!new_events.empty() && events == nullptr) {
    JsonText all = JsonText::object();
    for (auto& [event, list] : new_events) all.add(event, list);
    edits.push_back(append_members(settings.places, settings.root, {{"hooks", all}}, settings.layout, 1));
  }
  return edits;
}

// The object of events below "hooks"; null if there is none or it has another form.
const Node* events_of(const SettingsText& settings) {
  const Node* events = settings.root.find("hooks");
  return events != nullptr && events->kind == NodeKind::map ? events : nullptr;
}

// The handlers of a group; a flat entry is its own handler.
Span<Node> all_handlers(const Node& group) {
  if (const Node* handlers = handlers_of(group)) return {handlers->items.data(), handlers->items.size()};
  return {&group, 1};
}

bool already_there(const SettingsText& settings, const std::vector<HookEntry>& entries) {
  const Node* events = events_of(settings);
  std::size_t ours = 0, wanted = 0;
  for (std::size_t event = 0; events != nullptr && event < events->size(); ++event) {
    for (const Node& group : events->value(event).items) {
      for (const Node& handler : all_handlers(group)) {
        if (!is_ours(handler)) continue;
        ++ours;
        const Node* matcher = group.find("matcher");
        const Node* timeout = handler.find("timeout");
        const Node* failure = handler.find("onFailure");
        for (const HookEntry& entry : entries)
          if (entry.event == events->key(event).text && entry.command == handler.find("command")->text &&
              entry.matcher == (matcher != nullptr ? matcher->text : "") &&
              std::to_string(entry.timeout) == (timeout != nullptr ? timeout->text : "0") &&
              entry.blocks == (failure != nullptr && failure->text == "block"))
            ++wanted;
      }
    }
  }
  return ours == entries.size() && wanted == entries.size();
}

}  // namespace

namespace {

// A shell command split into its program and the rest; the program is empty if the command has another form.
struct Line {
  std::string_view program, rest;
};
Line cut(std::string_view command) {
  while (!command.empty() && command.front() == ' ') command.remove_prefix(1);
  if (command.empty()) return {};
  const char quote = command.front() == '"' || command.front() == '\'' ? command.front() : ' ';
  if (quote != ' ') command.remove_prefix(1);
  const std::size_t end = command.find(quote);
  if (end == std::string_view::npos) return {};
  std::string_view rest = command.substr(end + 1);
  while (!rest.empty() && rest.front() == ' ') rest.remove_prefix(1);
  return {command.substr(0, end), rest};
}

}  // namespace

bool runs_cascade(std::string_view command) {
  const Line line = cut(command);
  const std::string_view name = line.program.substr(line.program.rfind('/') + 1);
  const std::string_view verb = line.rest.substr(0, line.rest.find(' '));
  return (name == "cascade" || name == "cascade.exe") && (verb == "hook" || verb == "guard");
}

namespace {

// The matcher node of our entry for an event that starts `verb`, if there is one.
const Node* entry_of(const Node* groups, std::string_view verb) {
  if (groups == nullptr || groups->kind != NodeKind::list) return nullptr;
  for (const Node& group : groups->items)
    if (const Node* handlers = handlers_of(group))
      for (const Node& handler : handlers->items)
        if (is_ours(handler) && cut(handler.find("command")->text).rest.substr(0, verb.size()) == verb) return &group;
  return nullptr;
}

// Whether our entry may take as long as a check does.
bool waits_for_checks(const Node* groups) {
  const Node* const group = entry_of(groups, "hook");
  const Node* const handlers = group == nullptr ? nullptr : handlers_of(*group);
  if (handlers == nullptr) return false;
  return std::any_of(handlers->items.begin(), handlers->items.end(), [](const Node& handler) {
    const Node* const timeout = handler.find("timeout");
    return is_ours(handler) && timeout != nullptr && timeout->text == "30";
  });
}

constexpr std::string_view trust_alone = "(.*)", trust_and = ".*|";

// The matcher that the entry would have without skill hooks.
std::string_view other_matcher(const Node& group) {
  const Node* node = group.find("matcher");
  const std::string_view matcher = node == nullptr ? std::string_view() : std::string_view(node->text);
  if (matcher.substr(0, trust_and.size()) == trust_and) return matcher.substr(trust_and.size());
  return matcher;
}

bool matches(const Node& group, std::string_view matcher) {
  return group.find("matcher") != nullptr && other_matcher(group) == matcher;
}

// Whether the entry is needed only for skill hooks.
bool is_for_trust(const Node* group) { return group != nullptr && other_matcher(*group) == trust_alone; }

bool serves_trust(const Node* group) {
  const Node* node = group == nullptr ? nullptr : group->find("matcher");
  return node != nullptr && (node->text == trust_alone || other_matcher(*group).size() != node->text.size());
}

// Whether one of our entries for an event has this matcher.
bool has_matcher(const Node* groups, std::string_view matcher) {
  if (groups == nullptr || groups->kind != NodeKind::list) return false;
  return std::any_of(groups->items.begin(), groups->items.end(), [&](const Node& group) {
    const Span<Node> handlers = all_handlers(group);
    return matches(group, matcher) && std::any_of(handlers.begin(), handlers.end(), is_ours);
  });
}

}  // namespace

std::string also_for_trust(std::string_view other) {
  return other.empty() ? std::string(trust_alone) : std::string(trust_and) + std::string(other);
}

std::vector<std::string> installed_systems(std::string_view text) {
  std::vector<std::string> systems;
  const auto settings = read_settings(Marked(text).text);
  const Node* events = settings ? events_of(*settings) : nullptr;
  if (events == nullptr) return systems;
  const Node* const guard = entry_of(events->find(names::tool_call), "guard");
  if (guard != nullptr && !is_for_trust(guard)) {
    if (entry_of(events->find(names::directory_added), "hook") != nullptr) systems = {"repository"};
    if (matches(*guard, matchers::every_tool)) systems.emplace_back("tools");
    const Node* const end = entry_of(events->find(names::session_end), "hook");
    if (end != nullptr && !matches(*end, every_one) && !is_for_trust(end)) systems.emplace_back("leases");
  }
  if (waits_for_checks(events->find(names::turn_end))) systems.emplace_back("gates");
  // Wherever effects are on, failures have the matcher of effects.
  const Node* failures = entry_of(events->find(names::tool_failure), "hook");
  if (failures != nullptr && matches(*failures, matchers::looking_tools)) systems.emplace_back("effects");
  const Node* const compact = entry_of(events->find(names::before_compaction), "hook");
  if (compact != nullptr && !matches(*compact, every_one) && !is_for_trust(compact)) systems.emplace_back("playbooks");
  const Node* const compacted = entry_of(events->find(names::after_compaction), "hook");
  if (compacted != nullptr && !is_for_trust(compacted)) systems.emplace_back("memory");
  if (has_matcher(events->find(names::tool_failure), matchers::agent_tools)) systems.emplace_back("tiers");
  if (serves_trust(guard)) systems.emplace_back("trust");
  return systems;
}

std::vector<std::string> hooked_programs(std::string_view text, bool comments) {
  std::vector<std::string> programs;
  const std::string plain = as_json(text, comments);
  const auto settings = read_settings(plain);
  const Node* events = settings ? events_of(*settings) : nullptr;
  for (std::size_t event = 0; events != nullptr && event < events->size(); ++event)
    for (const Node& group : events->value(event).items)
      for (const Node& handler : all_handlers(group))
        if (is_ours(handler)) programs.emplace_back(cut(handler.find("command")->text).program);
  return programs;
}

bool disables_hooks(std::string_view text) {
  const auto settings = read_settings(Marked(text).text);
  const Node* all = settings ? settings->root.find(client::no_hooks_key) : nullptr;
  return all != nullptr && all->kind == NodeKind::boolean && all->text == "true";
}

Result<std::string> remove_hooks(std::string_view text, bool comments) {
  if (text.empty()) return std::string();
  const Marked given(text);
  const std::string plain = as_json(given.text, comments);
  auto settings = read_settings(plain);
  if (!settings) return settings.error();
  std::vector<TextEdit> edits;
  collect_removals(given.text, *settings, edits);
  return given.mark + apply_edits(given.text, std::move(edits));
}

Result<std::string> add_hooks(std::string_view text, const std::vector<HookEntry>& entries, bool comments) {
  const Marked given(text.empty() ? std::string_view("{}\n") : text);
  const std::string plain = as_json(given.text, comments);
  auto settings = read_settings(plain);
  if (!settings) return settings.error();
  if (already_there(*settings, entries)) return given.mark + std::string(given.text);
  auto bare = remove_hooks(given.text, comments);
  if (!bare) return bare.error();
  const std::string plain_bare = as_json(*bare, comments);
  auto again = read_settings(plain_bare);
  if (!again) return again.error();
  auto edits = insert(*again, entries);
  if (!edits) return edits.error();
  return given.mark + apply_edits(*bare, *std::move(edits));
}

}  // namespace cascade::init
