#include "syntax/yaml_plain.h"

#include "syntax/yaml_scalars.h"
#include "unicode/utf8.h"

#include <algorithm>

namespace cascade::syntax {
namespace {

constexpr std::size_t longest_key = 100;

bool is_letter(char c) noexcept { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

// One line without its end. `text` begins behind the indentation.
struct Line {
  std::string_view text;
  std::uint32_t number = 0, indent = 0;
};

class PlainReader {
 public:
  PlainReader(std::string_view text, std::uint32_t first_line, const NodeLimits& limits)
      : text_(text), number_(first_line), limits_(limits) {}

  std::optional<Node> run() {
    if (!next() || line_.indent != 0) return std::nullopt;
    Node root = opened(NodeKind::map);
    while (good_ && !done_) {
      if (line_.indent != 0) return std::nullopt;
      entry(root, true);
    }
    return good_ ? std::optional<Node>(std::move(root)) : std::nullopt;
  }

 private:
  // Reads the next line into line_; false at the end. What no line of the simple sort may hold ends the reading.
  bool next() {
    if (at_ >= text_.size()) {
      done_ = true;
      return false;
    }
    const std::size_t end = std::min(text_.find('\n', at_), text_.size());
    std::string_view line = text_.substr(at_, end - at_);
    line_.indent = static_cast<std::uint32_t>(std::min(line.find_first_not_of(' '), line.size()));
    line.remove_prefix(line_.indent);
    line_.text = line;
    line_.number = number_++;
    at_ = end + 1;
    const auto odd = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
    if (line.empty() || line.back() == ' ' || std::any_of(line.begin(), line.end(), odd) ||
        line.find("\xEF\xBB\xBF") != std::string_view::npos)
      good_ = false;
    return good_;
  }

  Node opened(NodeKind kind) {
    Node node;
    node.kind = kind;
    node.at = node.end = {line_.number, line_.indent + 1};
    count();
    return node;
  }

  void count() {
    if (++nodes_ > limits_.nodes) good_ = false;
  }

  // key: value, or at the top a key with a block below it.
  void entry(Node& map, bool at_top) {
    std::size_t colon = 0;
    const std::string_view text = line_.text;
    while (colon < text.size() && colon <= longest_key &&
           (is_letter(text[colon]) || is_digit(text[colon]) || text[colon] == '-' || text[colon] == '_'))
      ++colon;
    if (colon == 0 || !is_letter(text[0]) || colon >= text.size() || text[colon] != ':') return fail();
    Node key = scalar(0, text.substr(0, colon));
    if (key.kind != NodeKind::string || is_taken(map, key.text)) return fail();
    map.items.push_back(std::move(key));
    if (colon + 1 == text.size()) return at_top ? block(map) : fail();
    std::size_t value = colon + 1;
    if (text[value] != ' ') return fail();
    while (text[value] == ' ') ++value;  // a line does not end in a blank
    map.items.push_back(value_at(value));
    next();
  }

  static bool is_taken(const Node& map, std::string_view key) {
    for (std::size_t i = 0; i < map.items.size(); i += 2)
      if (map.items[i].text == key) return true;
    return false;
  }

  void block(Node& map) {
    if (!next()) return fail();
    const std::uint32_t indent = line_.indent;
    const bool list = line_.text.front() == '-';
    if (limits_.depth < 3 || (indent == 0 && !list)) return fail();
    Node inner = opened(list ? NodeKind::list : NodeKind::map);
    while (good_ && !done_ && line_.indent == indent && (line_.text.front() == '-') == list) {
      if (!list) {
        entry(inner, false);
        continue;
      }
      if (line_.text.size() < 3 || line_.text[1] != ' ' || line_.text[2] == ' ') return fail();
      inner.items.push_back(value_at(2));
      next();
    }
    if (!done_ && line_.indent != 0) return fail();
    map.items.push_back(std::move(inner));
  }

  Node value_at(std::size_t at) {
    const std::string_view text = line_.text.substr(at);
    const char first = text.front();
    if (first == '"' || first == '\'') {
      const bool simple = text.size() >= 2 && text.back() == first && text.find(first, 1) == text.size() - 1 &&
                          text.find('\\') == std::string_view::npos;
      if (!simple) fail();
      Node node = scalar(at, text);
      node.text = text.substr(1, std::max<std::size_t>(text.size(), 2) - 2);
      node.kind = NodeKind::string;
      node.quoted = true;
      return node;
    }
    const bool plain = (is_letter(first) || is_digit(first) || std::string_view("(<$/._+;=^").find(first) < 10) &&
                       text.back() != ':' && text.find(": ") == std::string_view::npos &&
                       text.find(" #") == std::string_view::npos;
    if (!plain) fail();
    return scalar(at, text);
  }

  Node scalar(std::size_t at, std::string_view text) {
    Node node;
    node.text = text;
    node.kind = resolve_plain(text);
    node.at = {line_.number,
               line_.indent + 1 + static_cast<std::uint32_t>(unicode::count_code_points(line_.text.substr(0, at)))};
    node.end = {line_.number, node.at.column + static_cast<std::uint32_t>(unicode::count_code_points(text))};
    count();
    return node;
  }

  void fail() { good_ = false; }

  std::string_view text_;
  std::uint32_t number_;
  const NodeLimits& limits_;
  std::size_t at_ = 0, nodes_ = 0;
  Line line_;
  bool good_ = true, done_ = false;
};

}  // namespace

std::optional<Node> read_plain_map(const YamlSource& source, const NodeLimits& limits) {
  if (source.begin != 0) return std::nullopt;
  return PlainReader(source.text.substr(0, source.end), source.places.first_line(), limits).run();
}

}  // namespace cascade::syntax
