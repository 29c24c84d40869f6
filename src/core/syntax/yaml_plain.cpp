// A line-based reader for the simple YAML that nearly all front matter is. It decides from the first characters of each
// line what the line is, and gives up without an answer at anything unusual; yaml-cpp then reads the text. It exists
// for speed: most front matter never reaches the full parser. It must agree with yaml-cpp in every position, which a
// property test and a fuzz target check.
#include "syntax/yaml_document.h"

#include <algorithm>

#include "text/ascii.h"
#include "text/byte_block.h"
#include "text/word_set.h"
#include "unicode/utf8.h"

namespace cascade::syntax {
namespace {

constexpr std::size_t longest_key = 100;
constexpr std::size_t most_entries = 100;  // of one map: each key is compared with all before it
constexpr std::uint32_t most_levels = 8;
constexpr std::size_t usual_items = 16;  // keys and values at the top: a guess, to reserve memory

constexpr letters::ByteSet plain_begins("(<$/._+;=^0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

// Returns the first ':' that ends a plain scalar, with a blank or the end after it; npos: there is none.
std::size_t ending_colon(std::string_view text) noexcept {
  std::size_t at = text.find(':', 1);
  while (at != std::string_view::npos && at + 1 < text.size() && text[at + 1] != ' ') at = text.find(':', at + 1);
  return at;
}

// A "#" begins a comment only after a blank.
bool holds_comment(std::string_view text) noexcept {
  std::size_t at = text.find('#', 1);
  while (at != std::string_view::npos && text[at - 1] != ' ') at = text.find('#', at + 1);
  return at != std::string_view::npos;
}

// Without the marks that end a plain scalar or begin a comment.
bool is_plain(std::string_view line) noexcept {
  return plain_begins.has(line.front()) && ending_colon(line) == std::string_view::npos && !holds_comment(line);
}

// Returns a ':' that would end a plain value and make it a key, where none is allowed; npos: there is none.
std::size_t refused_colon(std::string_view value) noexcept {
  if (!plain_begins.has(value.front())) return std::string_view::npos;
  const std::size_t colon = ending_colon(value);
  return colon != std::string_view::npos && holds_comment(value.substr(0, colon)) ? std::string_view::npos : colon;
}

// As is_plain(), for an item of a flow list, where more characters are marks.
bool is_plain_item(std::string_view item) noexcept {
  return plain_begins.has(item.front()) && item.find_first_of(":#{}[]\"'&*!|>%@`?") == std::string_view::npos;
}

// Whether the text holds control characters or inner byte order marks, which the simple reader leaves to yaml-cpp.
bool holds_odd_bytes(std::string_view text) noexcept {
  unsigned char odd = 0;  // collected over all bytes without an early exit, so the loop can be vectorised
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    odd |= static_cast<unsigned char>(((byte < 0x20) & (byte != '\n')) | (byte == 0x7F));
  }
  return odd != 0 || text.find("\xEF\xBB\xBF") != std::string_view::npos;
}

std::uint32_t width(std::string_view text) noexcept {
  return static_cast<std::uint32_t>(unicode::count_code_points(text));
}

// One line without its end. `text` begins after the indentation.
struct Line {
  std::string_view text;
  std::uint32_t number = 0, indent = 0;
};

// Every function that reads a value leaves line_ at the line after it.
class PlainReader {
 public:
  PlainReader(std::string_view text, std::uint32_t first_line, const NodeLimits& limits)
      : text_(text), number_(first_line), limits_(limits) {}

  std::optional<Node> run() {
    if (text_.empty() || limits_.depth == 0 || holds_odd_bytes(text_)) return std::nullopt;
    next();
    if (!good_ || line_.indent != 0) return std::nullopt;
    Node root = map(0);
    return good_ && done_ ? std::optional<Node>(std::move(root)) : std::nullopt;
  }

  const std::optional<Fault>& refused() const noexcept { return refused_; }

