// Turns yaml-cpp's events into a tree. yaml-cpp reports where a node begins, but not where it ends or what a plain
// scalar looked like, so each scalar is found again in the source (extent_of). Events are recorded flat and expanded at
// the end (YamlEvents): aliases are then paid for before they are copied. Exceptions of yaml-cpp end here.
#include "syntax/yaml_document.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>
#include <algorithm>
#include <cstdint>
#include <functional>
#include <istream>
#include <iterator>
#include <map>
#include <set>
#include <streambuf>
#include <string>
#include <utility>

#include "text/ascii.h"
#include "text/letter_case.h"

namespace cascade::syntax {
namespace {

// The events of one document, flat, with the range of each anchor. Aliases are expanded last and paid for before
// anything is copied: their sizes follow from the events alone, so a text whose aliases would grow without bound costs
// no more than any other. Merge keys are applied to the finished tree.

constexpr std::size_t bytes_per_node = 256;

bool is_merge_key(const Node& key) noexcept { return key.kind == NodeKind::string && !key.quoted && key.text == "<<"; }

bool holds_maps(const Node& value) noexcept {
  if (value.kind == NodeKind::map) return true;
  return value.kind == NodeKind::list && !value.items.empty() &&
         std::ranges::all_of(value.items, [](const Node& n) { return n.kind == NodeKind::map; });
}

// Replaces the entries `<<: map` and `<<: [map, map]`; the map's own entries and earlier maps take precedence. The
// entries of later maps come first.
void apply_merge_keys(Node& map, std::vector<Fault>& faults) {
  std::vector<Node> merged, own;
  for (std::size_t i = 0; i < map.size(); ++i) {
    Node &key = map.items[2 * i], &value = map.items[2 * i + 1];
    if (!is_merge_key(key) || !holds_maps(value)) {
      own.push_back(std::move(key));
      own.push_back(std::move(value));
      continue;
    }
    faults.push_back({FaultKind::merge_key, key.at, "merge key <<"});
    if (value.kind == NodeKind::map)
      merged.push_back(std::move(value));
    else
      std::move(value.items.begin(), value.items.end(), std::back_inserter(merged));
  }
  map.items.clear();
  std::set<std::string, std::less<>> taken;
  for (std::size_t i = 0; i < own.size(); i += 2) taken.insert(own[i].text);
  std::vector<std::vector<Node>> added(merged.size());
  for (std::size_t n = 0; n < merged.size(); ++n) {
    std::vector<std::string> names;  // a map may give one key twice
    for (std::size_t i = 0; i < merged[n].size(); ++i) {
      if (taken.count(merged[n].key(i).text) != 0) continue;
      names.push_back(merged[n].key(i).text);
      added[n].push_back(std::move(merged[n].items[2 * i]));
      added[n].push_back(std::move(merged[n].items[2 * i + 1]));
    }
    taken.insert(names.begin(), names.end());
  }
  for (std::size_t n = added.size(); n-- > 0;)
    std::move(added[n].begin(), added[n].end(), std::back_inserter(map.items));
  std::move(own.begin(), own.end(), std::back_inserter(map.items));
}

bool has_merge_key(const Node& map) noexcept {
  for (std::size_t i = 0; i < map.size(); ++i)
    if (is_merge_key(map.key(i)) && holds_maps(map.value(i))) return true;
  return false;
}

// The recursion is as deep as the tree, which TreeBuilder limits.
void apply_all_merge_keys(Node& node, std::vector<Fault>& faults) {
  if (node.kind == NodeKind::map && has_merge_key(node)) apply_merge_keys(node, faults);
  for (Node& item : node.items) apply_all_merge_keys(item, faults);
}

std::string cut_message(const Node* parent) {
  if (parent == nullptr || parent->kind != NodeKind::map || parent->items.size() % 2 == 0)
    return "a value ends at ' #'";
  return "the value of \"" + parent->items.back().text + "\" ends at ' #'";
}

class YamlEvents {
 public:
  using Anchor = std::size_t;  // 0: none

