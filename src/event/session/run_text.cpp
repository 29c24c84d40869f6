// The lines about subagents: requests (`call`) and usage (`run`). Counts of 0 are left out but for input and output, so
// that a line tells usage that was nothing from usage that is unknown.
#include "session/run_text.h"

#include <charconv>

#include "hash/content_hash.h"
#include "syntax/members.h"

namespace cascade::session {
namespace {

using syntax::JsonWriter;
using syntax::Node;

struct Counted {
  std::string_view key;
  std::uint64_t Usage::*count;
};
constexpr Counted counted[] = {{"input", &Usage::input},
                               {"output", &Usage::output},
                               {"cache_write", &Usage::cache_write},
                               {"cache_write_1h", &Usage::cache_write_1h},
                               {"cache_read", &Usage::cache_read},
                               {"searches", &Usage::searches}};

std::uint64_t number_of(const Node* value, int base = 10) {
  std::uint64_t number = 0;
  if (value != nullptr) std::from_chars(value->text.data(), value->text.data() + value->text.size(), number, base);
  return number;
}

void write_usage(JsonWriter& json, std::string_view key, const Usage& usage) {
  json.key(key).begin_object();
  for (const Counted& one : counted)
    if (usage.*one.count > 0 || one.key == "input" || one.key == "output") json.key(one.key).number(usage.*one.count);
  json.end_object();
}

Usage usage_of(const Node& object, std::string_view key) {
  Usage usage;
  if (const Node* value = object.find(key))
    for (const Counted& one : counted) usage.*one.count = number_of(value->find(one.key));
  return usage;
}

}  // namespace

void write_run(JsonWriter& json, const Entry& entry) {
  const RunNote& run = entry.run;
  const auto member = [&](std::string_view key, const std::string& value) {
    if (!value.empty()) json.key(key).string(value);
  };
  member("action", run.action);
  member("to", entry.recipient);
  member("prompt_id", entry.prompt_id);
  member("call", run.call);
  member("id", run.id);
  member("agent", run.agent);
  if (entry.event == Event::run || !run.tier.empty()) json.key("tier").string(run.tier);
  if (run.raised) json.key("raised").boolean(true);
  member("model", run.model);
  member("effort", run.effort);
  member("session_model", run.session_model);
  if (run.task != 0) json.key("task").string(hash::to_hex(run.task));
  member("transcript", run.transcript);
  if (run.expects != 0) json.key("expects").string(hash::to_hex(run.expects));
  if (entry.event != Event::run) return;
  write_usage(json, "usage", run.usage);
  if (run.long_usage.tokens() > 0) write_usage(json, "long", run.long_usage);
  json.key("tools").number(run.tools).key("until").number(run.until);
  member("outcome", run.outcome);
}

RunNote run_of(const Node& object) {
  RunNote run;
  run.action = text_of(object, "action");
  run.call = text_of(object, "call");
  run.id = text_of(object, "id");
  run.agent = text_of(object, "agent");
  run.tier = text_of(object, "tier");
  run.raised = object.find("raised") != nullptr;
  run.model = text_of(object, "model");
  run.effort = text_of(object, "effort");
  run.session_model = text_of(object, "session_model");
  run.task = number_of(object.find("task"), 16);
  run.transcript = text_of(object, "transcript");
  run.expects = number_of(object.find("expects"), 16);
  run.usage = usage_of(object, "usage");
  run.long_usage = usage_of(object, "long");
  run.tools = number_of(object.find("tools"));
  run.until = number_of(object.find("until"));
  run.outcome = text_of(object, "outcome");
  return run;
}

}  // namespace cascade::session
