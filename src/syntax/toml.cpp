// One pass over the bytes. A value is read by its first character: a quote (three of them: over several lines), a
// bracket, or a bare word. Keys are looked up in the map that the last table header named.
#include "syntax/toml.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "syntax/lines.h"
#include "text/ascii.h"
#include "unicode/utf8.h"

namespace cascade::syntax {
namespace {

bool is_key_character(char c) { return letters::is_letter(c) || letters::is_digit(c) || c == '_' || c == '-'; }

// A string of the file: what stands between its quotes, and what it means.
struct Quoted {
  std::size_t begin = 0, end = 0;
  std::string value;
  bool whole = false;  // it is closed
};

class Reader {
 public:
  Reader(std::string_view text, const NodeLimits& limits) : text_(text), lines_(text), limits_(limits) {}

  Toml run() {
    parsed_.root.kind = NodeKind::map;
    table_ = {};
    if (text_.size() > limits_.bytes) {
      fail(FaultKind::size, "more than " + std::to_string(limits_.bytes) + " bytes");
      return {std::move(parsed_), {}};
    }
    while (skip_blank_lines(), at_ < text_.size()) {
      const bool read = text_[at_] == '[' ? header() : entry();
      if (!read || !ends_line()) {
        fail(FaultKind::syntax, "not a key with its value");
        skip_line();
      }
    }
    return {std::move(parsed_), std::move(texts_)};
  }

 private:
  void fail(FaultKind kind, std::string message) {
    parsed_.complete = false;
    parsed_.faults.push_back({kind, lines_.at(std::min(at_, text_.size())), std::move(message)});
  }
  bool at(std::string_view mark) const { return text_.substr(at_, mark.size()) == mark; }
  void skip_blanks() {
    while (at_ < text_.size() && letters::is_blank(text_[at_])) ++at_;
  }
  void skip_line() { at_ = std::min(text_.find('\n', at_), text_.size()); }
  void skip_blank_lines() {
    while (at_ < text_.size()) {
      skip_blanks();
      if (at("#")) skip_line();
      if (at_ >= text_.size() || (text_[at_] != '\n' && text_[at_] != '\r')) return;
      ++at_;
    }
  }
  bool ends_line() {
    skip_blanks();
    if (at("#")) skip_line();
    return at_ >= text_.size() || text_[at_] == '\n' || at("\r\n");
  }

  // a.b."c d"
  std::optional<std::vector<std::string>> keys() {
    std::vector<std::string> found;
    while (true) {
      skip_blanks();
      if (at("\"") || at("'")) {
        Quoted key = quoted();
        if (!key.whole) return std::nullopt;
        found.push_back(std::move(key.value));
      } else {
        const std::size_t begin = at_;
        while (at_ < text_.size() && is_key_character(text_[at_])) ++at_;
        if (at_ == begin) return std::nullopt;
        found.emplace_back(text_.substr(begin, at_ - begin));
      }
      skip_blanks();
      if (!at(".")) return found;
      ++at_;
    }
  }

  bool header() {
    const bool is_list = at("[[");
    at_ += is_list ? 2 : 1;
    auto found = keys();
    if (!found || !at(is_list ? "]]" : "]") || found->size() > limits_.depth) return false;
    at_ += is_list ? 2 : 1;
    table_ = *std::move(found);
    if (is_list) {
      Node& list = child(map_at({table_.begin(), table_.end() - 1}), table_.back(), NodeKind::list);
      list.items.emplace_back().kind = NodeKind::map;
    }
    return true;
  }

  bool entry() {
    const std::size_t begin = at_;
    auto found = keys();
    if (!found || found->size() + table_.size() > limits_.depth || !at("=")) return false;
    ++at_;
    skip_blanks();
    Node value;
    if (!read_value(value, 0)) return false;
    if (table_.empty() && found->size() == 1 && value.kind == NodeKind::string)
      texts_.push_back({found->back(), last_.begin, last_.end});
    std::vector<std::string> path = table_;
    path.insert(path.end(), found->begin(), found->end() - 1);
    Node& map = map_at(path);
    Node key;
    key.kind = NodeKind::string;
    key.text = found->back();
    key.at = key.end = lines_.at(begin);
    map.items.push_back(std::move(key));
    map.items.push_back(std::move(value));
    return true;
  }

  // The map or list below a map; made where it is not there.
  Node& child(Node& map, const std::string& name, NodeKind kind) {
    for (std::size_t i = 0; i < map.size(); ++i)
      if (map.is_entry(i) && map.key(i).text == name) {
        Node& found = map.items[2 * i + 1];
        if (found.kind == NodeKind::list && kind == NodeKind::map && !found.items.empty()) return found.items.back();
        if (found.kind == kind) return found;
      }
    Node key;
    key.kind = NodeKind::string;
    key.text = name;
    key.at = key.end = lines_.at(at_);
    map.items.push_back(std::move(key));
    Node& made = map.items.emplace_back();
    made.kind = kind;
    made.at = made.end = lines_.at(at_);
    return made;
  }
  Node& map_at(const std::vector<std::string>& path) {
    Node* map = &parsed_.root;
    for (const std::string& name : path) map = &child(*map, name, NodeKind::map);
    return *map;
  }

