// Each kind of line by one description, for writing and reading. Only members that an event has are written; missing
// ones read as empty or 0. A line with any JSON fault is dropped as a whole: a writer may have been killed in it.
#include "session/entry.h"

#include <charconv>
#include <concepts>

#include "hash/content_hash.h"
#include "manifest/emission.h"
#include "syntax/put.h"
#include "text/names.h"

namespace cascade::session {

class LineWriter {
 public:
  static constexpr bool reads = false;
  explicit LineWriter(syntax::JsonWriter& json) : json_(json) {}

  template <typename Value>
  LineWriter& member(std::string_view key, const Value& value) {
    put(json_, key, value);
    return *this;
  }
  template <typename Value>
  LineWriter& given(std::string_view key, const Value& value) {
    return value == Value() ? *this : member(key, value);
  }
  LineWriter& hash(std::string_view key, std::uint64_t value) { return member(key, hash::to_hex(value)); }
  LineWriter& given_hash(std::string_view key, std::uint64_t value) { return value == 0 ? *this : hash(key, value); }
  template <typename Value, typename Describe>
  void object(std::string_view key, const Value& value, Describe describe) {
    put_object(json_, key, [&] { describe(*this, value); });
  }
  template <typename Item, typename Describe>
  void objects(std::string_view key, const std::vector<Item>& items, Describe describe) {
    json_.key(key).objects(items, [&](const Item& item) { describe(*this, item); });
  }

 private:
  syntax::JsonWriter& json_;
};

class LineReader {
 public:
  static constexpr bool reads = true;
  explicit LineReader(const syntax::Node& object) : object_(object) {}

  LineReader& member(std::string_view key, std::string& value) { return value = syntax::text_of(object_, key), *this; }
  template <typename Value>
  LineReader& member(std::string_view key, Value& value) {
    if (const syntax::Node* node = object_.find(key)) take(*node, value);
    return *this;
  }
  template <typename Value>
  LineReader& given(std::string_view key, Value& value) {
    return member(key, value);
  }
  LineReader& hash(std::string_view key, std::uint64_t& value) {
    if (const syntax::Node* node = object_.find(key)) take(*node, value, 16);
    return *this;
  }
  LineReader& given_hash(std::string_view key, std::uint64_t& value) { return hash(key, value); }
  template <typename Value, typename Describe>
  void object(std::string_view key, Value& value, Describe describe) {
    const syntax::Node* node = object_.find(key);
    if (node == nullptr) return;
    LineReader reader(*node);
    describe(reader, value);
  }
  template <typename Item, typename Describe>
  void objects(std::string_view key, std::vector<Item>& items, Describe describe) {
    const syntax::Node* list = object_.find(key);
    if (list == nullptr) return;
    for (const syntax::Node& node : list->items) {
      LineReader reader(node);
      describe(reader, items.emplace_back());
    }
  }

 private:
  static bool take(const syntax::Node& node, std::string& value) { return value = node.text, true; }
  static bool take(const syntax::Node& node, bool& value) { return value = node.text == "true", true; }
  static bool take(const syntax::Node& node, std::integral auto& value, int base = 10) {
    std::from_chars(node.text.data(), node.text.data() + node.text.size(), value, base);
    return true;
  }
  template <typename First, typename Second>
  static bool take(const syntax::Node& node, std::pair<First, Second>& pair) {
    return node.items.size() == 2 && take(node.items[0], pair.first) && take(node.items[1], pair.second);
  }
  template <typename Item>
  static bool take(const syntax::Node& node, std::vector<Item>& items) {
    for (const syntax::Node& each : node.items)
      if (Item item{}; take(each, item)) items.push_back(std::move(item));
    return true;
  }

