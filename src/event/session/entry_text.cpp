// Writes and reads ledger lines. Only the members that an event has are written, since ledgers are kept small; reading
// takes missing members as empty or 0, so lines of older versions remain readable. A line with any JSON fault is
// dropped as a whole: a writer may have been killed in the middle of it.
#include "session/entry_text.h"

#include <charconv>

#include "hash/content_hash.h"
#include "session/run_text.h"
#include "syntax/members.h"

namespace cascade::session {
namespace {

using syntax::JsonWriter;
using syntax::Node;

void write_pieces(JsonWriter& json, std::string_view key, const std::vector<SentPiece>& pieces) {
  json.key(key).begin_array();
  for (const SentPiece& piece : pieces) {
    json.begin_object().key("m").string(piece.manifest).key("s").number(piece.section);
    json.key("f").string(cascade::to_string(piece.form)).key("h").string(hash::to_hex(piece.content_hash));
    json.key("t").number(piece.cost.tokens).key("c").number(piece.cost.chars);
    if (piece.withheld_ppm > 0) json.key("p").number(piece.withheld_ppm);
    json.end_object();
  }
  json.end_array();
}

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
  if (entry.moved > 0) json.key("learned").string(hash::to_hex(entry.learned)).key("moved").number(entry.moved);
  json.key("tokens").number(entry.cost.tokens).key("chars").number(entry.cost.chars);
  write_pieces(json, "pieces", entry.pieces);
  if (!entry.withheld.empty()) write_pieces(json, "withheld", entry.withheld);
}

void write_place(JsonWriter& json, const Entry& entry) {
  const ExpectedPlace& place = entry.place;
  json.key("to").string(entry.recipient).key("source").string(entry.source);
  const auto member = [&](std::string_view key, const std::string& value) {
    if (!value.empty()) json.key(key).string(value);
  };
  member("directory", place.directory);
  member("common_dir", place.common_dir);
  member("work_tree", place.work_tree);
  member("branch", place.branch);
  member("remote", place.remote);
  json.key("addresses").begin_array();
  for (const std::string& address : place.addresses) json.string(address);
  json.end_array();
  if (!place.remotes.empty()) {
    json.key("remotes").begin_array();
    for (const auto& [name, address] : place.remotes) json.begin_array().string(name).string(address).end_array();
    json.end_array();
  }
  if (!place.has_remotes) json.key("no_remotes").boolean(true);
}

// The events about effects lie next to each other in the enumeration.
bool is_outside(Event event) { return event >= Event::effect && event <= Event::told; }

void write_outside(JsonWriter& json, const Entry& entry) {
  const Outside& outside = entry.outside;
  const auto member = [&](std::string_view key, const std::string& value) {
    if (!value.empty()) json.key(key).string(value);
  };
  member("to", entry.recipient);
  member("prompt_id", entry.prompt_id);
  member("layer", entry.layer);
  member("decision", entry.decision);
  write_effect_texts(json, outside);
  if (!outside.names.empty()) {
    json.key("names").begin_array();
    for (const std::string& name : outside.names) json.string(name);
    json.end_array();
  }
  if (!outside.predictions.empty()) {
    json.key("predictions").begin_array();
    for (const auto& [id, holds] : outside.predictions) json.begin_array().number(id).boolean(holds).end_array();
    json.end_array();
  }
  if (!outside.of.empty()) {
    json.key("effects").begin_array();
    for (const std::uint64_t id : outside.of) json.number(id);
    json.end_array();
  }
}

void write_step(JsonWriter& json, const Entry& entry) {
  const StepNote& note = entry.step;
  const auto member = [&](std::string_view key, const std::string& value) {
    if (!value.empty()) json.key(key).string(value);
  };
  json.key("run").number(note.run).key("action").string(note.action);
  if (note.step > 0) json.key("step").number(note.step);
  member("to", entry.recipient);
  member("skill", note.skill);
  member("label", note.label);
  member("text", note.text);
  if (note.size > 0) json.key("size").number(note.size);
  if (!note.evidence.empty()) {
    json.key("evidence").begin_array();
    for (const std::uint64_t sequence : note.evidence) json.number(sequence);
    json.end_array();
  }
  if (!note.baseline.empty()) {
    json.key("baseline").begin_array();
    for (const std::string& one : note.baseline) json.string(one);
    json.end_array();
  }
  if (note.steps.empty()) return;
  member("playbook", note.playbook);
  member("order", note.order);
  member("exits", note.exits);
  member("branches", note.branches);
  json.key("steps").begin_array();
  for (const StepNote::Planned& step : note.steps) {
    json.begin_object().key("n").number(step.number).key("s").string(step.skill);
    json.key("l").string(step.leave).key("r").string(step.result).end_object();
  }
  json.end_array();
}

void write_verdict(JsonWriter& json, const Entry& entry) {
  json.key("source").string(entry.source).key("layer").string(entry.layer).key("decision").string(entry.decision);
  if (!entry.note.empty()) json.key("note").string(entry.note);
}

void write_hook(JsonWriter& json, const Entry& entry) {
  json.key("to").string(entry.recipient).key("root").string(entry.root).key("source").string(entry.source);
  if (!entry.prompt_id.empty()) json.key("prompt_id").string(entry.prompt_id);
  json.key("decision").string(entry.decision).key("note").string(entry.note);
}

template <typename T>
T number(const Node& object, std::string_view key, int base = 10) {
  const Node* node = object.find(key);
  T value = 0;
  if (node != nullptr) std::from_chars(node->text.data(), node->text.data() + node->text.size(), value, base);
  return value;
}

std::uint64_t number_of(const Node& node) {
  std::uint64_t value = 0;
  std::from_chars(node.text.data(), node.text.data() + node.text.size(), value);
  return value;
}

Outside outside_of(const Node& object) {
  Outside outside;
  outside.kind = text_of(object, "kind");
  outside.interface = text_of(object, "interface");
  outside.program = text_of(object, "program");
  outside.subcommand = text_of(object, "subcommand");
  outside.target = text_of(object, "target");
  outside.task = text_of(object, "task");
  outside.text = text_of(object, "text");
  outside.names = texts_of(object, "names");
  if (const Node* predictions = object.find("predictions"))
    for (const Node& one : predictions->items)
      if (one.items.size() == 2) outside.predictions.emplace_back(number_of(one.items[0]), one.items[1].text == "true");
  if (const Node* effects = object.find("effects"))
    for (const Node& id : effects->items) outside.of.push_back(number_of(id));
  return outside;
}

// An unknown form reads as a section: a later version may have written it.
Form form_of(std::string_view name) {
  for (const Form form : {Form::card, Form::lead, Form::section, Form::prose, Form::opening, Form::resource, Form::stub,
                          Form::cut, Form::same, Form::name, Form::third, Form::beginning})
    if (name == cascade::to_string(form)) return form;
  return Form::section;
}

std::vector<SentPiece> pieces_of(const Node& object, std::string_view key) {
  std::vector<SentPiece> pieces;
  const Node* const list = object.find(key);
  if (list == nullptr) return pieces;
  for (const Node& piece : list->items)
    pieces.push_back({text_of(piece, "m"),
                      number<std::uint32_t>(piece, "s"),
                      form_of(text_of(piece, "f")),
                      number<std::uint64_t>(piece, "h", 16),
                      {number<std::uint32_t>(piece, "t"), number<std::uint32_t>(piece, "c")},
                      number<std::uint32_t>(piece, "p")});
  return pieces;
}

ExpectedPlace place_of(const Node& object) {
  ExpectedPlace place;
  place.directory = text_of(object, "directory");
  place.common_dir = text_of(object, "common_dir");
  place.work_tree = text_of(object, "work_tree");
  place.branch = text_of(object, "branch");
  place.remote = text_of(object, "remote");
  place.addresses = texts_of(object, "addresses");
  if (const Node* remotes = object.find("remotes"))
    for (const Node& remote : remotes->items)
      if (remote.items.size() == 2) place.remotes.emplace_back(remote.items[0].text, remote.items[1].text);
  place.has_remotes = object.find("no_remotes") == nullptr;
  return place;
}

StepNote step_of(const Node& object) {
  StepNote note;
  note.run = number<std::uint32_t>(object, "run");
  note.action = text_of(object, "action");
  note.step = number<std::uint32_t>(object, "step");
  note.skill = text_of(object, "skill");
  note.label = text_of(object, "label");
  note.text = text_of(object, "text");
  note.size = number<std::uint64_t>(object, "size");
  if (const Node* evidence = object.find("evidence"))
    for (const Node& sequence : evidence->items) note.evidence.push_back(number_of(sequence));
  note.baseline = texts_of(object, "baseline");
  note.playbook = text_of(object, "playbook");
  note.order = text_of(object, "order");
  note.exits = text_of(object, "exits");
  note.branches = text_of(object, "branches");
  if (const Node* steps = object.find("steps"))
    for (const Node& step : steps->items)
      note.steps.push_back(
          {number<std::uint32_t>(step, "n"), text_of(step, "s"), text_of(step, "l"), text_of(step, "r")});
  return note;
}

std::optional<Event> event_of(std::string_view name) {
  for (const Event event : {Event::start, Event::inject, Event::drop, Event::fault, Event::expect, Event::verdict,
                            Event::effect, Event::witness, Event::prediction, Event::ended, Event::waived, Event::told,
                            Event::step, Event::call, Event::run, Event::hook})
    if (name == to_string(event)) return event;
  return std::nullopt;
}

}  // namespace

