#include "audit/repository.h"

#include "audit/commands.h"
#include "audit/lists.h"
#include "files/paths.h"
#include "syntax/json.h"
#include "syntax/toml.h"
#include "syntax/yaml.h"
#include "text/ascii.h"

namespace cascade::audit {
namespace {

constexpr std::size_t most_files = 60'000, deepest_folder = 24;
constexpr std::uint64_t largest_text = 2u << 20;

bool leads_out(const std::string& path) {
  return files::is_absolute(path) || path == ".." || path.compare(0, 3, "../") == 0;
}

std::string in_normal_form(std::string_view path) {
  std::string normal = files::normalise(path);
  return normal == "." ? std::string() : normal;
}

// A pattern in two parts: the folder that it names without a wildcard, and the rest.
struct Anchored {
  std::string folder, rest;
};
Anchored anchored(std::string_view folder, std::string_view pattern) {
  const std::size_t wild = std::min(pattern.find_first_of("*?[{"), pattern.size());
  const std::size_t slash = pattern.substr(0, wild).rfind('/');
  if (slash == std::string_view::npos) return {std::string(folder), std::string(pattern)};
  return {path_in(folder, pattern.substr(0, slash)), std::string(pattern.substr(slash + 1))};
}

using syntax::Node, syntax::NodeKind;

// Whether a file has one of these names, or one of these endings.
bool is_named(std::string_view name, std::span<const std::string_view> names) {
  return has(names, name) || has(names, name.substr(std::min(name.rfind('.'), name.size())));
}

// Blanks commas before a closing bracket, byte for byte: programs that read comments in JSON read those as well.
std::string without_last_commas(std::string text) {
  std::size_t comma = std::string::npos;
  bool is_quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (is_quoted) {
      if (c == '\\') ++i;
      is_quoted = c != '"';
    } else if (c == ',') {
      comma = i;
    } else if (!letters::is_space(c)) {
      if ((c == '}' || c == ']') && comma != std::string::npos) text[comma] = ' ';
      comma = std::string::npos;
      is_quoted = c == '"';
    }
  }
  return text;
}

std::string_view without_quotes(std::string_view text) {
  text = letters::trim(text);
  while (!text.empty() && (text.front() == '"' || text.front() == '\'' || text.front() == '(')) text.remove_prefix(1);
  const std::size_t end = text.find_first_of("\"')");
  return letters::trim(text.substr(0, end));
}

Node scalar(std::string text, std::uint32_t line) {
  Node node;
  node.kind = NodeKind::string;
  node.text = std::move(text);
  node.at.line = line;
  return node;
}

// [section] key = value; a section with a colon ("tool:pytest") goes by the whole name and by what follows the colon.
Node read_ini(std::string_view text) {
  Node root;
  root.kind = NodeKind::map;
  for (letters::Line line : lines_of(text)) {
    line = letters::trim(line);
    if (line.empty() || line.front() == '#' || line.front() == ';') continue;
    if (line.front() == '[') {
      std::string name(line.substr(1, line.find(']') - 1));
      if (const std::size_t colon = name.find(':'); colon != std::string::npos && name.compare(0, 4, "tool") == 0)
        name.erase(0, colon + 1);
      root.items.push_back(scalar(std::move(name), line.number));
      root.items.emplace_back();
      root.items.back().kind = NodeKind::map;
      root.items.back().at.line = line.number;
      continue;
    }
    const std::size_t equals = line.find_first_of("=:");
    if (equals == std::string_view::npos || root.items.empty()) continue;
    Node& section = root.items.back();
    section.items.push_back(scalar(letters::to_lower(letters::trim(line.substr(0, equals))), line.number));
    section.items.push_back(scalar(std::string(letters::trim(line.substr(equals + 1))), line.number));
  }
  return root;
}

// "requests>=2" -> "requests"; "@scope/name" stays.
std::string name_in(std::string_view text) {
  text = letters::trim(text);
  std::size_t end = text.empty() || text.front() != '@' ? 0 : 1;
  while (end < text.size() && (letters::is_name(text[end]) || text[end] == '.' || text[end] == '/')) ++end;
  return std::string(text.substr(0, end));
}

void add_keys(const Node& root, std::string_view keys, const std::string& path, std::vector<Value>& values) {
  for (const std::string& key : parts_of(keys)) {
    const Node* map = at_path(root, key);
    if (map == nullptr) continue;
    for (std::size_t i = 0; i < map->size() && map->kind == NodeKind::map; ++i)
      values.push_back({map->key(i).text, {path, map->key(i).at.line}});
  }
}

void add_items(const Node& root, std::string_view key, const std::string& path, std::vector<Value>& values) {
  const Node* list = at_path(root, key);
  if (list == nullptr || list->kind != NodeKind::list) return;
  for (const Node& item : list->items) {
    const Node* name = item.kind == NodeKind::map ? item.find("name") : &item;
    if (name != nullptr && !name->text.empty()) values.push_back({name_in(name->text), {path, name->at.line}});
  }
}

std::vector<Value> structured(const Repository& repository, const std::string& path, std::string_view form,
                              std::string_view rest) {
  std::vector<Value> values;
  const Node* root = structure_of(repository, path);
  if (root == nullptr) return values;
  if (form == "keys") add_keys(*root, rest, path, values);
  if (form == "array") add_items(*root, rest, path, values);
  if (form == "key")
    if (const Node* node = at_path(*root, rest); node != nullptr && !node->text.empty())
      values.push_back({node->text, {path, node->at.line}});
  return values;
}

// What one line says; empty: nothing.
std::string said_by_line(std::string_view line, std::string_view form, std::string_view rest) {
  const std::string_view trimmed = letters::trim(line);
  if (trimmed.empty() || trimmed.front() == '#') {
    if (form != "after" || rest.find(':') == std::string_view::npos) return {};
  }
  if (form == "lines") return trimmed.front() == '-' ? std::string() : name_in(trimmed);
  if (form == "pinned") return trimmed.find(rest) == std::string_view::npos ? std::string() : name_in(trimmed);
  if (form == "after") {
    const std::size_t at = trimmed.find(rest);
    if (at == std::string_view::npos) return {};
    if (at > 0 && letters::is_word(trimmed[at - 1]) && letters::is_word(rest.front())) return {};
    const std::string_view behind = trimmed.substr(at + rest.size());
    if (letters::is_word(rest.back()) && !behind.empty() && letters::is_word(behind.front())) return {};
    const std::size_t quote = behind.find_first_of("\"'");
    const std::string_view value =
        rest.back() != ':' && quote != std::string_view::npos ? behind.substr(quote) : behind;
    std::string_view bare = without_quotes(value);
    if (bare.compare(0, 2, "=>") == 0 || bare.compare(0, 2, "= ") == 0) bare = letters::trim(bare.substr(2));
    return std::string(bare.substr(0, bare.find_first_of(", ")));
  }
  if (form == "module") {
    const auto parts = parts_of(trimmed);
    const std::size_t first = !parts.empty() && parts.front() == "require" ? 1 : 0;
    const bool is_module = parts.size() > first + 1 && parts[first].find('.') != std::string::npos &&
                           parts[first + 1].front() == 'v' && trimmed.find("// indirect") == std::string_view::npos;
    return is_module ? parts[first] : std::string();
  }
  return {};
}

std::vector<Value> of_section(const Repository& repository, const std::string& path, std::string_view name) {
  std::vector<Value> values;
  bool inside = false;
  for (letters::Line line : lines_of(repository.text(path))) {
    line = letters::trim(line);
    if (!line.empty() && line.front() == '[') {
      inside = line == "[" + std::string(name) + "]";
    } else if (inside && !line.empty() && line.front() != '#') {
      values.push_back({name_in(line), {path, line.number}});
    }
  }
  return values;
}

// NAME => { 'A' => 1, 'B' => 0 }: A and B.
std::vector<Value> of_hash(const Repository& repository, const std::string& path, std::string_view name) {
  std::vector<Value> values;
  const std::string& text = repository.text(path);
  const std::size_t at = text.find(name), open = text.find('{', std::min(at, text.size()));
  if (at == std::string::npos || open == std::string::npos) return values;
  const bool is_its = text.find_first_not_of(" \t\n\r'\"=>", at + name.size()) == open;
  const std::size_t close = text.find('}', open);
  for (std::size_t arrow = text.find("=>", open); is_its && arrow < close; arrow = text.find("=>", arrow + 2)) {
    std::size_t end = arrow;
    while (end > open && !letters::is_word(text[end - 1])) --end;
    std::size_t begin = end;
    while (begin > open && (letters::is_word(text[begin - 1]) || text[begin - 1] == ':')) --begin;
    values.push_back({text.substr(begin, end - begin), {path, line_at(text, begin)}});
  }
  return values;
}

// What stands in each <TAG NAME="...">.
std::vector<Value> attributes(const Repository& repository, const std::string& path, std::string_view names) {
  std::vector<Value> values;
  const std::string_view text = repository.text(path);
  const auto parts = parts_of(names);
  if (parts.size() < 2) return values;
  const std::string begin = "<" + parts[0] + " " + parts[1] + "=\"";
  for (std::size_t at = text.find(begin); at != std::string_view::npos; at = text.find(begin, at + begin.size())) {
    const std::size_t first = at + begin.size(), last = text.find('"', first);
    if (last == std::string_view::npos) break;
    const std::string_view value = letters::trim(text.substr(first, last - first));
    if (!value.empty()) values.push_back({std::string(value), {path, line_at(text, first)}});
  }
  return values;
}

bool is_value(std::string_view text, std::string_view wanted) {
  const std::string lower = letters::to_lower(letters::trim(text));
  if (wanted == "everything") return has(lists::everything, lower);
  return lower == wanted;
}

// Whether a node has the value, or as a list an item of it: [], true, everything; "" asks only whether it is there.
bool has_value(const Node& node, std::string_view wanted) {
  if (wanted == "[]") return node.kind == NodeKind::list && node.items.empty();
  if (node.items.empty() && node.text.empty()) return false;
  if (wanted.empty() || is_value(node.text, wanted)) return true;
  if (node.kind == NodeKind::list)
    return std::ranges::any_of(node.items, [&](const Node& item) { return is_value(item.text, wanted); });
  std::string_view rest = node.text;  // "a, b" of an INI file
  while (!rest.empty()) {
    const std::size_t comma = std::min(rest.find(','), rest.size());
    if (is_value(rest.substr(0, comma), wanted)) return true;
    rest.remove_prefix(std::min(comma + 1, rest.size()));
  }
  return false;
}

// The line of a file that a condition's second half holds in; 0: it does not hold.
std::uint32_t line_of_condition(const Repository& repository, const std::string& path, char sign,
                                std::string_view wanted) {
  const std::string& text = repository.text(path);
  if (!says_something(text)) return 0;
  if (sign == 0) return 1;
  if (sign == '~') return line_with(text, wanted);
  const std::size_t equals = std::min(wanted.find('='), wanted.size());
  const std::string_view key = wanted.substr(0, equals), value = wanted.substr(std::min(equals + 1, wanted.size()));
  if (key == "line") {
    std::uint32_t number = 0;
    for (const std::string_view line : lines_of(text))
      if (++number; letters::trim(line) == value || (value == "everything" && is_value(line, value))) return number;
    return 0;
  }
  if (const Node* root = structure_of(repository, path)) {
    const Node* node = at_path(*root, key);
    return node != nullptr && has_value(*node, value) ? std::max(node->at.line, 1U) : 0;
  }
  return line_with(text, key);
}

}  // namespace

