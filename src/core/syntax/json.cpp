// Reads JSON with nlohmann's event parser and adds what it lacks: the place of every value and key, limits, and bad
// bytes read as U+FFFD instead of a refused file. Events carry no positions, but they come in the order of the text, so
// the end of the last token and the spelling of the next one give its place; nothing is parsed twice. A parser of our
// own would have to be proven against the standard's hundreds of odd cases.
#include "syntax/json.h"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <nlohmann/json.hpp>
#include <utility>

#include "text/ascii.h"
#include "unicode/utf8.h"

namespace cascade::syntax {
namespace {

std::string show(char c) {
  const auto byte = static_cast<unsigned char>(c);
  if (byte >= 0x80) return "a character that only a string may hold";
  if (byte >= 0x20 && byte != 0x7F) return std::string("'") + c + "'";
  return "control character " + std::to_string(byte);
}

// Returns the end of the number that begins at `at`. REQUIRES: it is well-formed; anything may follow it ("01",
// "1-2").
std::size_t number_end(std::string_view text, std::size_t at) noexcept {
  const auto is_one_of = [&](std::string_view set) { return at < text.size() && set.find(text[at]) != set.npos; };
  const auto skip_digits = [&] {
    while (is_one_of("0123456789")) ++at;
  };
  const auto take_one_of = [&](std::string_view set) { return is_one_of(set) && ++at > 0; };
  take_one_of("-");
  if (!take_one_of("0")) skip_digits();
  if (take_one_of(".")) skip_digits();
  if (!take_one_of("eE")) return at;
  take_one_of("+-");
  skip_digits();
  return at;
}

class JsonReader {
 public:
  using Json = nlohmann::json;

  JsonReader(std::string_view text, const NodeLimits& limits, std::vector<Fault>& faults)
      : text_(text), places_(text), faults_(faults), tree_(limits, faults) {
    if (text.starts_with(unicode::byte_order_mark)) cursor_ = unicode::byte_order_mark.size();
  }

  bool null() { return scalar(NodeKind::null, 4); }
  bool boolean(bool value) { return scalar(NodeKind::boolean, value ? 4 : 5); }
  bool number_integer(Json::number_integer_t) { return number(); }
  bool number_unsigned(Json::number_unsigned_t) { return number(); }
  bool number_float(Json::number_float_t, const std::string&) { return number(); }
  bool string(std::string& value) { return quoted(value); }
  bool key(std::string& value) { return quoted(value) && (after_key_ = true); }
  bool binary(Json::binary_t&) { return false; }  // only in other formats
  bool start_object(std::size_t) { return open(NodeKind::map); }
  bool start_array(std::size_t) { return open(NodeKind::list); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }

  // `position` counts the bytes read; the last is the end of an unexpected token, or the byte that makes a token
  // malformed.
  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception& reason) {
    constexpr int number_overflow = 406;
    constexpr std::string_view one_byte_tokens = ",:[]{}";
    const std::size_t last = std::min(position == 0 ? 0 : position - 1, text_.size());
    if (reason.id == number_overflow) return fault(next_token(), "the number is too large");
    const bool malformed = std::string_view(reason.what()).find("last read:") != std::string_view::npos;
    if (malformed) return malformed_token(next_token(), last);
    if (last < text_.size() && one_byte_tokens.find(text_[last]) != std::string_view::npos) return unexpected(last);
    return unexpected(next_token());
  }

  // A NUL ends nlohmann's input: text after it must not be taken for white space.
  bool at_end() {
    std::size_t rest = cursor_;
    while (rest < text_.size() && letters::is_json_space(text_[rest])) ++rest;
    if (rest < text_.size()) fault(rest, "expected the end of the text, found " + show(text_[rest]));
    return rest == text_.size();
  }
  Node take() { return tree_.take(); }

