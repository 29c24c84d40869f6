// Cursor, untested: from its documented hooks (events and fields of 3.x) and from other plugins that use them. It is
// not documented that beforeSubmitPrompt can add text; one such plugin says it can.
#include "client/facts/cursor.h"
#include "client/dialect.h"
#include "syntax/put.h"

namespace cascade::client {
namespace {

namespace facts = cursor_facts;

Fit fits(const syntax::Node& event) {
  const syntax::Node* name = event.find("hook_event_name");
  if (name == nullptr || event.find("conversation_id") == nullptr) return Fit::no;
  return event.find("generation_id") != nullptr || event.find("cursor_version") != nullptr ? Fit::sure : Fit::possible;
}

// The folder is the event's, else the first one of the window.
std::string folder_of(const syntax::Node& event) {
  if (std::string folder = text_of(event, "cwd"); !folder.empty()) return folder;
  const syntax::Node* roots = event.find("workspace_roots");
  return roots != nullptr && roots->kind == syntax::NodeKind::list && !roots->items.empty() ? roots->items[0].text : "";
}

void read(const syntax::Node& event, EventInput& into) {
  into.name = text_of(event, "hook_event_name");
  if (const Event* known = find_by_name(facts::events, into.name)) into.kind = known->kind;
  into.session_id = text_of(event, "conversation_id");
  into.prompt_id = text_of(event, "generation_id");
  into.transcript_path = text_of(event, "transcript_path");
  into.working_directory = folder_of(event);
  into.model = text_of(event, "model");
  into.prompt = text_of(event, "prompt");
  into.agent_type = text_of(event, "subagent_type");
  into.tool_name = text_of(event, "tool_name");
  into.tool_use_id = text_of(event, "tool_use_id");
  if (const syntax::Node* input = event.find("tool_input")) into.tool_input = *input;
  if (into.tool_name == "Task")
    into.task = SubagentTask{text_of(into.tool_input, "prompt"), text_of(into.tool_input, "subagent_type"),
                             text_of(into.tool_input, "description"), text_of(into.tool_input, "model")};
  into.is_heard = into.kind == EventKind::session_start || into.kind == EventKind::prompt ||
                  into.kind == EventKind::tool_call || into.kind == EventKind::before_compaction;
}

std::string write(const EventInput& event, const Answer& answer) {
  if (answer.context.empty() && !answer.rewrites()) return {};
  syntax::JsonWriter json(syntax::JsonWriter::Style::compact);
  json.begin_object();
  if (event.kind == EventKind::prompt) put(json, "continue", true);
  if (!answer.context.empty() && event.kind != EventKind::tool_call) put(json, "additional_context", answer.context);
  if (answer.rewrites()) {
    put(json, "permission", "allow").key("updated_input");
    syntax::write_json(json, rewritten_input(event, answer));
  }
  return json.end_object().take();
}

}  // namespace

// Its limit was not measured, so this is the smallest one of the other clients.
const Dialect cursor = {
    .name = "cursor",
    .title = "Cursor",
    .tables = {.title = "Cursor",
               .version = facts::version,
               .events = all_of(facts::events),
               .tools = all_of(facts::tools),
               .keys = all_of(facts::keys),
               .hook_files = all_of(facts::hook_files),
               .folders = all_of(facts::folders),
               .settings_files = all_of(facts::settings_files),
               .settings = all_of(facts::settings)},
    .mark = "CURSOR_VERSION",
    .limits = limits_of(facts::limits),
    .subagents = {.name = "Task",
                  .prompt_key = "prompt",
                  .type_key = "subagent_type",
                  .general = "generalPurpose",
                  .built_in = all_of(facts::agents)},
    .compaction = Door::next_prompt,
    .reads = all_of(facts::reads),
    .placeholders = {.folders = all_of(facts::fills), .unplaced = Unplaced::appended},
    .settings = {.form = SettingsForm::flat,
                 .folder = ".cursor",
                 .user_file = ".cursor/hooks.json",
                 .project_file = ".cursor/hooks.json",
                 .program = "cursor",
                 .timeout = 5,
                 .events = all_of(facts::hooks),
                 .remains = "Cascade's hooks for Cursor follow its documentation and were never tried with it: tell us "
                            "what you see."},
    .servers = {.key = "mcpServers",
                .user_file = ".cursor/mcp.json",
                .project_file = ".cursor/mcp.json",
                .remains =
                    "This follows Cursor's documentation and was never tried with it. Cursor starts a server that "
                    "was switched on in its settings."},
    .fits = fits,
    .read = read,
    .write = write,
};

}  // namespace cascade::client
