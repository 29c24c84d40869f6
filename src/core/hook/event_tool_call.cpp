// A tool is about to run, or a subagent starts. Most subagents get their layer in the prompt of the tool that starts
// them. That call has no subagent id yet, so the layer is claimed for a "pending:" recipient; when a subagent starts,
// it takes the oldest fitting one, under the ledger's lock, because several may start at once.
#include "hook/event_tool_call.h"

#include <algorithm>
#include <vector>

#include "client/names.h"
#include "hook/agent_layer.h"
#include "hook/called_agent.h"
#include "hook/layer.h"
#include "hook/steps.h"
#include "text/ascii.h"
#include "text/word_set.h"

namespace cascade::hook {
namespace {

// The parts of "pending:<type>@<name>#<id>".
struct Waiting {
  std::string type, name;

  explicit Waiting(const std::string& recipient) {
    if (recipient.compare(0, session::pending_prefix.size(), session::pending_prefix) != 0) return;
    const std::size_t end = recipient.rfind('#');
    type = recipient.substr(session::pending_prefix.size(), end - session::pending_prefix.size());
    const std::size_t at = type.rfind('@');
    if (at == std::string::npos) return;
    name = type.substr(at + 1);
    type.resize(at);
  }
};

// A refused call leaves its layer waiting; a subagent of a later turn must not take it.
bool is_of_this_turn(const session::Entry& entry, const EventInput& event) {
  return entry.prompt_id.empty() || event.prompt_id.empty() || entry.prompt_id == event.prompt_id;
}

std::optional<std::string> oldest_waiting(const session::Ledger& ledger, const EventInput& event) {
  const std::string type = event.agent_type.empty() ? std::string(event.client->subagents.general) : event.agent_type;
  std::vector<std::string> waiting;
  for (const session::Entry& entry : ledger.entries()) {
    if (entry.decision == session::taken_decision)
      waiting.erase(std::remove(waiting.begin(), waiting.end(), entry.root), waiting.end());
    if (!is_of_this_turn(entry, event)) continue;
    const Waiting one(entry.recipient);
    if (type == (event.is_teammate ? one.name : one.type)) waiting.push_back(entry.recipient);
  }
  return waiting.empty() ? std::nullopt : std::optional<std::string>(waiting.front());
}

bool has_taken(const session::Ledger& ledger, const std::string& agent_id) {
  return std::ranges::any_of(ledger.entries(), [&](const session::Entry& entry) {
    return entry.decision == session::taken_decision && entry.recipient == agent_id;
  });
}

// Returns "pending:<type>#<id of the tool's call>", a recipient that is unique: two subagents of one type each get
// their own layer. `type` is the one that starts; without a type the client starts general-purpose (2.1.328). An agent
// with a name waits as "pending:<type>@<name>#<id>": a teammate starts with its name as its type, other agents with
// their type (2.1.328, 2.1.329).
std::string pending_recipient(const EventInput& event, const session::Ledger& ledger, const std::string& type) {
  const std::uint64_t last = ledger.entries().empty() ? 0 : ledger.entries().back().sequence;
  const std::string name = event.task ? event.task->name : std::string();
  return std::string(session::pending_prefix) + (type.empty() ? std::string(event.client->subagents.general) : type) +
         (name.empty() ? "" : "@" + name) + "#" +
         (event.tool_use_id.empty() ? std::to_string(last + 1) : event.tool_use_id);
}

// Takes the oldest layer of this turn that waits for a subagent of that name, or else of that type, so that no other
// subagent takes it. False if none waits.
bool take_pending(Conversation& conversation) {
  const EventInput& event = conversation.event;
  if (!conversation.has_memory()) return false;
  if (!event.agent_id.empty() && has_taken(conversation.ledger, event.agent_id)) return true;  // it continues
  if (!oldest_waiting(conversation.ledger, event)) return false;
  if (!conversation.confirmed()) return false;
  bool took = false;
  static_cast<void>(conversation.ledger.extend([&](const session::Ledger& now) -> std::vector<session::Entry> {
    const auto pending = oldest_waiting(now, event);
    if (!pending) return {};
    took = true;
    return {{.event = session::Event::inject,
             .recipient = event.agent_id,
             .layer = "agent",
             .root = *pending,
             .decision = std::string(session::taken_decision),
             .written_at = conversation.options.now}};
  }));
  return took;
}

constexpr std::string_view mark = "[cascade] context for agent:";

Answer rewrite(const EventInput& event, const std::string& prompt, const std::string& type) {
  Answer answer{.task = event.task};
  answer.task->prompt = prompt;
  answer.task->type = type;
  return answer;
}

// Whether the client starts this type even if the library does not know it. With any other type nothing would arrive.
bool is_started_anyway(const EventInput& event, const std::string& type) {
  return type.empty() || is_fork(event, type) || event.client->subagents.is_built_in(type);
}

std::string notice_of(const Conversation& conversation, const std::optional<AgentCall>& call, const Layer& agent,
                      const Layer& command) {
  const auto tokens = [](const Layer& layer) { return ", " + std::to_string(layer.entry.cost.tokens) + " tokens"; };
  if (call && !agent.text.empty() && !call->client_has_body)  // the client itself lists the agents that it has loaded
    return "cascade: a subagent acts as " + std::string(conversation.registry[call->agent].name) + tokens(agent);
  return command.text.empty() ? std::string() : "cascade: a subagent got " + command.entry.root + tokens(command);
}

// Appends the agent's text to the task, then the text of the command that the task begins with.
Result<Answer> start_agent(Conversation& conversation) {
  const EventInput& event = conversation.event;
  const std::string &task = event.task->prompt, &type = event.task->type;
  if (task.empty() || task.find(mark) != std::string::npos) return Answer();
  const auto call = find_agent(conversation, type, task + "\n" + event.task->description);
  const std::string step = step_for_subagent(conversation, task);
  std::string prompt = step.empty() ? task : task + "\n\n" + step;
  const std::string which = call ? std::string() : which_agent(conversation, type, task);
  if (!call && !is_started_anyway(event, type)) {
    Answer answer = step.empty() ? Answer() : rewrite(event, prompt, type);
    answer.context = which;
    return answer;
  }
  const std::string& started = call ? call->type : type;
  // The subagent has no id yet: the SubagentStart event of this type takes the entry over.
  const std::string recipient = pending_recipient(event, conversation.ledger, started);
  if (!conversation.ledger.held(recipient).empty()) return Answer();  // another of our hooks has answered this call
  Cost limit =
      agent_allowance(conversation, call ? std::optional(call->agent) : std::nullopt, event.client->limits.task);
  auto command = make_command_layer(conversation, task, recipient, limit);
  if (!command) return command.error();
  if (!command->text.empty()) {
    command->entry.prompt_id = event.prompt_id;
    conversation.claim(command->entry);  // so that the agent's layer does not bring it a second time
    limit = {limit.tokens - command->entry.cost.tokens, limit.chars - command->entry.cost.chars};
  }
  auto agent = call ? make_agent_layer(conversation, *call, recipient, prompt, limit) : Layer();
  if (!agent) return agent.error();
  if (!agent->text.empty()) {
    agent->entry.prompt_id = event.prompt_id;
    conversation.claim(agent->entry);
    prompt += "\n\n" + agent->text;
  }
  if (!command->text.empty()) prompt += "\n\n" + command->text;
  Answer answer = prompt == task && started == type ? Answer() : rewrite(event, prompt, started);
  answer.context = which;
  if (!answer.task) return answer;
  answer.notice = notice_of(conversation, call, *agent, *command);
  return answer;
}

// Records that a fork holds what the main conversation holds now, so that it is not sent again.
void begin_fork(Conversation& conversation) {
  if (conversation.ledger.held(session::main_conversation).empty()) return;
  conversation.remember({.event = session::Event::inject,
                         .recipient = conversation.event.agent_id,
                         .layer = std::string(session::fork_layer)});
}

// The end of the string whose first byte is at `begin`; npos if it does not end. Jumps from quote to quote. Behind an
// escaped quote others are likely to be near, and a jump for each would cost more than looking at each byte.
std::size_t string_end(std::string_view text, std::size_t begin) {
  constexpr std::size_t near = 256;
  std::size_t known = begin;  // no escape goes over this place
  while (true) {
    const std::size_t quote = text.find('"', known);
    if (quote == std::string_view::npos) return quote;
    std::size_t backslashes = 0;
    while (quote - backslashes > known && text[quote - backslashes - 1] == '\\') ++backslashes;
    if (backslashes % 2 == 0) return quote;
    known = quote + 1;
    for (const std::size_t end = std::min(known + near, text.size()); known < end; ++known) {
      if (text[known] == '"') return known;
      if (text[known] == '\\') ++known;
    }
    known = std::min(known, text.size());
  }
}

// The last place, at most `most` bytes from the start, that splits no escape, surrogate pair or character.
std::size_t head_size(std::string_view string, std::size_t most) {
  std::size_t at = 0, good = 0;
  while (at < std::min(most, string.size())) {
    const bool escape = string[at] == '\\';
    const bool is_unicode = escape && at + 1 < string.size() && string[at + 1] == 'u';
    // The first half of a surrogate pair: cutting after it would split the pair.
    const bool is_half = is_unicode && at + 3 < string.size() && letters::to_lower(string[at + 2]) == 'd' &&
                         letters::hex_value(string[at + 3]) >= 8 && letters::hex_value(string[at + 3]) < 12;
    at += is_unicode ? 6 : escape ? 2 : 1;
    const bool inside = at < string.size() && (static_cast<unsigned char>(string[at]) & 0xC0) == 0x80;
    if (!is_half && !inside && at <= most) good = at;
  }
  return good;
}

// Whether the backslash at `at` begins an escape: of a run of them every second one does.
bool begins_escape(std::string_view string, std::size_t at) {
  std::size_t before = 0;
  while (before < at && string[at - before - 1] == '\\') ++before;
  return string[at] == '\\' && before % 2 == 0;
}

// Whether a cut before `at` splits an escape, a surrogate pair or a character.
bool splits(std::string_view string, std::size_t at) {
  constexpr std::size_t length = 6;  // of \uXXXX
  if (at > 0 && begins_escape(string, at - 1)) return true;
  for (std::size_t back = 2; back < length && back <= at; ++back)
    if (string[at - back + 1] == 'u' && begins_escape(string, at - back)) return true;
  const bool is_second_half = at + 3 < string.size() && begins_escape(string, at) && string[at + 1] == 'u' &&
                              letters::to_lower(string[at + 2]) == 'd' && letters::hex_value(string[at + 3]) >= 12;
  return is_second_half || (static_cast<unsigned char>(string[at]) & 0xC0) == 0x80;
}

// A string as it is written, and what its event is about as far as strings before it say.
struct Long {
  std::size_t begin, end;
  bool is_prompt;
};
struct Strings {
  std::vector<Long> all;  // the long ones
  bool of_ended_tool = false, of_tool = false, whole = true;
};

Strings long_strings(std::string_view text) {
  Strings found;
  std::string_view before;  // the string before this one: its key, if it is a member's value
  for (std::size_t quote = text.find('"'); quote != std::string_view::npos;) {
    const std::size_t begin = quote + 1, end = string_end(text, begin);
    found.whole = end != std::string_view::npos;
    if (!found.whole) return found;
    const std::string_view string = text.substr(begin, end - begin);
    if (string.size() > longest_string)
      found.all.push_back({begin, end, letters::is_one_of(before, client::event_keys::prompts)});
    found.of_tool = found.of_tool || letters::is_one_of(string, client::event_keys::tools);
    found.of_ended_tool = found.of_ended_tool ||
                          (before == client::event_keys::name &&
                           string.substr(0, client::event_keys::ended_tool.size()) == client::event_keys::ended_tool);
    before = string;
    quote = text.find('"', end + 1);
  }
  return found;
}

}  // namespace

Result<Answer> on_tool_call(Conversation& conversation) {
  const EventInput& event = conversation.event;
  if (event.task) return start_agent(conversation);
  if (!event.asked) return Answer();
  auto answer = take(conversation, *event.asked, Taker::model);
  if (answer) answer->permission = client::Permission::allow;  // the tool runs nothing, so the user need not be asked
  return answer;
}

Result<Answer> on_subagent_start(Conversation& conversation) {
  const EventInput& event = conversation.event;
  if (is_fork(event, event.agent_type)) begin_fork(conversation);
  if (event.agent_type.empty() || take_pending(conversation) || event.is_teammate) return Answer();
  const auto call = find_agent(conversation, event.agent_type, "");
  if (!call) return Answer();
  auto layer = make_agent_layer(conversation, *call, event.agent_id, "",
                                agent_allowance(conversation, call->agent, limits_of(event).context));
  if (!layer) return layer.error();
  if (layer->text.empty() || !conversation.claim(layer->entry)) return Answer();
  return Answer{.context = std::move(layer->text)};
}

std::string shorten_event(std::string event) {
  if (event.size() <= longest_string) return event;
  const std::string_view text = event;
  const Strings strings = long_strings(text);
  if (!strings.whole) return event;  // not JSON: the parser will report it
  std::string shorter;
  std::size_t copied = 0;
  for (const Long& one : strings.all) {
    // The prompt of a tool's call is handed on, so it must stay whole.
    if (!strings.of_ended_tool && (!one.is_prompt || strings.of_tool)) continue;
    const std::string_view string = text.substr(one.begin, one.end - one.begin);
    const std::size_t kept = strings.of_ended_tool ? kept_of_string : kept_of_prompt;
    shorter += text.substr(copied, one.begin - copied);
    shorter += string.substr(0, head_size(string, kept));
    shorter += strings.of_ended_tool ? cut_mark : prompt_cut_mark;
    std::size_t tail = string.size() - kept;
    while (tail < string.size() && splits(string, tail)) ++tail;
    shorter += string.substr(tail);
    copied = one.end;
  }
  if (copied == 0) return event;
  return shorter.append(text.substr(copied));
}

}  // namespace cascade::hook
