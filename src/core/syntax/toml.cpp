// Reads TOML in one pass over the bytes. The first character of a value decides how it is read: a quote (three of
// them: over several lines), a bracket, or a bare word. Keys are looked up in the map that the last table header
// named. A line that cannot be read is reported and skipped, so one slip does not lose the rest of the file.
#include "syntax/toml.h"

#include <algorithm>
#include <optional>
#include <set>

#include "syntax/lines.h"
#include "text/ascii.h"
#include "unicode/utf8.h"

namespace cascade::syntax {
namespace {

// A backslash and the characters that belong to it. Length 0: not an escape of TOML. An escape may mean nothing: a
// backslash at the end of a line removes that and all white space after it.
struct Escape {
  std::size_t length = 0;
  std::optional<char32_t> means;
};

// Reads `digits` hex digits from `at` on as a code point that UTF-8 can encode.
Escape read_code_point(std::string_view text, std::size_t at, std::size_t digits) {
  if (text.size() < at + digits) return {};
  char32_t code = 0;
  for (std::size_t i = 0; i < digits; ++i) {
    const int value = letters::hex_value(text[at + i]);
    if (value < 0 || code > 0x10FFFF) return {};
    code = code * 16 + static_cast<char32_t>(value);
  }
  if (code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) return {};
  return {at + digits, code};
}

// REQUIRES: text begins with a backslash.
Escape read_escape(std::string_view text) {
  if (text.size() < 2) return {};
  const char c = text[1];
  constexpr std::string_view names = "btnfre\"\\", values = "\b\t\n\f\r\x1B\"\\";
  if (const std::size_t known = names.find(c); known != std::string_view::npos)
    return {2, static_cast<char32_t>(values[known])};
  if (c == 'u') return read_code_point(text, 2, 4);
  if (c == 'U') return read_code_point(text, 2, 8);
  if (c == 'x') return read_code_point(text, 2, 2);
  std::size_t at = 1;
  while (at < text.size() && letters::is_blank(text[at])) ++at;
  if (at == text.size() || (text[at] != '\n' && text.substr(at, 2) != "\r\n")) return {};
  while (at < text.size() && letters::is_json_space(text[at])) ++at;
  return {at, std::nullopt};
}

// A string of the file: the bytes between its quotes, and their meaning.
struct Quoted : TomlText {
  bool whole = false;  // it has a closing quote

  // `at`: the offset of the escape in the file.
  void put(const Escape& escape, std::size_t at) {
    if (pieces.empty()) pieces.push_back({0, begin});
    if (escape.means) {
      pieces.push_back({value.size(), at, false});
      unicode::append(value, *escape.means);
    }
    pieces.push_back({value.size(), at + escape.length});
  }
};

class TomlReader {
 public:
  explicit TomlReader(std::string_view text) : text_(text), lines_(text), places_(lines_) {}

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
  Position here() { return places_.at(std::min(at_, text_.size())); }
  void fail(FaultKind kind, std::string message) {
    parsed_.complete = false;
    parsed_.faults.push_back({kind, here(), std::move(message)});
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
        while (at_ < text_.size() && letters::is_name(text_[at_])) ++at_;
        if (at_ == begin) return std::nullopt;
        found.emplace_back(text_.substr(begin, at_ - begin));
      }
      skip_blanks();
      if (!at(".")) return found;
      ++at_;
    }
  }

  // Forgets what stood below the list of tables that the header names: its next table may have the same.
  void begin_anew(std::set<std::vector<std::string>>& made) {
    const auto is_below = [&](const std::vector<std::string>& path) {
      return path.size() > table_.size() && std::equal(table_.begin(), table_.end(), path.begin());
    };
    for (auto next = made.lower_bound(table_); next != made.end() && (*next == table_ || is_below(*next));)
      next = made.erase(next);
  }