 private:
  std::size_t next_token() const noexcept {
    std::size_t offset = cursor_;
    while (offset < text_.size() &&
           (letters::is_json_space(text_[offset]) || text_[offset] == ',' || text_[offset] == ':'))
      ++offset;
    return offset;
  }
  bool fault(std::size_t offset, std::string message) {
    faults_.push_back({FaultKind::syntax, places_.at(offset), std::move(message)});
    return false;
  }
  bool add(NodeKind kind, std::size_t begin, std::size_t end, std::string text, bool quoted) {
    cursor_ = end;
    after_key_ = false;
    const Position at = places_.at(begin);
    return tree_.add({kind, std::move(text), quoted, at, places_.at(end), {}});
  }
  bool scalar(NodeKind kind, std::size_t length) {
    const std::size_t begin = next_token();
    return add(kind, begin, begin + length, std::string(text_.substr(begin, length)), false);
  }
  bool number() {
    const std::size_t begin = next_token();
    const std::size_t end = number_end(text_, begin);
    return add(NodeKind::number, begin, end, std::string(text_.substr(begin, end - begin)), false);
  }
  bool quoted(std::string& value) {
    const std::size_t begin = next_token();
    std::size_t end = begin + 1;
    while (end < text_.size() && text_[end] != '"') end += text_[end] == '\\' ? 2 : 1;
    return add(NodeKind::string, begin, std::min(end + 1, text_.size()), std::move(value), true);
  }
  bool open(NodeKind kind) {
    const std::size_t begin = next_token();
    const Position at = places_.at(begin);
    cursor_ = begin + 1;
    after_key_ = false;
    return tree_.open(kind, at);
  }
  bool close() {
    cursor_ = next_token() + 1;
    tree_.close(places_.at(cursor_));
    return true;
  }

  // Says what is there and what could have been, in the words of the format and not of the parser.
  bool unexpected(std::size_t place) {
    std::string punctuation;
    std::size_t comma = place;
    for (std::size_t i = cursor_; i < place; ++i) {
      if (letters::is_json_space(text_[i])) continue;
      punctuation += text_[i];
      comma = i;
    }
    if (place >= text_.size())
      return fault(text_.size(), "expected " + expectation(punctuation) + ", found the end of the text");
    const char found = text_[place];
    if (found == '/') return fault(place, "json has no comments");
    if (punctuation == "," && (found == ']' || found == '}')) return fault(comma, "a comma before " + show(found));
    const std::string what = found == '"' ? "a string" : show(found);
    return fault(place, "expected " + expectation(punctuation) + ", found " + what);
  }

  // `begin` is the first byte of the token, `bad` the byte that it must not contain.
  bool malformed_token(std::size_t begin, std::size_t bad) {
    const char first = begin < text_.size() ? text_[begin] : '\0';
    if (first == '"') {
      if (bad >= text_.size()) return fault(begin, "the string is not closed");
      if (static_cast<unsigned char>(text_[bad]) < 0x20)
        return fault(bad, "a line feed or control character in a string must be written as an escape");
      return fault(bad, "a string holds an escape that json does not have");
    }
    if (first == '-' || letters::is_digit(first)) return fault(begin, "malformed number");
    return unexpected(begin);
  }

  // Returns what was expected after the last token and the comma or colon that follows it.
  std::string expectation(std::string_view punctuation) const {
    const Node* top = tree_.top();
    if (top == nullptr) return tree_.empty() ? "a value" : "the end of the text";
    const bool map = top->kind == NodeKind::map;
    if (after_key_) return punctuation.empty() ? "':'" : "a value";
    if (!punctuation.empty()) return map ? "a key in double quotes" : "a value";
    if (top->items.empty()) return map ? "a key in double quotes or '}'" : "a value or ']'";
    return map ? "',' or '}'" : "',' or ']'";
  }

  std::string_view text_;
  LineCursor places_;
  std::vector<Fault>& faults_;
  TreeBuilder tree_;
  std::size_t cursor_ = 0;
  bool after_key_ = false;
};

// The code unit of the escape \uXXXX at `at`; -1: there is none.
int escaped_unit(std::string_view text, std::size_t at) noexcept {
  if (at + 6 > text.size() || text[at] != '\\' || text[at + 1] != 'u') return -1;
  int unit = 0;
  for (const char c : text.substr(at + 2, 4)) {
    const int digit = letters::hex_value(c);
    if (digit < 0) return -1;
    unit = unit * 16 + digit;
  }
  return unit;
}

// Replaces escapes of lone surrogates by \ufffd, which has the same length. Returns the first one's offset, or npos.
std::size_t mend_surrogates(std::string& text) {
  std::size_t first = std::string::npos;
  for (std::size_t i = text.find('\\'); i != std::string::npos; i = text.find('\\', i)) {
    const int unit = escaped_unit(text, i);
    if (unit < 0xD800 || unit > 0xDFFF) {
      i += 2;
      continue;
    }
    const int next = escaped_unit(text, i + 6);
    if (unit < 0xDC00 && next >= 0xDC00 && next <= 0xDFFF) {
      i += 12;
      continue;
    }
    text.replace(i + 2, 4, "fffd");
    first = std::min(first, i);
    i += 6;
  }
  return first;
}

}  // namespace

