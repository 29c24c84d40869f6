// Repairs in three steps: each suspicious one-line value is replaced by a quoted placeholder of the same length; the
// text is read again; the original values are put back into the tree. Equal lengths keep every position valid, which
// quoting the values in place would not.
#include "syntax/yaml_repair.h"

#include "syntax/yaml_plain.h"
#include "text/space.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

namespace cascade::syntax {
namespace {

struct QuotedValue {
  std::size_t line = 0, begin = 0, end = 0;  // the begin of the line, the bytes of the value
};

bool is_in_plain_key(char c) noexcept { return letters::is_letter(c) || c == '_' || c == '-'; }

bool is_within(std::string_view value, char quote) noexcept { return value.front() == quote && value.back() == quote; }

bool is_suspicious(std::string_view value) noexcept {
  return value.find_first_of("{}[]*&#!|>%@`") != std::string_view::npos || value.find(": ") != std::string_view::npos;
}

// ECMAScript's '.' stops at these, so the client's rule does not match a value that holds one. `line` has no LF.
bool has_other_line_end(std::string_view line) noexcept {
  return line.find('\r') != std::string_view::npos || line.find("\xE2\x80\xA8") != std::string_view::npos ||
         line.find("\xE2\x80\xA9") != std::string_view::npos;
}

// Returns the value of the line [begin, end) if the rule applies to it.
std::optional<QuotedValue> suspicious_value(std::string_view text, std::size_t begin, std::size_t end) {
  std::size_t at = begin;
  while (at < end && is_in_plain_key(text[at])) ++at;
  if (at == begin || at >= end || text[at] != ':') return std::nullopt;
  const std::size_t colon = at++;
  while (at < end && letters::is_blank(text[at])) ++at;
  if (at == colon + 1 || at == end || has_other_line_end(text.substr(begin, end - begin))) return std::nullopt;
  const std::string_view value = text.substr(at, end - at);
  if (is_within(value, '"') || is_within(value, '\'') || !is_suspicious(value)) return std::nullopt;
  while (letters::is_blank(text[end - 1])) --end;
  return QuotedValue{begin, at, end};
}

// Whether the value goes on in the next line; then quoting it does not help.
bool goes_on(std::string_view text, std::size_t line_end, std::size_t end) {
  for (std::size_t at = line_end; at < end;) {
    const std::size_t next = std::min(text.find('\n', at), end);
    const std::string_view line = text.substr(at, next - at);
    const std::string_view trimmed = letters::trim_blanks_left(line);
    if (!trimmed.empty() && trimmed[0] != '#' && trimmed[0] != '\r') return trimmed.size() < line.size();
    at = next + 1;
  }
  return false;
}

// Returns the fault of `key: value` by itself; nothing if it is YAML.
std::optional<Fault> own_fault(const YamlSource& source, const QuotedValue& value, const NodeLimits& limits) {
  const std::string_view own_line = source.text.substr(value.line, value.end - value.line);
  LineCursor own_places(own_line);
  std::optional<Fault> refused;
  if (read_plain_map({own_line, own_places, 0, own_line.size()}, limits, &refused)) return std::nullopt;
  if (!refused) {
    const Document alone = read_document({source.text, source.places, value.line, value.end}, limits);
    if (alone.read && alone.root.kind == NodeKind::map) return std::nullopt;
    if (!alone.read && alone.faults.back().kind != FaultKind::syntax) return alone.faults.back();
  }
  const std::string_view line = source.text.substr(value.line, value.begin - value.line);
  const std::string key(line.substr(0, line.find(':')));
  return Fault{FaultKind::repaired, source.places.at(value.begin), "the value of \"" + key + "\" must be quoted"};
}

bool is_flow(std::string_view text, const QuotedValue& value) noexcept {
  const char first = text[value.begin], last = text[value.end - 1];
  return (first == '[' && last == ']') || (first == '{' && last == '}');
}

// Replaces the value by a string of the same length, so that every place stays the same.
void put_placeholder(std::string& text, const QuotedValue& value) {
  std::fill(text.begin() + static_cast<std::ptrdiff_t>(value.begin),
            text.begin() + static_cast<std::ptrdiff_t>(value.end), 'x');
  if (value.end - value.begin < 2) return;
  text[value.begin] = text[value.end - 1] = '"';
}

// Puts the values, which are values of the root, back in place of the placeholders.
void put_values(Node& root, const YamlSource& source, const std::vector<QuotedValue>& values) {
  std::size_t next = 0;
  for (std::size_t i = 0; i < root.size() && next < values.size(); ++i) {
    const QuotedValue& value = values[next];
    Node& node = root.items[2 * i + 1];
    if (node.at != source.places.at(value.begin)) continue;
    node.kind = NodeKind::string;
    node.quoted = true;
    node.text = source.text.substr(value.begin, value.end - value.begin);
    node.end = source.places.at(value.end);
    ++next;
  }
}

}  // namespace

std::optional<Document> read_repaired(const YamlSource& source, const NodeLimits& limits) {
  std::string text(source.text.substr(0, source.end));
  std::vector<QuotedValue> values;
  std::vector<Fault> repaired;
  for (std::size_t at = source.begin; at < source.end;) {
    const std::size_t line_end = std::min(source.text.find('\n', at), source.end);
    const std::optional<QuotedValue> value = suspicious_value(source.text, at, line_end);
    at = line_end + 1;
    if (!value) continue;
    std::optional<Fault> fault = own_fault(source, *value, limits);
    if (!fault && is_flow(source.text, *value)) continue;
    if (goes_on(source.text, std::min(at, source.end), source.end)) return std::nullopt;
    if (fault) repaired.push_back(std::move(*fault));
    put_placeholder(text, *value);
    values.push_back(*value);
  }
  if (values.empty()) return std::nullopt;
  LineCursor places(text, source.places.first_line());
  Document document = read_document({text, places, source.begin, text.size()}, limits);
  if (!document.read || document.root.kind != NodeKind::map) return std::nullopt;
  put_values(document.root, source, values);
  document.faults.insert(document.faults.end(), repaired.begin(), repaired.end());
  return document;
}

}  // namespace cascade::syntax
