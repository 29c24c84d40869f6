// People get a line for each fact, programs one document; both say the same. What is shown of a fact was written by
// models and others, and read by models in a client's shell: its marks are defused as in a conversation, and texts for
// people pass unicode::displayable(), too.
#include "memory/memory.h"

#include "facts/recall.h"
#include "render/parts.h"
#include "syntax/put.h"
#include "unicode/utf8.h"

namespace cascade::rendering {
namespace {

using recall::Fact;
using syntax::JsonWriter;

std::string shown(const std::string& text) { return unicode::displayable(recall::without_marks(text)); }

void write_members(JsonWriter& json, const Fact& fact) {
  put(json, "id", fact.id, "scope", fact.scope, "owner", fact.owner, "subject", fact.subject, "text", fact.text, "kind",
      fact.kind, "source", fact.source, "author", fact.author, "trust", fact.trust, "state", fact.state, "learned",
      recall::date_of(fact.learned), "valid_until", syntax::or_null(recall::date_of(fact.valid_until)), "superseded_by",
      syntax::or_null(fact.superseded_by));
  if (!fact.why.empty()) put(json, "why", fact.why);
}

void write_fact(JsonWriter& json, const Fact& fact) {
  json.begin_object();
  write_members(json, fact);
  json.end_object();
}

std::string line_of(const Fact& fact) {
  std::string line = unicode::displayable(fact.id) + "  " + std::string(to_string(fact.scope)) + "  " +
                     shown(fact.subject) + ": " + shown(fact.text);
  const std::string state = fact.state == recall::State::live ? "" : std::string(to_string(fact.state));
  const std::string by = fact.superseded_by.empty() ? "" : " by " + unicode::displayable(fact.superseded_by);
  const std::string why = fact.why.empty() ? "" : (state.empty() ? "" : ": ") + shown(fact.why);
  if (!state.empty() || !why.empty()) line += "  [" + state + by + why + "]";
  return line + "\n";
}

}  // namespace

std::string memory_written_text(const memory::Written& written, Format format) {
  if (format == Format::json) {
    auto json = document("cascade.memory-written/1");
    put(json, "id", written.id, "outcome", written.outcome, "superseded", syntax::or_null(written.superseded), "why",
        written.superseded.empty() ? std::nullopt : std::optional(written.why));
    json.key("may_contradict").array(written.contradicts, [&](const Fact& fact) { json.string(fact.id); });
    put(json, "secrets", written.secrets);
    return recall::without_marks_in_json(finish(json));
  }
  std::string text = std::string(to_string(written.outcome)) + " " + unicode::displayable(written.id);
  if (!written.superseded.empty())
    text += ", in place of " + unicode::displayable(written.superseded) + " (" + written.why + ")";
  if (!written.secrets.empty()) text += ", without " + count_of(written.secrets.size(), "secret");
  return text + "\n";
}

std::string memory_question_text(const memory::Written& written) {
  if (written.contradicts.empty()) return {};
  std::string text = "may contradict";
  for (const Fact& fact : written.contradicts)
    text += " " + unicode::displayable(fact.id) + " \"" + shown(fact.text) + "\"";
  const std::string id = unicode::displayable(written.contradicts.front().id);
  return text + ": if that is over, cascade memory retire " + id;
}

std::string memory_list_text(const std::vector<Fact>& facts, const std::string& next, Format format) {
  if (format == Format::json) {
    auto json = document("cascade.memory-list/1");
    json.key("facts").array(facts, [&](const Fact& fact) { write_fact(json, fact); });
    return recall::without_marks_in_json(finish(put(json, "next", syntax::or_null(next))));
  }
  std::string text;
  for (const Fact& fact : facts) text += line_of(fact);
  return text;
}

std::string memory_show_text(const Fact& fact, const std::vector<Fact>& history, Format format) {
  if (format == Format::json) {
    auto json = document("cascade.memory-fact/1");
    json.key("fact");
    write_fact(json, fact);
    json.key("history").begin_array();
    for (const Fact& one : history)
      if (one.id != fact.id) write_fact(json, one);
    return recall::without_marks_in_json(finish(json.end_array()));
  }
  std::string text = shown(fact.subject) + ": " + shown(fact.text) + "\n";
  const auto add = [&](const char* name, const std::string& value) {
    if (!value.empty()) text += "  " + std::string(name) + "  " + shown(value) + "\n";
  };
  add("id     ", fact.id);
  add("scope  ", std::string(to_string(fact.scope)) + " " + fact.owner);
  add("kind   ", fact.kind);
  add("state  ", std::string(to_string(fact.state)));
  add("source ", fact.source);
  add("author ", fact.author);
  add("trust  ", std::to_string(fact.trust));
  add("learned", recall::date_of(fact.learned));
  add("until  ", recall::date_of(fact.valid_until));
  add("now    ", fact.superseded_by);
  add("why    ", fact.why);
  std::string before;
  for (const Fact& one : history)
    if (one.id != fact.id) before += "  " + recall::date_of(one.learned) + "  " + line_of(one);
  return before.empty() ? text : text + "history\n" + before;
}

std::string memory_search_text(const std::vector<FoundFact>& found, const recall::Signals& signals, Format format) {
  if (format == Format::json) {
    auto json = document("cascade.memory-search/1");
    json.key("points").integer(signals.points).key("facts").objects(found, [&](const FoundFact& one) {
      write_members(json, one.fact);
      json.key("score").number(one.recalled.score).key("share").number(one.recalled.share);
    });
    return recall::without_marks_in_json(finish(json));
  }
  std::string text;
  for (const FoundFact& one : found) text += line_of(one.fact);
  return text;
}

std::string memory_conflicts_text(const std::vector<memory::Conflict>& conflicts, Format format) {
  if (format == Format::json) {
    auto json = document("cascade.memory-conflicts/1");
    json.key("conflicts").objects(conflicts, [&](const memory::Conflict& one) {
      json.key("why").string(one.why).key("first");
      write_fact(json, one.first);
      json.key("second");
      write_fact(json, one.second);
    });
    return recall::without_marks_in_json(finish(json));
  }
  std::string text;
  for (const memory::Conflict& one : conflicts)
    text += shown(one.why) + "\n  " + line_of(one.first) + "  " + line_of(one.second);
  return text;
}

std::string memory_import_text(const memory::Imported& imported, Format format) {
  if (format == Format::json) {
    auto json = document("cascade.memory-import/1");
    put(json, "added", imported.added, "same", imported.same, "historic", imported.historic, "candidates",
        imported.captured, "forgotten", imported.forgotten, "secrets", imported.secrets, "refused", imported.refused);
    return recall::without_marks_in_json(finish(json));
  }
  std::string text = std::to_string(imported.added) + " added, " + std::to_string(imported.same) + " known, " +
                     std::to_string(imported.historic) + " historic";
  if (imported.captured > 0) text += ", " + count_of(imported.captured, "candidate");
  if (imported.forgotten > 0) text += ", " + std::to_string(imported.forgotten) + " forgotten before";
  if (imported.secrets > 0) text += ", " + count_of(imported.secrets, "secret") + " removed";
  if (!imported.refused.empty()) text += ", " + std::to_string(imported.refused.size()) + " refused";
  return text + "\n";
}

}  // namespace cascade::rendering
