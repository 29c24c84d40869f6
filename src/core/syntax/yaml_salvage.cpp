// Splits the text at lines that look like top-level keys, and gives each key the lines up to the next one. A value
// that is YAML by itself is decoded, any other is taken verbatim. One broken value thus costs only itself.
#include "syntax/yaml_salvage.h"

#include "syntax/yaml_scalars.h"
#include "text/space.h"
#include "unicode/utf8.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace cascade::syntax {
namespace {

// Bytes of the text. `line_end` is the end of the key's line, `end` that of the last line that belongs to it.
struct Entry {
  std::size_t begin = 0, key_end = 0, value = 0, line_end = 0, end = 0;
};

bool is_in_salvaged_key(char c) noexcept { return letters::is_name(c) || c == '.'; }

// Returns one past the key at the begin of the line; 0: there is none.
std::size_t key_end(std::string_view line) noexcept {
  if (line.empty()) return 0;
  if (line[0] == '"' || line[0] == '\'') {
    const std::size_t close = line.find(line[0], 1);
    return close == std::string_view::npos || close == 1 ? 0 : close + 1;
  }
  std::size_t end = 0;
  while (end < line.size() && is_in_salvaged_key(line[end])) ++end;
  return line[0] == '-' ? 0 : end;
}

// A colon makes a key only if white space or the line's end follows it: "http://x" is none.
std::optional<Entry> entry_at(std::string_view text, std::size_t begin, std::size_t line_end) {
  const std::string_view line = text.substr(begin, line_end - begin);
  const std::size_t key = key_end(line);
  std::size_t colon = key;
  while (colon < line.size() && letters::is_blank(line[colon])) ++colon;
  if (key == 0 || colon >= line.size() || line[colon] != ':') return std::nullopt;
  const std::string_view rest = line.substr(colon + 1);
  if (!rest.empty() && !letters::is_white(unicode::decode(rest, 0).code_point)) return std::nullopt;
  const std::string_view value = letters::trim_white(rest);
  const std::size_t offset = value.empty() ? colon + 1 : static_cast<std::size_t>(value.data() - line.data());
  return Entry{begin, begin + key, begin + offset, line_end, line_end};
}

// Indented lines, list items, comments and blank lines belong to the key above them.
bool belongs_above(std::string_view line) noexcept {
  return letters::is_white(line) || letters::is_blank(line[0]) || line[0] == '#' || line == "-" ||
         line.substr(0, 2) == "- ";
}

class Salvage {
 public:
  Salvage(const YamlSource& source, const NodeLimits& limits, Decodes decodes)
      : source_(source), limits_(limits), decodes_(decodes) {
    document_.read = true;
    document_.whole = false;
    document_.root.kind = NodeKind::map;
  }

  Document run() {
    std::optional<Entry> open;
    for (std::size_t at = source_.begin; at < source_.end;) {
      const std::size_t line_end = std::min(source_.text.find('\n', at), source_.end);
      const std::string_view line = source_.text.substr(at, line_end - at);
      if (const std::optional<Entry> entry = entry_at(source_.text, at, line_end)) {
        if (open) add(*open);
        open = entry;
      } else if (open && belongs_above(line)) {
        if (!letters::is_white(line)) open->end = line_end;
      } else if (open) {
        add(*open);
        open.reset();  // lines below an unreadable line belong to no key
      }
      at = line_end + 1;
    }
    if (open) add(*open);
    if (document_.root.items.empty()) document_.root = {};
    report_duplicates(document_.root, document_.faults);
    return std::move(document_);
  }

 private:
  void add(const Entry& entry) {
    constexpr std::uint32_t entry_nodes = 2;
    // The limit holds for the whole text, although each value is decoded on its own.
    if (nodes_ + entry_nodes > limits_.nodes) return;
    Node key;
    key.kind = NodeKind::string;
    key.text = key_text(entry);
    key.at = source_.places.at(entry.begin);
    key.end = source_.places.at(entry.key_end);
    document_.faults.push_back({FaultKind::salvaged, key.at, "\"" + key.text + "\" is read on its own"});
    if (document_.root.items.empty()) document_.root.at = document_.root.end = key.at;
    nodes_ += entry_nodes;
    Node value = decoded(entry).value_or(Node{});
    if (value.kind == NodeKind::null && value.text.empty()) value = verbatim(entry);
    document_.root.items.push_back(std::move(key));
    document_.root.items.push_back(std::move(value));
  }

  std::string key_text(const Entry& entry) const {
    std::string_view key = source_.text.substr(entry.begin, entry.key_end - entry.begin);
    if (key[0] == '"' || key[0] == '\'') key = key.substr(1, key.size() - 2);
    return std::string(key);
  }

  std::string_view rest(const Entry& entry) const {
    return letters::trim_white(source_.text.substr(entry.value, entry.line_end - entry.value));
  }

  // Decodes the value as YAML if it is more than plain text on one line and is YAML by itself.
  std::optional<Node> decoded(const Entry& entry) {
    const std::string_view value = rest(entry);
    const bool plain_line = entry.end == entry.line_end &&
                            (value.empty() || std::string_view("\"'[{|>").find(value[0]) == std::string_view::npos);
    if (plain_line || decodes_ == Decodes::nothing) return std::nullopt;
    NodeLimits limits = limits_;
    limits.nodes -= nodes_;
    Document alone = read_document({source_.text, source_.places, entry.begin, entry.end}, limits);
    if (!alone.read || !alone.whole || alone.root.size() != 1 || alone.root.kind != NodeKind::map) return std::nullopt;
    for (Fault& fault : alone.faults) document_.faults.push_back(std::move(fault));
    nodes_ += count(alone.root.value(0));
    return std::move(alone.root.items[1]);
  }

  // Takes the rest of the line. A comment counts as text, unless a number, true, false or null comes before it.
  Node verbatim(const Entry& entry) const {
    std::string_view value = rest(entry);
    const std::string_view before_comment =
        letters::trim_white(value.substr(0, std::min(value.find(" #"), value.size())));
    if (resolve_plain(before_comment) != NodeKind::string) value = before_comment;
    const bool block_header = !value.empty() && (value[0] == '|' || value[0] == '>') &&
                              value.find_first_not_of("|>+-0123456789") == std::string_view::npos;
    Node node;
    if (!block_header) {
      node.kind = resolve_plain(value);
      node.text = value;
    }
    node.at = source_.places.at(entry.value);
    node.end = source_.places.at(entry.value + node.text.size());
    return node;
  }

  // The recursion is as deep as the tree, which is limited.
  static std::uint32_t count(const Node& node) noexcept {
    std::uint32_t nodes = 1;
    for (const Node& item : node.items) nodes += count(item);
    return nodes;
  }

  const YamlSource& source_;
  const NodeLimits& limits_;
  const Decodes decodes_;
  Document document_;
  std::uint32_t nodes_ = 0;
};

}  // namespace

Document salvage_keys(const YamlSource& source, const NodeLimits& limits, Decodes decodes) {
  return Salvage(source, limits, decodes).run();
}

}  // namespace cascade::syntax
