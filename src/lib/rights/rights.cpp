// Each manifest's own rights are read from its file; a walk over calls and requirements gives it the rights of all that
// it reaches, because whoever can start an agent can use the agent's tools. Two states are compared by coverage:
// replacing "Bash" by "Bash(git *)" gives nobody a new right.
#include "rights/rights.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "client/names.h"
#include "files/paths.h"
#include "syntax/frontmatter.h"
#include "syntax/json.h"
#include "syntax/yaml.h"
#include "text/ascii.h"
#include "text/names.h"
#include "unicode/utf8.h"

namespace cascade::difference {
namespace {

auto key(const Right& right) { return std::tie(right.holder, right.kind, right.what, right.through, right.path); }

bool before(const Right& a, const Right& b) { return key(a) < key(b); }

// "Bash(git *)" -> "Bash"; "mcp__tracker__search" -> "mcp__tracker"; else empty.
std::string wider(const std::string& what) {
  if (const std::size_t open = what.find('('); open != std::string::npos) return what.substr(0, open);
  constexpr std::string_view mark = "mcp__";
  if (what.compare(0, mark.size(), mark) != 0) return {};
  const std::size_t end = what.find("__", mark.size());
  return end == std::string::npos ? std::string() : what.substr(0, end);
}

// A right is known if the holder had it as written, or a wider one: "Bash" covers "Bash(git *)", a server all its
// tools. Hooks and servers are compared as written, since no word of a command is wider than another.
bool is_covered(const Right& right, const std::set<std::tuple<std::string, RightKind, std::string>>& known) {
  const auto has = [&](const std::string& what) { return known.count({right.holder, right.kind, what}) != 0; };
  if (has(right.what)) return true;
  if (right.kind != RightKind::tool && right.kind != RightKind::grant && right.kind != RightKind::permission)
    return false;
  if (right.kind == RightKind::tool && has(std::string(every_tool))) return true;
  const std::string all = wider(right.what);
  return !all.empty() && (has(all) || has(all + "__*"));
}

// Reads rights from one file: the front matter of a manifest, or JSON settings, hooks, server lists and plugin.json.
// All known forms of a key are accepted, lists and comma-separated strings alike, because a right that is overlooked
// would be missing from the comparison. A plugin may name further files, which are read relative to its folder.

using syntax::Node, syntax::NodeKind;

std::string text_of(const Node* node) { return node == nullptr ? std::string() : node->text; }

// The words of a list, or of one string with commas.
std::vector<std::string> words_of(const Node* node) {
  std::vector<std::string> words;
  if (node == nullptr) return words;
  if (node->kind == NodeKind::list) {
    for (const Node& item : node->items)
      if (item.kind != NodeKind::map && item.kind != NodeKind::list) words.push_back(item.text);
    return words;
  }
  for (std::size_t begin = 0; begin < node->text.size();) {
    const std::size_t end = std::min(node->text.find(',', begin), node->text.size());
    const std::string_view word = letters::trim(std::string_view(node->text).substr(begin, end - begin));
    if (!word.empty()) words.emplace_back(word);
    begin = end + 1;
  }
  return words;
}

class RightsReader {
 public:
  RightsReader(std::string holder, std::string path) : holder_(std::move(holder)), path_(std::move(path)) {}

  void add(RightKind kind, std::string what) { found_.push_back({holder_, kind, std::move(what), {}, path_}); }

  void words(RightKind kind, const Node* node) {
    for (std::string& word : words_of(node)) add(kind, std::move(word));
  }

  // Reads {"PreToolUse": [{"matcher": "Bash", "hooks": [{"type": "command", "command": "x"}]}]}.
  void hooks(const Node* events) {
    if (events == nullptr || events->kind != NodeKind::map) return;
    for (std::size_t i = 0; i < events->size(); ++i)
      for (const Node& entry : events->value(i).items) hook_entry(events->key(i).text, entry);
  }

  // Reads {"name": {"command": "x", "args": [...]}} or {"name": {"url": "x"}}; in front matter also a list of names.
  void servers(const Node* list) {
    if (list == nullptr) return;
    if (list->kind == NodeKind::list)
      for (const Node& item : list->items)
        item.kind == NodeKind::map ? servers(&item) : add(RightKind::server, item.text);
    if (list->kind != NodeKind::map) return;
    for (std::size_t i = 0; i < list->size(); ++i) {
      const Node& server = list->value(i);
      std::string start = text_of(server.find("command"));
      for (const std::string& word : words_of(server.find("args"))) start += " " + word;
      if (start.empty()) start = text_of(server.find("url"));
      add(RightKind::server, list->key(i).text + (start.empty() ? "" : ": " + start));
    }
  }

