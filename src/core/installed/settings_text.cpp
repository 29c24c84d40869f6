#include "installed/settings_text.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "syntax/json.h"
#include "text/ascii.h"
#include "unicode/utf8.h"

namespace cascade::init {

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

using syntax::Node, syntax::NodeKind;

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