Result<Repository> Repository::read(const files::Tree& tree, const std::string& root, Rows rows) {
  const auto listing = tree.list(root);
  if (!listing) return listing.error();
  Repository repository(tree, root);
  std::set<std::string, std::less<>> skipped;
  for (std::string& name : subjects_of(rows, any_ecosystem, "skip")) skipped.insert(std::move(name));
  repository.folders_.insert("");
  repository.walk("", 0, skipped);
  std::ranges::sort(repository.files_);
  for (auto& [folder, names] : repository.names_in_) std::ranges::sort(names);
  return repository;
}

void Repository::walk(const std::string& folder, std::size_t depth, const std::set<std::string, std::less<>>& skipped) {
  const auto listing = tree_->list(folder.empty() ? root_ : files::join(root_, folder));
  if (!listing) return;
  for (const files::Entry& entry : *listing) {
    const std::string path = folder.empty() ? entry.name : folder + "/" + entry.name;
    if (entry.type == files::EntryType::file) {
      if (files_.size() >= most_files) {
        whole_ = false;
        return;
      }
      files_.push_back(path);
      names_.insert(entry.name);
      names_in_[folder].push_back(entry.name);
    } else if (entry.type == files::EntryType::directory && skipped.count(entry.name) == 0) {
      if (depth >= deepest_folder) {
        whole_ = false;
        continue;
      }
      folders_.insert(path);
      walk(path, depth + 1, skipped);
    }
  }
}