 private:
  // Reads the next line into line_ if there is one. A line that is not simple ends the reading.
  void next() {
    if (at_ >= text_.size()) {
      done_ = true;
      return;
    }
    const std::size_t end = std::min(text_.find('\n', at_), text_.size());
    const std::string_view line = text_.substr(at_, end - at_);
    line_.indent = static_cast<std::uint32_t>(std::min(line.find_first_not_of(' '), line.size()));
    line_.text = line.substr(line_.indent);
    line_.number = number_++;
    at_ = end + 1;
    if (line_.text.empty()) fail();
  }

  // Only block scalars may hold lines that end in a blank.
  bool goes_on(std::uint32_t indent, bool list) {
    if (!good_ || done_ || line_.indent != indent || (line_.text.front() == '-') != list) return false;
    if (line_.text.back() == ' ') fail();
    return good_;
  }

  Node opened(NodeKind kind, std::size_t at) {
    count();
    const Position begin = place(at);
    return {kind, {}, false, begin, begin, {}};
  }

  void count() {
    if (++nodes_ > limits_.nodes) fail();
  }

  // `depth`: the number of lists and maps open around it.
  Node map(std::uint32_t depth) {
    Node node = opened(NodeKind::map, 0);
    node.items.reserve(depth == 0 ? usual_items : 0);
    for (const std::uint32_t indent = line_.indent; goes_on(indent, false);) entry(node, depth + 1);
    return node;
  }

  Node list(std::uint32_t depth) {
    Node node = opened(NodeKind::list, 0);
    for (const std::uint32_t indent = line_.indent; goes_on(indent, true);) {
      if (line_.text.size() < 3 || line_.text[1] != ' ' || line_.text[2] == ' ') {
        fail();
        break;
      }
      node.items.push_back(value(2, depth + 1));
    }
    return node;
  }

  // key: value, or a key with a block below it.
  void entry(Node& map, std::uint32_t depth) {
    const std::string_view text = line_.text;
    const std::uint32_t indent = line_.indent;
    const std::size_t colon = key_end(text);
    if (colon == 0 || colon >= text.size() || text[colon] != ':' || !add_key(map, 0, text.substr(0, colon)))
      return fail();
    if (colon + 1 == text.size()) {
      next();
      map.items.push_back(block(indent, depth));
    } else if (text[colon + 1] == ' ') {
      const std::size_t begin = text.find_first_not_of(' ', colon + 1);
      const std::size_t end = refused_colon(text.substr(begin));
      if (end != std::string_view::npos) return refuse(begin + end);
      map.items.push_back(value(begin, depth));
    } else {
      fail();
    }
  }

  // 0: the text begins with no key.
  static std::size_t key_end(std::string_view text) noexcept {
    std::size_t end = 0;
    while (end < text.size() && end <= longest_key && letters::is_name(text[end])) ++end;
    return end > 0 && letters::is_letter(text[0]) ? end : 0;
  }

  // False: the map has too many keys, or this one, or it is not a string.
  bool add_key(Node& map, std::size_t at, std::string_view text) {
    Node key = scalar(at, text);
    if (key.kind != NodeKind::string || map.size() == most_entries) return false;
    for (std::size_t i = 0; i < map.items.size(); i += 2)
      if (map.items[i].text == key.text) return false;
    map.items.push_back(std::move(key));
    return true;
  }

  // Reads the block below a key indented by `indent`: a map further right, or a list, which may be at the same column.
  Node block(std::uint32_t indent, std::uint32_t depth) {
    const bool is_list = !line_.text.empty() && line_.text.front() == '-';
    if (!good_ || done_ || depth >= std::min(limits_.depth, most_levels) ||
        (is_list ? line_.indent < indent : line_.indent <= indent)) {
      fail();
      return {};
    }
    return is_list ? list(depth) : map(depth);
  }