  void scalar(Node node, Anchor anchor, std::optional<Position> cut_at) {  // cut_at: the '#' that ends a plain value
    if (anchor != 0) anchors_[anchor] = {events_.size(), events_.size() + 1};
    add({Event::Type::scalar, anchor, std::move(node), cut_at});
  }
  void alias(Position at, Anchor anchor) { add({Event::Type::alias, anchor, {NodeKind::null, {}, false, at, at, {}}}); }
  void open(NodeKind kind, Position at, Anchor anchor) {
    if (anchor != 0) anchors_[anchor] = {events_.size(), 0};
    open_.push_back(anchor);
    add({Event::Type::open, anchor, {kind, {}, false, at, at, {}}});
  }
  void close() {
    events_.push_back({Event::Type::close});
    if (open_.back() != 0) anchors_[open_.back()].end = events_.size();
    open_.pop_back();
  }

  std::uint32_t nodes() const noexcept { return nodes_; }  // without those from aliases
  std::size_t depth() const noexcept { return open_.size(); }

  // `whole` becomes false if a limit left something out. Merge keys are applied. Linear in list and result.
  void build(const NodeLimits& limits, Document& document) const {
    TreeBuilder tree(limits, document.faults);
    const std::vector<std::size_t> before = sizes_before(limits.alias_nodes);
    std::size_t budget = limits.alias_nodes;
    std::vector<Frame> frames{{0, events_.size(), std::nullopt}};
    while (!frames.empty()) {
      if (frames.back().at == frames.back().end) {
        frames.pop_back();
        continue;
      }
      const std::size_t index = frames.back().at++;
      const std::optional<Position> place = frames.back().place;
      const Event& event = events_[index];
      if (event.type == Event::Type::alias) {
        const std::size_t size = place ? 0 : before[index + 1] - before[index];
        if (const std::optional<Range> range = expand(index, size, budget, document)) {
          frames.push_back({range->begin, range->end, place ? place : event.node.at});
          continue;
        }
      }
      if (!put(event, place, tree, document.faults)) {
        document.whole = false;
        break;
      }
    }
    document.root = tree.take();
    apply_all_merge_keys(document.root, document.faults);
  }

 private:
  struct Event {
    enum class Type : std::uint8_t { scalar, alias, open, close } type = Type::scalar;
    Anchor anchor = 0;  // alias: the anchor it names
    Node node{};        // close: unused
    std::optional<Position> cut_at{};
  };
  struct Range {
    std::size_t begin = 0, end = 0;  // in events_
  };
  struct Frame {
    std::size_t at = 0, end = 0;
    std::optional<Position> place;  // of the alias whose value is being replayed
  };

  void add(Event event) {
    events_.push_back(std::move(event));
    ++nodes_;
  }

  Range range_of(Anchor anchor) const {
    const auto found = anchors_.find(anchor);
    return found == anchors_.end() ? Range{} : found->second;
  }

  // Computes how many events precede each event once aliases are expanded; an alias counts at most `limit` + 1. An
  // alias names an anchor that ends before it, so one pass is enough; an alias inside its own anchor counts 1. A long
  // scalar counts as several, so that the bytes copied by aliases are bounded too.
  std::vector<std::size_t> sizes_before(std::size_t limit) const {
    std::vector<std::size_t> before(events_.size() + 1, 0);
    for (std::size_t i = 0; i < events_.size(); ++i) {
      std::size_t size = 1 + events_[i].node.text.size() / bytes_per_node;
      if (events_[i].type == Event::Type::alias) {
        const Range range = range_of(events_[i].anchor);
        if (range.end <= i) size = std::min(before[range.end] - before[range.begin], limit + 1);
      }
      before[i + 1] = before[i] + size;
    }
    return before;
  }

  // Returns the events that the alias at `index` expands to, `size` of them; nothing if it contains itself or exceeds
  // the budget, with a fault the first time. Inside another alias' value the size is 0: it was paid for and reported
  // already.
  std::optional<Range> expand(std::size_t index, std::size_t size, std::size_t& budget, Document& document) const {
    const Range range = range_of(events_[index].anchor);
    const Position at = events_[index].node.at;
    if (range.end == 0 || range.end > index) {
      if (size > 0) document.faults.push_back({FaultKind::aliases, at, "an alias stands for a value that holds it"});
      return std::nullopt;
    }
    if (size <= budget) {
      budget -= size;
      return range;
    }
    // Reports the first alias: the growth begins there, while the limit may be reached anywhere.
    const auto is_alias = [](const Event& event) { return event.type == Event::Type::alias; };
    if (document.whole)
      document.faults.push_back(
          {FaultKind::aliases, std::ranges::find_if(events_, is_alias)->node.at, "aliases stand for too many values"});
    document.whole = false;
    return std::nullopt;
  }