// Blanks of the same length, so that places in the result are places in the file. Marks within strings are no comments.
std::string without_comments(std::string_view text) {
  std::string out(text);
  for (std::size_t at = 0; at < out.size(); ++at) {
    if (out[at] == '"') {
      for (++at; at < out.size() && out[at] != '"'; ++at)
        if (out[at] == '\\') ++at;
      continue;
    }
    const std::string_view mark = text.substr(at, 2);
    if (mark != "//" && mark != "/*") continue;
    const std::size_t close = mark == "//" ? find_line_end(text, at) : text.find("*/", at + 2);
    const std::size_t end = close == std::string_view::npos ? text.size() : close + (mark == "//" ? 0 : 2);
    for (; at < end; ++at)
      if (out[at] != '\n' && out[at] != '\r') out[at] = ' ';
    --at;
  }
  return out;
}

Parsed parse_json(std::string_view text, const NodeLimits& limits) {
  Parsed parsed;
  parsed.complete = false;
  if (text.size() > limits.bytes) {
    parsed.faults.push_back({FaultKind::size, {1, 1}, "more than " + std::to_string(limits.bytes) + " bytes"});
    return parsed;
  }
  std::string mended;
  if (!unicode::is_valid(text)) {
    mended = unicode::replace_invalid(text);
    parsed.faults.push_back(
        {FaultKind::encoding, LineCursor(text).at(unicode::first_invalid(text)), "bytes that are not UTF-8"});
    text = mended;
  }
  if (text.find("\\u") != std::string_view::npos) {
    if (mended.empty()) mended = text;
    const std::size_t place = mend_surrogates(mended);
    if (place != std::string::npos)
      parsed.faults.push_back({FaultKind::encoding, LineCursor(text).at(place), "half of a surrogate pair"});
    text = mended;
  }
  JsonReader reader(text, limits, parsed.faults);
  parsed.complete = nlohmann::json::sax_parse(text.begin(), text.end(), &reader) && reader.at_end();
  if (parsed.complete) parsed.root = reader.take();
  sort_by_position(parsed.faults);
  return parsed;
}

// Writes while it is called, without building a tree. A stack with one flag for each open object or list says whether
// the next value needs a comma. Text without characters to escape, which is nearly all, is found eight bytes at a time
// and copied in one piece.
namespace {

// What stands behind the backslash of an escape, and what it means.
constexpr std::string_view escape_letters = "\"\\bfnrt", escaped_bytes = "\"\\\b\f\n\r\t";

void append_code(std::string& out, unsigned unit) {
  out += "\\u";
  for (int shift = 12; shift >= 0; shift -= 4) out += "0123456789abcdef"[unit >> static_cast<unsigned>(shift) & 0xFU];
}

void append_escaped(std::string& out, char c) {
  const std::size_t known = escaped_bytes.find(c);
  if (known == std::string_view::npos) return append_code(out, static_cast<unsigned char>(c));
  out += '\\';
  out += escape_letters[known];
}

using unicode::each_byte, unicode::zero_bytes;

constexpr bool stays(char c) { return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\'; }

// Returns the end of the text from `at` on that needs no escape; eight bytes at a time.
std::size_t end_of_plain(std::string_view text, std::size_t at) {
  for (std::uint64_t word = 0; text.size() - at >= sizeof(word); at += sizeof(word)) {
    std::memcpy(&word, text.data() + at, sizeof(word));
    const std::uint64_t other =
        zero_bytes(word & each_byte(0xE0)) | zero_bytes(word ^ each_byte('"')) | zero_bytes(word ^ each_byte('\\'));
    if (other != 0) break;
  }
  while (at < text.size() && stays(text[at])) ++at;
  return at;
}

// The character at `at` that may steer a terminal or the reading direction of what follows, though JSON would let it
// stay: C1 controls, U+061C, U+200E, U+200F, U+202A to U+202E, U+2066 to U+2069. 0: another. The text is valid UTF-8.
unsigned steering_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t offset) { return static_cast<unsigned char>(text[at + offset]); };
  const unsigned first = byte(0);
  if (first == 0xC2) return byte(1) < 0xA0 ? byte(1) : 0;
  if (first == 0xD8) return byte(1) == 0x9C ? 0x61C : 0;
  if (first != 0xE2) return 0;
  const unsigned point = 0x2000U | (byte(1) & 0x3FU) << 6U | (byte(2) & 0x3FU);
  const bool steers = point == 0x200E || point == 0x200F || (point >= 0x202A && point <= 0x202E) ||
                      (point >= 0x2066 && point <= 0x2069);
  return steers ? point : 0;
}

