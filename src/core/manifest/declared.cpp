// Each known key of the front matter has a rule: the kind of its entries and how strongly they are wanted. An entry
// that states its kind ("agent:x") overrides the rule; where neither has a kind, "/x" is a command and "x" a skill. A
// slash or ".md" inside makes an entry a path, whose kind is not known.
#include "manifest/declared.h"

#include "client/coding_agents.h"
#include "manifest/declared_tools.h"
#include "manifest/items.h"
#include "manifest/kinds.h"
#include "text/ascii.h"
#include "unicode/utf8.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

namespace cascade::manifest {
namespace {

using syntax::Node;

// The meaning of a key's entries: their kind, unless an entry states another, and how strongly they are wanted. Where
// the kind is only probable (other tools use the key too: "requires: [git]"), an entry counts when a manifest has that
// name. So it is in a list of agents that names programs.
// A list of agents or commands names those that the manifest calls (invoked): under a tight budget it can do without
// their cards. An entry is required when the manifest does not work without it: the agent that a skill forks into, the
// skills that an agent preloads, and the entries of `requires`.
struct KeyRule {
  std::string_view key;
  std::optional<Kind> kind;
  bool stated = true;
  Strength strength = Strength::required;
};

constexpr std::array<KeyRule, 20> top_level = {{
    {"agent", Kind::agent},
    {"agents", Kind::agent, true, Strength::invoked},
    {"skills", Kind::skill},
    {"subagents", Kind::agent, false, Strength::invoked},
    {"skill", Kind::skill, false},
    {"commands", Kind::command, false, Strength::invoked},
    {"binding", std::nullopt, false, Strength::invoked},
    {"requires", std::nullopt, false},
    {"depends_on", std::nullopt, false},
    {"depends-on", std::nullopt, false},
    {"related-skills", Kind::skill, false, Strength::mentioned},
    {"related_skills", Kind::skill, false, Strength::mentioned},
    {"parent", std::nullopt, false, Strength::mentioned},
    {"parent-skill", Kind::skill, false, Strength::mentioned},
    {"parent_skill", Kind::skill, false, Strength::mentioned},
    {"parent-agent", Kind::agent, false, Strength::mentioned},
    {"extends", std::nullopt, false, Strength::mentioned},
    {"see-also", std::nullopt, false, Strength::mentioned},
    {"related", std::nullopt, false, Strength::mentioned},
    {"handoffs", Kind::agent, false, Strength::mentioned},
}};

// Below `metadata`, written "cascade-agents" or "agents".
constexpr std::array<KeyRule, 5> in_metadata = {{
    {"agents", Kind::agent, true, Strength::invoked},
    {"skills", Kind::skill, true, Strength::invoked},
    {"commands", Kind::command, true, Strength::invoked},
    {"related-skills", Kind::skill, false, Strength::mentioned},
    {"parent", std::nullopt, false, Strength::mentioned},
}};

// Below `dependencies`, where packages and servers may stand too.
constexpr std::array<KeyRule, 3> in_dependencies = {{
    {"agents", Kind::agent, false, Strength::invoked},
    {"skills", Kind::skill, false, Strength::invoked},
    {"commands", Kind::command, false, Strength::invoked},
}};

// "skill:x", "agent:x", "command:x"; other text before a colon is a plugin.
std::optional<Symbol> with_kind(std::string_view text) {
  const std::size_t colon = text.find(':');
  for (const Kind kind : all_kinds)
    if (text.substr(0, colon) == to_string(kind)) return Symbol::parse(text);
  return std::nullopt;
}

bool is_workspace_condition(std::string_view text) {
  return text.substr(0, 4) == "bin:" || text.substr(0, 5) == "file:" || text.substr(0, 4) == "mcp:";
}

// Wildcards, flags, numbers, placeholders and sentences name nothing.
bool may_be_name(std::string_view text) {
  for (std::string_view word : {"true", "false", "yes", "no", "none", "null", "all", "n/a"})
    if (letters::equals_lower(text, word)) return false;
  if (std::all_of(text.begin(), text.end(), [](char c) { return letters::is_digit(c) || c == '.'; })) return false;
  return !text.empty() && text.size() <= 200 && text.find_first_of("*{}<>$\"`\n\r") == std::string_view::npos;
}

// "agents: [claude-code, codex-cli]" says which programs a skill is for. Half of the entries must be known ones: no
// table has them all, and an agent of the library may be called as a program is.
bool lists_coding_agents(const std::vector<Item>& items) {
  const auto known =
      std::count_if(items.begin(), items.end(), [](const Item& item) { return client::is_coding_agent(item.text); });
  return known > 0 && static_cast<std::size_t>(known) * 2 >= items.size();
}

class Reader {
 public:
  Reader(const syntax::LineIndex& lines, Manifest& out) : lines_(lines), out_(out) {}

  void read_key(const Node& map, std::string_view key, const KeyRule& rule) { read_value(map.find(key), key, rule); }