  void settings(const Node& root) {
    hooks(root.find("hooks"));
    servers(root.find("mcpServers"));
    if (text_of(root.find("enableAllProjectMcpServers")) == "true")
      add(RightKind::server, "every server of the project");
    for (std::string& name : words_of(root.find("enabledMcpjsonServers"))) add(RightKind::server, std::move(name));
    const Node* permissions = root.find("permissions");
    if (permissions == nullptr) return;
    words(RightKind::permission, permissions->find("allow"));
    words(RightKind::denial, permissions->find("deny"));
    words(RightKind::denial, permissions->find("ask"));
    for (const std::string& folder : words_of(permissions->find("additionalDirectories")))
      add(RightKind::permission, "folder " + folder);
    if (const std::string mode = text_of(permissions->find("defaultMode")); !mode.empty() && mode != "default")
      add(RightKind::mode, mode);
  }

  std::vector<Right> take() { return std::move(found_); }

 private:
  // What a hook does is its command, its address or its prompt, by its type.
  void hook_entry(const std::string& event, const Node& entry) {
    const std::string matcher = text_of(entry.find("matcher"));
    const Node* commands = entry.find("hooks");
    if (commands == nullptr) return;
    for (const Node& hook : commands->items) {
      std::string does = text_of(hook.find("command"));
      if (does.empty()) does = text_of(hook.find("url"));
      if (does.empty()) does = text_of(hook.find("prompt"));
      add(RightKind::hook, event + (matcher.empty() ? "" : " " + matcher) + ": " + does);
    }
  }

  std::string holder_, path_;
  std::vector<Right> found_;
};

Node json_at(const std::string& path, const ReadText& read) {
  const auto text = read(path);
  return text ? syntax::parse_json(*text).root : Node{};
}

// The length of the root's label with which the path begins, "plugin-shop:" (workspace/roots.h).
std::size_t label_length(std::string_view path) {
  const std::size_t colon = path.find(':');
  return colon == path.npos || path.find('/') < colon ? 0 : colon + 1;
}

// The path in the tree of "./x.json", which a file names from its own folder.
std::string beside(std::string_view path, std::string_view named) {
  const std::size_t label = label_length(path);
  const std::string_view folder = files::parent(path.substr(label));
  return std::string(path.substr(0, label)) + files::normalise(files::join(folder, named));
}

// The object itself, or the one that it holds under this key.
const Node& inner(const Node& object, std::string_view key) {
  const Node* found = object.find(key);
  return found == nullptr ? object : *found;
}

// Clients read the mcp.json next to an Agent Plugins 1.0 plugin.json; elsewhere they read it only if a plugin names it
// (docs/clients.md).
bool is_portable(const std::string& path, const ReadText& read) {
  return read(beside(path, "plugin.json")).has_value();
}

void plugin(RightsReader& reader, const std::string& path, const Node& root, const ReadText& read) {
  const auto either = [&](const char* key, const auto& take) {
    const Node* value = root.find(key);
    if (value == nullptr) return;
    if (value->kind == NodeKind::map) return take(*value);
    for (const std::string& named : words_of(value)) take(json_at(beside(files::parent(path), named), read));
  };
  either("hooks", [&](const Node& node) { reader.hooks(&inner(node, "hooks")); });
  either("mcpServers", [&](const Node& node) { reader.servers(&inner(node, "mcpServers")); });
}

// Without a list an agent has every tool, with an empty one none.
bool is_unlimited(const Node* tools) {
  const std::vector<std::string> listed = words_of(tools);
  return tools == nullptr || std::ranges::find(listed, "*") != listed.end();
}

// Modules of mods are read as text: comments are passed over, what a name stands for at run time is not known, and
// nothing is run.

// The interface's parts by which a module reaches something outside of the conversation (client 2.1.332).
struct Reach {
  std::string_view part, what;
};
constexpr Reach reaches[] = {{"process", "programs"},
                             {"fs", "files"},
                             {"http", "network"},
                             {"env", "environment"},
                             {"settings", "settings"},
                             {"mcp", "servers"},
                             {"model", "further requests to the model"}};

bool is_name(char c) { return letters::is_word(c) || c == '$'; }

class ModuleText {
 public:
  ModuleText(std::string_view text, ModuleActs& acts, std::set<std::string>& imports)
      : text_(text), acts_(acts), imports_(imports) {}