  bool header() {
    const bool is_list = at("[[");
    made_at_ = here();
    at_ += is_list ? 2 : 1;
    auto found = keys();
    if (!found || !at(is_list ? "]]" : "]") || found->size() > limits_.depth) return false;
    at_ += is_list ? 2 : 1;
    table_ = *std::move(found);
    if (is_list) begin_anew(headers_), begin_anew(keys_);
    if (!is_list && !headers_.insert(table_).second) fail(FaultKind::syntax, "this table is defined twice");
    if (is_list) {
      Node& list = child(map_at({table_.begin(), table_.end() - 1}), table_.back(), NodeKind::list);
      list.items.push_back({NodeKind::map, {}, false, made_at_, made_at_, {}});
    } else {
      map_at(table_);  // also without entries
    }
    return true;
  }

  // A dotted key makes the maps on its way. Strings at the top are also kept as texts with the places of their
  // characters, because a command's prompt is such a string and its findings must point into the file.
  bool entry() {
    const Position begin = made_at_ = here();
    auto found = keys();
    if (!found || found->size() + table_.size() > limits_.depth || !at("=")) return false;
    ++at_;
    skip_blanks();
    Node value;
    if (!read_value(value, 0)) return false;
    if (table_.empty() && found->size() == 1 && value.kind == NodeKind::string && last_) {
      last_->key = found->back();
      texts_.push_back(*std::move(last_));
    }
    std::vector<std::string> path = table_;
    path.insert(path.end(), found->begin(), found->end() - 1);
    Node& map = map_at(path);
    path.push_back(found->back());
    if (!keys_.insert(std::move(path)).second) fail(FaultKind::syntax, "this key is set twice");
    map.items.push_back({NodeKind::string, std::move(found->back()), false, begin, begin, {}});
    map.items.push_back(std::move(value));
    return true;
  }

  // Returns the map or list of this name below a map; creates it if it is missing.
  // A header below a list of tables means the list's last table, as in TOML.
  Node& child(Node& map, const std::string& name, NodeKind kind) {
    for (std::size_t i = 0; i < map.size(); ++i)
      if (map.is_entry(i) && map.key(i).text == name) {
        Node& found = map.items[2 * i + 1];
        if (found.kind == NodeKind::list && kind == NodeKind::map && !found.items.empty()) return found.items.back();
        if (found.kind == kind) return found;
      }
    map.items.push_back({NodeKind::string, name, false, made_at_, made_at_, {}});
    return map.items.emplace_back(Node{kind, {}, false, made_at_, made_at_, {}});
  }
  Node& map_at(const std::vector<std::string>& path) {
    Node* map = &parsed_.root;
    for (const std::string& name : path) map = &child(*map, name, NodeKind::map);
    return *map;
  }

  bool read_value(Node& value, std::uint32_t depth) {
    if (++nodes_ > limits_.nodes || depth > limits_.depth || at_ >= text_.size()) return false;
    value.at = here();
    last_.reset();
    bool read = false;
    if (at("\"") || at("'")) {
      Quoted string = quoted();
      value.kind = NodeKind::string;
      value.quoted = true;
      value.text = string.value;
      read = string.whole;
      last_ = std::move(string);
    } else {
      read = at("[") ? read_list(value, depth) : at("{") ? read_table(value, depth) : read_word(value);
    }
    value.end = here();
    return read;
  }

  // Passes a comma; false: neither it nor the closing bracket follows.
  bool ends_item(std::string_view close) { return at(",") ? ++at_ > 0 : at(close); }

  bool read_list(Node& list, std::uint32_t depth) {
    list.kind = NodeKind::list;
    ++at_;
    for (skip_blank_lines(); at_ < text_.size() && !at("]"); skip_blank_lines()) {
      if (!read_value(list.items.emplace_back(), depth + 1)) return false;
      skip_blank_lines();
      if (!ends_item("]")) return false;
    }
    return at("]") && ++at_ > 0;
  }

  bool read_table(Node& map, std::uint32_t depth) {
    map.kind = NodeKind::map;
    ++at_;
    for (skip_blanks(); at_ < text_.size() && !at("}"); skip_blanks()) {
      const Position begin = here();
      auto found = keys();
      if (!found || !at("=")) return false;
      ++at_;
      skip_blanks();
      Node value;
      if (!read_value(value, depth + 1)) return false;
      map.items.push_back({NodeKind::string, std::move(found->back()), false, begin, begin, {}});
      map.items.push_back(std::move(value));
      skip_blanks();
      if (!ends_item("}")) return false;
    }
    return at("}") && ++at_ > 0;
  }