void write_effect_texts(JsonWriter& json, const Outside& effect) {
  const auto member = [&](std::string_view key, const std::string& value) {
    if (!value.empty()) json.key(key).string(value);
  };
  member("kind", effect.kind);
  member("interface", effect.interface);
  member("program", effect.program);
  member("subcommand", effect.subcommand);
  member("target", effect.target);
  member("task", effect.task);
  member("text", effect.text);
}

bool is_section(Form form) noexcept {
  return form == Form::lead || form == Form::section || form == Form::prose || form == Form::opening ||
         form == Form::third || form == Form::beginning;
}

std::string_view to_string(Event event) noexcept {
  switch (event) {
    case Event::start: return "start";
    case Event::inject: return "inject";
    case Event::drop: return "drop";
    case Event::fault: return "fault";
    case Event::expect: return "expect";
    case Event::verdict: return "verdict";
    case Event::effect: return "effect";
    case Event::witness: return "witness";
    case Event::prediction: return "prediction";
    case Event::ended: return "ended";
    case Event::waived: return "waived";
    case Event::told: return "told";
    case Event::step: return "step";
    case Event::call: return "call";
    case Event::run: return "run";
    case Event::hook: return "hook";
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
  if (!entry.directory.empty()) json.key("cwd").string(entry.directory);
  if (entry.event == Event::inject) write_injection(json, entry);
  if (entry.event == Event::expect) write_place(json, entry);
  if (entry.event == Event::step) write_step(json, entry);
  if (entry.event == Event::call || entry.event == Event::run) write_run(json, entry);
  if (entry.event == Event::verdict) write_verdict(json, entry);
  if (is_outside(entry.event)) write_outside(json, entry);
  if (entry.event == Event::hook) write_hook(json, entry);
  if (entry.event == Event::drop) json.key("root").string(entry.root);
  if (entry.event == Event::fault) json.key("note").string(entry.note);
  json.key("at").integer(entry.written_at).end_object();
  return json.take();
}

std::optional<ReadEntry> read_entry(std::string_view line) {
  const syntax::Parsed parsed = syntax::parse_json(line);
  const std::optional<Event> event = event_of(text_of(parsed.root, "event"));
  if (!parsed.faults.empty() || !event) return std::nullopt;
  ReadEntry read;
  Entry& entry = read.entry;
  read.session_id = text_of(parsed.root, "session");
  entry.event = *event;
  entry.sequence = number<std::uint64_t>(parsed.root, "seq");
  entry.source = text_of(parsed.root, "source");
  entry.model = text_of(parsed.root, "model");
  entry.origin = text_of(parsed.root, "of");
  entry.directory = text_of(parsed.root, "cwd");
  entry.recipient = text_of(parsed.root, "to");
  entry.layer = text_of(parsed.root, "layer");
  entry.root = text_of(parsed.root, "root");
  if (const Node* also = parsed.root.find("also"))
    for (const Node& root : also->items) entry.also.push_back(root.text);
  entry.prompt_id = text_of(parsed.root, "prompt_id");
  entry.decision = text_of(parsed.root, "decision");
  entry.score = number<std::uint32_t>(parsed.root, "score");
  entry.value = number<std::uint64_t>(parsed.root, "value");
  entry.upper_bound = number<std::uint64_t>(parsed.root, "upper_bound");
  entry.gap_ppm = number<std::uint32_t>(parsed.root, "gap_ppm");
  entry.proof = text_of(parsed.root, "proof");
  entry.learned = number<std::uint64_t>(parsed.root, "learned", 16);
  entry.moved = number<std::uint32_t>(parsed.root, "moved");
  entry.cost = {number<std::uint32_t>(parsed.root, "tokens"), number<std::uint32_t>(parsed.root, "chars")};
  if (entry.event == Event::expect) entry.place = place_of(parsed.root);
  if (is_outside(entry.event)) entry.outside = outside_of(parsed.root);
  if (entry.event == Event::step) entry.step = step_of(parsed.root);
  if (entry.event == Event::call || entry.event == Event::run) {
    entry.run = run_of(parsed.root);
    entry.model.clear();  // it is the subagent's model, not the session's
  }
  entry.note = text_of(parsed.root, "note");
  entry.written_at = number<std::int64_t>(parsed.root, "at");
  entry.pieces = pieces_of(parsed.root, "pieces");
  entry.withheld = pieces_of(parsed.root, "withheld");
  return read;
}

}  // namespace cascade::session