bool Repository::has_file(std::string_view path) const {
  return std::binary_search(files_.begin(), files_.end(), in_normal_form(path));
}

bool Repository::has_folder(std::string_view path) const { return folders_.count(in_normal_form(path)) > 0; }

bool Repository::is_on_disk(std::string_view path) const {
  const std::string normal = in_normal_form(path);
  return !leads_out(normal) && tree_->stat(files::join(root_, normal)).has_value();
}

bool Repository::is_executable(std::string_view path) const {
  const auto stamp = tree_->stat(files::join(root_, in_normal_form(path)));
  return stamp && stamp->executable;
}

const std::string& Repository::text(std::string_view path) const {
  const std::string normal = in_normal_form(path);
  if (const auto known = texts_.find(normal); known != texts_.end()) return known->second;
  std::string text;
  if (has_file(normal)) {
    if (auto read = tree_->read(files::join(root_, normal), largest_text))
      text = *std::move(read);
    else
      unread_.emplace(normal, read.error().message);
  }
  if (text.substr(0, 4096).find('\0') != std::string::npos) text.clear();
  return texts_.emplace(normal, std::move(text)).first->second;
}

const syntax::Node* Repository::structure(std::string_view path,
                                          syntax::Parsed (*parse)(std::string_view, const std::string&)) const {
  std::string normal = in_normal_form(path);
  auto known = structures_.find(normal);
  if (known == structures_.end()) {
    const std::string& content = text(normal);
    syntax::Parsed parsed;
    if (!content.empty()) parsed = parse(files::file_name(normal), content);
    if (!parsed.complete)
      unread_.emplace(normal, parsed.faults.empty() ? "parts of it could not be read"
                                                    : "line " + std::to_string(parsed.faults.front().at.line) + ": " +
                                                          parsed.faults.front().message);
    known = structures_.emplace(std::move(normal), std::move(parsed.root)).first;
  }
  return known->second.kind == syntax::NodeKind::null ? nullptr : &known->second;
}

