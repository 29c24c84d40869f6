// split_items() first finds the parentheses that have a partner, then cuts the text at separators outside these.
// ItemPlaces finds each piece in the raw text from where the last one ended, so that a long value stays linear.
#include "manifest/items.h"

#include "text/ascii.h"
#include "unicode/utf8.h"

#include <algorithm>

namespace cascade::manifest {
namespace {

constexpr bool separates(char c) noexcept { return c == ',' || letters::is_space(c); }

std::uint32_t code_points(std::string_view text) {
  return static_cast<std::uint32_t>(unicode::count_code_points(text));
}

std::size_t offset_of(const syntax::LineIndex& lines, syntax::Position at) {
  const std::string_view text = lines.text();
  std::size_t offset = lines.start(at.line);
  for (std::uint32_t column = 1; column < at.column && offset < text.size(); ++column)
    offset += unicode::decode(text, offset).length;
  return offset;
}

void add_string(const syntax::Node& node, const syntax::LineIndex& lines, std::vector<Item>& out) {
  ItemPlaces places(lines, node);
  for (const Piece& piece : split_items(node.text)) {
    const std::string_view part = std::string_view(node.text).substr(piece.begin, piece.end - piece.begin);
    out.push_back({std::string(part), places.next(part), piece.balanced});
  }
}

void add_element(const syntax::Node& node, bool split, std::vector<Item>& out) {
  using syntax::NodeKind;
  if (node.kind == NodeKind::map) {
    for (std::string_view key : {"name", "agent", "skill", "id"})
      if (const syntax::Node* value = node.find(key); value != nullptr && value->kind == NodeKind::string) {
        out.push_back({std::string(letters::trim(value->text)), value->at, true});
        return;
      }
  } else if (node.kind != NodeKind::list && node.kind != NodeKind::null) {
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

ItemPlaces::ItemPlaces(const syntax::LineIndex& lines, const syntax::Node& value)
    : lines_(lines),
      start_(value.at),
      offset_(offset_of(lines, value.at)),
      end_(lines.text().size()),
      reached_(value.at) {
  if (!(value.end == value.at)) end_ = std::max(offset_, offset_of(lines, value.end));
}

syntax::Position ItemPlaces::next(std::string_view piece) {
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

std::vector<Item> items_of(const syntax::Node& value, const syntax::LineIndex& lines, bool split_elements) {
  std::vector<Item> out;
  if (value.kind == syntax::NodeKind::list) {
    for (const syntax::Node& element : value.items) add_element(element, split_elements, out);
  } else if (value.kind != syntax::NodeKind::map && value.kind != syntax::NodeKind::null) {
    add_string(value, lines, out);
  }
  return out;
}

}  // namespace cascade::manifest
