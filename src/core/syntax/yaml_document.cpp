// Turns yaml-cpp's events into a tree. yaml-cpp reports where a node begins, but not where it ends or what a plain
// scalar looked like, so each scalar is found again in the source (extent_of). An alias is paid for before what it
// names is copied, so that one which would grow without bound costs no more than any other; merge keys are applied to
// the finished tree. Exceptions of yaml-cpp end here.
#include "syntax/yaml_document.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>
#include <algorithm>
#include <cstdint>
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

// What an anchor names: its size is that of the value with its aliases expanded, where a long scalar counts as several
// so that the bytes that aliases copy are bounded, too. Only where it is, since an anchor in an anchor in an anchor
// would be kept many times.
struct Anchored {
  TreeBuilder::Way way;
  std::size_t size = 0, levels = 0;
};

// The recursion is as deep as the tree, which is limited.
void measure(const Node& node, std::size_t levels, Anchored& of) {
  of.size += 1 + node.text.size() / bytes_per_node;
  levels += node.kind == NodeKind::list || node.kind == NodeKind::map ? 1 : 0;
  of.levels = std::max(of.levels, levels);
  for (const Node& item : node.items) measure(item, levels, of);
}

void place_all(Node& node, Position at) {
  node.at = node.end = at;
  for (Node& item : node.items) place_all(item, at);
}

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
        text_(source.text.substr(0, source.end)),
        tree_(limits, document.faults),
        alias_nodes_(limits.alias_nodes) {}

  Node take() {
    Node root = tree_.take();
    apply_all_merge_keys(root, document_.faults);
    return root;
  }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (std::exchange(begun_, true)) refuse_second(offset_of(source_, mark));
  }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    begin_node(offset_of(source_, mark));
    count(mark);
    tree_.add(aliased(anchor, place(mark)));
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
    YAML::anchor_t anchor = 0;  // 0: none
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
    const YAML::anchor_t anchor = levels_.back().anchor;
    levels_.pop_back();
    tree_.close(tree_.top()->end);
    keep(anchor);
  }
  void add(Node scalar, const YAML::Mark& mark, YAML::anchor_t anchor) {
    count(mark);
    tree_.add(std::move(scalar));
    keep(anchor);
  }
  void count(const YAML::Mark& mark) {  // without what aliases stand for
    if (++nodes_ > limits_.nodes)
      stop(reason_, FaultKind::size, place(mark), "more than " + std::to_string(limits_.nodes) + " values");
  }
  std::string too_deep() const { return "nested deeper than " + std::to_string(limits_.depth) + " levels"; }
  void keep(YAML::anchor_t anchor);
  Node aliased(YAML::anchor_t anchor, Position at);
  void check_indent(std::size_t line_begin);
  void check_lines(const Extent& extent);
  std::string_view schema_tag(const YAML::Mark& mark, const std::string& tag);

  const YamlSource& source_;
  const NodeLimits& limits_;
  Document& document_;
  std::optional<Fault>& reason_;
  std::string_view text_;
  bool begun_ = false;
  TreeBuilder tree_;
  std::uint32_t nodes_ = 0;
  std::size_t alias_nodes_;  // that aliases may still stand for
  std::optional<Position> first_alias_;
  std::map<YAML::anchor_t, Anchored> anchors_;  // of whole values
  std::vector<Level> levels_;
};

void Recorder::keep(YAML::anchor_t anchor) {
  if (anchor == 0) return;
  Anchored& kept = anchors_[anchor];
  kept.way = tree_.way();
  measure(tree_.at(kept.way), 0, kept);
}

// The value that the alias stands for, all of it placed at the alias; null, with a fault the first time, if it contains
// itself or exceeds a limit.
Node Recorder::aliased(YAML::anchor_t anchor, Position at) {
  Node node{NodeKind::null, {}, false, at, at, {}};
  if (!first_alias_) first_alias_ = at;
  const auto found = anchors_.find(anchor);
  if (found == anchors_.end()) {
    document_.faults.push_back({FaultKind::aliases, at, "an alias stands for a value that holds it"});
    return node;
  }
  const bool is_deep = levels_.size() + found->second.levels > limits_.depth;
  if (!is_deep && found->second.size <= alias_nodes_) {
    alias_nodes_ -= found->second.size;
    node = tree_.at(found->second.way);
    place_all(node, at);
    return node;
  }
  // Reports the first alias: the growth begins there, while the limit may be reached anywhere.
  if (document_.whole)
    document_.faults.push_back(is_deep ? Fault{FaultKind::depth, at, too_deep()}
                                       : Fault{FaultKind::aliases, *first_alias_, "aliases stand for too many values"});
  document_.whole = false;
  return node;
}

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
  add(std::move(node), mark, anchor);
  end_key(at, at);
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
  if (!written_plain)
    check_lines(extent);
  else if (const auto hash = comment_after(text_, extent.end); hash && extent.end > extent.begin)
    document_.faults.push_back({FaultKind::comment_cut, source_.places.at(*hash), cut_message(tree_.top())});
  add(std::move(node), mark, anchor);
  end_key(offset_of(source_, mark), extent.end);
}

void Recorder::open(NodeKind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value style) {
  schema_tag(mark, tag);
  if (levels_.size() >= limits_.depth) stop(reason_, FaultKind::depth, place(mark), too_deep());
  begin_node(offset_of(source_, mark));
  count(mark);
  tree_.open(kind, place(mark));
  Level level;
  level.anchor = anchor;
  level.map = kind == NodeKind::map;
  level.flow = style == YAML::EmitterStyle::Flow;
  level.indent = levels_.empty() ? -1 : levels_.back().indent;
  if (!level.flow) level.indent = place(mark).column - 1;
  levels_.push_back(level);
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
    document.root = recorder.take();
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