  static bool put(const Event& event, const std::optional<Position>& place, TreeBuilder& tree,
                  std::vector<Fault>& faults) {
    if (event.type == Event::Type::close) {
      tree.close(place.value_or(tree.top()->end));
      return true;
    }
    if (event.type == Event::Type::open) return tree.open(event.node.kind, place.value_or(event.node.at));
    Node node = event.node;
    if (place) node.at = node.end = *place;
    if (event.cut_at && !place) faults.push_back({FaultKind::comment_cut, *event.cut_at, cut_message(tree.top())});
    return tree.add(std::move(node));
  }

  std::vector<Event> events_;
  std::vector<Anchor> open_;
  std::map<Anchor, Range> anchors_;
  std::uint32_t nodes_ = 0;
};

// Where a scalar is written, found by its form in the source: yaml-cpp gives only where it, or its anchor and tag,
// begin. Bytes of the text; `end` == `begin` if the end is unknown (block scalars). `closed`: false for a quoted scalar
// without its second quote, which yaml-cpp accepts at the end of the text.
struct Extent {
  std::size_t begin = 0, end = 0;
  bool closed = true;
};

// Whether neither a quote nor a block header begins at `at`.
bool is_written_plain(std::string_view text, std::size_t at) noexcept {
  return at >= text.size() || std::string_view("\"'|>").find(text[at]) == std::string_view::npos;
}

// Returns the '#' of a comment after `at` on the same line, preceded by at least one blank.
std::optional<std::size_t> comment_after(std::string_view text, std::size_t at) noexcept {
  const std::size_t hash = std::min(text.find_first_not_of(" \t", at), text.size());
  if (hash == at || hash == text.size() || text[hash] != '#') return std::nullopt;
  return hash;
}

// Skips anchors, tags, and the white space and comments after them.
std::size_t skip_properties(std::string_view text, std::size_t at) noexcept {
  while (at < text.size() && (text[at] == '&' || text[at] == '!')) {
    while (at < text.size() && !letters::is_json_space(text[at])) ++at;
    for (;;) {
      while (at < text.size() && letters::is_json_space(text[at])) ++at;
      if (at >= text.size() || text[at] != '#') break;
      at = std::min(text.find('\n', at), text.size());
    }
  }
  return at;
}

Extent double_quoted(std::string_view text, std::size_t begin) noexcept {
  for (std::size_t at = begin + 1; at < text.size(); ++at) {
    if (text[at] == '"') return {begin, at + 1, true};
    if (text[at] == '\\') ++at;
  }
  return {begin, text.size(), false};
}

Extent single_quoted(std::string_view text, std::size_t begin) noexcept {
  for (std::size_t at = begin + 1; at < text.size(); ++at) {
    if (text[at] != '\'') continue;
    if (at + 1 >= text.size() || text[at + 1] != '\'') return {begin, at + 1, true};
    ++at;
  }
  return {begin, text.size(), false};
}

// A plain value reads as written, except for folded line ends.
std::size_t plain_end(std::string_view text, std::size_t begin, std::string_view value) noexcept {
  std::size_t at = begin, matched = 0;
  while (matched < value.size()) {
    if (at >= text.size()) return begin;
    std::size_t gap = at;
    while (gap < text.size() && letters::is_json_space(text[gap])) ++gap;
    if (gap > at && text.substr(at, gap - at).find('\n') != std::string_view::npos) {
      if (!letters::is_json_space(value[matched])) return begin;
      while (matched < value.size() && letters::is_json_space(value[matched])) ++matched;
      at = gap;
    } else {
      const std::size_t end = std::max(gap, at + 1);  // all blanks at once: each would look for the end of them again
      for (; at < end && matched < value.size(); ++at, ++matched)
        if (text[at] != value[matched]) return begin;
    }
  }
  return at;
}

// Linear in the text between.
Extent extent_of(std::string_view text, std::size_t at, std::string_view value) noexcept {
  at = skip_properties(text, at);
  if (at >= text.size()) return {text.size(), text.size(), true};
  switch (text[at]) {
    case '"': return double_quoted(text, at);
    case '\'': return single_quoted(text, at);
    case '|':
    case '>': return {at, at, true};
    default: return {at, plain_end(text, at, value), true};
  }
}

// Stops yaml-cpp from inside an event: stores the fault where read_document() finds it and throws the exception that
// it catches.
[[noreturn]] void stop(std::optional<Fault>& reason, FaultKind kind, Position at, std::string message) {
  reason = Fault{kind, at, std::move(message)};
  throw YAML::Exception(YAML::Mark::null_mark(), "stopped");
}

class ViewBuffer : public std::streambuf {
 public:
  explicit ViewBuffer(std::string_view text) {
    char* begin = const_cast<char*>(text.data());  // never written to: there is no put area
    setg(begin, begin, begin + text.size());
  }
};

// yaml-cpp's marks count the bytes of its input, in an int.
std::size_t offset_of(const YamlSource& source, const YAML::Mark& mark) {
  return std::min(source.begin + static_cast<std::size_t>(std::max(mark.pos, 0)), source.end);
}

// Tags of YAML's own schema, without their prefix.
constexpr std::string_view schema_prefix = "tag:yaml.org,2002:";
constexpr std::string_view schema_tags[] = {"str", "int", "float", "bool", "null", "seq", "map"};

class Recorder : public YAML::EventHandler {
 public:
  Recorder(const YamlSource& source, const NodeLimits& limits, Document& document, std::optional<Fault>& reason)
      : source_(source),
        limits_(limits),
        document_(document),
        reason_(reason),
        text_(source.text.substr(0, source.end)) {}