  const syntax::Node& object_;
};

namespace {

using syntax::JsonWriter;

constexpr letters::Names<Event::lost> event_names("start", "inject", "drop", "fault", "expect", "verdict", "effect",
                                                  "witness", "prediction", "ended", "waived", "told", "step", "call",
                                                  "run", "hook", "lost");

// An unknown form reads as a section: a later version may have written it.
Form form_of(std::string_view name) {
  for (auto form = Form::card; form <= Form::beginning; form = static_cast<Form>(static_cast<int>(form) + 1))
    if (name == cascade::to_string(form)) return form;
  return Form::section;
}

template <typename Stream, typename Piece>
void piece_members(Stream& stream, Piece& piece) {
  std::string form(cascade::to_string(piece.form));
  stream.member("m", piece.manifest).member("s", piece.section).member("f", form);
  if constexpr (Stream::reads) piece.form = form_of(form);
  stream.hash("h", piece.content_hash).member("t", piece.cost.tokens).member("c", piece.cost.chars);
}

template <typename Stream, typename Line>
void injection_members(Stream& stream, Line& entry) {
  const auto piece = [](auto& in, auto& one) { piece_members(in, one); };
  stream.member("to", entry.recipient).member("layer", entry.layer).member("root", entry.root);
  stream.given("also", entry.also)
      .given("prompt_id", entry.prompt_id)
      .given("since", entry.since)
      .member("decision", entry.decision);
  stream.member("score", entry.score).member("value", entry.value).member("upper_bound", entry.upper_bound);
  stream.member("gap_ppm", entry.gap_ppm).member("proof", entry.proof);
  stream.member("tokens", entry.cost.tokens).member("chars", entry.cost.chars);
  stream.objects("pieces", entry.pieces, piece);
}

template <typename Stream, typename Line>
void place_members(Stream& stream, Line& entry) {
  auto& place = entry.place;
  bool has_none = !place.has_remotes;
  stream.member("to", entry.recipient).member("source", entry.source).given("directory", place.directory);
  stream.given("common_dir", place.common_dir).given("work_tree", place.work_tree).given("branch", place.branch);
  stream.given("remote", place.remote).member("addresses", place.addresses).given("remotes", place.remotes);
  stream.given("no_remotes", has_none);
  if constexpr (Stream::reads) place.has_remotes = !has_none;
}

template <typename Stream, typename Effect>
void effect_texts(Stream& stream, Effect& effect) {
  stream.given("kind", effect.kind).given("interface", effect.interface).given("program", effect.program);
  stream.given("subcommand", effect.subcommand).given("target", effect.target).given("task", effect.task);
  stream.given("text", effect.text);
}

template <typename Stream, typename Line>
void outside_members(Stream& stream, Line& entry) {
  stream.given("to", entry.recipient).given("prompt_id", entry.prompt_id).given("layer", entry.layer);
  stream.given("decision", entry.decision);
  effect_texts(stream, entry.outside);
  stream.given("names", entry.outside.names).given("predictions", entry.outside.predictions);
  stream.given("effects", entry.outside.of);
}

template <typename Stream, typename Line>
void step_members(Stream& stream, Line& entry) {
  auto& note = entry.step;
  stream.member("run", note.run).member("action", note.action).given("step", note.step).given("to", entry.recipient);
  stream.given("skill", note.skill).given("label", note.label).given("text", note.text).given("size", note.size);
  stream.given("evidence", note.evidence).given("baseline", note.baseline);
  if (!Stream::reads && note.steps.empty()) return;
  stream.given("playbook", note.playbook).given("order", note.order).given("exits", note.exits);
  stream.given("branches", note.branches);
  stream.objects("steps", note.steps, [](auto& in, auto& step) {
    in.member("n", step.number).member("s", step.skill).member("l", step.leave).member("r", step.result);
  });
}

// Input and output are written if 0, so that a line tells usage that was nothing from usage that is unknown.
template <typename Stream, typename Tokens>
void usage_members(Stream& stream, Tokens& usage) {
  stream.member("input", usage.input).member("output", usage.output).given("cache_write", usage.cache_write);
  stream.given("cache_write_1h", usage.cache_write_1h).given("cache_read", usage.cache_read);
  stream.given("searches", usage.searches);
}

template <typename Stream, typename Line>
void run_members(Stream& stream, Line& entry) {
  const auto usage = [](auto& in, auto& one) { usage_members(in, one); };
  auto& run = entry.run;
  stream.given("action", run.action).given("to", entry.recipient).given("prompt_id", entry.prompt_id);
  stream.given("call", run.call).given("id", run.id).given("agent", run.agent);
  if (entry.event == Event::run || Stream::reads || !run.tier.empty()) stream.member("tier", run.tier);
  stream.given("raised", run.raised).given("model", run.model).given("effort", run.effort);
  stream.given("session_model", run.session_model).given_hash("task", run.task).given("transcript", run.transcript);
  stream.given_hash("expects", run.expects);
  if (!Stream::reads && entry.event != Event::run) return;
  stream.object("usage", run.usage, usage);
  if (Stream::reads || run.long_usage.tokens() > 0) stream.object("long", run.long_usage, usage);
  stream.member("tools", run.tools).member("until", run.until).given("outcome", run.outcome);
}

template <typename Stream, typename Line>
void verdict_members(Stream& stream, Line& entry) {
  stream.member("source", entry.source).member("layer", entry.layer).member("decision", entry.decision);
  stream.given("note", entry.note);
}

template <typename Stream, typename Line>
void hook_members(Stream& stream, Line& entry) {
  stream.member("to", entry.recipient).member("root", entry.root).member("source", entry.source);
  stream.given("prompt_id", entry.prompt_id).member("decision", entry.decision).member("note", entry.note);
}

template <typename Stream, typename Line>
void members_of_event(Stream& stream, Line& entry) {
  switch (entry.event) {
    case Event::start: break;
    case Event::inject: return injection_members(stream, entry);
    case Event::drop: stream.member("root", entry.root); break;
    case Event::fault: stream.member("note", entry.note); break;
    case Event::expect: return place_members(stream, entry);
    case Event::verdict: return verdict_members(stream, entry);
    case Event::effect:
    case Event::witness:
    case Event::prediction:
    case Event::ended:
    case Event::waived:
    case Event::told:
    case Event::lost: return outside_members(stream, entry);
    case Event::step: return step_members(stream, entry);
    case Event::call:
    case Event::run: return run_members(stream, entry);
    case Event::hook: return hook_members(stream, entry);
  }
}

}  // namespace

void write_effect_texts(JsonWriter& json, const Outside& effect) {
  LineWriter writer(json);
  effect_texts(writer, effect);
}

bool is_section(Form form) noexcept {
  return form == Form::lead || form == Form::section || form == Form::prose || form == Form::opening ||
         form == Form::third || form == Form::beginning;
}

std::optional<SectionId> find_sent(const Registry& registry, const SentPiece& sent) {
  const auto symbol = Symbol::parse(sent.manifest);
  const auto id = symbol ? registry.find(*symbol) : std::nullopt;
  if (!id) return std::nullopt;
  std::optional<SectionId> whole;
  for (std::uint32_t i = 0; i < registry[*id].sections; ++i) {
    const SectionView view = registry.section(*id, i);
    const std::uint64_t whole_hash = registry.section(*id, view.shorter_of).content_hash;
    if (manifest::hash_of(whole_hash, sent.form) != sent.content_hash) continue;
    if (view.form == sent.form) return SectionId{*id, i};
    if (!whole && view.shorter_of == i) whole = SectionId{*id, i};
  }
  return whole;
}

std::string_view to_string(Event event) noexcept { return event_names.of(event); }

std::string write_entry(const Entry& entry, std::string_view session_id) {
  JsonWriter json(JsonWriter::Style::compact);
  put(json.begin_object(), "seq", entry.sequence, "event", entry.event);
  LineWriter writer(json);
  writer.given("session", session_id);
  if (entry.event == Event::start) writer.member("source", entry.source);
  writer.given("model", entry.model).given("of", entry.origin).given("cwd", entry.directory);
  members_of_event(writer, entry);
  return put(json, "at", entry.written_at).end_object().take();
}

// Members that several events have are read of every line: an older version may have written them for other events.
std::optional<ReadEntry> read_entry(std::string_view line) {
  const syntax::Parsed parsed = syntax::parse_json(line);
  const std::optional<Event> event = event_names.find(syntax::text_of(parsed.root, "event"));
  if (!parsed.faults.empty() || !event) return std::nullopt;
  ReadEntry read;
  Entry& entry = read.entry;
  LineReader reader(parsed.root);
  entry.event = *event;
  reader.member("seq", entry.sequence).member("session", read.session_id).member("source", entry.source);
  reader.member("model", entry.model).member("of", entry.origin).member("cwd", entry.directory);
  reader.member("note", entry.note).member("at", entry.written_at);
  injection_members(reader, entry);
  if (entry.event != Event::inject) members_of_event(reader, entry);
  if (entry.event == Event::call || entry.event == Event::run)
    entry.model.clear();  // the subagent's, not the session's
  return read;
}

}  // namespace cascade::session
