// Reads JSON with positions, and writes every JSON document that Cascade prints. The only header over nlohmann/json.
#pragma once

#include <cascade/result.h>

#include <cstdint>
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
  explicit JsonWriter(Style style = Style::indented);

  JsonWriter& begin_object();
  JsonWriter& end_object();
  JsonWriter& begin_array();
  JsonWriter& end_array();
  JsonWriter& key(std::string_view name);
  JsonWriter& string(std::string_view value);
  JsonWriter& number(std::uint64_t value);
  JsonWriter& integer(std::int64_t value);
  JsonWriter& boolean(bool value);
  JsonWriter& null();
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
  JsonWriter& raw(std::string_view text);

  Style style_;
  std::string out_;
  std::vector<bool> has_items_;
  bool after_key_ = false;
};

// Writes a parsed tree as JSON again.

// Keeps the order of members and the digits of numbers. REQUIRES: the node came from parse_json (its depth is
// bounded).
void write_json(JsonWriter& json, const Node& node);

}  // namespace cascade::syntax