  void read() {
    while (at_ < text_.size()) {
      if (text_.compare(at_, 2, "//") == 0)
        at_ = std::min(text_.find('\n', at_), text_.size());
      else if (text_.compare(at_, 2, "/*") == 0)
        at_ = std::min(text_.find("*/", at_ + 2), text_.size() - 2) + 2;
      else if (text_[at_] == '\'' || text_[at_] == '"' || text_[at_] == '`')
        quoted(read_quoted());
      else if (is_name(text_[at_]))
        word();
      else
        before_ += text_[at_] == ' ' || text_[at_] == '\n' ? "" : std::string(1, text_[at_]), ++at_;
    }
  }

 private:
  std::string read_quoted() {
    const char quote = text_[at_++];
    std::string words;
    for (; at_ < text_.size() && text_[at_] != quote; ++at_) {
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
      words += text_[at_];
    }
    at_ += at_ < text_.size();
    return words;
  }

  // `before_`: the last words and signs without blanks, "on(" or "$.process.run".
  void quoted(const std::string& words) {
    const bool is_import = before_.ends_with("from") || before_.ends_with("import") || before_.ends_with("import(");
    if (before_.ends_with("on(") && (before_.size() == 3 || !is_name(before_[before_.size() - 4])))
      acts_.handlers.insert(words);
    if (is_import && words.starts_with(".")) imports_.insert(words);
    before_.clear();
  }

  void word() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_name(text_[at_])) ++at_;
    const std::string_view word = text_.substr(begin, at_ - begin);
    if (before_.empty() || is_name(before_.back())) before_.clear();
    before_ += word;
    for (const Reach& reach : reaches) {
      const std::string called = "." + std::string(reach.part) + "." + std::string(word);
      if (!before_.ends_with(called)) continue;
      acts_.calls.insert(called.substr(1));
      acts_.reached.insert(reach.what);
    }
  }

  std::string_view text_;
  ModuleActs& acts_;
  std::set<std::string>& imports_;
  std::size_t at_ = 0;
  std::string before_;
};

template <typename Names>
std::string joined(const Names& names) {
  constexpr std::size_t most = 12;
  std::string text;
  std::size_t count = 0;
  for (const auto& name : names) {
    if (count++ == most) return text + ", ...";
    text += (text.empty() ? "" : ", ") + unicode::displayable(std::string(name));
  }
  return text;
}

void modules(RightsReader& reader, const std::string& path, const Node* named, const ReadText& read) {
  if (named == nullptr || named->kind != NodeKind::list) return;
  for (const Node& module : named->items) {
    const auto acts = read_module(beside(path, module.text), read);
    reader.add(RightKind::module, module.text + ", which " + (acts ? to_string(*acts) : "cannot be read"));
  }
}

// A manifest's tools, permission mode, hooks and servers. An agent without a list of tools has all tools, one with
// an empty list none.
std::vector<Right> manifest_rights(const Registry& registry, const ManifestView& manifest,
                                   const Result<std::string>& text) {
  RightsReader reader(to_string(symbol_of(manifest)), std::string(manifest.path));
  const bool is_agent = manifest.kind == Kind::agent;
  const std::vector<ToolName> tools = registry.tools(manifest.id);
  for (const ToolName& tool : tools) reader.add(is_agent ? RightKind::tool : RightKind::grant, to_string(tool));
  const auto add_every_tool = [&] { reader.add(RightKind::tool, std::string(every_tool)); };
  if (!text) {
    if (is_agent && tools.empty()) add_every_tool();
    return reader.take();
  }
  const syntax::Frontmatter part = syntax::find_frontmatter(*text);
  const Node root =
      syntax::parse_yaml(std::string_view(*text).substr(part.begin, part.end - part.begin), part.line).root;
  if (is_agent && tools.empty() && is_unlimited(root.find("tools"))) add_every_tool();
  reader.words(RightKind::denial, root.find(is_agent ? "disallowedTools" : "disallowed-tools"));
  if (const std::string mode = text_of(root.find("permissionMode")); !mode.empty() && mode != "default")
    reader.add(RightKind::mode, mode);
  reader.hooks(root.find("hooks"));
  reader.servers(root.find("mcpServers"));
  return reader.take();
}

}  // namespace

