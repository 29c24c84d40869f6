// Manifests in the folders of other clients, judged by the rows `key`, `tool` and `strict` of each client's own table.
// What a client passes over without harm is not reported: a key that it does not know counts only where it drops the
// whole file for it, or where the key is another one misspelt.
#include <algorithm>

#include "client/built_in.h"
#include "files/paths.h"
#include "manifest/fields.h"
#include "syntax/frontmatter.h"
#include "syntax/yaml.h"
#include "text/ascii.h"
#include "text/names.h"
#include "text/suggestion.h"
#include "text/word_set.h"
#include "validate/reading/lists.h"
#include "validate/reading/plugins.h"
#include "validate/rules/checks.h"
#include "validate/rules/findings.h"

namespace cascade::validation {
namespace {

using client::ManifestKey, syntax::Node, syntax::NodeKind;

bool is_closed(std::string_view text) {
  int depth = 0;
  for (const char c : text) {
    depth += c == '{' ? 1 : c == '}' ? -1 : 0;
    if (depth == 0) return true;
  }
  return false;
}

// "!{git status", "{{args}", "${input:topic": what begins as a placeholder of the client and is never closed.
void check_placeholders(const Document& document, std::string_view client, Findings& findings) {
  constexpr std::size_t longest = 4096;
  const std::string_view text = document.text();
  for (std::size_t at = text.find('{'); at != std::string_view::npos; at = text.find('{', at + 1)) {
    const char before = at > 0 ? text[at - 1] : ' ';
    const bool runs = client == "Gemini CLI" && (before == '!' || before == '@') && (at == 1 || text[at - 2] != '\\');
    const bool arguments = client == "Gemini CLI" && letters::to_lower(text.substr(at, 5)) == "{{arg";
    const bool input = client == "GitHub Copilot" && before == '$' && text.substr(at, 7) == "{input:";
    const std::string_view rest = text.substr(at, runs ? longest : std::min(text.find('\n', at) - at, longest));
    if ((!runs && !arguments && !input) || (arguments ? rest.starts_with("{{args}}") : is_closed(rest))) continue;
    const bool other = arguments && is_closed(rest);
    findings.add("FM009", document.at(at, 1),
                 other ? "no such placeholder: what the user types is {{args}}" : "a placeholder is never closed",
                 runs ? std::string(client) + " refuses the command" : "the model gets it as it stands");
  }
}

class OtherManifest : FileJudge {
 public:
  using FileJudge::FileJudge;

  void run() {
    kind_ = document_.role() == Role::skill ? "skill" : document_.role() == Role::agent ? "agent" : "command";
    if (!syntax()) return;
    required();
    const Node& fields = document_.data();
    for (std::size_t i = 0; i < fields.size(); ++i) {
      const ManifestKey* known = tables_.key(kind_, fields.key(i).text);
      if (known == nullptr)
        unknown(fields.key(i));
      else
        type(fields.key(i), fields.value(i), *known);
    }
    tools();
    if (document_.role() == Role::command) check_placeholders(document_, tables_.title, findings_);
  }

 private:
  std::string title() const { return std::string(tables_.title); }

  // Whether the fields could be read.
  bool syntax() {
    for (const syntax::Fault& fault : document_.parsed().faults) {
      const bool repaired = fault.kind == syntax::FaultKind::repaired && !document_.place().manifest;
      if (fault.kind != syntax::FaultKind::syntax && !repaired) continue;
      findings_.add(repaired ? "FM015" : "FM004", document_.at(fault.at),
                    (document_.path().ends_with(".toml") ? "not TOML: " : "not YAML: ") + fault.message,
                    title() + " drops the file");
      return false;
    }
    return true;
  }

  // Codex's config.toml beside the folder names the file, and so the agent: [agents.x] config_file = "agents/x.toml".
  bool is_named_by_settings() const {
    const std::size_t folder = document_.path().rfind("/agents/");
    if (kind_ != "agent" || folder == std::string_view::npos || !document_.path().ends_with(".toml")) return false;
    const auto settings = context_.tree.read(std::string(document_.path().substr(0, folder)) + "/config.toml");
    const std::string name(document_.path().substr(folder + 1));
    return settings && settings->find("config_file") != std::string::npos && settings->find(name) != std::string::npos;
  }

