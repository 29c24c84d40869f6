#include "client/event_input.h"

#include "client/dialect.h"
#include "client/names.h"
#include "syntax/put.h"

namespace cascade::client {

bool is_true(const syntax::Node& object, std::string_view key) {
  const syntax::Node* node = object.find(key);
  return node != nullptr && node->kind == syntax::NodeKind::boolean && node->text == "true";
}

namespace {

void set_text(syntax::Node& object, std::string_view key, const std::string& text) {
  for (std::size_t i = 0; i < object.size(); ++i)
    if (object.is_entry(i) && object.key(i).text == key) object.items[2 * i + 1].text = text;
}

void add_text(syntax::Node& object, std::string_view key, std::string_view text) {
  for (const std::string_view word : {key, text})
    object.items.push_back({syntax::NodeKind::string, std::string(word), false, {}, {}, {}});
}

void put_text(syntax::Node& object, std::string_view key, const std::string& text) {
  if (object.find(key) != nullptr)
    set_text(object, key, text);
  else
    add_text(object, key, text);
}

std::string_view word_of(Permission permission) {
  return permission == Permission::allow ? "allow" : permission == Permission::ask ? "ask" : "deny";
}

}  // namespace

void read_usual(const syntax::Node& event, EventInput& into) {
  into.name = text_of(event, event_keys::name);
  into.session_id = text_of(event, event_keys::session);
  into.transcript_path = text_of(event, event_keys::transcript);
  into.working_directory = text_of(event, "cwd");
  into.prompt = text_of(event, "prompt");
  into.tool_name = text_of(event, "tool_name");
  if (const syntax::Node* input = event.find("tool_input")) into.tool_input = *input;
  if (const syntax::Node* response = event.find("tool_response")) into.tool_response = *response;
}

syntax::Node rewritten_input(const EventInput& event, const Answer& answer) {
  syntax::Node input = event.tool_input;
  if (answer.task) {
    set_text(input, event.client->subagents.prompt_key, answer.task->prompt);
    if (!answer.task->type.empty()) set_text(input, event.client->subagents.type_key, answer.task->type);
  }
  return input;
}

std::string write_nested(const EventInput& event, const Answer& answer, const NestedForm& form) {
  syntax::JsonWriter json(syntax::JsonWriter::Style::compact);
  json.begin_object();
  if (!answer.notice.empty()) put(json, answer_keys::notice, answer.notice);
  const Permission permission = answer.permission == Permission::unsaid && form.permission && answer.rewrites()
                                    ? Permission::allow
                                    : answer.permission;
  if (answer.context.empty() && !answer.rewrites() && permission == Permission::unsaid) return json.end_object().take();
  put(json.key(answer_keys::output).begin_object(), answer_keys::event, event.name);
  if (!answer.context.empty()) put(json, answer_keys::context, answer.context);
  if (permission != Permission::unsaid) put(json, answer_keys::decision, word_of(permission));
  if (!answer.reason.empty()) put(json, answer_keys::reason, answer.reason);
  if (answer.rewrites()) {
    syntax::Node input = rewritten_input(event, answer);
    if (answer.own_work_tree) add_text(input, "isolation", "worktree");
    if (!answer.model.empty()) put_text(input, "model", answer.model);
    if (!answer.effort.empty()) put_text(input, "effort", answer.effort);
    json.key(form.input_key);
    syntax::write_json(json, input);
  }
  return json.end_object().end_object().take();
}

}  // namespace cascade::client
