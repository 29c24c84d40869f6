// Files of settings of other clients (opencode.json, .codex/config.toml), by the rows `setting` of the client's table.
// The file is walked once. At each value the rows whose name begins like its path are carried on; those whose name ends
// there judge it. What no row names is passed over, except at the top: there a key that is another one misspelt, or
// that of another client for its servers, means that the client never sees what it holds.
#include <algorithm>

#include "files/paths.h"
#include "text/suggestion.h"
#include "validate/reading/json_values.h"
#include "validate/rules/checks.h"

namespace cascade::validation {
namespace {

using client::Setting;
using syntax::Node;
using syntax::NodeKind;

// A row and what of its name is left below the value.
struct Below {
  const Setting* row;
  std::string_view rest;
};

std::string_view type_of(const Node& value) {
  switch (value.kind) {
    case NodeKind::boolean: return "boolean";
    case NodeKind::number: return "number";
    case NodeKind::string: return "text";
    case NodeKind::list: return "list";
    case NodeKind::map: return "map";
    case NodeKind::null: break;
  }
  return "";
}

std::string_view in_words(std::string_view type) {
  return type == "boolean"  ? describe(NodeKind::boolean)
         : type == "number" ? describe(NodeKind::number)
         : type == "list"   ? describe(NodeKind::list)
         : type == "map"    ? describe(NodeKind::map)
                            : describe(NodeKind::string);
}

bool has(Span<std::string_view> words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

class SettingsCheck {
 public:
  SettingsCheck(const Context& context, const Document& document, Findings& findings)
      : context_(context), document_(document), findings_(findings), tables_(document.place().tables()) {}

  void run() {
    const Node& root = document_.data();
    if (root.kind != NodeKind::map) return;
    std::vector<Below> rows;
    for (const Setting& row : tables_.settings) rows.push_back({&row, row.name});
    for (std::size_t i = 0; i < root.size(); ++i) top_key(root.key(i), rows);
    walk(root, root, rows);
  }

 private:
  std::string title() const { return std::string(tables_.title); }

  void top_key(const Node& key, const std::vector<Below>& rows) {
    std::vector<std::string_view> names;
    for (const Below& row : rows) names.push_back(row.rest.substr(0, row.rest.find('.')));
    if (std::find(names.begin(), names.end(), key.text) != names.end()) return;
    const std::string_view servers = document_.place().other->settings->servers;
    const std::string near =
        client::is_key_of_servers(key.text) ? letters::did_you_mean(servers) : letters::did_you_mean(key.text, names);
    if (!near.empty())
      findings_.add("FM007", Severity::warning, document_.at(key), title() + " knows no setting \"" + key.text + "\"",
                    near);
  }

  // `at`: the key of a value, or an item of a list itself.
  void walk(const Node& at, const Node& value, const std::vector<Below>& rows) {
    for (const Below& row : rows)
      if (row.rest.empty()) judge(at, value, *row.row);
    if (value.kind == NodeKind::map)
      for (std::size_t i = 0; i < value.size(); ++i) enter(value.key(i), value.value(i), value.key(i).text, rows);
    else if (value.kind == NodeKind::list)
      for (const Node& item : value.items) enter(item, item, "[]", rows);
    if (value.kind == NodeKind::string) included(value);
  }

  void enter(const Node& at, const Node& value, std::string_view name, const std::vector<Below>& rows) {
    std::vector<Below> inner;
    for (const auto& [row, rest] : rows) {
      const std::string_view first = rest.substr(0, rest.find('.'));
      if (rest.empty() || (first != name && (first != "*" || name == "[]"))) continue;
      inner.push_back({row, rest.size() == first.size() ? std::string_view() : rest.substr(first.size() + 1)});
    }
    if (!inner.empty() || value.kind == NodeKind::string) walk(at, value, inner);
  }

  void judge(const Node& at, const Node& value, const Setting& row) {
    if (value.kind == NodeKind::null) return;
    if (!row.types.empty() && !has(row.types, type_of(value))) {
      std::string wanted;
      for (const std::string_view type : row.types) wanted.append(wanted.empty() ? "" : " or ").append(in_words(type));
      findings_.add("FM008", document_.at(at),
                    name_of(at) + " is " + std::string(describe(value.kind)) + " and must be " + wanted,
                    title() + " refuses it");
    } else if (value.kind == NodeKind::string) {
      word(at, value, row);
      if (row.file) file(value, value.text);
    } else if (value.kind == NodeKind::map) {
      members(at, value, row);
    }
  }

  static std::string name_of(const Node& at) { return at.kind == NodeKind::string ? at.text : "an item"; }

  void word(const Node& at, const Node& value, const Setting& row) {
    const bool is_filled_in = value.text.starts_with("{") || value.text.starts_with("$");
    if (row.values.empty() || is_filled_in || has(row.values, value.text)) return;
    const std::string near = letters::did_you_mean(value.text, letters::names_of(row.values));
    findings_.add(
        "FM009", document_.at(value), name_of(at) + " cannot be \"" + value.text + "\"",
        near.empty() ? (has(row.types, "boolean") ? "true, false, " : "one of ") + letters::listed(row.values) : near);
  }

  void members(const Node& at, const Node& map, const Setting& row) {
    const std::size_t sign = row.where.find('=');
    const Node* where = row.where.empty() ? nullptr : map.find(row.where.substr(0, sign));
    if (!row.where.empty() && where == nullptr) return;
    if (sign != std::string_view::npos && where->text != row.where.substr(sign + 1)) return;
    const auto is_there = [&](std::string_view key) { return map.find(key) != nullptr; };
    if (!row.needs.empty() && std::none_of(row.needs.begin(), row.needs.end(), is_there))
      findings_.add("TL009", document_.at(at),
                    at.text + " has no " + letters::listed(row.needs) + (row.needs.size > 1 ? ": one is needed" : ""),
                    title() + " refuses it");
    for (const std::string_view key : row.excludes)
      if (is_there(key))
        findings_.add("TL009", document_.at(*key_of(map, key)),
                      std::string(key) + " cannot stand beside " + std::string(row.where), title() + " refuses it");
  }

  // Files that a text includes: the client puts the file in the mark's place, and refuses all settings without it.
  void included(const Node& value) {
    const std::string_view mark = document_.place().other->settings->mark, text = value.text;
    if (mark.empty()) return;
    for (std::size_t at = text.find(mark); at != std::string_view::npos; at = text.find(mark, at + 1)) {
      const std::size_t begin = at + mark.size(), end = text.find('}', begin);
      if (end == std::string_view::npos) return;
      if (!is_beside(text.substr(begin, end - begin)))
        findings_.add("CT001", document_.at(value),
                      "there is no file \"" + std::string(text.substr(begin, end - begin)) + "\"",
                      title() + " refuses it");
    }
  }

  void file(const Node& value, std::string_view name) {
    const std::string_view mark = document_.place().other->settings->mark;
    if (!mark.empty() && name.find(mark) != std::string_view::npos) return;
    if (!looks_like_a_file(name) || is_beside(name)) return;
    // Instructions are also looked for in the folders above, from the one in which the client runs.
    for (std::string_view above = files::parent(document_.path()); !above.empty(); above = files::parent(above))
      if (context_.tree.exists(files::join(files::parent(above), name))) return;
    findings_.add("CT001", Severity::warning, document_.at(value), "there is no file \"" + std::string(name) + "\"",
                  title() + " refuses it, or goes on without");
  }

  // A path of this tree: no address, pattern or place of the machine, and no package's name.
  static bool looks_like_a_file(std::string_view name) {
    if (name.empty() || name.find_first_of("*?[{$~:") != std::string_view::npos || name.front() == '/') return false;
    return name.starts_with("./") || (name.find('.') != std::string_view::npos && name.front() != '@');
  }

  // True also for what is outside of the tree, which nobody here can know.
  bool is_beside(std::string_view name) const {
    if (name.empty() || name.front() == '/' || name.front() == '~' || name.front() == '$') return true;
    const std::string path = files::normalise(files::join(files::parent(document_.path()), name));
    return path == ".." || path.starts_with("../") || context_.tree.exists(path);
  }

  const Context& context_;
  const Document& document_;
  Findings& findings_;
  const client::Tables& tables_;
};

}  // namespace

void check_settings(const Context& context, const Document& document, Findings& findings) {
  const auto& other = document.place().other;
  if (!other || other->settings == nullptr || !document.parsed().complete) return;
  SettingsCheck(context, document, findings).run();
}

}  // namespace cascade::validation