// Appends text that needs no other escape.
void append_plain(std::string& out, std::string_view text) {
  std::size_t begin = 0;
  for (std::size_t i = text.find_first_of("\xC2\xD8\xE2"); i < text.size();
       i = text.find_first_of("\xC2\xD8\xE2", i + 1)) {
    const unsigned point = steering_at(text, i);
    if (point == 0) continue;
    out.append(text, begin, i - begin);
    append_code(out, point);
    begin = i + (point < 0x800 ? 2 : 3);
  }
  out.append(text, begin);
}

void append_quoted(std::string& out, std::string_view text) {
  constexpr std::size_t long_text = 1024;
  std::string replaced;
  // JSON is UTF-8: one bad byte of a file must not make the document unreadable.
  if (!unicode::is_valid(text)) text = replaced = unicode::replace_invalid(text);
  if (text.size() > long_text) out.reserve(out.size() + text.size() + text.size() / 16);
  const bool ascii = unicode::skip_ascii(text, 0) == text.size();
  out += '"';
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t end = end_of_plain(text, i);
    if (ascii)
      out.append(text, i, end - i);
    else
      append_plain(out, text.substr(i, end - i));
    if (end == text.size()) break;
    append_escaped(out, text[end]);
    i = end + 1;
  }
  out += '"';
}

}  // namespace

std::string quote_json(std::string_view text) {
  std::string out;
  out.reserve(text.size() + 2);
  append_quoted(out, text);
  return out;
}

void JsonWriter::line_break() {
  if (style_ == Style::compact) return;
  out_ += '\n';
  out_.append(2 * has_items_.size(), ' ');
}

void JsonWriter::before_value() {
  if (after_key_) {
    after_key_ = false;
    return;
  }
  if (has_items_.empty()) {
    assert(out_.empty() && "one document holds one value");
    return;
  }
  if (has_items_.back()) out_ += ',';
  has_items_.back() = true;
  line_break();
}

JsonWriter& JsonWriter::begin(char bracket) {
  before_value();
  out_ += bracket;
  has_items_.push_back(false);
  return *this;
}

JsonWriter& JsonWriter::end(char bracket) {
  assert(!has_items_.empty() && !after_key_);
  const bool has_items = has_items_.back();
  has_items_.pop_back();
  if (has_items) line_break();
  out_ += bracket;
  return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
  assert(!has_items_.empty() && !after_key_);
  before_value();
  append_quoted(out_, name);
  out_ += style_ == Style::compact ? ":" : ": ";
  after_key_ = true;
  return *this;
}

JsonWriter& JsonWriter::string(std::string_view value) {
  before_value();
  append_quoted(out_, value);
  return *this;
}

JsonWriter& JsonWriter::literal(std::string_view text) {
  before_value();
  out_ += text;
  return *this;
}

std::string JsonWriter::take() {
  assert(has_items_.empty() && !after_key_);
  return std::exchange(out_, {});
}

void write_json(JsonWriter& json, const Node& node) {
  switch (node.kind) {
    case NodeKind::null: json.null(); break;
    case NodeKind::boolean:
    case NodeKind::number: json.literal(node.text); break;
    case NodeKind::string: json.string(node.text); break;
    case NodeKind::list: json.array(node.items, [&](const Node& item) { write_json(json, item); }); break;
    case NodeKind::map:
      json.begin_object();
      for (std::size_t i = 0; i < node.size(); ++i) {
        json.key(node.key(i).text);
        write_json(json, node.value(i));
      }
      json.end_object();
      break;
  }
}

