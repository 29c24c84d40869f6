// The members of a line of the ledger, each described once for both ways: a description is a template that is given a
// stream and an object, and names every member with its key. `given` leaves out what is empty or 0 when it writes.
// Reading is lenient: what is absent or of another kind stays empty.
#pragma once

#include <charconv>
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hash/content_hash.h"
#include "syntax/json.h"
#include "syntax/members.h"

namespace cascade::session {

class LineWriter {
 public:
  static constexpr bool reads = false;
  explicit LineWriter(syntax::JsonWriter& json) : json_(json) {}

  template <typename Value>
  LineWriter& member(std::string_view key, const Value& value) {
    json_.key(key);
    put(value);
    return *this;
  }
  template <typename Value>
  LineWriter& given(std::string_view key, const Value& value) {
    return value == Value() ? *this : member(key, value);
  }
  LineWriter& hash(std::string_view key, std::uint64_t value) { return member(key, hash::to_hex(value)); }
  LineWriter& given_hash(std::string_view key, std::uint64_t value) { return value == 0 ? *this : hash(key, value); }
  template <typename Value, typename Describe>
  void object(std::string_view key, const Value& value, Describe describe) {
    json_.key(key).begin_object();
    describe(*this, value);
    json_.end_object();
  }
  template <typename Item, typename Describe>
  void objects(std::string_view key, const std::vector<Item>& items, Describe describe) {
    json_.key(key).begin_array();
    for (const Item& item : items) {
      json_.begin_object();
      describe(*this, item);
      json_.end_object();
    }
    json_.end_array();
  }

 private:
  void put(std::string_view value) { json_.string(value); }
  void put(bool value) { json_.boolean(value); }
  void put(std::unsigned_integral auto value) { json_.number(value); }
  template <typename First, typename Second>
  void put(const std::pair<First, Second>& pair) {
    json_.begin_array();
    put(pair.first);
    put(pair.second);
    json_.end_array();
  }
  template <typename Item>
  void put(const std::vector<Item>& items) {
    json_.begin_array();
    for (const Item& item : items) put(item);
    json_.end_array();
  }

  syntax::JsonWriter& json_;
};

class LineReader {
 public:
  static constexpr bool reads = true;
  explicit LineReader(const syntax::Node& object) : object_(object) {}

  LineReader& member(std::string_view key, std::string& value) { return value = syntax::text_of(object_, key), *this; }
  template <typename Value>
  LineReader& member(std::string_view key, Value& value) {
    if (const syntax::Node* node = object_.find(key)) take(*node, value);
    return *this;
  }
  template <typename Value>
  LineReader& given(std::string_view key, Value& value) {
    return member(key, value);
  }
  LineReader& hash(std::string_view key, std::uint64_t& value) {
    if (const syntax::Node* node = object_.find(key)) take(*node, value, 16);
    return *this;
  }
  LineReader& given_hash(std::string_view key, std::uint64_t& value) { return hash(key, value); }
  template <typename Value, typename Describe>
  void object(std::string_view key, Value& value, Describe describe) {
    const syntax::Node* node = object_.find(key);
    if (node == nullptr) return;
    LineReader reader(*node);
    describe(reader, value);
  }
  template <typename Item, typename Describe>
  void objects(std::string_view key, std::vector<Item>& items, Describe describe) {
    const syntax::Node* list = object_.find(key);
    if (list == nullptr) return;
    for (const syntax::Node& node : list->items) {
      LineReader reader(node);
      describe(reader, items.emplace_back());
    }
  }

 private:
  // Whether it is a value of that shape.
  static bool take(const syntax::Node& node, std::string& value) { return value = node.text, true; }
  static bool take(const syntax::Node& node, bool& value) { return value = node.text == "true", true; }
  static bool take(const syntax::Node& node, std::integral auto& value, int base = 10) {
    std::from_chars(node.text.data(), node.text.data() + node.text.size(), value, base);
    return true;
  }
  template <typename First, typename Second>
  static bool take(const syntax::Node& node, std::pair<First, Second>& pair) {
    return node.items.size() == 2 && take(node.items[0], pair.first) && take(node.items[1], pair.second);
  }
  template <typename Item>
  static bool take(const syntax::Node& node, std::vector<Item>& items) {
    for (const syntax::Node& each : node.items)
      if (Item item{}; take(each, item)) items.push_back(std::move(item));
    return true;
  }

  const syntax::Node& object_;
};

}  // namespace cascade::session