  // Numbers and dates are told by their characters and stay as written; nobody here computes with them.
  bool read_word(Node& value) {
    const std::size_t begin = at_;
    while (at_ < text_.size() &&
           (letters::is_name(text_[at_]) || text_[at_] == '.' || text_[at_] == '+' || text_[at_] == ':'))
      ++at_;
    value.text = text_.substr(begin, at_ - begin);
    if (value.text.empty()) return false;
    const bool is_boolean = value.text == "true" || value.text == "false";
    const bool is_date = value.text.find(':') != std::string::npos || std::ranges::count(value.text, '-') > 1;
    value.kind = is_boolean ? NodeKind::boolean : is_date ? NodeKind::string : NodeKind::number;
    return is_boolean || letters::is_digit(value.text[0]) || value.text[0] == '+' || value.text[0] == '-';
  }

  // REQUIRES: the next character is a quote.
  Quoted quoted() {
    Quoted string;
    const char quote = text_[at_];
    const std::string three(3, quote);
    const bool is_long = at(three);
    at_ += is_long ? 3 : 1;
    if (is_long && at("\r\n")) ++at_;
    if (is_long && at("\n")) ++at_;
    string.begin = at_;
    bool faulty = false;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == quote && (!is_long || at(three))) {
        // Up to two quotes may come right before the closing ones.
        for (int more = 0; is_long && more < 2 && at_ + 3 < text_.size() && text_[at_ + 3] == quote; ++more)
          string.value += text_[at_++];
        string.end = at_;
        at_ += is_long ? 3 : 1;
        string.whole = true;
        break;
      }
      if (c == '\n' && !is_long) break;
      const Escape escape = c == '\\' && quote == '"' ? read_escape(text_.substr(at_)) : Escape{};
      if (!faulty && escape.length == 0) faulty = report(c, quote, is_long);
      if (escape.length > 0)
        string.put(escape, at_);
      else
        string.value += c;
      at_ += std::max<std::size_t>(escape.length, 1);
    }
    if (!string.whole) string.end = at_;
    return string;
  }

  bool report(char c, char quote, bool is_long) {
    if (c == '\\' && quote == '"') {
      fail(FaultKind::syntax, "unknown escape");
      return true;
    }
    const bool is_control = (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == '\x7f';
    const bool ends_line = c == '\n' || (c == '\r' && at("\r\n"));
    if (!is_control || (ends_line && (is_long || c == '\r'))) return false;
    fail(FaultKind::syntax, "a control character in a string");
    return true;
  }

  std::string_view text_;
  LineIndex lines_;
  IndexCursor places_;
  const NodeLimits limits_;
  Parsed parsed_;
  std::vector<std::string> table_;  // as the last header named it
  std::set<std::vector<std::string>> headers_, keys_;
  Position made_at_;  // of the header or entry that makes maps
  std::size_t at_ = 0;
  std::uint32_t nodes_ = 0;
  std::vector<TomlText> texts_;
  std::optional<TomlText> last_;  // the last value read, if it is a string
};

}  // namespace

// Pieces ascend in the value, so the one with the offset is found by halves. In an escape all of it is one place.
std::size_t TomlText::source_of(std::size_t offset) const noexcept {
  if (offset >= value.size()) return end;
  if (pieces.empty()) return begin + offset;
  const auto after = std::upper_bound(pieces.begin(), pieces.end(), offset,
                                      [](std::size_t at, const Piece& piece) { return at < piece.value; });
  const Piece& piece = *(after - 1);
  return piece.copied ? piece.source + (offset - piece.value) : piece.source;
}

Toml read_toml(std::string_view text) { return TomlReader(text).run(); }

std::string unescape_toml(std::string_view part) {
  std::string value;
  while (!part.empty()) {
    const std::size_t backslash = std::min(part.find('\\'), part.size());
    value += part.substr(0, backslash);
    part.remove_prefix(backslash);
    if (part.empty()) break;
    const Escape escape = read_escape(part);
    if (escape.means) unicode::append(value, *escape.means);
    if (escape.length == 0) value += part.front();
    part.remove_prefix(std::max<std::size_t>(escape.length, 1));
  }
  return value;
}

}  // namespace cascade::syntax
