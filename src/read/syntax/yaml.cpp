// Reads YAML in steps, from cheap to tolerant, and stops at the first that works: a hand-written reader for the plain
// front matter that most files have, yaml-cpp, yaml-cpp again with indenting tabs replaced by spaces, the client's own
// repair of unquoted values, and at last each key by itself. A file that one client reads must not come out empty
// here, and each step beyond the first two is reported as a fault, so tolerance never hides a mistake.
#include "syntax/yaml.h"

#include "syntax/tree.h"
#include "syntax/yaml_document.h"
#include "syntax/yaml_plain.h"
#include "syntax/yaml_repair.h"
#include "syntax/yaml_salvage.h"
#include "text/ascii.h"
#include "unicode/utf8.h"

#include <optional>
#include <string>
#include <utility>

namespace cascade::syntax {
namespace {

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
    const std::size_t line_end = text.find('\n', at);
    at = line_end == std::string::npos ? text.size() : line_end + 1;
  }
  return first;
}

void append(std::vector<Fault>& faults, std::vector<Fault> more) {
  faults.insert(faults.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

void take(Parsed& parsed, Document document) {
  parsed.root = std::move(document.root);
  parsed.complete = document.whole;
  append(parsed.faults, std::move(document.faults));
}

// Of text that is not plain, as much as yaml-cpp may read: it takes some thousand instructions for each byte of the
// worst text, and there are several tries.
constexpr std::size_t unusual_share = 4, most_unusual_bytes = 16 << 10;

// Tries the readers in order: plain, with tabs as spaces, repaired, key by key.
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
  take(parsed, salvage_keys(without_tabs, limits, too_large ? Decodes::nothing : Decodes::values));
}

std::size_t begin_of(std::string_view text) {
  const bool marked = text.substr(0, unicode::byte_order_mark.size()) == unicode::byte_order_mark;
  return marked ? unicode::byte_order_mark.size() : 0;
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

// One reading each by the simple reader and, for little text, by yaml-cpp, which takes some thousand instructions for
// each byte of the worst text.
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
