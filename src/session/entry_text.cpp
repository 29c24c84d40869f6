#include "session/entry_text.h"

#include <charconv>

#include "hash/content_hash.h"
#include "syntax/json.h"

namespace cascade::session {
namespace {

using syntax::JsonWriter;
using syntax::Node;
using syntax::NodeKind;

void write_injection(JsonWriter& json, const Entry& entry) {
  json.key("to").string(entry.recipient).key("layer").string(entry.layer);
  json.key("root").string(entry.root);
  if (!entry.also.empty()) {
    json.key("also").begin_array();
    for (const std::string& root : entry.also) json.string(root);
    json.end_array();
  }
  if (!entry.prompt_id.empty()) json.key("prompt_id").string(entry.prompt_id);
  json.key("decision").string(entry.decision).key("score").number(entry.score);
  json.key("value").number(entry.value).key("upper_bound").number(entry.upper_bound);
  json.key("gap_ppm").number(entry.gap_ppm).key("proof").string(entry.proof);
  json.key("tokens").number(entry.cost.tokens).key("chars").number(entry.cost.chars);
  json.key("pieces").begin_array();
  for (const SentPiece& piece : entry.pieces) {
    json.begin_object().key("m").string(piece.manifest).key("s").number(piece.section);
    json.key("f").string(cascade::to_string(piece.form)).key("h").string(hash::to_hex(piece.content_hash));
    json.key("t").number(piece.cost.tokens).key("c").number(piece.cost.chars).end_object();
  }
  json.end_array();
}

std::string text(const Node& object, std::string_view key) {
  const Node* node = object.find(key);
  return node != nullptr && node->kind == NodeKind::string ? node->text : std::string();
}

template <typename T>
T number(const Node& object, std::string_view key, int base = 10) {
  const Node* node = object.find(key);
  T value = 0;
  if (node != nullptr) std::from_chars(node->text.data(), node->text.data() + node->text.size(), value, base);
  return value;
}

Form form_of(std::string_view name) {
  for (const Form form : {Form::card, Form::lead, Form::section, Form::prose, Form::opening, Form::resource})
    if (name == cascade::to_string(form)) return form;
  return Form::section;
}

std::optional<Event> event_of(std::string_view name) {
  for (const Event event : {Event::start, Event::inject, Event::fault})
    if (name == to_string(event)) return event;
  return std::nullopt;
}

}  // namespace

std::string_view to_string(Event event) noexcept {
  switch (event) {
    case Event::start: return "start";
    case Event::inject: return "inject";
    case Event::fault: return "fault";
  }
  return "fault";
}

std::string write_entry(const Entry& entry, std::string_view session_id) {
  JsonWriter json(JsonWriter::Style::compact);
  json.begin_object().key("seq").number(entry.sequence).key("event").string(to_string(entry.event));
  if (!session_id.empty()) json.key("session").string(session_id);
  if (entry.event == Event::start) json.key("source").string(entry.source);
  if (!entry.model.empty()) json.key("model").string(entry.model);
  if (!entry.origin.empty()) json.key("of").string(entry.origin);
  if (entry.event == Event::inject) write_injection(json, entry);
  if (entry.event == Event::fault) json.key("note").string(entry.note);
  json.key("at").integer(entry.written_at).end_object();
  return json.take();
}

std::optional<ReadEntry> read_entry(std::string_view line) {
  const syntax::Parsed parsed = syntax::parse_json(line);
  const std::optional<Event> event = event_of(text(parsed.root, "event"));
  if (!parsed.faults.empty() || !event) return std::nullopt;
  ReadEntry read;
  Entry& entry = read.entry;
  read.session_id = text(parsed.root, "session");
  entry.event = *event;
  entry.sequence = number<std::uint64_t>(parsed.root, "seq");
  entry.source = text(parsed.root, "source");
  entry.model = text(parsed.root, "model");
  entry.origin = text(parsed.root, "of");
  entry.recipient = text(parsed.root, "to");
  entry.layer = text(parsed.root, "layer");
  entry.root = text(parsed.root, "root");
  if (const Node* also = parsed.root.find("also"))
    for (const Node& root : also->items) entry.also.push_back(root.text);
  entry.prompt_id = text(parsed.root, "prompt_id");
  entry.decision = text(parsed.root, "decision");
  entry.score = number<std::uint32_t>(parsed.root, "score");
  entry.value = number<std::uint64_t>(parsed.root, "value");
  entry.upper_bound = number<std::uint64_t>(parsed.root, "upper_bound");
  entry.gap_ppm = number<std::uint32_t>(parsed.root, "gap_ppm");
  entry.proof = text(parsed.root, "proof");
  entry.cost = {number<std::uint32_t>(parsed.root, "tokens"), number<std::uint32_t>(parsed.root, "chars")};
  entry.note = text(parsed.root, "note");
  entry.written_at = number<std::int64_t>(parsed.root, "at");
  if (const Node* pieces = parsed.root.find("pieces"))
    for (const Node& piece : pieces->items)
      entry.pieces.push_back({text(piece, "m"),
                              number<std::uint32_t>(piece, "s"),
                              form_of(text(piece, "f")),
                              number<std::uint64_t>(piece, "h", 16),
                              {number<std::uint32_t>(piece, "t"), number<std::uint32_t>(piece, "c")}});
  return read;
}

}  // namespace cascade::session