bool Repository::fits(std::string_view path, const std::vector<std::string>& patterns, bool deep) {
  return std::ranges::any_of(patterns, [&](const std::string& pattern) {
    const bool by_name = deep && pattern.find('/') == std::string::npos;
    return files::matches_glob(pattern, by_name ? files::file_name(path) : path);
  });
}

// What can match lies below the folder that a pattern begins with, mostly right in it, so a repository of many packages
// is not searched as a whole for each of them.
std::vector<std::string> Repository::matching(std::string_view folder, const std::vector<std::string>& patterns,
                                              bool deep) const {
  const std::string start = folder.empty() ? std::string() : std::string(folder) + "/";
  std::set<std::string> found;
  std::vector<std::string> far;  // patterns that reach into any folder below
  for (const std::string& pattern : patterns) {
    const Anchored one = anchored(folder, pattern);
    if ((deep && pattern.find('/') == std::string::npos) || one.rest.find('/') != std::string::npos) {
      far.push_back(pattern);
      continue;
    }
    const auto names = names_in_.find(one.folder);
    if (names == names_in_.end()) continue;
    const std::string before = one.folder.empty() ? std::string() : one.folder + "/";
    for (const std::string& name : names->second)
      if (files::matches_glob(one.rest, name)) found.insert((before + name).substr(start.size()));
  }
  if (far.empty()) return {found.begin(), found.end()};
  for (auto at = std::lower_bound(files_.begin(), files_.end(), start); at != files_.end(); ++at) {
    if (at->compare(0, start.size(), start) != 0) break;
    const std::string_view below = std::string_view(*at).substr(start.size());
    if (fits(below, far, deep)) found.emplace(below);
  }
  return {found.begin(), found.end()};
}

std::string path_in(std::string_view folder, std::string_view word) {
  return files::normalise(files::join(folder.empty() ? "." : folder, word));
}

std::uint32_t line_at(std::string_view text, std::size_t offset) {
  return 1 + static_cast<std::uint32_t>(std::count(
                 text.begin(), text.begin() + static_cast<std::ptrdiff_t>(std::min(offset, text.size())), '\n'));
}

std::uint32_t line_with(std::string_view text, std::string_view part, std::uint32_t from) {
  std::size_t at = 0;
  for (std::uint32_t line = 1; line < from && at != std::string_view::npos; ++line) {
    at = text.find('\n', at);
    if (at != std::string_view::npos) ++at;
  }
  if (at == std::string_view::npos) return 0;
  const std::size_t found = text.find(part, at);
  return found == std::string_view::npos ? 0 : line_at(text, found);
}

