// Adds and removes our hook entries in a settings text. Our entries are recognised by their command (runs_cascade()),
// never by position, so entries of older versions and moved entries are found as well. Removing cuts handlers, groups,
// events and at last "hooks" itself, as far as they held only our entries. Adding changes nothing if the entries are
// there already; otherwise it removes the old ones and appends the new ones.
#include "init/settings_edit.h"

#include <algorithm>
#include <optional>

#include "syntax/json.h"

namespace cascade::init {
namespace {

using syntax::Node;
using syntax::NodeKind;

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

bool already_there(const SettingsText& settings, const std::vector<HookEntry>& entries) {
  const std::vector<HookEntry> ours = entries_of(settings);
  return ours.size() == entries.size() && std::is_permutation(ours.begin(), ours.end(), entries.begin());
}

}  // namespace

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
