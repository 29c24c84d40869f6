// Reads JSON with positions, and writes every JSON document that Cascade prints. The only header over nlohmann/json.
#pragma once

#include <cascade/result.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "syntax/node.h"

namespace cascade::syntax {

// Never throws. A fault of kind syntax has the place and the expectation; the root is then null and `complete` false.
// `complete` is also false above a limit. Ill-formed UTF-8 and lone surrogate escapes are read as U+FFFD with a fault
// of kind encoding. Linear in the text, except for sorting a map's keys.
Parsed parse_json(std::string_view text, const NodeLimits& limits = {});

// Replaces // and /* */ comments by blanks, byte for byte, and keeps line ends, so every position stays.
std::string without_comments(std::string_view text);

std::string quote_json(std::string_view text);  // adds the quotes; ill-formed UTF-8 becomes U+FFFD

// Writes one document with the keys in the order given, compact or indented by two spaces, without a final line feed.
//   JsonWriter json; json.begin_object(); json.key("schema"); json.string("cascade.list/1"); json.end_object();
class JsonWriter {
 public:
  enum class Style : std::uint8_t { compact, indented };
  explicit JsonWriter(Style style = Style::indented) : style_(style) {}

  JsonWriter& begin_object() { return begin('{'); }
  JsonWriter& end_object() { return end('}'); }
  JsonWriter& begin_array() { return begin('['); }
  JsonWriter& end_array() { return end(']'); }
  JsonWriter& key(std::string_view name);
  JsonWriter& string(std::string_view value);
  JsonWriter& number(std::uint64_t value) { return literal(std::to_string(value)); }
  JsonWriter& integer(std::int64_t value) { return literal(std::to_string(value)); }
  JsonWriter& boolean(bool value) { return literal(value ? "true" : "false"); }
  JsonWriter& null() { return literal("null"); }
  JsonWriter& literal(std::string_view text);  // a number, true, false or null as written

  // An array of what `write` writes for each item.
  template <typename Items, typename Write>
  JsonWriter& array(const Items& items, Write write) {
    begin_array();
    for (const auto& item : items) write(item);
    return end_array();
  }
  // An array of texts or numbers.
  template <typename Items>
  JsonWriter& array(const Items& items) {
    return array(items, [&](const auto& item) {
      if constexpr (std::is_convertible_v<decltype(item), std::string_view>)
        string(item);
      else
        number(item);
    });
  }
  // An array of objects: of each, what `write` writes into it.
  template <typename Items, typename Write>
  JsonWriter& objects(const Items& items, Write write) {
    return array(items, [&](const auto& item) {
      begin_object();
      write(item);
      end_object();
    });
  }

  std::string take();  // REQUIRES: everything begun has been ended

 private:
  void before_value();
  void line_break();
  JsonWriter& begin(char bracket);
  JsonWriter& end(char bracket);

  Style style_;
  std::string out_;
  std::vector<bool> has_items_;
  bool after_key_ = false;
};

// Writes a parsed tree again, with the order of members and the digits of numbers. REQUIRES: the node came from
// parse_json (its depth is bounded).
void write_json(JsonWriter& json, const Node& node);

// A value as it stands in JSON text, which must outlive it, found without building a tree: for long logs of which
// little is needed. A value that is not looked at costs one pass over its bytes. Lenient: of a text that is not JSON,
// it finds what looks like it, and never reads outside the text.
class JsonSlice {
 public:
  JsonSlice() = default;
  // The only value of a line; nothing: the line is cut off, or is no object or list.
  static std::optional<JsonSlice> of_line(std::string_view line) noexcept;

  std::string_view raw() const noexcept { return raw_; }
  bool empty() const noexcept { return raw_.empty(); }
  bool is_string() const noexcept { return !raw_.empty() && raw_[0] == '"'; }
  bool is_object() const noexcept { return !raw_.empty() && raw_[0] == '{'; }
  bool is_list() const noexcept { return !raw_.empty() && raw_[0] == '['; }
  bool is_true() const noexcept { return raw_ == "true"; }

  // A string's text without escapes; of any other value, empty.
  std::string text() const;
  // Whether it is the string `word`, which has no character that JSON escapes.
  bool is(std::string_view word) const noexcept {
    return raw_.size() == word.size() + 2 && is_string() && raw_.substr(1, word.size()) == word;
  }
  std::string_view unquoted() const noexcept {  // a string as written, between its quotes
    return is_string() && raw_.size() >= 2 ? raw_.substr(1, raw_.size() - 2) : std::string_view();
  }

  // The member of this name as written; an empty slice: there is none, or this is no object.
  JsonSlice find(std::string_view key) const noexcept;
  // Calls `see(key, value)` for each member of an object, with the key as written.
  template <typename See>
  void each_member(const See& see) const {
    if (!is_object()) return;
    std::size_t at = 1;
    for (JsonSlice key = next(at); key.is_string(); key = next(at)) see(key.unquoted(), next(at));
  }
  template <typename See>
  void each_item(const See& see) const {
    if (!is_list()) return;
    std::size_t at = 1;
    for (JsonSlice item = next(at); !item.empty(); item = next(at)) see(item);
  }

 private:
  explicit JsonSlice(std::string_view raw) noexcept : raw_(raw) {}
  JsonSlice next(std::size_t& at) const noexcept;  // the value from `at` on; empty: the object or list ends
  std::string_view raw_;
};

// Whether a text of JSON holds a member with this name and string, with or without blanks around its colon; both as
// written. A quick look before a line is parsed: it may stand anywhere, also inside a string's text.
bool holds_member(std::string_view json, std::string_view key, std::string_view value) noexcept;

}  // namespace cascade::syntax
