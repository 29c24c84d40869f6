// Adds and removes our hook entries in a settings text. Our entries are recognised by their command (runs_cascade()),
// never by position, so entries of older versions and moved entries are found as well. Removing cuts handlers, groups,
// events and at last "hooks" itself, as far as they held only our entries. Adding changes nothing if the entries are
// there already; otherwise it removes the old ones and appends the new ones.
#include "init/installation.h"

#include <algorithm>
#include <optional>

#include "client/built_in.h"
#include "files/atomic_write.h"
#include "files/paths.h"
#include "policy/policy.h"
#include "policy/setting.h"
#include "syntax/json.h"
#include "syntax/toml.h"
#include "syntax/yaml.h"

namespace cascade::init {
namespace {

using syntax::Node;
using syntax::NodeKind;

// Whether the group holds only our handlers. A flat entry is a handler without a group around it.
bool only_ours(const Node& group) {
  const Node* handlers = handlers_of(group);
  if (handlers == nullptr) return is_ours(group);
  return !handlers->items.empty() && std::ranges::all_of(handlers->items, is_ours);
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
  if (entry.context_tokens > 0) handler.add("additionalContextLimit", JsonText::number(entry.context_tokens));
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
    auto found = std::ranges::find_if(groups, [&](const auto& group) { return group.first == entry.event; });
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

// Edits lists of MCP servers. JSON is changed at the places of its nodes. A TOML table is cut out by lines, since a
// table ends where the next one begins. The result is parsed again and must still contain everything else that was
// there.

using client::ServerForm;
using client::ServerSettings;

Error foreign_server(const Node& server) {
  Error error =
      malformed_settings(server.at, "a server called \"" + std::string(server_name) + "\" is somebody else's");
  error.code = ErrorCode::unwritable;
  error.help = "call it otherwise there, then run init again";
  return error;
}

JsonText server_text(const ServerSettings& settings, const std::string& program) {
  JsonText server = JsonText::object(), words = JsonText::array();
  if (!settings.type.empty()) server.add("type", JsonText::string(settings.type));
  if (settings.one_list)
    words.add(JsonText::string(program));
  else
    server.add("command", JsonText::string(program));
  words.add(JsonText::string(serving_verb));
  server.add(settings.one_list ? "command" : "args", words);
  return server;
}

Result<std::string> add_to_json(std::string_view text, const ServerSettings& settings, const std::string& program) {
  const std::string read = as_json(text, settings.comments);
  const auto found = read_settings(read);
  if (!found) return found.error();
  const std::string key(settings.key), name(server_name);
  const Node* servers = found->root.find(settings.key);
  if (servers != nullptr && servers->kind != NodeKind::map)
    return malformed_settings(servers->at, "\"" + key + "\" is not an object");
  if (const Node* server = server_of(found->root, settings)) {
    const Node* before = program_of(server);
    if (before == nullptr) return foreign_server(*server);
    if (before->text == program) return std::string(text);
    return apply_edits(
        text, {{found->places.offset(before->at), found->places.offset(before->end), syntax::quote_json(program)}});
  }
  const JsonText server = server_text(settings, program);
  if (servers != nullptr)
    return apply_edits(text, {append_members(found->places, *servers, {{name, server}}, found->layout, 2)});
  JsonText all = JsonText::object();
  all.add(name, server);
  return apply_edits(text, {append_members(found->places, found->root, {{key, all}}, found->layout, 1)});
}

Result<std::string> remove_from_json(std::string_view text, const ServerSettings& settings) {
  const std::string read = as_json(text, settings.comments);
  const auto found = read_settings(read);
  if (!found) return found.error();
  if (program_of(server_of(found->root, settings)) == nullptr) return std::string(text);
  const std::size_t at = *member(found->root, settings.key);
  const Node& servers = found->root.value(at);
  std::vector<TextEdit> edits;
  if (servers.size() == 1)
    cut_children(text, found->places, found->root, {at}, edits);
  else
    cut_children(text, found->places, servers, {*member(servers, server_name)}, edits);
  return apply_edits(text, std::move(edits));
}

// The name in a line that opens a table, as written: "a.b" for "[a.b]". Empty for any other line.
std::string_view opened_table(std::string_view line) {
  const std::size_t open = line.find_first_not_of(" \t");
  if (open == std::string_view::npos || line[open] != '[') return {};
  const std::size_t close = line.find(']', open);
  return close == std::string_view::npos ? std::string_view() : line.substr(open + 1, close - open - 1);
}

// Whether the table is our server's or lies within it.
bool is_of_server(std::string_view table, const ServerSettings& settings) {
  const std::string own = std::string(settings.key) + "." + std::string(server_name);
  return table == own || table.substr(0, own.size() + 1) == own + ".";
}

void drop_empty_line(std::string& text) {
  for (const std::string_view line_end : {"\r\n", "\n"}) {
    const std::string twice = std::string(line_end) + std::string(line_end);
    if (text.size() < twice.size() || text.compare(text.size() - twice.size(), twice.size(), twice) != 0) continue;
    text.resize(text.size() - line_end.size());
    return;
  }
}

// The text without the lines of our tables, and without the empty line that add_to_toml writes before each.
std::string without_tables(std::string_view text, const ServerSettings& settings) {
  std::string kept;
  bool inside = false;
  std::size_t pending = 0;  // empty lines and comments in our table: they belong to the next table, if there is one
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size() - 1) + 1;
    const std::string_view line = text.substr(begin, end - begin);
    const std::size_t first = line.find_first_not_of(" \t\r\n");
    if (const std::string_view table = opened_table(line); !table.empty()) {
      const bool ours = is_of_server(table, settings);
      if (inside && !ours) kept += text.substr(pending, begin - pending);
      if (!inside && ours) drop_empty_line(kept);
      inside = ours;
      pending = end;
    } else if (inside && first != std::string_view::npos && line[first] != '#') {
      pending = end;
    }
    if (!inside) kept += line;
    begin = end;
  }
  if (inside) kept += text.substr(pending);
  return kept;
}

// Everything except our server, as one line.
std::string others_of(const Node& root, const ServerSettings& settings) {
  Node rest = root;
  for (std::size_t i = 0; i + 1 < rest.items.size(); i += 2) {
    Node& servers = rest.items[i + 1];
    if (rest.items[i].text != settings.key || servers.kind != NodeKind::map) continue;
    for (std::size_t k = 0; k + 1 < servers.items.size(); k += 2)
      if (servers.items[k].text == server_name)
        servers.items.erase(servers.items.begin() + static_cast<std::ptrdiff_t>(k),
                            servers.items.begin() + static_cast<std::ptrdiff_t>(k + 2));
    if (servers.items.empty()) {
      rest.items.erase(rest.items.begin() + static_cast<std::ptrdiff_t>(i),
                       rest.items.begin() + static_cast<std::ptrdiff_t>(i + 2));
      break;
    }
  }
  syntax::JsonWriter json(syntax::JsonWriter::Style::compact);
  syntax::write_json(json, rest);
  return json.take();
}

Result<syntax::Toml> read_tables(std::string_view text) {
  syntax::Toml toml = syntax::read_toml(text);
  if (!toml.parsed.faults.empty())
    return malformed_settings(toml.parsed.faults.front().at, toml.parsed.faults.front().message);
  return toml;
}

Error unchangeable(const syntax::Position& at) {
  return malformed_settings(at, "the servers are written in a form that Cascade does not change");
}

// Parses the new text and checks that it says what was intended.
Result<std::string> checked(const Node& before, std::string after, const ServerSettings& settings, bool is_there) {
  const auto again = read_tables(after);
  const bool holds = again && others_of(again->parsed.root, settings) == others_of(before, settings) &&
                     (server_of(again->parsed.root, settings) != nullptr) == is_there;
  if (holds) return after;
  const Node* servers = before.find(settings.key);
  return unchangeable(servers == nullptr ? before.at : servers->at);
}

Result<std::string> add_to_toml(std::string_view text, const ServerSettings& settings, const std::string& program) {
  const auto found = read_tables(text);
  if (!found) return found.error();
  const Node& root = found->parsed.root;
  if (const Node* server = server_of(root, settings)) {
    const Node* before = program_of(server);
    if (before == nullptr) return foreign_server(*server);
    if (before->text == program) return std::string(text);
    const Places places(text);
    const TextEdit edit{places.offset(before->at), places.offset(before->end), syntax::quote_json(program)};
    std::string after = apply_edits(text, {edit});
    const auto again = read_tables(after);
    const Node* now = again ? program_of(server_of(again->parsed.root, settings)) : nullptr;
    if (now == nullptr || now->text != program) return foreign_server(*server);
    return after;
  }
  // A table written in braces cannot be extended; only such a table has an end of its own.
  if (const Node* servers = root.find(settings.key); servers != nullptr)
    if (const Places places(text); places.offset(servers->at) != places.offset(servers->end))
      return unchangeable(servers->at);
  const std::string line_end = text.find("\r\n") == std::string_view::npos ? "\n" : "\r\n";
  std::string after(text);
  if (!after.empty() && after.back() != '\n') after += line_end;
  if (!after.empty()) after += line_end;
  after += "[" + std::string(settings.key) + "." + std::string(server_name) + "]" + line_end;
  after += "command = " + syntax::quote_json(program) + line_end;
  after += "args = [" + syntax::quote_json(serving_verb) + "]" + line_end;
  return checked(root, std::move(after), settings, true);
}

Result<std::string> remove_from_toml(std::string_view text, const ServerSettings& settings) {
  const auto found = read_tables(text);
  if (!found) return found.error();
  if (program_of(server_of(found->parsed.root, settings)) == nullptr) return std::string(text);
  return checked(found->parsed.root, without_tables(text, settings), settings, false);
}

// A new line goes behind everything, or into the map that `systems` has already: in front of its first entry, in that
// entry's indentation. Whether the text then says what was meant is read from it, as the guard would read it; where it
// does not, the text stays as it was.

std::string with_line(std::string_view text, const Node* systems, const std::string& name) {
  std::string after(text);
  if (systems == nullptr) {
    after += (after.empty() || after.back() == '\n' ? "" : "\n") + ("systems: { " + name + ": on }\n");
  } else if (systems->size() > 0) {
    const syntax::Position& first = systems->key(0).at;
    const std::size_t line = syntax::LineIndex(text).start(first.line), indent = first.column - 1;
    const bool is_first = text.substr(line, indent).find_first_not_of(' ') == std::string_view::npos;
    after.insert(line + indent, name + (is_first ? ": on\n" + std::string(indent, ' ') : ": on, "));
  }
  return after;
}

// Whether the text switches the system on; nothing if it is no configuration.
bool is_on(std::string_view text, const policy::System& system) {
  const syntax::Parsed parsed = syntax::parse_settings(text);
  const Node* const systems = parsed.root.find("systems");
  policy::Policy policy;
  return parsed.faults.empty() && systems != nullptr && !policy::read_key("systems", *systems, policy) &&
         policy.mode_of(system.mode) != policy::Mode::off;
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

Result<std::string> add_server(std::string_view text, const ServerSettings& settings, const std::string& program) {
  const bool is_toml = settings.form == ServerForm::toml;
  const Marked given(text.empty() && !is_toml ? std::string_view("{}\n") : text);
  auto after = is_toml ? add_to_toml(given.text, settings, program) : add_to_json(given.text, settings, program);
  if (!after) return after;
  return given.mark + *after;
}

Result<std::string> remove_server(std::string_view text, const ServerSettings& settings) {
  if (text.empty()) return std::string();
  const Marked given(text);
  auto after = settings.form == ServerForm::toml ? remove_from_toml(given.text, settings)
                                                 : remove_from_json(given.text, settings);
  if (!after) return after;
  return given.mark + *after;
}

SwitchEdit switch_on(std::string_view given, const std::vector<std::string>& names) {
  SwitchEdit edit{std::string(given), {}, {}};
  for (const std::string& name : names) {
    const policy::System* const system = policy::find_system(name);
    if (system == nullptr || system->usual != policy::Mode::off || is_on(edit.text, *system)) continue;
    const syntax::Parsed parsed = syntax::parse_settings(edit.text);
    const Node* const systems = parsed.root.find("systems");
    const bool is_said = systems != nullptr && systems->find(name) != nullptr;
    std::string after = is_said ? std::string() : with_line(edit.text, systems, name);
    if (is_said || !parsed.faults.empty() || !is_on(after, *system)) {
      edit.left.push_back(name);
      continue;
    }
    edit.text = std::move(after);
    edit.switched.push_back(name);
  }
  return edit;
}

EntryPlan plan_entry(const files::Tree& tree, const std::string& claude_folder, bool install) {
  constexpr std::uint64_t max_bytes = 1 << 20;
  EntryPlan plan;
  plan.path = files::join(claude_folder, std::string(client::entry_skill_path));
  const auto text = tree.read(plan.path, max_bytes);
  if (!text && text.error().code == ErrorCode::not_found)
    plan.step = install ? EntryPlan::Step::write : EntryPlan::Step::keep;
  else if (!text || !client::is_entry_skill(*text))
    plan.step = EntryPlan::Step::foreign;
  else
    plan.step = install ? EntryPlan::Step::keep : EntryPlan::Step::remove;
  return plan;
}

Result<void> carry_out(const EntryPlan& plan) {
  const std::string folder(files::parent(plan.path));
  if (plan.step == EntryPlan::Step::write) {
    if (auto made = files::make_directories(folder); !made) return made;
    return files::write_user_file(plan.path, client::entry_skill_text(), 0644);
  }
  if (plan.step != EntryPlan::Step::remove) return {};
  if (auto removed = files::remove_file(plan.path); !removed) return removed;
  files::remove_empty_folder(folder);
  files::remove_empty_folder(std::string(files::parent(folder)));
  return {};
}

}  // namespace cascade::init
