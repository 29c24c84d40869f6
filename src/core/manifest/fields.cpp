// Flattens the tree depth first. A list becomes one entry, its scalars joined by commas; maps inside it add entries of
// their own. Of equal keys the last one's value replaces the first one's, in the first one's place.
#include "manifest/fields.h"

#include <algorithm>
#include <map>
#include <utility>

#include "client/facts/claude_code.h"
#include "text/ascii.h"
#include "text/names.h"
#include "text/word_set.h"
#include "unicode/utf8.h"

namespace cascade::manifest {
namespace {

using syntax::Node, syntax::NodeKind;

constexpr std::size_t max_key = 256;
constexpr int max_depth = 64;  // above syntax::NodeLimits::depth

bool is_scalar(const Node& node) noexcept {
  return node.kind != NodeKind::list && node.kind != NodeKind::map && node.kind != NodeKind::null;
}

// All scalars below a list, whatever their nesting, joined by ", ".
void join_scalars(const Node& node, std::string& out) {
  if (node.kind == NodeKind::list) {
    for (const Node& item : node.items) join_scalars(item, out);
  } else if (is_scalar(node)) {
    if (!out.empty()) out += ", ";
    out += node.text;
  }
}

class Flattener {
 public:
  Flattener(std::string_view path, std::vector<Field>& out) : path_(path), out_(out) {}

  void add_map(const Node& map, const std::string& prefix, int depth) {
    for (std::size_t i = 0; i < map.size(); ++i) add(prefix + map.key(i).text, map.value(i), depth + 1);
  }

 private:
  void add(const std::string& key, const Node& value, int depth) {
    if (key.size() > max_key || depth > max_depth) return;
    if (value.kind == NodeKind::map) return add_map(value, key + '.', depth);
    Field field{key,
                value.text,
                {std::string(path_), value.at.line, value.at.column, value.end.line, value.end.column},
                value.kind == NodeKind::list};
    if (field.list || value.kind == NodeKind::null) field.value.clear();
    if (field.list) join_scalars(value, field.value);
    field.value = unicode::replace_invalid(field.value);
    put(std::move(field));
    if (value.kind == NodeKind::list)
      for (std::size_t i = 0; i < value.items.size(); ++i)
        if (value.items[i].kind == NodeKind::map) add_map(value.items[i], key + '.' + std::to_string(i) + '.', depth);
  }

  void put(Field field) {
    const std::size_t place = places_.try_emplace(field.key, out_.size()).first->second;
    if (place == out_.size()) out_.emplace_back();
    out_[place] = std::move(field);
  }

  std::string_view path_;
  std::vector<Field>& out_;
  std::map<std::string, std::size_t> places_;
};

constexpr bool separates(char c) noexcept { return c == ',' || letters::is_space(c); }

// The first line of `body` that is not empty, trimmed, without heading marks.
std::string_view first_line(std::string_view body) {
  const std::string_view rest = letters::trim(body);
  const std::string_view line = letters::trim(rest.substr(0, rest.find_first_of("\r\n")));
  const std::size_t marks = std::min(line.find_first_not_of('#'), line.size());
  const bool heading = marks > 0 && marks <= 6 && marks < line.size() && letters::is_blank(line[marks]);
  return heading ? letters::trim(line.substr(marks)) : line;
}

std::uint32_t code_points(std::string_view text) {
  return static_cast<std::uint32_t>(unicode::count_code_points(text));
}

// Places in the file of the pieces of one decoded value, found by searching the raw text for them in order. A piece
// that does not occur there literally (it was escaped) and all pieces after it get the value's own place.
class ItemPlaces {
 public:
  ItemPlaces(const syntax::LineIndex& lines, const Node& value)
      : lines_(lines),
        start_(value.at),
        offset_(lines.offset(value.at)),
        end_(lines.text().size()),
        reached_(value.at) {
    if (!(value.end == value.at)) end_ = std::max(offset_, lines.offset(value.end));
  }

  syntax::Position next(std::string_view piece) {
    if (lost_ || piece.empty()) return start_;
    const std::string_view text = lines_.text();
    const std::size_t found = text.substr(0, end_).find(piece, offset_);
    if (found == std::string_view::npos) {
      lost_ = true;
      return start_;
    }
    const std::uint32_t line = lines_.line_at(found);
    std::size_t from = offset_;
    if (line != reached_.line) {
      reached_ = {line, 1};
      from = lines_.start(line);
    }
    reached_.column += code_points(text.substr(from, found - from));
    const syntax::Position at = reached_;
    reached_.column += code_points(piece);
    offset_ = found + piece.size();
    return at;
  }