  void required() {
    if (is_named_by_settings()) return;
    for (const ManifestKey& key : tables_.keys) {
      if (!key.required || key.kind != kind_ || !is_nothing(document_.field(key.name))) continue;
      const Node* written = document_.field_key(key.name);
      findings_.add("FM006", document_.role() == Role::skill ? Severity::warning : Severity::error,
                    written == nullptr ? document_.at_line(1) : document_.at(*written),
                    std::string(key.name) + (written == nullptr ? " is missing" : " is empty"),
                    title() + " drops the " + std::string(kind_) + " without it");
    }
  }

  void unknown(const Node& key) {
    std::vector<std::string_view> names;
    for (const ManifestKey& known : tables_.keys)
      if (known.kind == kind_) names.push_back(known.name);
    if (names.empty()) return;
    const std::string near = letters::did_you_mean(key.text, names);
    const bool strict = tables_.is_strict(kind_);
    if (!strict && (near.empty() || document_.role() == Role::skill)) return;
    findings_.add(
        "FM007", strict ? Severity::error : Severity::warning, document_.at(key),
        title() + " knows no key \"" + key.text + "\" of " + (kind_ == "agent" ? "an " : "a ") + std::string(kind_),
        !near.empty() ? near : "remove it; the client drops the file for it");
  }

  void type(const Node& key, const Node& value, const ManifestKey& known) {
    if (value.kind == NodeKind::null) return;
    if (const char* wanted = wrong(value, known.type); wanted != nullptr) {
      findings_.add(
          "FM008", document_.at(key), key.text + " is " + std::string(describe(value.kind)) + " and must be " + wanted,
          title() + " drops the " + std::string(kind_) + (key.text == "argument-hint" ? "; put it in quotes" : ""));
      return;
    }
    if (known.values.empty() || value.kind != NodeKind::string || letters::is_one_of(value.text, known.values)) return;
    const std::string near = letters::did_you_mean(value.text, letters::names_of(known.values));
    findings_.add("FM009", document_.at(value), key.text + " cannot be \"" + value.text + "\"",
                  near.empty() ? "one of " + letters::listed(known.values) : near);
  }

  // What the value must be; null: it is that.
  static const char* wrong(const Node& value, client::ValueType type) {
    const bool compound = value.kind == NodeKind::list || value.kind == NodeKind::map;
    switch (type) {
      case client::ValueType::text: return compound ? "a text" : nullptr;
      case client::ValueType::boolean: return value.kind == NodeKind::boolean ? nullptr : "true or false";
      case client::ValueType::integer: return is_count(value) ? nullptr : "a whole number above 0";
      case client::ValueType::list: return value.kind == NodeKind::map ? "a list" : nullptr;
      case client::ValueType::map: return value.kind == NodeKind::map ? nullptr : "a map";
      case client::ValueType::any: return nullptr;
    }
    return nullptr;
  }
  static bool is_count(const Node& value) {
    return value.kind == NodeKind::number && !value.text.empty() && value.text != "0" &&
           std::ranges::all_of(value.text, letters::is_digit);
  }

  // A list of tools: a name that is one of the client's but for its spelling.
  void tools() {
    const Node* list = document_.field("tools");
    if (list == nullptr || document_.role() == Role::skill) return;
    for (const manifest::Item& item : manifest::items_of(*list, document_.lines(), true)) {
      const std::string_view name = item.text;
      if (tables_.tool(name) != nullptr || name.starts_with('_') || name.starts_with("mcp") ||
          has_part(name, {"/", "*"}))
        continue;
      const std::string near = letters::did_you_mean(name, letters::names_of(tables_.tools));
      const bool strict = tables_.is_strict(kind_);
      if (near.empty() && !strict) continue;
      findings_.add("TL001", strict ? Severity::error : Severity::warning, document_.at(item.at),
                    title() + " has no tool \"" + std::string(name) + "\"",
                    !near.empty() ? near : "the client drops the file for it");
    }
  }