  Node value(std::size_t at, std::uint32_t depth) {
    switch (line_.text[at]) {
      case '"':
      case '\'': {
        Node node = quoted(at, line_.text.substr(at));
        next();
        return node;
      }
      case '[': return flow_list(at, depth);
      case '{': return flow_map(at, depth);
      case '|':
      case '>': return block_scalar(at);
      default: return plain(at);
    }
  }

  // A quoted scalar on one line, without escapes.
  Node quoted(std::size_t at, std::string_view text) {
    const bool simple =
        text.size() >= 2 && text.find(text.front(), 1) == text.size() - 1 && text.find('\\') == std::string_view::npos;
    if (!simple) fail();
    Node node = scalar(at, text);
    node.text = text.substr(1, std::max<std::size_t>(text.size(), 2) - 2);
    node.kind = NodeKind::string;
    node.quoted = true;
    return node;
  }

  // A plain scalar and the lines below that are indented further than its first line; each line end becomes a blank.
  Node plain(std::size_t at) {
    const std::uint32_t indent = line_.indent;
    if (!is_plain(line_.text.substr(at))) fail();
    Node node = scalar(at, line_.text.substr(at));
    for (next(); good_ && !done_ && line_.indent > indent; next()) {
      if (!is_plain(line_.text) || line_.text.back() == ' ') fail();
      node.text += ' ';
      node.text += line_.text;
      node.kind = resolve_plain(node.text);
      node.end = place(line_.text.size());
    }
    return node;
  }

  // '|' keeps its lines except for the indentation, '>' joins them, '-' drops the last line end. The text must end
  // with a line end, and no line may be blank or, after '>', begin or end with a blank.
  Node block_scalar(std::size_t at) {
    const std::string_view header = line_.text.substr(at);
    const std::uint32_t parent = line_.indent;
    const bool folded = header[0] == '>', strip = header.size() == 2 && header[1] == '-';
    Node node = scalar(at, {});
    node.kind = NodeKind::string;
    node.quoted = true;
    next();
    const std::uint32_t indent = line_.indent;
    if ((header.size() > 1 && !strip) || done_ || indent <= parent || text_.back() != '\n') fail();
    for (; good_ && !done_ && line_.indent >= indent; next()) {
      if (folded && (line_.indent > indent || line_.text.back() == ' ')) fail();
      if (!node.text.empty()) node.text += folded ? ' ' : '\n';
      node.text.append(line_.indent - indent, ' ');
      node.text += line_.text;
    }
    if (!strip) node.text += '\n';
    return node;
  }

  // Splits the text at commas up to the mark that closes the line; calls `read` with the place of each piece and the
  // piece.
  template <typename Read>
  void flow_pieces(std::size_t at, char close, Read read) {
    if (line_.text.back() != close) fail();
    const std::size_t end = line_.text.size() - 1;
    std::size_t begin = std::min(line_.text.find_first_not_of(' ', at + 1), end);
    while (good_ && begin < end) {
      const std::size_t comma = std::min(line_.text.find(',', begin), end);
      const std::string_view before = line_.text.substr(begin, comma - begin);
      const std::string_view piece = before.substr(0, before.find_last_not_of(' ') + 1);
      piece.empty() ? fail() : read(begin, piece);
      begin = comma == end ? end : line_.text.find_first_not_of(' ', comma + 1);
      if (comma != end && begin >= end) fail();  // a comma after the last piece
    }
    next();
  }

  Node flow_scalar(std::size_t at, std::string_view text) {
    if (text.front() == '"' || text.front() == '\'') return quoted(at, text);
    if (!is_plain_item(text)) fail();
    return scalar(at, text);
  }

  Node flow_list(std::size_t at, std::uint32_t depth) {
    Node node = opened(NodeKind::list, at);
    if (depth >= limits_.depth) fail();
    flow_pieces(at, ']',
                [&](std::size_t begin, std::string_view item) { node.items.push_back(flow_scalar(begin, item)); });
    return node;
  }