  const YamlEvents& events() const noexcept { return events_; }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (std::exchange(begun_, true)) refuse_second(offset_of(source_, mark));
  }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    begin_node(offset_of(source_, mark));
    events_.alias(place(mark), anchor);
    check_nodes(mark);
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override;
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override {
    open(NodeKind::list, mark, tag, anchor, style);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override {
    open(NodeKind::map, mark, tag, anchor, style);
  }
  void OnMapEnd() override { close(); }

 private:
  // An open list or map. `indent`: values inside must be indented further than this column (from 0); -1: any.
  struct Level {
    bool map = false, flow = false, value_next = false;
    std::int64_t indent = -1;
    std::size_t key = 0, key_end = 0;  // of the last key
  };

  Position place(const YAML::Mark& mark) const { return source_.places.at(offset_of(source_, mark)); }
  [[noreturn]] void refuse(std::size_t at, const char* message) const {
    stop(reason_, FaultKind::syntax, source_.places.at(at), message);
  }
  [[noreturn]] void refuse_second(std::size_t at) const;
  bool is_value() const { return !levels_.empty() && levels_.back().map && levels_.back().value_next; }

  void begin_node(std::size_t at);
  void end_key(std::size_t begin, std::size_t end);
  void open(NodeKind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
            YAML::EmitterStyle::value style);
  void close() {
    events_.close();
    levels_.pop_back();
  }
  void check_nodes(const YAML::Mark& mark) const {
    if (events_.nodes() > limits_.nodes)
      stop(reason_, FaultKind::size, place(mark), "more than " + std::to_string(limits_.nodes) + " values");
  }
  void check_indent(std::size_t line_begin);
  void check_lines(const Extent& extent);
  std::string_view schema_tag(const YAML::Mark& mark, const std::string& tag);

  const YamlSource& source_;
  const NodeLimits& limits_;
  Document& document_;
  std::optional<Fault>& reason_;
  std::string_view text_;
  bool begun_ = false;
  YamlEvents events_;
  std::vector<Level> levels_;
};

// yaml-cpp places an empty value at the token after it, and a key without ':' at the key; we place it after the colon.
void Recorder::OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) {
  constexpr std::string_view words[] = {"null", "Null", "NULL", "~"};
  std::size_t at = offset_of(source_, mark);
  Node node;
  for (const std::string_view word : words)
    if (source_.text.substr(at, word.size()) == word) node.text = word;
  if (is_value()) {
    const Level& level = levels_.back();
    const std::size_t colon = source_.text.find_first_not_of(" \t", level.key_end);
    const bool has_colon = colon < source_.end && source_.text[colon] == ':';
    const bool explicit_key = source_.text.substr(at, 1) == "?";
    if (at == level.key && !level.flow && !has_colon && !explicit_key) refuse(at, "neither a key nor a value");
    if (at == level.key) node.text.clear();
    if (node.text.empty() && has_colon) at = colon + 1;
  }
  begin_node(at);
  node.at = source_.places.at(at);
  node.end = source_.places.at(at + node.text.size());
  events_.scalar(std::move(node), anchor, std::nullopt);
  end_key(at, at);
  check_nodes(mark);
}

void Recorder::OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                        const std::string& value) {
  const Extent extent = extent_of(text_, offset_of(source_, mark), value);
  if (!extent.closed) refuse(extent.begin, "a quote is not closed");
  const bool written_plain = is_written_plain(text_, extent.begin);
  const std::string_view schema = schema_tag(mark, tag);
  begin_node(extent.begin);
  Node node;
  node.text = value;
  node.quoted = schema.empty() ? !written_plain : schema == "str";
  node.kind = node.quoted ? NodeKind::string : resolve_plain(value);
  node.at = source_.places.at(extent.begin);
  node.end = source_.places.at(extent.end);
  std::optional<Position> cut_at;
  if (!written_plain) {
    check_lines(extent);
  } else if (extent.end > extent.begin) {
    if (const auto hash = comment_after(text_, extent.end)) cut_at = source_.places.at(*hash);
  }
  events_.scalar(std::move(node), anchor, cut_at);
  end_key(offset_of(source_, mark), extent.end);
  check_nodes(mark);
}