  bool read_value(Node& value, std::uint32_t depth) {
    if (++nodes_ > limits_.nodes || depth > limits_.depth || at_ >= text_.size()) return false;
    value.at = lines_.at(at_);
    bool read = false;
    if (at("\"") || at("'")) {
      Quoted string = quoted();
      value.kind = NodeKind::string;
      value.quoted = true;
      value.text = std::move(string.value);
      read = string.whole;
      last_ = {{}, string.begin, string.end};
    } else {
      read = at("[") ? read_list(value, depth) : at("{") ? read_table(value, depth) : read_word(value);
    }
    value.end = lines_.at(at_);
    return read;
  }

  bool read_list(Node& list, std::uint32_t depth) {
    list.kind = NodeKind::list;
    ++at_;
    for (skip_blank_lines(); at_ < text_.size() && !at("]"); skip_blank_lines()) {
      if (!read_value(list.items.emplace_back(), depth + 1)) return false;
      skip_blank_lines();
      if (at(","))
        ++at_;
      else if (!at("]"))
        return false;
    }
    return at("]") && ++at_ > 0;
  }

  bool read_table(Node& map, std::uint32_t depth) {
    map.kind = NodeKind::map;
    ++at_;
    for (skip_blanks(); at_ < text_.size() && !at("}"); skip_blanks()) {
      auto found = keys();
      if (!found || !at("=")) return false;
      ++at_;
      skip_blanks();
      Node key, value;
      key.kind = NodeKind::string;
      key.text = found->back();
      key.at = key.end = lines_.at(at_);
      if (!read_value(value, depth + 1)) return false;
      map.items.push_back(std::move(key));
      map.items.push_back(std::move(value));
      skip_blanks();
      if (at(","))
        ++at_;
      else if (!at("}"))
        return false;
    }
    return at("}") && ++at_ > 0;
  }

  bool read_word(Node& value) {
    const std::size_t begin = at_;
    while (at_ < text_.size() &&
           (is_key_character(text_[at_]) || text_[at_] == '.' || text_[at_] == '+' || text_[at_] == ':'))
      ++at_;
    value.text = text_.substr(begin, at_ - begin);
    if (value.text.empty()) return false;
    const bool is_boolean = value.text == "true" || value.text == "false";
    const bool is_date =
        value.text.find(':') != std::string::npos || std::count(value.text.begin(), value.text.end(), '-') > 1;
    value.kind = is_boolean ? NodeKind::boolean : is_date ? NodeKind::string : NodeKind::number;
    return is_boolean || letters::is_digit(value.text[0]) || value.text[0] == '+' || value.text[0] == '-';
  }

  // REQUIRES: a quote stands here.
  Quoted quoted() {
    Quoted string;
    const char quote = text_[at_];
    const std::string three(3, quote);
    const bool is_long = at(three);
    at_ += is_long ? 3 : 1;
    if (is_long && at("\r\n")) ++at_;
    if (is_long && at("\n")) ++at_;
    string.begin = at_;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == quote && (!is_long || at(three))) {
        // Up to two quotes may stand right in front of the closing ones.
        while (is_long && at_ + 3 < text_.size() && text_[at_ + 3] == quote) string.value += text_[at_++];
        string.end = at_;
        at_ += is_long ? 3 : 1;
        string.whole = true;
        break;
      }
      if (c == '\n' && !is_long) break;
      if (c == '\\' && quote == '"')
        unescape(string.value);
      else
        string.value += text_[at_++];
    }
    if (!string.whole) string.end = at_;
    return string;
  }

  // REQUIRES: a backslash stands here.
  void unescape(std::string& into) {
    const char c = at_ + 1 < text_.size() ? text_[at_ + 1] : '\\';
    at_ = std::min(at_ + 2, text_.size());
    constexpr std::string_view names = "btnfr\"\\e", values = "\b\t\n\f\r\"\\\x1b";
    if (const std::size_t known = names.find(c); known != std::string_view::npos) {
      into += values[known];
    } else if (c == 'u' || c == 'U') {
      char32_t code = 0;
      for (int i = c == 'u' ? 4 : 8; i > 0 && at_ < text_.size() && letters::hex_value(text_[at_]) >= 0; --i)
        code = code * 16 + static_cast<char32_t>(letters::hex_value(text_[at_++]));
      unicode::append(into, code > 0x10FFFF || (code >= 0xD800 && code < 0xE000) ? 0xFFFD : code);
    } else if (letters::is_space(c)) {  // a line that goes on: white space is nothing up to the next character
      while (at_ < text_.size() && letters::is_space(text_[at_])) ++at_;
    } else {
      into += c;
    }
  }

  std::string_view text_;
  LineIndex lines_;
  const NodeLimits& limits_;
  Parsed parsed_;
  std::vector<std::string> table_;  // that the last header named
  std::size_t at_ = 0;
  std::uint32_t nodes_ = 0;
  std::vector<Toml::Text> texts_;
  Toml::Text last_;  // string that was read
};

}  // namespace

Toml read_toml(std::string_view text, const NodeLimits& limits) { return Reader(text, limits).run(); }

}  // namespace cascade::syntax
