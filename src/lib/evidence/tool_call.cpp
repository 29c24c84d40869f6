// Clients report what a tool printed in several shapes, and a failed shell line as one text that begins with "Exit
// code". Both become one ToolCall here, so that evidence is judged without knowing any shape. A status that the client
// did not report is -1: ended in some other way.
#include "evidence/tool_call.h"

#include <charconv>

#include "hook/event.h"
#include "syntax/json.h"
#include "syntax/write_node.h"

namespace cascade::evidence {
namespace {

using syntax::Node;
using syntax::NodeKind;

void add(std::string& text, const std::string& more) {
  if (more.empty()) return;
  if (!text.empty() && text.back() != '\n') text += '\n';
  text += more;
}

std::string texts_of(const Node& content) {
  std::string text;
  for (const Node& item : content.items)
    add(text, item.kind == NodeKind::string ? item.text : hook::text_of(item, "text"));
  return text;
}

// An MCP answer is a list of items or an object with such a list. If it has structured content, the model reads only
// that.
std::string answered_text(const Node& response) {
  if (response.kind == NodeKind::string) return response.text;
  if (response.kind == NodeKind::list) return texts_of(response);
  if (const Node* structured = response.find("structuredContent")) {
    syntax::JsonWriter json(syntax::JsonWriter::Style::compact);
    syntax::write_json(json, *structured);
    return json.take();
  }
  if (const Node* content = response.find("content"))
    return content->kind == NodeKind::string ? content->text : texts_of(*content);
  std::string text;
  for (const char* key : {"stdout", "stderr", "result"}) add(text, hook::text_of(response, key));
  return text;
}

// "Exit code 2
// ..." is the client's report of a failed line; without it, the line did not end by itself.
int status_of(const std::string& error) {
  constexpr std::string_view said = "Exit code ";
  int status = -1;
  if (error.compare(0, said.size(), said) == 0)
    std::from_chars(error.data() + said.size(), error.data() + error.size(), status);
  return status;
}

bool is_true(const Node& object, std::string_view key) {
  const Node* node = object.find(key);
  return node != nullptr && node->kind == NodeKind::boolean && node->text == "true";
}

}  // namespace

ToolCall tool_call(const client::EventInput& event) {
  ToolCall call;
  call.tool = event.tool_name;
  call.input = event.tool_input;
  call.response = event.tool_response;
  call.failed = event.kind == hook::EventKind::tool_failure;
  call.output = call.failed ? event.error : answered_text(event.tool_response);
  if (call.failed) call.status = event.is_interrupt ? -1 : status_of(event.error);
  if (is_true(event.tool_response, "interrupted")) call.status = -1;
  call.task = hook::text_of(event.tool_response, "backgroundTaskId");
  call.background = !call.task.empty();
  call.directory = event.working_directory;
  call.agent = event.agent_id;
  call.agent_type = event.agent_type;
  call.prompt_id = event.prompt_id;
  return call;
}

}  // namespace cascade::evidence