void Recorder::open(NodeKind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value style) {
  schema_tag(mark, tag);
  if (events_.depth() >= limits_.depth)
    stop(reason_, FaultKind::depth, place(mark), "nested deeper than " + std::to_string(limits_.depth) + " levels");
  begin_node(offset_of(source_, mark));
  events_.open(kind, place(mark), anchor);
  Level level;
  level.map = kind == NodeKind::map;
  level.flow = style == YAML::EmitterStyle::Flow;
  level.indent = levels_.empty() ? -1 : levels_.back().indent;
  if (!level.flow) level.indent = place(mark).column - 1;
  levels_.push_back(level);
  check_nodes(mark);
}

// Called for every node, before it is opened or added.
void Recorder::begin_node(std::size_t at) {
  if (levels_.empty()) return;
  if (levels_.back().flow) check_indent(at);
  if (levels_.back().map) levels_.back().value_next = !levels_.back().value_next;
}

// Called for every scalar: remembers it when it is a key. `begin` is where its anchor and tag begin.
void Recorder::end_key(std::size_t begin, std::size_t end) {
  if (levels_.empty() || !levels_.back().map || !levels_.back().value_next) return;
  levels_.back().key = begin;
  levels_.back().key_end = end;
}

// A multi-line value must be indented; yaml-cpp does not check this, but the client drops all keys (2.1.328).
void Recorder::check_indent(std::size_t at) {
  const std::size_t width = source_.places.at(at).column - 1;
  if (levels_.empty() || static_cast<std::int64_t>(width) > levels_.back().indent || width > at) return;
  const std::size_t line_begin = at - width;  // if only blanks come before `at`
  if (line_begin <= source_.begin || source_.text[line_begin - 1] != '\n') return;
  if (!letters::is_white(source_.text.substr(line_begin, width))) return;
  if (document_.whole)
    document_.faults.push_back({FaultKind::syntax, source_.places.at(at), "the lines of a value must be indented"});
  document_.whole = false;
}

