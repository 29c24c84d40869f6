// Writes while it is called, without building a tree. A stack with one flag for each open object or list says whether
// the next value needs a comma. Text without characters to escape, which is nearly all, is found eight bytes at a time
// and copied in one piece.
#include "syntax/json.h"

#include "unicode/utf8.h"
#include "unicode/word_bytes.h"

#include <cassert>
#include <cstdint>
#include <cstring>
#include <utility>

namespace cascade::syntax {
namespace {

// Appends a character that must be escaped in a string.
void append_escaped(std::string& out, char c) {
  constexpr char digits[] = "0123456789abcdef";
  switch (c) {
    case '"': out += "\\\""; return;
    case '\\': out += "\\\\"; return;
    case '\b': out += "\\b"; return;
    case '\f': out += "\\f"; return;
    case '\n': out += "\\n"; return;
    case '\r': out += "\\r"; return;
    case '\t': out += "\\t"; return;
    default: break;
  }
  const auto byte = static_cast<unsigned char>(c);
  out += "\\u00";
  out += digits[byte >> 4];
  out += digits[byte & 15];
}

using unicode::each_byte;
using unicode::zero_bytes;

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

void append_quoted(std::string& out, std::string_view text) {
  constexpr std::size_t long_text = 1024;
  std::string replaced;
  // JSON is UTF-8: one bad byte of a file must not make the document unreadable.
  if (!unicode::is_valid(text)) text = replaced = unicode::replace_invalid(text);
  if (text.size() > long_text) out.reserve(out.size() + text.size() + text.size() / 16);
  out += '"';
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t end = end_of_plain(text, i);
    out.append(text, i, end - i);
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

JsonWriter::JsonWriter(Style style) : style_(style) {}

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

JsonWriter& JsonWriter::begin_object() { return begin('{'); }
JsonWriter& JsonWriter::end_object() { return end('}'); }
JsonWriter& JsonWriter::begin_array() { return begin('['); }
JsonWriter& JsonWriter::end_array() { return end(']'); }

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

JsonWriter& JsonWriter::number(std::uint64_t value) { return raw(std::to_string(value)); }
JsonWriter& JsonWriter::integer(std::int64_t value) { return raw(std::to_string(value)); }
JsonWriter& JsonWriter::boolean(bool value) { return raw(value ? "true" : "false"); }
JsonWriter& JsonWriter::literal(std::string_view text) {
  before_value();
  out_ += text;
  return *this;
}

JsonWriter& JsonWriter::null() { return raw("null"); }

JsonWriter& JsonWriter::raw(std::string_view text) {
  before_value();
  out_ += text;
  return *this;
}

std::string JsonWriter::take() {
  assert(has_items_.empty() && !after_key_);
  return std::exchange(out_, {});
}

}  // namespace cascade::syntax