  // A flow map on one line, of keys with quoted and plain scalars: the systems in cascade.yaml, which every tool call
  // reads.
  Node flow_map(std::size_t at, std::uint32_t depth) {
    Node node = opened(NodeKind::map, at);
    if (depth >= limits_.depth) fail();
    flow_pieces(at, '}', [&](std::size_t begin, std::string_view piece) {
      const std::size_t colon = key_end(piece);
      if (colon == 0 || piece.substr(colon, 2) != ": " || !add_key(node, begin, piece.substr(0, colon))) return fail();
      const std::size_t value = piece.find_first_not_of(' ', colon + 1);
      node.items.push_back(flow_scalar(begin + value, piece.substr(value)));
    });
    return node;
  }

  Position place(std::size_t at) const { return {line_.number, line_.indent + 1 + width(line_.text.substr(0, at))}; }

  Node scalar(std::size_t at, std::string_view text) {
    count();
    const Position begin = place(at);
    return {resolve_plain(text), std::string(text), false, begin, {line_.number, begin.column + width(text)}, {}};
  }

  void fail() { good_ = false; }
  void refuse(std::size_t colon) {
    count();  // the parser may stop at the limit before the ':'
    if (good_) refused_ = Fault{FaultKind::syntax, place(colon), "a ':' inside a value that is not quoted"};
    fail();
  }

  std::string_view text_;
  std::uint32_t number_;
  const NodeLimits& limits_;
  std::size_t at_ = 0, nodes_ = 0;
  Line line_;
  bool good_ = true, done_ = false;
  std::optional<Fault> refused_;
};

// The type of YAML's scalars, by the core schema of YAML 1.2: "yes" and "012" stay as the client reads them.

constexpr std::string_view digits = "0123456789";
constexpr letters::ByteSet begins_number("0123456789+-.");

bool holds_only(std::string_view text, std::string_view set) noexcept {
  return !text.empty() && text.find_first_not_of(set) == std::string_view::npos;
}

void skip_sign(std::string_view& text) noexcept {
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) text.remove_prefix(1);
}

std::size_t skip_digits(std::string_view& text) noexcept {
  const std::size_t count = std::min(text.find_first_not_of(digits), text.size());
  text.remove_prefix(count);
  return count;
}

// [-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?
bool is_decimal(std::string_view text) noexcept {
  skip_sign(text);
  std::size_t count = skip_digits(text);
  if (!text.empty() && text[0] == '.') {
    text.remove_prefix(1);
    count += skip_digits(text);
  }
  if (count == 0) return false;
  if (text.empty()) return true;
  if (text[0] != 'e' && text[0] != 'E') return false;
  text.remove_prefix(1);
  skip_sign(text);
  return holds_only(text, digits);
}

bool is_number(std::string_view text) noexcept {
  if (text.empty() || !begins_number.has(text.front())) return false;
  if (text.starts_with("0x")) return holds_only(text.substr(2), "0123456789abcdefABCDEF");
  if (text.starts_with("0o")) return holds_only(text.substr(2), "01234567");
  if (letters::is_one_of(text, {".nan", ".NaN", ".NAN"}) || is_decimal(text)) return true;
  skip_sign(text);
  return letters::is_one_of(text, {".inf", ".Inf", ".INF"});
}

}  // namespace

std::optional<Node> read_plain_map(const YamlSource& source, const NodeLimits& limits, std::optional<Fault>* refused) {
  if (source.begin != 0) return std::nullopt;
  PlainReader reader(source.text.substr(0, source.end), source.places.first_line(), limits);
  std::optional<Node> root = reader.run();
  if (refused != nullptr) *refused = reader.refused();
  return root;
}

NodeKind resolve_plain(std::string_view text) noexcept {
  if (letters::is_one_of(text, {"", "~", "null", "Null", "NULL"})) return NodeKind::null;
  if (letters::is_one_of(text, {"true", "True", "TRUE", "false", "False", "FALSE"})) return NodeKind::boolean;
  return is_number(text) ? NodeKind::number : NodeKind::string;
}

}  // namespace cascade::syntax
