#include "hook/event.h"

#include <algorithm>

#include "client/entry_skill.h"
#include "files/paths.h"
#include "files/tree.h"
#include "hook/clean.h"
#include "syntax/json.h"
#include "syntax/write_node.h"

namespace cascade::hook {
namespace {

// What reading an event survives: JavaScript's strings may hold half a surrogate pair.
bool is_harmless(const syntax::Fault& fault) {
  return fault.kind == syntax::FaultKind::duplicate_key || fault.kind == syntax::FaultKind::encoding;
}

bool is_true(const syntax::Node& object, std::string_view key) {
  const syntax::Node* node = object.find(key);
  return node != nullptr && node->kind == syntax::NodeKind::boolean && node->text == "true";
}

// A subagent that stops stands in the list itself.
bool runs_others(const syntax::Node& event, const std::string& agent) {
  const syntax::Node* tasks = event.find("background_tasks");
  if (tasks == nullptr || tasks->kind != syntax::NodeKind::list) return false;
  return std::any_of(tasks->items.begin(), tasks->items.end(), [&](const syntax::Node& task) {
    const std::string status = text_of(task, "status");
    const bool ended = status == "completed" || status == "failed" || status == "killed" || status == "stopped";
    return !ended && (agent.empty() || text_of(task, "id") != agent);
  });
}

// Whether `now` holds all that the entry brings.
bool is_said(const session::Ledger& now, const session::Entry& entry) {
  if (entry.layer == session::offer_layer) {
    const std::vector<std::string> offered = now.offered(entry.recipient);
    return std::find(offered.begin(), offered.end(), entry.root) != offered.end();
  }
  const std::vector<std::uint64_t> held = now.held(entry.recipient);
  return !entry.pieces.empty() &&
         std::all_of(entry.pieces.begin(), entry.pieces.end(), [&](const session::SentPiece& piece) {
           return std::binary_search(held.begin(), held.end(), piece.content_hash);
         });
}

}  // namespace

std::string text_of(const syntax::Node& object, std::string_view key) {
  const syntax::Node* node = object.find(key);
  return node != nullptr && node->kind == syntax::NodeKind::string ? node->text : std::string();
}

bool is_agent_tool(const EventInput& event) noexcept { return event.tool_name == "Agent" || event.tool_name == "Task"; }

bool is_answered_tool(const EventInput& event) {
  return is_agent_tool(event) ||
         (event.tool_name == client::skill_tool && text_of(event.tool_input, "skill") == client::entry_skill_name);
}

Result<EventInput> read_event(std::string_view json, const syntax::NodeLimits& limits) {
  syntax::Parsed parsed = syntax::parse_json(json, limits);
  if (parsed.root.kind != syntax::NodeKind::map)
    return Error{ErrorCode::malformed, "the event is no JSON object", "",
                 "cascade hook is meant to be called by the client"};
  for (const syntax::Fault& fault : parsed.faults)
    if (!is_harmless(fault))
      return Error{ErrorCode::malformed, "the event is not valid JSON: " + fault.message, "", ""};
  EventInput event;
  event.name = text_of(parsed.root, "hook_event_name");
  event.session_id = text_of(parsed.root, "session_id");
  event.transcript_path = text_of(parsed.root, "transcript_path");
  event.working_directory = text_of(parsed.root, "cwd");
  event.prompt_id = text_of(parsed.root, "prompt_id");
  event.source = text_of(parsed.root, "source");
  event.model = text_of(parsed.root, "model");
  event.prompt = text_of(parsed.root, "prompt");
  event.tool_name = text_of(parsed.root, "tool_name");
  event.tool_use_id = text_of(parsed.root, "tool_use_id");
  event.directory = text_of(parsed.root, "directory");
  event.agent_id = text_of(parsed.root, "agent_id");
  event.agent_type = text_of(parsed.root, "agent_type");
  if (const syntax::Node* input = parsed.root.find("tool_input")) event.tool_input = *input;
  if (const syntax::Node* response = parsed.root.find("tool_response")) event.tool_response = *response;
  event.error = text_of(parsed.root, "error");
  event.is_interrupt = is_true(parsed.root, "is_interrupt");
  event.last_message = text_of(parsed.root, "last_assistant_message");
  event.stop_hook_active = is_true(parsed.root, "stop_hook_active");
  event.tasks_running = runs_others(parsed.root, event.agent_id);
  event.from_known_client = parsed.root.find("transcript_path") != nullptr;
  return event;
}

std::string write_answer(const EventInput& event, Answer answer) {
  if (answer.is_empty()) return {};
  // Plain text becomes instructions for the summary (client 2.1.328).
  if (event.name == "PreCompact") return std::string(beginning(clean(std::move(answer.context)), max_context_chars));
  syntax::JsonWriter json(syntax::JsonWriter::Style::compact);
  json.begin_object();
  if (!answer.notice.empty()) json.key("systemMessage").string(brief(answer.notice, max_notice_chars));
  if (answer.context.empty() && !answer.updated_input && !answer.allow) return json.end_object().take();
  json.key("hookSpecificOutput").begin_object().key("hookEventName").string(event.name);
  if (!answer.context.empty()) {
    const std::string text = clean(std::move(answer.context));
    json.key("additionalContext").string(beginning(text, max_context_chars));
  }
  if (answer.allow) json.key("permissionDecision").string("allow");
  if (answer.updated_input) {
    json.key("updatedInput");
    syntax::write_json(json, *answer.updated_input);
  }
  return json.end_object().end_object().take();
}

bool Conversation::confirmed() {
  if (changed) return false;
  const auto same = workspace.confirm();
  if (!same) failure = same.error();
  changed = !same || !*same;
  return !changed;
}

void Conversation::remember(session::Entry entry) {
  if (!confirmed() || !has_memory()) return;
  entry.written_at = options.now;
  static_cast<void>(ledger.append(std::move(entry)));
}

bool Conversation::claim(session::Entry entry) {
  if (!confirmed()) return false;
  if (!has_memory()) return true;
  if (is_said(ledger, entry)) return false;
  entry.written_at = options.now;
  claims.push_back(std::move(entry));
  return true;
}

Result<std::string> Conversation::send(std::string text) {
  if (text.empty()) return text;
  const auto deliver = [&] { return !options.deliver || options.deliver(text); };
  bool tried = false, arrived = false, said = false;
  Result<void> kept;
  if (!claims.empty())
    kept = ledger.extend([&](const session::Ledger& now) -> std::vector<session::Entry> {
      said =
          std::all_of(claims.begin(), claims.end(), [&](const session::Entry& entry) { return is_said(now, entry); });
      if (said) return {};
      tried = true;
      arrived = deliver();
      return arrived ? claims : std::vector<session::Entry>();
    });
  if (said) return std::string();
  if (!tried) arrived = deliver();
  if (!arrived) return Error{ErrorCode::unwritable, "the answer could not be written", "", "it is said another time"};
  if (!kept && options.deliver) return kept.error();
  return text;
}

const client::SkillOverrides& Conversation::overrides() {
  if (!settings) settings = client::SkillOverrides::read(files::DiskTree(), options.home, event.working_directory);
  return *settings;
}

bool Conversation::has_entry() {
  if (entry) return *entry;
  const files::DiskTree tree;
  const auto is_there = [&](const std::string& folder) {
    return tree.stat(files::join(folder, ".claude/" + std::string(client::entry_skill_path))).has_value();
  };
  entry = !options.home.empty() && is_there(options.home);
  for (std::string folder = files::normalise(event.working_directory); !*entry && folder.size() > 1;
       folder = std::string(files::parent(folder)))
    entry = is_there(folder);
  return *entry;
}

bool Conversation::is_open(ManifestId id) {
  if (listing::standing(registry, id, overrides()) != listing::Standing::open) return false;
  const std::vector<std::string> gone = ledger.ruled_out();
  return std::find(gone.begin(), gone.end(), to_string(symbol_of(registry[id]))) == gone.end();
}

std::vector<std::string> Conversation::facts() const {
  std::vector<std::string> names;
  const std::vector<std::uint64_t> held = ledger.held(session::main_conversation);
  for (const session::Entry& entry : ledger.entries())
    for (const session::SentPiece& piece : entry.pieces)
      if (piece.manifest.rfind("memory:", 0) == 0 && std::binary_search(held.begin(), held.end(), piece.content_hash) &&
          std::find(names.begin(), names.end(), piece.manifest) == names.end())
        names.push_back(piece.manifest);
  return names;
}

std::vector<Symbol> Conversation::active() const {
  std::vector<Symbol> symbols;
  for (const std::string& root : ledger.active(session::main_conversation))
    if (auto symbol = Symbol::parse(root)) symbols.push_back(std::move(*symbol));
  return symbols;
}

}  // namespace cascade::hook
