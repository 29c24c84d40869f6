#include "hook/event.h"

#include "syntax/json.h"
#include "unicode/utf8.h"

namespace cascade::hook {
namespace {

// An event may hold a large tool input; a prompt of a mebibyte is read, more is not (the caller cuts).
constexpr syntax::NodeLimits limits{.bytes = 1 << 20, .depth = 64, .nodes = 100'000, .alias_nodes = 0};

std::string text(const syntax::Node& object, std::string_view key) {
  const syntax::Node* node = object.find(key);
  return node != nullptr && node->kind == syntax::NodeKind::string ? node->text : std::string();
}

bool is_kept(char32_t c) { return c == '\n' || c == '\t' || (c >= 0x20 && !unicode::is_hidden(c)); }

// Printable ASCII that begins no tag, and line feeds: nearly all of what is cleaned.
bool is_plain(char c) { return (c >= ' ' && c <= '~' && c != '<') || c == '\n'; }

bool begins_with_ignoring_case(std::string_view text, std::string_view lower) {
  if (text.size() < lower.size()) return false;
  for (std::size_t i = 0; i < lower.size(); ++i) {
    const char c = text[i] >= 'A' && text[i] <= 'Z' ? static_cast<char>(text[i] - 'A' + 'a') : text[i];
    if (c != lower[i]) return false;
  }
  return true;
}

}  // namespace

Result<EventInput> read_event(std::string_view json) {
  syntax::Parsed parsed = syntax::parse_json(json, limits);
  if (parsed.root.kind != syntax::NodeKind::map)
    return Error{ErrorCode::malformed, "the event is no JSON object", "",
                 "cascade hook is meant to be called by the client"};
  for (const syntax::Fault& fault : parsed.faults)
    if (fault.kind != syntax::FaultKind::duplicate_key)
      return Error{ErrorCode::malformed, "the event is not valid JSON: " + fault.message, "", ""};
  EventInput event;
  event.name = text(parsed.root, "hook_event_name");
  event.session_id = text(parsed.root, "session_id");
  event.working_directory = text(parsed.root, "cwd");
  event.source = text(parsed.root, "source");
  event.prompt = text(parsed.root, "prompt");
  event.tool_name = text(parsed.root, "tool_name");
  event.agent_id = text(parsed.root, "agent_id");
  event.agent_type = text(parsed.root, "agent_type");
  if (const syntax::Node* input = parsed.root.find("tool_input")) event.tool_input = *input;
  return event;
}

// The client defuses "</system-reminder>" by itself (2.1.328); we do not rely on it. The stand-in U+2039 counts as one
// UTF-16 unit like the "<" that it replaces, so that the text keeps its size.
std::string clean(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    std::size_t plain = i;
    while (plain < text.size() && is_plain(text[plain])) ++plain;
    out.append(text, i, plain - i);
    i = plain;
    if (i == text.size()) break;
    const unicode::Decoded decoded = unicode::decode(text, i);
    const bool tag = decoded.code_point == '<' && (begins_with_ignoring_case(text.substr(i), "</system-reminder") ||
                                                   begins_with_ignoring_case(text.substr(i), "<system-reminder"));
    if (tag)
      unicode::append(out, 0x2039);
    else if (is_kept(decoded.code_point))
      unicode::append(out, decoded.code_point);
    i += decoded.length;
  }
  return out;
}

std::string inject(const EventInput& event, std::string_view context) {
  syntax::JsonWriter json(syntax::JsonWriter::Style::compact);
  json.begin_object().key("hookSpecificOutput").begin_object();
  json.key("hookEventName").string(event.name).key("additionalContext").string(clean(context));
  json.end_object().end_object();
  return json.take();
}

void Conversation::remember(session::Entry entry) {
  if (options.state_directory.empty() || event.session_id.empty()) return;
  entry.written_at = options.now;
  static_cast<void>(ledger.append(std::move(entry)));
}

}  // namespace cascade::hook
