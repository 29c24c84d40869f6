// Finds values in JSON text without building a tree, for long logs of which little is needed. A value that is not
// looked at costs one pass over its bytes.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace cascade::syntax {

// A value as it stands in the text, which must outlive it. Lenient: of a text that is not JSON, it finds what looks
// like it, and never reads outside the text.
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
  // Calls `see(value)` for each item of a list.
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
