// Reads YAML in steps, from cheap to tolerant, and stops at the first that works: plain front matter by hand, yaml-cpp,
// yaml-cpp with indenting tabs as spaces, the client's own repair of unquoted values, and at last each key by itself.
// Each step beyond the first two is reported as a fault, so tolerance never hides a mistake.
#include "syntax/yaml.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "syntax/yaml_document.h"
#include "text/ascii.h"
#include "text/letter_case.h"
#include "unicode/utf8.h"

namespace cascade::syntax {
namespace {

struct QuotedValue {
  std::size_t line = 0, begin = 0, end = 0;  // the begin of the line, the bytes of the value
};

bool is_within(std::string_view value, char quote) noexcept { return value.front() == quote && value.back() == quote; }

// ECMAScript's '.' stops at these, so the client's rule does not match a value that holds one. `line` has no LF.
bool has_other_line_end(std::string_view line) noexcept {
  return line.find('\r') != std::string_view::npos || line.find("\xE2\x80\xA8") != std::string_view::npos ||
         line.find("\xE2\x80\xA9") != std::string_view::npos;
}

// Returns the value of the line [begin, end) if the rule applies to it.
std::optional<QuotedValue> suspicious_value(std::string_view text, std::size_t begin, std::size_t end) {
  std::size_t at = begin;
  while (at < end && letters::is_name(text[at]) && !letters::is_digit(text[at])) ++at;
  if (at == begin || at >= end || text[at] != ':') return std::nullopt;
  const std::size_t colon = at++;
  while (at < end && letters::is_blank(text[at])) ++at;
  if (at == colon + 1 || at == end || has_other_line_end(text.substr(begin, end - begin))) return std::nullopt;
  const std::string_view value = text.substr(at, end - at);
  const bool suspicious = value.find_first_of("{}[]*&#!|>%@`") != value.npos || value.find(": ") != value.npos;
  if (is_within(value, '"') || is_within(value, '\'') || !suspicious) return std::nullopt;
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

void put_placeholder(std::string& text, const QuotedValue& value) {
  std::fill(text.begin() + static_cast<std::ptrdiff_t>(value.begin),
            text.begin() + static_cast<std::ptrdiff_t>(value.end), 'x');
  if (value.end - value.begin < 2) return;
  text[value.begin] = text[value.end - 1] = '"';
}

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

// Replaces each suspicious one-line value by a quoted placeholder of the same length, so that every position stays
// valid, reads again, and puts the values back. The client's rule, as observed: in a line `key: value` without
// indentation (key of letters, '_' and '-'), not ending with CR, an unquoted value that holds one of {}[]*&#!|>%@` or
// ": " is taken as a string, including white space at its end (which we drop). It also changes block scalar headers
// ("|"), so it cannot save a text with block scalars. We keep lists and maps in brackets; the client makes strings of
// them and splits those. Returns nothing if that does not help. Each value that was not YAML by itself is a fault of
// kind repaired (or depth).
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

// Bytes of the text. `line_end` is the end of the key's line, `end` that of the last line that belongs to it.
struct Entry {
  std::size_t begin = 0, key_end = 0, value = 0, line_end = 0, end = 0;
};

// Returns one past the key at the begin of the line; 0: there is none.
std::size_t key_end(std::string_view line) noexcept {
  if (line.empty()) return 0;
  if (line[0] == '"' || line[0] == '\'') {
    const std::size_t close = line.find(line[0], 1);
    return close == std::string_view::npos || close == 1 ? 0 : close + 1;
  }
  std::size_t end = 0;
  while (end < line.size() && (letters::is_name(line[end]) || line[end] == '.')) ++end;
  return line[0] == '-' ? 0 : end;
}

// A colon makes a key only if white space or the line's end follows it: "http://x" is none.
std::optional<Entry> entry_at(std::string_view text, std::size_t begin, std::size_t line_end) {
  const std::string_view line = text.substr(begin, line_end - begin);
  const std::size_t key = key_end(line);
  std::size_t colon = key;
  while (colon < line.size() && letters::is_blank(line[colon])) ++colon;
  if (key == 0 || colon >= line.size() || line[colon] != ':') return std::nullopt;
  const std::string_view rest = line.substr(colon + 1);
  if (!rest.empty() && !letters::is_white(unicode::decode(rest, 0).code_point)) return std::nullopt;
  const std::string_view value = letters::trim_white(rest);
  const std::size_t offset = value.empty() ? colon + 1 : static_cast<std::size_t>(value.data() - line.data());
  return Entry{begin, begin + key, begin + offset, line_end, line_end};
}

// Indented lines, list items, comments and blank lines belong to the key above them.
bool belongs_above(std::string_view line) noexcept {
  return letters::is_white(line) || letters::is_blank(line[0]) || line[0] == '#' || line == "-" ||
         line.starts_with("- ");
}

// Makes a map of every unindented line `key: value` (letters, digits, '_', '-', '.'; or quoted) with the lines that
// belong to it. A quoted or bracketed value, a block scalar and a block list are decoded if they are YAML by
// themselves; any other value is the rest of its line, verbatim, without surrounding white space. So one broken value
// costs only itself. Every key is a fault of kind salvaged. All keys together stay below the limits.
class Salvage {
 public:
  // `decodes`: false for text that is too large, of which every value is taken verbatim.
  Salvage(const YamlSource& source, const NodeLimits& limits, bool decodes)
      : source_(source), limits_(limits), decodes_(decodes) {
    document_.read = true;
    document_.whole = false;
    document_.root.kind = NodeKind::map;
  }

  Document run() {
    std::optional<Entry> open;
    for (std::size_t at = source_.begin; at < source_.end;) {
      const std::size_t line_end = std::min(source_.text.find('\n', at), source_.end);
      const std::string_view line = source_.text.substr(at, line_end - at);
      if (const std::optional<Entry> entry = entry_at(source_.text, at, line_end)) {
        if (open) add(*open);
        open = entry;
      } else if (open && belongs_above(line)) {
        if (!letters::is_white(line)) open->end = line_end;
      } else if (open) {
        add(*open);
        open.reset();  // lines below an unreadable line belong to no key
      }
      at = line_end + 1;
    }
    if (open) add(*open);
    if (document_.root.items.empty()) document_.root = {};
    report_duplicates(document_.root, document_.faults);
    return std::move(document_);
  }

 private:
  void add(const Entry& entry) {
    constexpr std::uint32_t entry_nodes = 2;
    // The limit holds for the whole text, although each value is decoded on its own.
    if (nodes_ + entry_nodes > limits_.nodes) return;
    const Position at = source_.places.at(entry.begin);
    std::string_view name = source_.text.substr(entry.begin, entry.key_end - entry.begin);
    if (name[0] == '"' || name[0] == '\'') name = name.substr(1, name.size() - 2);
    Node key{NodeKind::string, std::string(name), false, at, source_.places.at(entry.key_end), {}};
    document_.faults.push_back({FaultKind::salvaged, key.at, "\"" + key.text + "\" is read on its own"});
    if (document_.root.items.empty()) document_.root.at = document_.root.end = key.at;
    nodes_ += entry_nodes;
    Node value = decoded(entry).value_or(Node{});
    if (value.kind == NodeKind::null && value.text.empty()) value = verbatim(entry);
    document_.root.items.push_back(std::move(key));
    document_.root.items.push_back(std::move(value));
  }

  std::string_view rest(const Entry& entry) const {
    return letters::trim_white(source_.text.substr(entry.value, entry.line_end - entry.value));
  }

  // Decodes the value as YAML if it is more than plain text on one line and is YAML by itself.
  std::optional<Node> decoded(const Entry& entry) {
    const std::string_view value = rest(entry);
    const bool plain_line = entry.end == entry.line_end &&
                            (value.empty() || std::string_view("\"'[{|>").find(value[0]) == std::string_view::npos);
    if (plain_line || !decodes_) return std::nullopt;
    NodeLimits limits = limits_;
    limits.nodes -= nodes_;
    Document alone = read_document({source_.text, source_.places, entry.begin, entry.end}, limits);
    if (!alone.read || !alone.whole || alone.root.size() != 1 || alone.root.kind != NodeKind::map) return std::nullopt;
    for (Fault& fault : alone.faults) document_.faults.push_back(std::move(fault));
    nodes_ += count(alone.root.value(0));
    return std::move(alone.root.items[1]);
  }

  // Takes the rest of the line. A comment counts as text, unless a number, true, false or null comes before it.
  Node verbatim(const Entry& entry) const {
    std::string_view value = rest(entry);
    const std::string_view before_comment =
        letters::trim_white(value.substr(0, std::min(value.find(" #"), value.size())));
    if (resolve_plain(before_comment) != NodeKind::string) value = before_comment;
    const bool block_header = !value.empty() && (value[0] == '|' || value[0] == '>') &&
                              value.find_first_not_of("|>+-0123456789") == std::string_view::npos;
    Node node;
    if (!block_header) {
      node.kind = resolve_plain(value);
      node.text = value;
    }
    node.at = source_.places.at(entry.value);
    node.end = source_.places.at(entry.value + node.text.size());
    return node;
  }

  // The recursion is as deep as the tree, which is limited.
  static std::uint32_t count(const Node& node) noexcept {
    std::uint32_t nodes = 1;
    for (const Node& item : node.items) nodes += count(item);
    return nodes;
  }

  const YamlSource& source_;
  const NodeLimits& limits_;
  const bool decodes_;
  Document document_;
  std::uint32_t nodes_ = 0;
};

constexpr std::string_view replacement = "\xEF\xBF\xBD";

// A copy of the text that yaml-cpp can read, with the same characters at the same places.
struct CleanText {
  std::string text;
  std::vector<Fault> faults;  // at most one for each kind of bad character
  bool holds_nul = false;     // the client gives up at a NUL
};

void replace_all(std::string& text, char from, std::string_view to) {
  std::string out;
  for (const char c : text) c == from ? out.append(to) : out.append(1, c);
  text = std::move(out);
}

CleanText clean(std::string_view given, std::uint32_t first_line) {
  CleanText result;
  const auto report = [&](std::size_t at, std::string message) {
    result.faults.push_back({FaultKind::encoding, LineCursor(given, first_line).at(at), std::move(message)});
  };
  result.text = given;
  if (!unicode::is_valid(given)) {
    report(unicode::first_invalid(given), "bytes that are not UTF-8");
    result.text = unicode::replace_invalid(given);
  }
  if (const std::size_t nul = given.find('\0'); nul != std::string_view::npos) {
    report(nul, "a NUL");
    result.holds_nul = true;
    replace_all(result.text, '\0', replacement);
  }
  // yaml-cpp takes this character for the end of its input, and the rest of the file would be lost.
  constexpr char parser_end = '\x04';
  if (const std::size_t end = given.find(parser_end); end != std::string_view::npos) {
    report(end, "control character 4");
    replace_all(result.text, parser_end, replacement);
  }
  for (std::size_t cr = result.text.find('\r'); cr != std::string::npos; cr = result.text.find('\r', cr + 1))
    if (cr + 1 == result.text.size() || result.text[cr + 1] != '\n') result.text[cr] = '\n';
  return result;
}

// Replaces each tab in the indentation of a line by one space; returns the first such place.
std::optional<std::size_t> replace_indenting_tabs(std::string& text) {
  std::optional<std::size_t> first;
  for (std::size_t at = 0; at < text.size();) {
    for (; at < text.size() && letters::is_blank(text[at]); ++at) {
      if (text[at] != '\t') continue;
      if (!first) first = at;
      text[at] = ' ';
    }
    at = std::min(text.find('\n', at), text.size()) + 1;
  }
  return first;
}

void take(Parsed& parsed, Document document) {
  parsed.root = std::move(document.root);
  parsed.complete = document.whole;
  std::ranges::move(document.faults, std::back_inserter(parsed.faults));
}

// Of text that is not plain, as much as yaml-cpp may read: it takes some thousand instructions for each byte of the
// worst text, and there are several tries.
constexpr std::size_t unusual_share = 4, most_unusual_bytes = 16 << 10;

void read(Parsed& parsed, const CleanText& clean, const YamlSource& source, const NodeLimits& limits) {
  std::optional<Fault> refused;
  if (!clean.holds_nul)
    if (std::optional<Node> simple = read_plain_map(source, limits, &refused)) {
      parsed.root = std::move(*simple);
      return;
    }
  Document plain;
  const std::size_t most_unusual =
      limits.bytes == front_matter_limits.bytes ? most_unusual_bytes : limits.bytes / unusual_share;
  if (source.text.size() > most_unusual) {
    plain.faults.push_back({FaultKind::size, source.places.at(source.begin),
                            "more than " + std::to_string(most_unusual) + " bytes that are not plain keys and values"});
  } else if (refused) {
    plain.faults.push_back(std::move(*refused));
  } else {
    plain = read_document(source, limits);
  }
  if (plain.read && !clean.holds_nul) return take(parsed, std::move(plain));
  std::string text = clean.text;
  const std::optional<std::size_t> tab = replace_indenting_tabs(text);
  LineCursor places(text, source.places.first_line());
  const YamlSource without_tabs{text, places, source.begin, text.size()};
  if (tab) parsed.faults.push_back({FaultKind::tab, places.at(*tab), "a tab indents a line"});
  const bool too_large = !plain.read && plain.faults.back().kind == FaultKind::size;
  if (!clean.holds_nul && !too_large) {
    if (tab) {
      Document document = read_document(without_tabs, limits);
      if (document.read) return take(parsed, std::move(document));
    }
    if (std::optional<Document> repaired = read_repaired(without_tabs, limits))
      return take(parsed, std::move(*repaired));
  }
  if (!plain.read) parsed.faults.push_back(std::move(plain.faults.back()));
  take(parsed, Salvage(without_tabs, limits, !too_large).run());
}

std::size_t begin_of(std::string_view text) {
  return text.starts_with(unicode::byte_order_mark) ? unicode::byte_order_mark.size() : 0;
}

Parsed too_large(std::uint32_t first_line, std::size_t most, const char* what) {
  Parsed parsed;
  parsed.complete = false;
  parsed.faults.push_back({FaultKind::size, {first_line, 1}, "more than " + std::to_string(most) + what});
  return parsed;
}

}  // namespace

Parsed parse_yaml(std::string_view text, std::uint32_t first_line, const NodeLimits& limits) {
  if (text.size() > limits.bytes) return too_large(first_line, limits.bytes, " bytes");
  Parsed parsed;
  CleanText given = clean(text, first_line);
  parsed.faults = std::move(given.faults);
  LineCursor places(given.text, first_line);
  read(parsed, given, {given.text, places, begin_of(given.text), given.text.size()}, limits);
  sort_by_position(parsed.faults);
  return parsed;
}

Parsed parse_settings(std::string_view text) {
  constexpr NodeLimits limits{.bytes = 64 << 10, .depth = 16, .nodes = 4'000, .alias_nodes = 1'000};
  constexpr std::size_t most_unusual = 12 << 10;
  if (text.size() > limits.bytes) return too_large(1, limits.bytes, " bytes");
  Parsed parsed;
  CleanText given = clean(text, 1);
  parsed.faults = std::move(given.faults);
  LineCursor places(given.text, 1);
  const YamlSource source{given.text, places, begin_of(given.text), given.text.size()};
  std::optional<Fault> refused;
  if (std::optional<Node> simple = read_plain_map(source, limits, &refused)) {
    parsed.root = std::move(*simple);
  } else if (refused) {
    parsed.faults.push_back(std::move(*refused));
  } else if (text.size() > most_unusual) {
    return too_large(1, most_unusual, " bytes with more than blocks of plain keys, values and lists");
  } else {
    take(parsed, read_document(source, limits));
  }
  sort_by_position(parsed.faults);
  return parsed;
}

}  // namespace cascade::syntax