// Mentions give no rights: only who calls or requires an agent can use its tools.
std::vector<ManifestId> reached(const Registry& registry, ManifestId from) {
  std::set<ManifestId> seen = {from};
  std::vector<ManifestId> open = {from};
  while (!open.empty()) {
    const ManifestId id = open.back();
    open.pop_back();
    for (const Link& link : registry.links(id))
      if (link.strength <= Strength::invoked && seen.insert(link.to).second) open.push_back(link.to);
  }
  return {seen.begin(), seen.end()};
}

std::vector<Right> beyond(const std::vector<Right>& more, const std::vector<Right>& fewer) {
  std::set<std::tuple<std::string, RightKind, std::string>> known, told;
  for (const Right& right : fewer) known.emplace(right.holder, right.kind, right.what);
  std::vector<Right> found;
  for (const Right& right : more)  // its own rights come before those through others, by their order
    if (!is_covered(right, known) && told.emplace(right.holder, right.kind, right.what).second) found.push_back(right);
  return found;
}

constexpr letters::Names<RightKind::module> right_kind_names("tool", "grant", "mode", "hook", "server", "permission",
                                                             "denial", "module");
std::string_view to_string(RightKind kind) noexcept { return right_kind_names.of(kind); }

std::optional<ModuleActs> read_module(const std::string& path, const ReadText& read) {
  constexpr std::size_t most_files = 64;
  ModuleActs acts;
  std::vector<std::string> open = {path};
  std::set<std::string> seen;
  while (!open.empty() && seen.size() < most_files) {
    const std::string file = std::move(open.back());
    open.pop_back();
    if (!seen.insert(file).second) continue;
    const auto text = read(file);
    if (!text && file == path) return std::nullopt;
    if (!text) continue;
    std::set<std::string> imports;
    ModuleText(*text, acts, imports).read();
    for (const std::string& name : imports)
      if (std::string next = beside(file, name); !next.substr(label_length(file)).starts_with(".."))
        open.push_back(std::move(next));
  }
  return acts;
}

std::string to_string(const ModuleActs& acts) {
  return "handles " + (acts.handlers.empty() ? "what cannot be told" : joined(acts.handlers)) + "; it reaches " +
         (acts.reached.empty() ? "nothing outside" : joined(acts.reached) + " (" + joined(acts.calls) + ")");
}

std::vector<Right> file_rights(const std::string& path, const ReadText& read) {
  const std::string_view place = std::string_view(path).substr(label_length(path));
  const std::string_view name = files::file_name(place), folder = files::file_name(files::parent(place));
  RightsReader reader(path, path);
  if (name == "hooks.json" && folder == "hooks") {
    const Node root = json_at(path, read);
    reader.hooks(root.find("hooks"));
    modules(reader, path, root.find("modules"), read);
  } else if (folder == client::own_folder::name && (name == "settings.json" || name == "settings.local.json")) {
    reader.settings(json_at(path, read));
  } else if (name == ".mcp.json" || (name == "mcp.json" && is_portable(path, read))) {
    const Node root = json_at(path, read);
    reader.servers(&inner(root, "mcpServers"));
  } else if (name == "plugin.json" && folder == ".claude-plugin") {
    plugin(reader, path, json_at(path, read), read);
  }
  return reader.take();
}

std::vector<Right> rights_of(const LibraryState& state) {
  const Registry& registry = state.registry;
  std::vector<std::vector<Right>> own(registry.size());
  std::vector<Right> all;
  for (std::uint32_t i = 0; i < registry.size(); ++i) {
    const ManifestView manifest = registry[ManifestId{i}];
    if (!manifest.document) own[i] = manifest_rights(registry, manifest, state.read(std::string(manifest.path)));
  }
  for (std::uint32_t i = 0; i < registry.size(); ++i) {
    const std::string holder = cascade::to_string(symbol_of(registry[ManifestId{i}]));
    for (const ManifestId id : reached(registry, ManifestId{i}))
      for (Right right : own[index(id)]) {
        // A denial binds only the holder it is written for; what that agent has, others have through it.
        if (id != ManifestId{i} && right.kind == RightKind::denial) continue;
        if (id != ManifestId{i}) right.through = std::exchange(right.holder, holder);
        all.push_back(std::move(right));
      }
  }
  for (const std::string& path : state.files)
    for (Right& right : file_rights(path, state.read)) all.push_back(std::move(right));
  std::ranges::sort(all, before);
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

}  // namespace cascade::difference
