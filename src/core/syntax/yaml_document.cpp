// Turns yaml-cpp's events into a tree. yaml-cpp reports where a node begins, but not where it ends or what a plain
// scalar looked like, so each scalar is found again in the source (ScalarFinder). Events are recorded flat and
// expanded at the end (YamlEvents): aliases are then paid for before they are copied. Exceptions of yaml-cpp end here.
#include "syntax/yaml_document.h"

#include "syntax/yaml_events.h"
#include "syntax/yaml_scalars.h"
#include "text/space.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <cstdint>
#include <istream>
#include <optional>
#include <streambuf>
#include <string>
#include <utility>

namespace cascade::syntax {

namespace {

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

// Records the events of one document with their places.
class Recorder : public YAML::EventHandler {
 public:
  Recorder(const YamlSource& source, const NodeLimits& limits, Document& document, std::optional<Fault>& reason)
      : source_(source),
        limits_(limits),
        document_(document),
        reason_(reason),
        finder_(source.text.substr(0, source.end)) {}

  const YamlEvents& events() const noexcept { return events_; }

  void OnDocumentStart(const YAML::Mark&) override {}
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
  ScalarFinder finder_;
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
  const Extent extent = finder_.find(offset_of(source_, mark), value);
  if (!extent.closed) refuse(extent.begin, "a quote is not closed");
  const bool written_plain = finder_.is_plain(extent.begin);
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
    if (const auto hash = finder_.comment_after(extent.end)) cut_at = source_.places.at(*hash);
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
  const bool schema = name.substr(0, schema_prefix.size()) == schema_prefix;
  if (schema) name.remove_prefix(schema_prefix.size());
  const auto known = std::find(std::begin(schema_tags), std::end(schema_tags), name);
  if (schema && known != std::end(schema_tags)) return *known;
  document_.faults.push_back(
      {FaultKind::tag, place(mark), "tag " + std::string(schema ? "!!" : "") + std::string(name)});
  return {};
}

// Stops at the begin of a second document; one without a "---" line is a fault of the first.
class SecondDocument : public YAML::EventHandler {
 public:
  SecondDocument(const YamlSource& source, std::optional<Fault>& reason) : source_(source), reason_(reason) {}
  void OnDocumentStart(const YAML::Mark& mark) override {
    const std::size_t at = offset_of(source_, mark);
    const std::string_view before = source_.text.substr(source_.begin, at - source_.begin);
    const std::size_t last = before.find_last_not_of(" \t\r\n");
    const bool ended = last != std::string_view::npos && last >= 2 && before.substr(last - 2, 3) == "...";
    if (ended || source_.text.substr(at, 3) == "---")
      stop(reason_, FaultKind::documents, source_.places.at(at), "a second document");
    stop(reason_, FaultKind::syntax, source_.places.at(at), "text behind the end of the value");
  }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark&, YAML::anchor_t) override {}
  void OnAlias(const YAML::Mark&, YAML::anchor_t) override {}
  void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t, const std::string&) override {}
  void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {}
  void OnSequenceEnd() override {}
  void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {}
  void OnMapEnd() override {}

 private:
  const YamlSource& source_;
  std::optional<Fault>& reason_;
};

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
    document.root = recorder.events().build(limits, document.faults, document.whole);
    SecondDocument second(source, reason);
    parser.HandleNextDocument(second);
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
