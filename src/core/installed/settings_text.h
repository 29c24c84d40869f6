// The text of the client's settings, prepared for changes in places.
#pragma once

#include <cascade/result.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "syntax/lines.h"
#include "syntax/node.h"

namespace cascade::init {

// Replaces [begin, end) by `text`.
struct TextEdit {
  std::size_t begin = 0, end = 0;
  std::string text;
};

// REQUIRES: edits do not overlap.
std::string apply_edits(std::string_view text, std::vector<TextEdit> edits);

using Places = syntax::LineIndex;  // for the byte offsets of the positions in nodes

// The layout of the text. `unit` is one step of indentation; `compact`: everything is on one line.
struct Layout {
  std::string unit = "  ", line_end = "\n";
  bool compact = false;
};
Layout layout_of(std::string_view text, const syntax::Node& root, const Places& places);

// A value to write, in the layout of its surroundings.
class JsonText {
 public:
  static JsonText object() { return {'{', {}}; }
  static JsonText array() { return {'[', {}}; }
  static JsonText string(std::string_view value);
  static JsonText number(std::uint64_t value) { return {0, std::to_string(value)}; }

  // REQUIRES: an object; an array.
  void add(std::string_view key, const JsonText& value) { children_.emplace_back(key, value); }
  void add(const JsonText& value) { children_.emplace_back(std::string(), value); }
  std::string write(const Layout& layout, std::size_t depth) const;

 private:
  JsonText(char open, std::string scalar) : open_(open), scalar_(std::move(scalar)) {}

  char open_;  // '{', '[' or 0 for a scalar
  std::string scalar_;
  std::vector<std::pair<std::string, JsonText>> children_;
};

// The last member of that name, since the client reads duplicates that way.
std::optional<std::size_t> member(const syntax::Node& object, std::string_view name);

// Adds children after the last one. `depth` is that of the new children: 1 for members of the root.
TextEdit append_members(const Places& places, const syntax::Node& object,
                        const std::vector<std::pair<std::string, JsonText>>& members, const Layout& layout,
                        std::size_t depth);
TextEdit append_items(const Places& places, const syntax::Node& list, const std::vector<JsonText>& items,
                      const Layout& layout, std::size_t depth);

// Cuts the children with these indices (ascending) out of an object (members) or a list, with their commas: exactly
// what append_members and append_items add.
void cut_children(std::string_view text, const Places& places, const syntax::Node& node,
                  const std::vector<std::size_t>& children, std::vector<TextEdit>& edits);

// `text` must outlive it.
struct SettingsText {
  explicit SettingsText(std::string_view given) : text(given), places(given) {}
  std::string_view text;
  Places places;
  syntax::Node root;  // an object
  Layout layout;
};

// A byte order mark stays in front, and offsets do not count it.
struct Marked {
  explicit Marked(std::string_view whole);
  std::string mark;
  std::string_view text;
};

// The settings without the comments that some clients accept; all offsets stay the same.
std::string as_json(std::string_view text, bool comments);

// malformed: not JSON or not an object; the error's path is line:column.
Result<SettingsText> read_settings(std::string_view text);
Error malformed_settings(const syntax::Position& at, const std::string& what);

}  // namespace cascade::init