  const client::Tables& tables_ = document_.place().tables();
  std::string_view kind_;
};

}  // namespace

void check_other_manifests(const Context& context, const Document& document, Findings& findings) {
  const auto& other = document.place().other;
  if (!other || findings.profile() == Profile::install) return;
  if (other->kind == client::FileKind::misplaced && !client::is_document_name(files::file_name(document.path())))
    findings.add(
        "ID009", document.whole(),
        std::string(other->tables->title) + " reads only files that end in " + std::string(other->ending) + " here",
        "rename it, or write it in that form");
  if (is_manifest(document.role())) OtherManifest(context, document, findings).run();
}

// Files of settings of other clients (opencode.json, .codex/config.toml), by the rows `setting` of the client's table.
// The file is walked once. At each value the rows whose name begins like its path are carried on; those whose name ends
// there judge it. What no row names is passed over, except at the top: there a key that is another one misspelt, or
// that of another client for its servers, means that the client never sees what it holds.
namespace {

using client::Setting;

// A row and what of its name is left below the value.
struct Below {
  const Setting* row;
  std::string_view rest;
};

// How rows write the types of values.
constexpr letters::Names<NodeKind::map> type_words("", "boolean", "number", "text", "list", "map");

std::string_view in_words(std::string_view type) { return describe(type_words.find(type).value_or(NodeKind::string)); }

std::string name_of(const Node& at) { return at.kind == NodeKind::string ? at.text : "an item"; }

// A path of this tree: no address, pattern or place of the machine, and no package's name.
bool looks_like_a_file(std::string_view name) {
  if (name.empty() || name.find_first_of("*?[{$~:") != std::string_view::npos || name.front() == '/') return false;
  return name.starts_with("./") || (name.find('.') != std::string_view::npos && name.front() != '@');
}

// The table in which these rows are left, if one of them knows a key there by its name; else empty.
std::string_view table_of(const std::vector<Below>& rows) {
  for (const auto& [row, rest] : rows)
    if (!rest.empty() && rest.front() != '*' && rest.size() < row->name.size())
      return row->name.substr(0, row->name.size() - rest.size() - 1);
  return {};
}

class SettingsCheck : FileJudge {
 public:
  using FileJudge::FileJudge;

  void run() {
    const Node& root = document_.data();
    if (root.kind != NodeKind::map) return;
    std::vector<Below> rows;
    for (const Setting& row : tables_.settings) rows.push_back({&row, row.name == "." ? std::string_view() : row.name});
    const bool has_keys = file_ != nullptr || document_.role() == Role::settings;
    for (std::size_t i = 0; i < root.size() && has_keys; ++i) top_key(root.key(i), rows);
    walk(root, root, rows);
  }

 private:
  std::string title() const {
    return std::string(file_ != nullptr && !file_->reader.empty() ? file_->reader : tables_.title);
  }

  void top_key(const Node& key, const std::vector<Below>& rows) {
    std::vector<std::string_view> names;
    for (const Below& row : rows) names.push_back(row.rest.substr(0, row.rest.find('.')));
    const std::string_view servers = file_ != nullptr ? file_->servers : std::string_view();
    if (key.text == servers || letters::is_one_of(key.text, names)) return;
    const std::string near = !client::is_key_of_servers(key.text) ? letters::did_you_mean(key.text, names)
                             : file_ == nullptr                   ? "the servers of a project stand in .mcp.json"
                                                                  : letters::did_you_mean(servers);
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
    if (inner.empty() && name != "[]") below_the_wrong_table(at, rows);
    if (!inner.empty() || value.kind == NodeKind::string) walk(at, value, inner);
  }

  // TOML: a key of the whole file that is written after the heading of a table whose keys are known belongs to the
  // table.
  void below_the_wrong_table(const Node& key, const std::vector<Below>& rows) {
    if (file_ == nullptr || !file_->path.ends_with(".toml") || !tables_.has_setting(key.text)) return;
    const std::string table(table_of(rows));
    if (table.empty()) return;
    findings_.add("FM007", Severity::warning, document_.at(key),
                  key.text + " stands in [" + table + "], which has no such key, and so is not set",
                  "move it above the first table");
  }

