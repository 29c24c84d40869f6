// Our entries are recognised by their command (runs_cascade()), never by position, so entries of older versions and
// moved entries are found as well. What an installation writes follows from the rows of policy/systems.tsv.
#include "installed/entries.h"

#include <algorithm>
#include <cassert>
#include <charconv>

#include "client/events.h"
#include "client/names.h"
#include "client/settings_files.h"
#include "files/paths.h"
#include "policy/setting.h"
#include "syntax/json.h"
#include "syntax/toml.h"
#include "text/ascii.h"
#include "unicode/utf8.h"

namespace cascade::init {
namespace {

namespace matchers = client::matchers;

using syntax::Node, syntax::NodeKind;

constexpr std::uint32_t timeout_seconds = 5;
constexpr std::string_view context_key = "additionalContextLimit";

// Quotes a path as a shell word, since the client runs commands through a shell. On Windows that may be Git Bash,
// PowerShell or cmd, and PowerShell takes a quoted word at the beginning of a line for a text: so a path with a drive
// stands there as it is, if every one of them reads it so.
std::string quoted(const std::string& path) {
  constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/:._-~";
  const bool has_drive = path.size() > 2 && path[1] == ':' && path[2] == '/';
  if (has_drive && path.find_first_not_of(plain) == std::string::npos) return path;
  std::string text = "\"";
  for (const char c : path) {
    if (c == '"' || c == '\\' || c == '$' || c == '`') text += '\\';
    text += c;
  }
  return text + '"';
}

// The handlers of a group; a flat entry is its own handler.
Span<Node> all_handlers(const Node& group) {
  if (const Node* handlers = handlers_of(group)) return {handlers->items.data(), handlers->items.size()};
  return {&group, 1};
}

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

using policy::Joins, policy::Role;
using Names = std::vector<std::string>;

bool names_one(Span<std::string_view> systems, const Names& wanted) {
  return std::ranges::any_of(
      systems, [&](std::string_view system) { return std::ranges::find(wanted, system) != wanted.end(); });
}

std::string name_of(policy::EventKind kind) {
  const Span<client::Event> events = client::events();
  return std::string(
      std::ranges::find_if(events, [&](const client::Event& event) { return event.kind == kind; })->name);
}

// The alternatives of a matcher: "^(A|B)$" and "A|B" are A and B.
std::vector<std::string_view> alternatives(std::string_view matcher) {
  if (matcher.starts_with("^(")) matcher = matcher.substr(2, matcher.size() - 4);
  return letters::parts(matcher, '|');
}

bool judges(const HookEntry& entry) { return cut(entry.command).rest.starts_with("guard"); }

constexpr std::string_view around_others = ".*|";  // before what an entry for any tool was without it

bool is_for_any(std::string_view matcher) {
  return matcher.empty() || matcher == "*" || matcher == matchers::every_tool || matcher == matchers::any_tool ||
         matcher.starts_with(around_others);
}

// Whether the one matcher is for all the tools that the other is for.
bool covers(std::string_view one, std::string_view other) {
  if (one.starts_with(around_others)) one.remove_prefix(around_others.size());
  if (one.empty() || one == matchers::every_tool) return true;
  const std::vector<std::string_view> all = alternatives(one);
  const std::vector<std::string_view> wanted = alternatives(other);
  if (one == matchers::writing_tools && other != one)
    return std::ranges::none_of(wanted,
                                [&](std::string_view tool) { return one.find(tool) != std::string_view::npos; });
  return std::ranges::all_of(wanted, [&](std::string_view tool) { return std::ranges::find(all, tool) != all.end(); });
}

// Whether an installation for an older client left the entry out: it is for an event that came later.
bool was_left_out(const HookEntry& entry, const std::vector<HookEntry>& present) {
  return !client::find_event(entry.event)->since.empty() &&
         std::ranges::none_of(present, [&](const HookEntry& one) { return one.event == entry.event; });
}

void add_entry(const policy::Hears& row, HookEntry entry, std::vector<HookEntry>& entries) {
  const auto is_beside = [&](const HookEntry& other) {
    return other.event == entry.event && other.command == entry.command;
  };
  if (row.joins == Joins::around) {
    const auto other = std::ranges::find_if(entries, is_beside);
    if (other != entries.end()) {
      other->matcher = std::string(around_others) + other->matcher;
      return;
    }
    entry.matcher = matchers::any_tool;
  }
  const bool is_covered = row.joins == Joins::covered && std::ranges::any_of(entries, [&](const HookEntry& other) {
                            return is_beside(other) && covers(other.matcher, entry.matcher);
                          });
  if (!is_covered) entries.push_back(std::move(entry));
}

// The systems of entries that no installation of this version wrote: those that have all that they need, and of the
// recorded ones those that have some of it. The entries of the library itself say nothing about a system.
Names systems_of_others(std::vector<HookEntry> present, const Names& recorded) {
  const std::vector<HookEntry> base = hook_entries("/cascade");
  present.insert(present.end(), base.begin(), base.end());
  const auto is_recorded = [&](const std::string& name) { return std::ranges::find(recorded, name) != recorded.end(); };
  Names kept;
  for (const policy::System& system : policy::systems()) {
    const std::size_t lacking = unheard(system.name, present).size();
    if (lacking == 0 || (is_recorded(std::string(system.name)) && lacking < unheard(system.name, base).size()))
      kept.emplace_back(system.name);
  }
  for (std::size_t i = kept.size(); i-- > 0;) {  // what others bring as well
    Names fewer = kept;
    fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
    const std::vector<HookEntry> rest = hook_entries("/cascade", fewer);
    if (!is_recorded(kept[i]) && std::ranges::all_of(hook_entries("/cascade", kept),
                                                     [&](const HookEntry& entry) { return is_covered(entry, rest); }))
      kept = fewer;
  }
  return kept;
}

}  // namespace

bool is_ours(const Node& handler) {
  const Node* command = handler.find("command");
  return command != nullptr && command->kind == NodeKind::string && runs_cascade(command->text);
}

const Node* handlers_of(const Node& group) {
  const Node* handlers = group.find("hooks");
  return handlers != nullptr && handlers->kind == NodeKind::list ? handlers : nullptr;
}

std::vector<HookEntry> entries_of(const SettingsText& settings) {
  const Node* events = settings.root.find("hooks");
  std::vector<HookEntry> entries;
  if (events == nullptr || events->kind != NodeKind::map) return entries;
  const auto text_of = [](const Node* node) { return node == nullptr ? std::string() : node->text; };
  for (std::size_t event = 0; event < events->size(); ++event)
    for (const Node& group : events->value(event).items)
      for (const Node& handler : all_handlers(group)) {
        if (!is_ours(handler)) continue;
        const auto number = [&](std::string_view key, std::uint32_t& into) {
          const std::string digits = text_of(handler.find(key));
          std::from_chars(digits.data(), digits.data() + digits.size(), into);
        };
        HookEntry entry{events->key(event).text,
                        text_of(group.find("matcher")),
                        handler.find("command")->text,
                        0,
                        text_of(handler.find("onFailure")) == "block",
                        handlers_of(group) == nullptr};
        number("timeout", entry.timeout);
        number(context_key, entry.context_tokens);
        entries.push_back(std::move(entry));
      }
  return entries;
}

bool runs_cascade(std::string_view command) {
  const Line line = cut(command);
  const std::string_view name = line.program.substr(line.program.rfind('/') + 1);
  const std::string_view verb = line.rest.substr(0, line.rest.find(' '));
  return (name == "cascade" || name == "cascade.exe") && (verb == "hook" || verb == "guard");
}

std::vector<HookEntry> entries_in(std::string_view text, bool comments) {
  const std::string plain = as_json(Marked(text).text, comments);
  const auto settings = read_settings(plain);
  return settings ? entries_of(*settings) : std::vector<HookEntry>();
}

std::vector<std::string> hooked_programs(std::string_view text, bool comments) {
  std::vector<std::string> programs;
  for (const HookEntry& entry : entries_in(text, comments)) programs.emplace_back(cut(entry.command).program);
  return programs;
}

std::string_view silencing_key(std::string_view text, bool managed) {
  const auto settings = read_settings(Marked(text).text);
  if (!settings) return {};
  const auto is_set = [&](const char* key) {
    const Node* value = settings->root.find(key);
    return value != nullptr && value->kind == NodeKind::boolean && value->text == "true";
  };
  if (is_set(client::no_hooks_key)) return client::no_hooks_key;
  return managed && is_set(client::managed_hooks_only_key) ? client::managed_hooks_only_key : "";
}

std::vector<HookEntry> hook_entries(const std::string& binary, const std::vector<std::string>& systems) {
  std::vector<HookEntry> entries;
  for (const policy::Hears& row : policy::hears()) {
    if (!row.systems.empty() && !names_one(row.systems, systems)) continue;
    if (row.joins == Joins::present || names_one(row.unless, systems)) continue;
    const bool judges = row.role == Role::judges;
    add_entry(row,
              {name_of(row.event), std::string(row.tools), quoted(binary) + (judges ? " guard" : " hook"),
               row.seconds > 0 ? row.seconds : timeout_seconds, judges},
              entries);
  }
  return entries;
}

bool is_covered(const HookEntry& entry, const std::vector<HookEntry>& by) {
  const auto is_brought = [&](std::string_view tools) {
    return std::ranges::any_of(by, [&](const HookEntry& other) {
      return other.event == entry.event && judges(other) == judges(entry) &&
             (is_for_any(other.matcher) || (!is_for_any(tools) && covers(other.matcher, tools)));
    });
  };
  return is_brought(entry.matcher) || std::ranges::all_of(alternatives(entry.matcher), is_brought);
}

std::vector<std::string> unheard(std::string_view system, const std::vector<HookEntry>& present) {
  Names lacking;
  for (const policy::Hears& row : policy::hears()) {
    if (row.joins == Joins::present || !names_one(row.systems, {std::string(system)})) continue;
    const HookEntry wanted{name_of(row.event), std::string(row.tools), row.role == Role::judges ? "_ guard" : "_ hook"};
    const auto is_heard_whole = [&](std::string_view other) { return unheard(other, present).empty(); };
    if (!is_covered(wanted, present) && std::ranges::none_of(row.unless, is_heard_whole) &&
        !was_left_out(wanted, present) && std::ranges::find(lacking, wanted.event) == lacking.end())
      lacking.push_back(wanted.event);
  }
  return lacking;
}

std::vector<std::string> installed_systems(std::string_view settings, const std::vector<std::string>& recorded) {
  const std::vector<HookEntry> present = entries_in(settings);
  if (present.empty()) return {};
  const std::string program = hooked_programs(settings).front();
  const auto gives_these = [&](const Names& systems) {
    std::vector<HookEntry> wanted = hook_entries(program, systems);
    std::erase_if(wanted, [&](const HookEntry& entry) { return was_left_out(entry, present); });
    return wanted.size() == present.size() && std::ranges::all_of(wanted, [&](const HookEntry& entry) {
             return std::ranges::find(present, entry) != present.end();
           });
  };
  if (!recorded.empty() && gives_these(recorded)) return recorded;
  std::optional<Names> best;
  const Span<policy::System> systems = policy::systems();
  for (std::size_t set = 0; set < std::size_t{1} << systems.size; ++set) {
    Names names;
    for (std::size_t i = 0; i < systems.size; ++i)
      if ((set >> i & 1) != 0) names.emplace_back(systems[i].name);
    if ((!best || names.size() < best->size()) && gives_these(names)) best = std::move(names);
  }
  return best ? *std::move(best) : systems_of_others(present, recorded);
}

std::string hook_command(const client::Dialect& client, const std::string& binary) {
  const bool is_usual = &client == &client::usual_dialect();
  return quoted(binary) + " hook" + (is_usual ? "" : " --client " + std::string(client.name)) +
         (client.settings.context_tokens > 0 ? " --whole" : "");
}

std::vector<HookEntry> hook_entries(const client::Dialect& client, const std::string& binary) {
  std::vector<HookEntry> entries;
  const bool flat = client.settings.form == client::SettingsForm::flat;
  for (const client::WantedEvent& wanted : client.settings.events)
    entries.push_back({std::string(wanted.event), std::string(wanted.matcher), hook_command(client, binary),
                       client.settings.timeout, false, flat, client.settings.context_tokens});
  return entries;
}

std::vector<std::string> hooked_programs(const client::Dialect& client, std::string_view settings) {
  if (client.settings.form != client::SettingsForm::own_file)
    return hooked_programs(settings, client.settings.comments);
  // In the text, the command is a JSON string: "\"/path/cascade\" hook --client x".
  const std::string end = " hook --client " + std::string(client.name) + "\"";
  std::vector<std::string> programs;
  for (std::size_t at = settings.find(end); at != std::string_view::npos; at = settings.find(end, at + 1)) {
    const std::size_t open = settings.rfind("\"\\\"", at);
    if (open == std::string_view::npos) continue;
    const syntax::Parsed parsed =
        syntax::parse_json("[" + std::string(settings.substr(open, at + end.size() - open)) + "]");
    if (parsed.root.items.size() != 1 || !runs_cascade(parsed.root.items[0].text)) continue;
    const std::string& line = parsed.root.items[0].text;
    programs.push_back(line.substr(1, line.find('"', 1) - 1));
  }
  return programs;
}

using client::ServerForm, client::ServerSettings;

const Node* program_of(const Node* server) {
  const Node* command = server == nullptr ? nullptr : server->find("command");
  if (command == nullptr) return nullptr;
  const bool one_list = command->kind == NodeKind::list;
  const Node* words = one_list ? command : server->find("args");
  const std::size_t first = one_list ? 1 : 0;
  if (words == nullptr || words->kind != NodeKind::list || words->items.size() <= first) return nullptr;
  const Node* program = one_list ? &command->items[0] : command;
  const bool ours = files::file_name(program->text) == server_name && words->items[first].text == serving_verb;
  return program->kind == NodeKind::string && ours ? program : nullptr;
}

const Node* server_of(const Node& root, const ServerSettings& settings) {
  const Node* servers = root.find(settings.key);
  return servers == nullptr ? nullptr : servers->find(server_name);
}

std::string served_program(std::string_view text, const ServerSettings& settings) {
  const Marked given(text);
  const Node root = settings.form == ServerForm::toml ? syntax::read_toml(given.text).parsed.root
                                                      : syntax::parse_json(as_json(given.text, settings.comments)).root;
  const Node* program = program_of(server_of(root, settings));
  return program == nullptr ? std::string() : program->text;
}

Marked::Marked(std::string_view whole) : text(whole) {
  if (text.substr(0, unicode::byte_order_mark.size()) != unicode::byte_order_mark) return;
  mark = unicode::byte_order_mark;
  text.remove_prefix(unicode::byte_order_mark.size());
}

Error malformed_settings(const syntax::Position& at, const std::string& what) {
  return {ErrorCode::malformed, what, std::to_string(at.line) + ":" + std::to_string(at.column),
          "mend the file by hand; Cascade does not touch what it cannot read"};
}

std::string as_json(std::string_view text, bool comments) {
  return comments ? syntax::without_comments(text) : std::string(text);
}

Result<SettingsText> read_settings(std::string_view text) {
  SettingsText settings(text);
  syntax::Parsed parsed = syntax::parse_json(text);
  for (const syntax::Fault& fault : parsed.faults)
    if (fault.kind != syntax::FaultKind::duplicate_key) return malformed_settings(fault.at, fault.message);
  settings.root = std::move(parsed.root);
  if (settings.root.kind != syntax::NodeKind::map)
    return malformed_settings(settings.root.at, "the settings are not an object");
  settings.layout = layout_of(text, settings.root, settings.places);
  return settings;
}

// Edits a JSON text without reformatting it. The parser gives the places of all nodes; an edit replaces a range of
// bytes, and all edits are applied together from a sorted list. New members copy the indentation that the text uses.
// Writing the parsed tree back would be simpler, but would lose the user's layout, comments and key order.
namespace {

std::string new_line(const Layout& layout, std::size_t depth) {
  if (layout.compact) return "";
  std::string text = layout.line_end;
  for (std::size_t i = 0; i < depth; ++i) text += layout.unit;
  return text;
}

// The offset at which child i begins (its key) or ends (its value).
std::size_t child_begin(const Places& places, const Node& node, std::size_t i) {
  return places.offset(node.kind == NodeKind::map ? node.key(i).at : node.items[i].at);
}
std::size_t child_end(const Places& places, const Node& node, std::size_t i) {
  return places.offset(node.kind == NodeKind::map ? node.value(i).end : node.items[i].end);
}

// Inserts after the last child. In an empty container, the white space before the closing bracket stays after it.
TextEdit append(const Places& places, const Node& node, const std::vector<std::string>& children, const Layout& layout,
                std::size_t depth) {
  std::string text;
  for (std::size_t i = 0; i < children.size(); ++i) {
    if (i > 0 || node.size() > 0) text += layout.compact ? ", " : ",";
    text += new_line(layout, depth) + children[i];
  }
  if (node.size() > 0) {
    const std::size_t end = child_end(places, node, node.size() - 1);
    return {end, end, text};
  }
  const std::size_t inside = places.offset(node.at) + 1;
  return {inside, inside, text + new_line(layout, depth - 1)};
}

// The end of the white space that append() put after a container's only children: one line end and an indentation.
std::size_t after_line_of(std::string_view text, std::size_t end) {
  const std::size_t start = end;
  if (end < text.size() && text[end] == '\r') ++end;
  if (end >= text.size() || text[end] != '\n') return start;
  ++end;
  const std::size_t close = end + letters::run_at_begin(text.substr(end), letters::is_json_space).size();
  // Only if nothing else was there: a second line end belongs to the original.
  return text.substr(end, close - end).find('\n') == std::string_view::npos ? close : end;
}

}  // namespace

std::string apply_edits(std::string_view text, std::vector<TextEdit> edits) {
  std::ranges::sort(edits, [](const TextEdit& a, const TextEdit& b) { return a.begin < b.begin; });
  std::string out;
  std::size_t at = 0;
  for (const TextEdit& edit : edits) {
    assert(edit.begin >= at && edit.end >= edit.begin && edit.end <= text.size());
    out.append(text.substr(at, edit.begin - at)).append(edit.text);
    at = edit.end;
  }
  return out.append(text.substr(at));
}

Layout layout_of(std::string_view text, const Node& root, const Places& places) {
  Layout layout;
  if (text.find("\r\n") != std::string_view::npos) layout.line_end = "\r\n";
  if (root.size() == 0) return layout;
  const std::size_t open = places.offset(root.at), first = child_begin(places, root, 0);
  const std::string_view between = text.substr(open + 1, first - open - 1);
  const std::size_t line = between.rfind('\n');
  layout.compact = line == std::string_view::npos;
  if (!layout.compact) layout.unit = between.substr(line + 1);
  return layout;
}

JsonText JsonText::string(std::string_view value) { return {0, syntax::quote_json(value)}; }

std::string JsonText::write(const Layout& layout, std::size_t depth) const {
  if (open_ == 0) return scalar_;
  std::string out(1, open_);
  for (std::size_t i = 0; i < children_.size(); ++i) {
    if (i > 0) out += layout.compact ? ", " : ",";
    out += new_line(layout, depth + 1);
    if (open_ == '{') out += syntax::quote_json(children_[i].first) + ": ";
    out += children_[i].second.write(layout, depth + 1);
  }
  if (!children_.empty()) out += new_line(layout, depth);
  return out + (open_ == '{' ? '}' : ']');
}

std::optional<std::size_t> member(const Node& object, std::string_view name) {
  if (object.kind != NodeKind::map) return std::nullopt;
  for (std::size_t i = object.size(); i-- > 0;)
    if (object.key(i).text == name) return i;
  return std::nullopt;
}

TextEdit append_members(const Places& places, const Node& object,
                        const std::vector<std::pair<std::string, JsonText>>& members, const Layout& layout,
                        std::size_t depth) {
  std::vector<std::string> texts;
  for (const auto& [key, value] : members) texts.push_back(syntax::quote_json(key) + ": " + value.write(layout, depth));
  return append(places, object, texts, layout, depth);
}

TextEdit append_items(const Places& places, const Node& list, const std::vector<JsonText>& items, const Layout& layout,
                      std::size_t depth) {
  std::vector<std::string> texts;
  for (const JsonText& item : items) texts.push_back(item.write(layout, depth));
  return append(places, list, texts, layout, depth);
}

void cut_children(std::string_view text, const Places& places, const Node& node,
                  const std::vector<std::size_t>& children, std::vector<TextEdit>& edits) {
  if (children.empty()) return;
  if (children.size() == node.size()) {
    const std::size_t end = child_end(places, node, node.size() - 1);
    edits.push_back({places.offset(node.at) + 1, after_line_of(text, end), ""});
    return;
  }
  // Children at the front take the comma after them, all others the comma before them.
  std::size_t leading = 0;
  while (leading < children.size() && children[leading] == leading) ++leading;
  if (leading > 0) edits.push_back({child_begin(places, node, 0), child_begin(places, node, leading), ""});
  for (std::size_t i = leading; i < children.size(); ++i)
    edits.push_back({child_end(places, node, children[i] - 1), child_end(places, node, children[i]), ""});
}

}  // namespace cascade::init