 private:
  const syntax::LineIndex& lines_;
  syntax::Position start_;
  std::size_t offset_, end_;  // the raw text not searched yet
  syntax::Position reached_;  // the position of offset_
  bool lost_ = false;
};

void add_string(const Node& node, const syntax::LineIndex& lines, std::vector<Item>& out) {
  ItemPlaces places(lines, node);
  for (const Piece& piece : split_items(node.text)) {
    const std::string_view part = std::string_view(node.text).substr(piece.begin, piece.end - piece.begin);
    out.push_back({std::string(part), places.next(part), piece.balanced});
  }
}

void add_element(const Node& node, bool split, std::vector<Item>& out) {
  if (node.kind == NodeKind::map) {
    for (std::string_view key : {"name", "agent", "skill", "id"})
      if (const Node* value = node.find(key); value != nullptr && value->kind == NodeKind::string) {
        out.push_back({std::string(letters::trim(value->text)), value->at, true});
        return;
      }
  } else if (is_scalar(node)) {
    // All pieces get the place of their element: a search for each would be quadratic in a long flow list.
    const std::string_view text = node.text;
    if (split) {
      for (const Piece& piece : split_items(text))
        out.push_back({std::string(text.substr(piece.begin, piece.end - piece.begin)), node.at, piece.balanced});
    } else if (!letters::trim(text).empty()) {
      out.push_back({std::string(letters::trim(text)), node.at, true});
    }
  }
}

}  // namespace

std::vector<Field> flatten(const Node& root, std::string_view path) {
  std::vector<Field> out;
  if (root.kind == NodeKind::map) Flattener(path, out).add_map(root, "", 0);
  return out;
}

std::string_view scalar_text(const Node* value) {
  return value != nullptr && is_scalar(*value) ? letters::trim(value->text) : std::string_view();
}

std::string describe(const Node& fields, std::string_view body) {
  const std::string_view declared = scalar_text(fields.find("description"));
  return unicode::replace_invalid(declared.empty() ? first_line(body) : declared);
}

std::vector<Piece> split_items(std::string_view text) {
  std::vector<Piece> out;
  // A parenthesis that is never closed must not hide the commas after it, so find the closed ones first.
  std::vector<std::size_t> open;
  std::vector<bool> closed(text.size(), false);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '(') open.push_back(i);
    if (text[i] == ')' && !open.empty()) {
      closed[open.back()] = true;
      open.pop_back();
    }
  }
  std::size_t i = 0;
  while (i < text.size()) {
    while (i < text.size() && separates(text[i])) ++i;
    if (i == text.size()) break;
    Piece piece{i, i, true};
    int depth = 0;
    bool unclosed = false;
    for (; i < text.size(); ++i) {
      const char c = text[i];
      if (c == '(' && closed[i]) ++depth;
      if (c == '(' && !closed[i]) unclosed = true;
      if (c == ')' && --depth < 0) piece.balanced = false, depth = 0;
      if (depth == 0 && (unclosed ? c == ',' : separates(c))) break;
    }
    piece.balanced = piece.balanced && !unclosed;
    piece.end = i;
    while (piece.end > piece.begin && letters::is_space(text[piece.end - 1])) --piece.end;
    out.push_back(piece);
  }
  return out;
}

std::vector<Item> items_of(const Node& value, const syntax::LineIndex& lines, bool split_elements) {
  std::vector<Item> out;
  if (value.kind == NodeKind::list)
    for (const Node& element : value.items) add_element(element, split_elements, out);
  else if (is_scalar(value))
    add_string(value, lines, out);
  return out;
}

}  // namespace cascade::manifest

namespace cascade {
namespace {

namespace facts = client::claude_code_facts;

}  // namespace

const ClientField* find_client_field(std::string_view key) noexcept { return client::find_by_name(facts::fields, key); }
Span<ClientField> client_fields() noexcept { return client::all_of(facts::fields); }

Span<IneffectiveKey> ineffective_fields() noexcept { return client::all_of(facts::ineffective); }

const ClosedField* find_closed_field(std::string_view key) noexcept {
  return letters::find_first(facts::values, &ClosedField::name, key);
}

Span<std::string_view> model_aliases() noexcept { return client::all_of(facts::aliases); }

// An alias or anything that names Claude; the client passes full names on without looking at them. "[1m]" asks for the
// long window.
bool is_model_name(std::string_view name) noexcept {
  constexpr std::string_view long_window = "[1m]";
  if (name.size() > long_window.size() && letters::equals_lower(name.substr(name.size() - 4), long_window))
    name.remove_suffix(4);
  return letters::is_one_of_lower(name, facts::aliases) || name.find("claude-") != std::string_view::npos;
}

// One by one: a plugin file has few keys and is read once.
const PluginField* find_plugin_field(std::string_view key) noexcept {
  return letters::find_first(facts::plugin_keys, &PluginField::name, key);
}
Span<PluginField> plugin_fields() noexcept { return client::all_of(facts::plugin_keys); }

bool is_reserved_marketplace(std::string_view name) noexcept {
  return letters::is_one_of_lower(name, facts::marketplaces);
}

const McpTransport* find_mcp_transport(std::string_view type) noexcept {
  return letters::find_first(facts::transports, &McpTransport::type, type);
}

}  // namespace cascade