  void judge(const Node& at, const Node& value, const Setting& row) {
    if (value.kind == NodeKind::null) return;
    if (!row.types.empty() && !letters::is_one_of(type_words.of(value.kind), row.types)) {
      const std::string wanted =
          letters::joined(row.types, " or ", [&](const std::string_view type) { return in_words(type); });
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

  void word(const Node& at, const Node& value, const Setting& row) {
    const bool is_filled_in = value.text.starts_with("{") || value.text.starts_with("$");
    if (row.values.empty() || is_filled_in || letters::is_one_of(value.text, row.values)) return;
    const std::string near = letters::did_you_mean(value.text, letters::names_of(row.values));
    findings_.add("FM009", document_.at(value), name_of(at) + " cannot be \"" + value.text + "\"",
                  near.empty() ? (letters::is_one_of("boolean", row.types) ? "true, false, " : "one of ") +
                                     letters::listed(row.values)
                               : near);
  }

  void members(const Node& at, const Node& map, const Setting& row) {
    const std::size_t sign = row.where.find('=');
    const Node* where = row.where.empty() ? nullptr : map.find(row.where.substr(0, sign));
    if (!row.where.empty() && where == nullptr) return;
    if (sign != std::string_view::npos && where->text != row.where.substr(sign + 1)) return;
    const auto is_there = [&](std::string_view key) { return map.find(key) != nullptr; };
    if (!row.needs.empty() && std::none_of(row.needs.begin(), row.needs.end(), is_there))
      findings_.add("TL009", document_.at(at),
                    (at.text.empty() ? "the file" : at.text) + " has no " + letters::listed(row.needs) +
                        (row.needs.size > 1 ? ": one is needed" : ""),
                    title() + " refuses it");
    for (const std::string_view key : row.excludes)
      if (is_there(key))
        findings_.add("TL009", document_.at(*key_of(map, key)),
                      std::string(key) + " cannot stand beside " + std::string(row.where), title() + " refuses it");
  }

  // Files that a text includes: the client puts the file in the mark's place, and refuses all settings without it.
  void included(const Node& value) {
    const std::string_view mark = file_ != nullptr ? file_->mark : std::string_view(), text = value.text;
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
    const std::string_view mark = file_ != nullptr ? file_->mark : std::string_view();
    if (!mark.empty() && name.find(mark) != std::string_view::npos) return;
    if (!looks_like_a_file(name) || is_beside(name)) return;
    // Instructions are also looked for in the folders above, from the one in which the client runs.
    for (std::string_view above = files::parent(document_.path()); !above.empty(); above = files::parent(above))
      if (context_.tree.exists(files::join(files::parent(above), name))) return;
    findings_.add("CT001", Severity::warning, document_.at(value), "there is no file \"" + std::string(name) + "\"",
                  title() + " refuses it, or goes on without");
  }

  // True also for what is outside of the tree, which nobody here can know.
  bool is_beside(std::string_view name) const {
    if (name.empty() || name.front() == '/' || name.front() == '~' || name.front() == '$') return true;
    const std::string path = files::normalise(files::join(files::parent(document_.path()), name));
    return path == ".." || path.starts_with("../") || context_.tree.exists(path);
  }

  const client::Tables& tables_ = document_.place().tables();
  // Null: of the usual client, whose keys another rule knows.
  const client::ProjectSettings* const file_ = document_.place().other ? document_.place().other->settings : nullptr;
};

}  // namespace

void check_settings(const Context& context, const Document& document, Findings& findings) {
  const auto& other = document.place().other;
  const bool usual = !other && (document.role() == Role::settings || document.role() == Role::mcp);
  if ((!usual && (!other || other->settings == nullptr)) || !document.parsed().complete) return;
  SettingsCheck(context, document, findings).run();
}

// Files that a client adds to its instructions by itself: rules, output styles, custom instructions and prompts. The
// clients read their front matter in ways of their own; what is told here is what all of them lose.
namespace {

// "/rules/x.mdc" below "/.cursor": the folder anywhere in the path.
bool is_file_of(std::string_view pattern, std::string_view path) {
  const std::size_t star = pattern.find('*');
  const std::string_view folder = pattern.substr(0, star), ending = pattern.substr(star + 1);
  const std::size_t at = path.find(folder);
  return path.ends_with(ending) && (at == 0 || (at != std::string_view::npos && path[at - 1] == '/'));
}

std::string_view form_of(const Node& value) {
  if (value.kind == NodeKind::list) return "list";
  if (value.kind == NodeKind::boolean) return "boolean";
  const bool is_flag = value.text == "true" || value.text == "false";
  return is_flag ? "flag" : value.kind == NodeKind::map ? "map" : "text";
}

void check_style(const Context& context, const Document& document, Findings& findings) {
  const Node* style = document.field("outputStyle");
  if (!is_text(style) || style->text.find(':') != std::string::npos ||
      letters::is_one_of_lower(style->text, {"default", "explanatory", "learning", "proactive"}))
    return;
  const std::string folder = files::join(document.place().base, "output-styles");
  for (const std::string& path : context.tree.files_below(folder)) {
    const auto text = context.tree.read(path);
    if (files::stem(files::file_name(path)) == style->text ||
        (text && text->find("name: " + style->text) != text->npos))
      return;
  }
  findings.add("CT001", Severity::info, document.at(*style),
               "no file of this project is the output style " + style->text,
               "add it to output-styles, if it is not one of your own folder");
}

// A key that is nearly one of the file's own, or one by which another client limits such a file to some paths: the text
// is taken for every task, or for none. Other keys are notes.
void check_keys_of(const Document& document, const Node& fields, const InstructionKey& first, Findings& findings) {
  std::vector<std::string_view> own, others;
  for (const InstructionKey& row : instruction_keys())
    if (row.files == first.files)
      own.push_back(row.key);
    else if (row.client != first.client && row.forms == "text|list")
      others.push_back(row.key);
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const std::string& key = fields.key(i).text;
    if (letters::is_one_of(key, own)) continue;
    const std::string near = letters::did_you_mean(key, own);
    if (near.empty() && !letters::is_one_of(key, others)) continue;
    findings.add("FM007", Severity::warning, document.at_line(fields.key(i).at.line),
                 std::string(first.client) + " knows no key \"" + key + "\"",
                 near.empty() ? "its own is " + std::string(own.front()) : near);
  }
}

}  // namespace

bool is_instruction_file(std::string_view path) {
  const auto all = instruction_keys();
  const std::string_view name = files::file_name(path);
  return letters::is_one_of(name, lists::memory_files) ||
         letters::is_one_of(name, {"AGENTS.override.md", "copilot-instructions.md"}) ||
         std::any_of(all.begin(), all.end(), [&](const InstructionKey& row) { return is_file_of(row.files, path); });
}

void check_instructions(const Context& context, const Document& document, Findings& findings) {
  if (document.role() == Role::settings && !document.place().other) return check_style(context, document, findings);
  const auto all = instruction_keys();
  const auto first = std::find_if(all.begin(), all.end(),
                                  [&](const InstructionKey& row) { return is_file_of(row.files, document.path()); });
  if (first == all.end() || document.is_binary()) return;
  check_placeholders(document, first->client, findings);
  const syntax::Frontmatter front = syntax::find_frontmatter(document.text());
  if (front.state == syntax::FrontmatterState::unclosed)
    findings.add("FM004", document.at_line(front.opening_line), "the front matter is never closed",
                 std::string(first->client) + " reads no key of it; end it with ---");
  if (front.state == syntax::FrontmatterState::preceded)
    findings.add("FM003", document.at_line(front.opening_line), "front matter is not at the first byte",
                 std::string(first->client) + " takes it for text; move it to the first line");
  if (front.state != syntax::FrontmatterState::client) return;
  const syntax::Parsed parsed =
      syntax::parse_yaml(document.text().substr(front.begin, front.end - front.begin), front.line);
  for (const syntax::Fault& fault : parsed.faults)
    if (fault.kind == syntax::FaultKind::syntax && first->client != "Cursor") {
      findings.add("FM004", document.at_line(fault.at.line), "not YAML: " + fault.message,
                   std::string(first->client) + " reads no key of it");
      break;
    }
  if (!is_manifest(document.role())) check_keys_of(document, parsed.root, *first, findings);
  for (auto row = first; row != all.end() && row->files == first->files; ++row) {
    const Node* value = parsed.root.find(row->key);
    if (value == nullptr || value->kind == NodeKind::null) continue;
    const std::string_view form = form_of(*value);
    if (row->forms.find(form) == std::string_view::npos)
      findings.add("FM008", document.at_line(value->at.line),
                   std::string(row->key) + " is no " + std::string(row->forms),
                   std::string(row->client) + " passes it over");
  }
}

}  // namespace cascade::validation