// As check_indent(), for the lines of a quoted scalar.
void Recorder::check_lines(const Extent& extent) {
  for (std::size_t end = source_.text.find('\n', extent.begin); end < extent.end;
       end = source_.text.find('\n', end + 1)) {
    const std::size_t first = source_.text.find_first_not_of(" \t", end + 1);
    if (first < extent.end && source_.text[first] != '\n' && source_.text[first] != '\r') check_indent(first);
  }
}

// Returns the name of a tag of YAML's own schema, or nothing; any other tag is a fault. yaml-cpp reports "?" for a
// plain scalar without a tag and "!" for a quoted one.
std::string_view Recorder::schema_tag(const YAML::Mark& mark, const std::string& tag) {
  if (tag.empty() || tag == "?" || tag == "!") return {};
  std::string_view name = tag;
  const bool schema = name.starts_with(schema_prefix);
  if (schema) name.remove_prefix(schema_prefix.size());
  const auto known = std::ranges::find(schema_tags, name);
  if (schema && known != std::end(schema_tags)) return *known;
  document_.faults.push_back(
      {FaultKind::tag, place(mark), "tag " + std::string(schema ? "!!" : "") + std::string(name)});
  return {};
}

// A second document without a "---" line is a fault of the first.
void Recorder::refuse_second(std::size_t at) const {
  const std::string_view before = source_.text.substr(source_.begin, at - source_.begin);
  const std::size_t last = before.find_last_not_of(" \t\r\n");
  const bool ended = last != std::string_view::npos && last >= 2 && before.substr(last - 2, 3) == "...";
  if (!ended && source_.text.substr(at, 3) != "---") refuse(at, "text behind the end of the value");
  stop(reason_, FaultKind::documents, source_.places.at(at), "a second document");
}

// yaml-cpp's words for the most common mistakes, and ours.
struct Reading {
  std::string_view theirs, ours;
};
constexpr Reading readings[] = {
    {"illegal map value", "a ':' inside a value that is not quoted"},
    {"end of map not found", "neither a key nor the end of the map"},
    {"end of sequence not found", "neither a list item nor the end of the list"},
    {"end of sequence flow not found", "a '[' is not closed"},
    {"end of map flow not found", "a '{' is not closed"},
    {"illegal EOF in scalar", "a quote is not closed"},
    {"illegal document indicator in scalar", "a quote is not closed"},
    {"unknown token", "a value cannot begin with this character"},
    {"illegal flow end", "a closing bracket without an opening one"},
    {"illegal block entry", "a list item where none can be"},
    {"illegal map key", "a key where none can be"},
    {"the referenced anchor is not defined", "an alias (*) without its anchor (&)"},
    {"alias not found after *", "a value that begins with '*' must be quoted"},
    {"anchor not found after &", "a value that begins with '&' must be quoted"},
    {"illegal character found while scanning alias", "a value that begins with '*' must be quoted"},
    {"illegal character found while scanning anchor", "a value that begins with '&' must be quoted"},
    {"unexpected character in block scalar", "text behind '|' or '>' must begin on the next line"},
};

std::string explain(const std::string& message) {
  for (const Reading& reading : readings)
    if (message.compare(0, reading.theirs.size(), reading.theirs) == 0) return std::string(reading.ours);
  return message;
}

}  // namespace

Document read_document(const YamlSource& source, const NodeLimits& limits) {
  Document document;
  std::optional<Fault> reason;
  try {
    ViewBuffer buffer(source.text.substr(source.begin, source.end - source.begin));
    std::istream stream(&buffer);
    YAML::Parser parser(stream);
    Recorder recorder(source, limits, document, reason);
    document.read = true;
    if (!parser.HandleNextDocument(recorder)) return document;
    recorder.events().build(limits, document);
    parser.HandleNextDocument(recorder);
  } catch (const YAML::Exception& exception) {
    if (!reason)
      reason = Fault{FaultKind::syntax, source.places.at(offset_of(source, exception.mark)), explain(exception.msg)};
    if (reason->kind == FaultKind::documents) {
      document.whole = false;
    } else {
      document.root = {};
      document.read = false;
    }
    document.faults.push_back(std::move(*reason));
  }
  return document;
}

}  // namespace cascade::syntax