// Workflows of 16 KiB and more are common: what is read of a repository may be larger than front matter.
const Node* structure_of(const Repository& repository, std::string_view path) {
  return repository.structure(path, [](std::string_view name, const std::string& text) {
    constexpr syntax::NodeLimits most{.bytes = 4u << 20, .depth = 64, .nodes = 400'000, .alias_nodes = 20'000};
    syntax::Parsed parsed;
    if (is_named(name, lists::json_files)) {
      parsed = syntax::parse_json(without_last_commas(syntax::without_comments(text)), most);
    }
    if (is_named(name, lists::toml_files)) parsed = syntax::read_toml(text).parsed;
    if (is_named(name, lists::yaml_files)) {
      parsed = syntax::parse_yaml(text, 1, most);
      for (const syntax::Fault& fault : parsed.faults)
        if (fault.kind == syntax::FaultKind::syntax || fault.kind == syntax::FaultKind::salvaged)
          parsed.complete = false;
    }
    if (is_named(name, lists::ini_files)) parsed.root = read_ini(text);
    return parsed;
  });
}

const Node* at_path(const Node& root, std::string_view path) {
  const Node* node = &root;
  while (!path.empty()) {
    if (const Node* whole = node->find(path)) return whole;
    const std::size_t dot = std::min(path.find('.'), path.size());
    node = node->find(path.substr(0, dot));
    if (node == nullptr) return nullptr;
    path.remove_prefix(std::min(dot + 1, path.size()));
  }
  return node;
}

std::vector<Value> values_of(const Repository& repository, const std::string& path, std::string_view form) {
  const std::size_t blank = std::min(form.find(' '), form.size());
  const std::string_view kind = form.substr(0, blank), rest = form.substr(std::min(blank + 1, form.size()));
  if (kind == "key" || kind == "keys" || kind == "array") return structured(repository, path, kind, rest);
  if (kind == "attribute") return attributes(repository, path, rest);
  if (kind == "section") return of_section(repository, path, rest);
  if (kind == "hash") return of_hash(repository, path, rest);
  const std::string& text = repository.text(path);
  std::vector<Value> values;
  if (kind == "whole") {
    const std::string_view whole = letters::trim(text);
    if (!whole.empty() && says_something(whole))
      values.push_back({std::string(letters::trim(whole.substr(0, whole.find('\n')))), {path, 1}});
    return values;
  }
  for (letters::Line line : lines_of(text)) {
    std::string value = said_by_line(line, kind, rest);
    if (!value.empty()) values.push_back({std::move(value), {path, line.number}});
  }
  return values;
}

std::optional<Place> declared_by(const Repository& repository, std::string_view folder, std::string_view condition) {
  const std::size_t at = std::min(condition.find_first_of("#~"), condition.size());
  const char sign = at < condition.size() ? condition[at] : '\0';
  const std::string_view wanted = condition.substr(std::min(at + 1, condition.size()));
  for (const std::string& found : repository.matching(folder, {std::string(condition.substr(0, at))})) {
    const std::string normal = path_in(folder, found);
    if (const std::uint32_t line = line_of_condition(repository, normal, sign, wanted); line > 0)
      return Place{normal, line};
  }
  return std::nullopt;
}

bool says_something(std::string_view text) {
  bool in_block = false;
  for (std::string_view line : lines_of(text)) {
    line = letters::trim(line);
    if (in_block) {
      const std::size_t end = std::min(line.find("*/"), line.find("-->"));
      in_block = end == std::string_view::npos;
      continue;
    }
    if (line.empty() || line.front() == '#' || line.front() == ';' || line.compare(0, 2, "//") == 0 || line == "---" ||
        line == "..." || line.compare(0, 5, "<?xml") == 0)
      continue;
    if (line.compare(0, 2, "/*") == 0 || line.compare(0, 4, "<!--") == 0) {
      in_block = line.find("*/") == std::string_view::npos && line.find("-->") == std::string_view::npos;
      continue;
    }
    const bool is_section =
        line.front() == '[' && line.back() == ']' && line.find_first_of("\"' (") == std::string_view::npos;
    if (!is_section && line.find_first_not_of("{}[]() ,;") != std::string_view::npos) return true;
  }
  return false;
}

std::string version_at(std::string_view text) {
  while (!text.empty() && std::string_view("[vV (").find(text.front()) != std::string_view::npos) text.remove_prefix(1);
  std::size_t end = 0, dots = 0;
  while (end < text.size() && (letters::is_digit(text[end]) || text[end] == '.')) dots += text[end++] == '.' ? 1 : 0;
  if (end == 0 || dots == 0 || !letters::is_digit(text.front())) return {};
  std::string version(text.substr(0, end));
  while (!version.empty() && version.back() == '.') version.pop_back();
  return version.find('.') == std::string::npos ? std::string() : version;
}

}  // namespace cascade::audit