  // In the order of the rules; of equal keys the last counts.
  template <std::size_t N>
  void read_keys(const Node& map, const std::array<KeyRule, N>& rules) {
    std::array<const Node*, N> values{};
    for (std::size_t i = 0; map.is_entry(i); ++i)
      for (std::size_t rule = 0; rule < N; ++rule)
        if (map.key(i).text.size() == rules[rule].key.size() && map.key(i).text == rules[rule].key)
          values[rule] = &map.value(i);
    for (std::size_t rule = 0; rule < N; ++rule) read_value(values[rule], rules[rule].key, rules[rule]);
  }

  void read_value(const Node* value, std::string_view key, KeyRule rule) {
    if (value == nullptr) return;
    const std::vector<Item> items = items_of(*value, lines_, false);
    if (key == "agents" && lists_coding_agents(items)) rule.stated = false;
    for (const Item& item : items) add(item, rule);
  }

  // A list right below `dependencies`: packages may stand in it, so only "skill:x" and its like count.
  void read_dependencies(const Node& fields) {
    const Node* value = fields.find("dependencies");
    if (value == nullptr) return;
    for (const Item& item : items_of(*value, lines_, false))
      if (with_kind(item.text)) add(item, {"", std::nullopt, false});
  }

  void read_requires_all(const Node& value) {
    for (const Item& item : items_of(value, lines_, true))
      if (!is_workspace_condition(item.text)) add(item, {"", std::nullopt});
  }

  // A group that a program or file on the machine may satisfy needs no manifest.
  void read_requires_any(const Node& value) {
    std::vector<Symbol> group;
    bool workspace = false;
    for (const Item& item : items_of(value, lines_, true)) {
      workspace = workspace || is_workspace_condition(item.text);
      if (is_workspace_condition(item.text)) continue;
      add(item, {"", std::nullopt, false, Strength::mentioned});
      if (const std::optional<Symbol> symbol = with_kind(item.text)) group.push_back(*symbol);
    }
    if (!workspace && !group.empty()) out_.requires_any.push_back(std::move(group));
  }

  void read_conflicts(const Node& value) {
    for (const Item& item : items_of(value, lines_, true)) {
      add(item, {"", out_.symbol.kind, true, Strength::excluded});
      if (may_be_name(item.text))
        out_.conflicts.push_back(with_kind(item.text).value_or(Symbol{out_.symbol.kind, item.text}));
    }
  }

  void add(const Item& item, const KeyRule& rule) {
    std::string_view text = item.text;
    while (!text.empty() && text.back() == ';') text.remove_suffix(1);  // "a; b"
    if (!may_be_name(text)) return;
    Reference reference;
    reference.via = Via::frontmatter;
    reference.strength = rule.strength;
    reference.at = {out_.path, item.at.line, item.at.column};
    const std::optional<Symbol> prefixed = with_kind(text);
    const bool slash = text.front() == '/';
    if (slash) text.remove_prefix(1);
    if (text.substr(0, 7) == "@agent-") text.remove_prefix(7);
    if (text.empty()) return;
    const bool is_path = text.find('/') != std::string_view::npos ||
                         text.substr(text.size() - std::min<std::size_t>(3, text.size())) == ".md";
    if (is_path) reference.via = Via::path;
    reference.kind_known = (prefixed || (rule.kind && rule.stated)) && !is_path;
    reference.target =
        prefixed ? *prefixed
                 : Symbol{rule.kind.value_or(slash ? Kind::command : Kind::skill), unicode::replace_invalid(text)};
    out_.references.push_back(std::move(reference));
  }

 private:
  const syntax::LineIndex& lines_;
  Manifest& out_;
};

void read_metadata(const Node& metadata, Reader& reader) {
  const std::string prefix = "cascade-";
  for (const KeyRule& rule : in_metadata) {
    reader.read_key(metadata, prefix + std::string(rule.key), rule);
    reader.read_key(metadata, rule.key, rule);
  }
  for (const std::string& before : {prefix, std::string()}) {
    if (const Node* value = metadata.find(before + "requires-all")) reader.read_requires_all(*value);
    if (const Node* value = metadata.find(before + "requires-any")) reader.read_requires_any(*value);
    if (const Node* value = metadata.find(before + "conflicts")) reader.read_conflicts(*value);
  }
}

}  // namespace

void read_declared(const Node& fields, const syntax::LineIndex& lines, Manifest& out, Problems& problems) {
  Reader reader(lines, out);
  reader.read_keys(fields, top_level);
  if (const Node* metadata = fields.find("metadata")) read_metadata(*metadata, reader);
  if (const Node* dependencies = fields.find("dependencies"))
    for (const KeyRule& rule : in_dependencies) reader.read_key(*dependencies, rule.key, rule);
  reader.read_dependencies(fields);
  read_tools(fields, lines, out, problems);
}

}  // namespace cascade::manifest