// Strings are most of a log's bytes, so they are passed by searching for the quote that ends them; outside of strings
// only quotes and brackets matter.
namespace {

constexpr std::size_t none = std::string_view::npos;

// One past the quote that ends the string whose first quote is at `at`.
std::size_t end_of_string(std::string_view text, std::size_t at) noexcept {
  std::size_t quote = text.find('"', at + 1);
  while (quote != none) {
    std::size_t slashes = 0;
    while (text[quote - 1 - slashes] == '\\') ++slashes;  // ends at the first quote at the latest
    if (slashes % 2 == 0) return quote + 1;
    quote = text.find('"', quote + 1);
  }
  return none;
}

constexpr bool ends_a_word(char c) noexcept {
  return c == ',' || c == ']' || c == '}' || c == ':' || letters::is_space(c);
}

// One past the value that begins at `at`; npos: the text ends within it.
std::size_t end_of_value(std::string_view text, std::size_t at) noexcept {
  if (text[at] == '"') return end_of_string(text, at);
  if (text[at] != '{' && text[at] != '[') {
    while (at < text.size() && !ends_a_word(text[at])) ++at;
    return at;
  }
  std::size_t depth = 0;
  while (at < text.size()) {
    const char c = text[at];
    if (c == '"') {
      at = end_of_string(text, at);
      if (at == none) return none;
      continue;
    }
    if (c == '{' || c == '[') ++depth;
    ++at;
    if ((c == '}' || c == ']') && --depth == 0) return at;
  }
  return none;
}

// Appends the character of the escape \uXXXX at `at`, and returns one past it.
std::size_t append_escaped(std::string_view text, std::size_t at, std::string& out) {
  constexpr char32_t unknown = 0xFFFD;
  const int unit = escaped_unit(text, at);
  if (unit < 0) {
    unicode::append(out, unknown);
    return at + 2;
  }
  const bool leads = unit >= 0xD800 && unit < 0xDC00, follows = unit >= 0xDC00 && unit < 0xE000;
  if (leads) {
    const int second = escaped_unit(text, at + 6);
    if (second >= 0xDC00 && second < 0xE000) {
      unicode::append(out, static_cast<char32_t>(0x10000 + ((unit - 0xD800) << 10) + (second - 0xDC00)));
      return at + 12;
    }
  }
  unicode::append(out, leads || follows ? unknown : static_cast<char32_t>(unit));
  return at + 6;
}

char unescaped(char letter) noexcept {
  const std::size_t known = escape_letters.find(letter);
  return known == std::string_view::npos ? letter : escaped_bytes[known];
}

}  // namespace

std::optional<JsonSlice> JsonSlice::of_line(std::string_view line) noexcept {
  line = letters::trim(line);
  if (line.empty() || (line[0] != '{' && line[0] != '[') || end_of_value(line, 0) != line.size()) return std::nullopt;
  return JsonSlice(line);
}

std::string JsonSlice::text() const {
  const std::string_view written = unquoted();
  std::string out;
  out.reserve(written.size());
  for (std::size_t at = 0; at < written.size();) {
    const std::size_t escape = std::min(written.find('\\', at), written.size());
    out.append(written.substr(at, escape - at));
    at = escape;
    if (at + 1 >= written.size()) break;
    if (written[at + 1] == 'u') {
      at = append_escaped(written, at, out);
    } else {
      out += unescaped(written[at + 1]);
      at += 2;
    }
  }
  return out;
}

JsonSlice JsonSlice::find(std::string_view key) const noexcept {
  if (!is_object()) return {};
  std::size_t at = 1;
  for (JsonSlice name = next(at); name.is_string(); name = next(at)) {
    const JsonSlice value = next(at);
    if (name.unquoted() == key) return value;
  }
  return {};
}

JsonSlice JsonSlice::next(std::size_t& at) const noexcept {
  while (at < raw_.size() && (letters::is_space(raw_[at]) || raw_[at] == ',' || raw_[at] == ':')) ++at;
  if (at >= raw_.size() || raw_[at] == '}' || raw_[at] == ']') return {};
  const std::size_t begin = at;
  at = std::min(end_of_value(raw_, at), raw_.size());
  if (at == begin) return {};
  return JsonSlice(raw_.substr(begin, at - begin));
}

bool holds_member(std::string_view json, std::string_view key, std::string_view value) noexcept {
  const auto is_quoted = [&](std::size_t at, std::string_view word) {
    return at + word.size() + 1 < json.size() && json[at] == '"' && json.compare(at + 1, word.size(), word) == 0 &&
           json[at + 1 + word.size()] == '"';
  };
  for (std::size_t at = json.find(value); at != std::string_view::npos; at = json.find(value, at + 1)) {
    if (at == 0 || !is_quoted(at - 1, value)) continue;
    std::size_t colon = at - 1;
    while (colon > 0 && letters::is_blank(json[colon - 1])) --colon;
    if (colon == 0 || json[--colon] != ':') continue;
    while (colon > 0 && letters::is_blank(json[colon - 1])) --colon;
    if (colon >= key.size() + 2 && is_quoted(colon - key.size() - 2, key)) return true;
  }
  return false;
}

}  // namespace cascade::syntax
