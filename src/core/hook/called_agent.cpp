// The words around each place of an agent's name decide whether it is called: words in front that introduce a role
// ("act as the", "you are", "@"), or "agent" after it in a request. Only those few wordings count, because tasks often
// talk about an agent without calling it, and a wrong system prompt costs more than a missed one.
#include "hook/called_agent.h"

#include <algorithm>

#include "client/built_in.h"
#include "client/dialect.h"
#include "client/transcript/tail.h"
#include "hook/agent_layer.h"
#include "hook/clean.h"
#include "prompt/words.h"
#include "text/ascii.h"
#include "text/names.h"
#include "text/word_set.h"

namespace cascade::hook {
namespace {

bool is_letter_or_digit(char c) {
  return letters::is_lower(c) || letters::is_digit(c) || static_cast<unsigned char>(c) >= 0x80;
}

bool is_name_character(char c) { return is_letter_or_digit(c) || c == '-' || c == '_' || c == ':' || c == '/'; }

// A full stop is part of the name ("x.md") unless it ends a sentence.
bool ends_name(std::string_view text, std::size_t at) {
  if (at == text.size()) return true;
  if (text[at] == '.') return at + 1 == text.size() || !is_name_character(text[at + 1]);
  if (text[at] == ':') return at + 1 == text.size() || !is_letter_or_digit(text[at + 1]);
  return !is_name_character(text[at]);
}

bool is_filler(char c) { return letters::is_blank(c) || c == '\n' || c == '`' || c == '"' || c == '\'' || c == '*'; }

// Reads the words in front of a place, nearest first.
class Backwards {
 public:
  Backwards(std::string_view text, std::size_t at) : text_(text), at_(at) {}

  std::string_view next() {
    while (at_ > 0 && is_filler(text_[at_ - 1])) --at_;
    const std::string_view word = letters::run_at_end(text_.substr(0, at_), is_letter_or_digit);
    at_ -= word.size();
    return word;
  }
  bool after(char sign) const { return at_ > 0 && text_[at_ - 1] == sign; }
  void skip_sign() { --at_; }

 private:
  std::string_view text_;
  std::size_t at_;
};

bool is_role_word(std::string_view word) {
  return letters::is_one_of(word, {"agent", "agents", "subagent", "persona", "role", "specialist"});
}

std::string_view first_word(std::string_view text) {
  while (!text.empty() && is_filler(text.front())) text.remove_prefix(1);
  return letters::run_at_begin(text, is_letter_or_digit);
}

// "act as the NAME", "you are NAME", "agent: NAME", "role NAME".
bool is_introduced(std::string_view text, std::size_t at) {
  Backwards before(text, at);
  if (before.after('@')) return true;
  std::string_view word = before.next();
  if (word.empty() && before.after(':')) {
    before.skip_sign();
    return is_role_word(before.next());
  }
  if (letters::is_one_of(word, {"the", "a", "an", "our", "my", "your"})) word = before.next();
  if (is_role_word(word) || letters::is_one_of(word, {"become", "impersonate"})) return true;
  if (word == "are") return before.next() == "you";
  return word == "as" &&
         !letters::is_one_of(before.next(), {"such", "same", "well", "known", "soon", "named", "treat", "just"});
}

// "the NAME agent" is a request, unless the agent is named as an owner ("the NAME agent's notes") or ruled out.
bool is_titled(std::string_view text, std::size_t end) {
  const std::string_view rest = text.substr(end);
  const std::string_view word = first_word(rest);
  if (!letters::is_one_of(word, {"agent", "subagent", "persona", "manifest", "instructions"})) return false;
  const auto at = static_cast<std::size_t>(word.data() + word.size() - text.data());
  return at == text.size() || (text[at] != '\'' && text[at] != '/' && text[at] != '-');
}

bool is_ruled_out(std::string_view text, std::size_t at) {
  Backwards before(text, at);
  for (int i = 0; i < 4; ++i) {
    const std::string_view word = before.next();
    // An apostrophe parts "don't" in two.
    if (word == "t" || (prompt::roles_of(word) & prompt::roles::refuse) != 0) return true;
    if (word.empty() && !before.after('\'')) return false;
  }
  return false;
}

// Calls `see` with every place of the name until it returns true; returns whether it did.
template <typename See>
bool any_place(std::string_view text, std::string_view name, const See& see) {
  if (name.size() < 2) return false;
  for (std::size_t at = text.find(name); at != std::string_view::npos; at = text.find(name, at + 1)) {
    const bool inside = at > 0 && ((is_name_character(text[at - 1]) && text[at - 1] != '/') || text[at - 1] == '.');
    if (!inside && ends_name(text, at + name.size()) && see(at)) return true;
  }
  return false;
}

bool is_called_in(std::string_view text, std::string_view name) {
  const bool is_plain = is_role_word(name);  // "a specialist agent" calls no agent whose name is "agent"
  return any_place(text, name, [&](std::size_t at) {
    if (at > 0 && text[at - 1] == '/') return false;  // a path, or a command
    if (is_plain && !is_role_word(first_word(text.substr(at + name.size())))) return false;
    return (is_introduced(text, at) || is_titled(text, at + name.size())) && !is_ruled_out(text, at);
  });
}

constexpr std::uint32_t max_path_chars = 1'000, max_arguments_chars = 300, max_type_chars = 120;

bool may_be_called(Conversation& conversation, ManifestId id) {
  return listing::may_be_named(listing::standing(conversation.registry, id, conversation.switches()));
}

// The type of subagent that the manifest asks for, if the client can start it.
std::string wanted_type(const Conversation& conversation, ManifestId id) {
  const std::string wanted = brief(conversation.registry.field(id, "agent").value_or(""), max_type_chars);
  const client::SubagentTool& tool = conversation.event.client->subagents;
  if (!wanted.empty() && (tool.is_built_in(wanted) || agent_named(conversation.registry, wanted))) return wanted;
  return std::string(tool.general);
}

std::string in_a_subagent(Conversation& conversation, const ManifestView& manifest, const std::string& call) {
  const std::string start =
      "start it with " + subagent_call(conversation.event, wanted_type(conversation, manifest.id));
  if (conversation.is_open(manifest.id)) return start + " and a prompt that begins with \"" + call + "\".";
  return start + " and a prompt to do what " + brief(file_of(conversation.workspace, manifest), max_path_chars) +
         " says.";
}

// For "/name ..." the client sends the manifest's whole body.
bool is_typed(std::string_view prompt, const ManifestView& manifest) {
  if (prompt.empty() || prompt.front() != '/') return false;
  const std::string_view word = prompt.substr(1, prompt.find_first_of(" \t\n") - 1);
  return word == manifest.name || word == manifest.title ||
         word == std::string(manifest.plugin) + ":" + std::string(manifest.name);
}

constexpr std::uint32_t max_description_chars = 120, max_listed_path_chars = 300;
constexpr std::size_t most_before = 64, most_lines = 6, max_task_bytes = 64 * 1024;

std::string_view without_plugin(const ManifestView& manifest) {
  const std::string_view name = manifest.name, plugin = manifest.plugin;
  const bool has_prefix = !plugin.empty() && name.size() > plugin.size() + 1 &&
                          name.substr(0, plugin.size()) == plugin && name[plugin.size()] == ':';
  return has_prefix ? name.substr(plugin.size() + 1) : name;
}

bool is_among(const Registry& registry, ManifestId id) {
  return !registry[id].document && !registry[id].plugin.empty();
}

std::string_view last_word(std::string_view text) {
  return letters::run_at_end(letters::trim(text), letters::is_letter_or_digit);
}

// Words in front of a name that call it: "use the name", "the skill name".
bool are_calling(std::string_view before) {
  std::string_view word = last_word(before);
  if (word == "the" || word == "our" || word == "my")
    word = last_word(before.substr(0, static_cast<std::size_t>(word.data() - before.data())));
  return letters::is_one_of(word, {"skill", "command", "playbook", "use", "using", "load", "run", "invoke", "call"});
}

// Whether the prompt calls the name, as in "/name", "use name" or "the name skill".
bool is_ordered(std::string_view prompt, std::string_view name) {
  const std::string text = letters::to_lower(prompt), wanted = letters::to_lower(name);
  for (std::size_t at = text.find(wanted); at != std::string::npos; at = text.find(wanted, at + 1)) {
    const std::size_t end = at + wanted.size();
    const auto is_of_name = [&](char c) { return letters::is_letter_or_digit(c) || c == '-' || c == '_' || c == ':'; };
    if ((at > 0 && is_of_name(text[at - 1])) || (end < text.size() && is_of_name(text[end]))) continue;
    if (at > 0 && text[at - 1] == '/' && (at == 1 || letters::is_space(text[at - 2]))) return true;
    const std::size_t from = at - std::min(at, most_before);
    if (are_calling(std::string_view(text).substr(from, at - from))) return true;
    const std::string_view behind = letters::trim_left(std::string_view(text).substr(end));
    if (letters::is_one_of(letters::run_at_begin(behind, letters::is_letter_or_digit),
                           {"skill", "command", "playbook"}))
      return true;
  }
  return false;
}

// Whether the text has the whole name, with its plugin's, whatever it says of it.
bool holds_name(std::string_view text, std::string_view name) {
  return holds_whole(letters::to_lower(text), letters::to_lower(name),
                     [](char c) { return letters::is_name(c) || c == ':'; });
}

std::string which(const Conversation& conversation, std::string_view name, ManifestId id,
                  const std::vector<ManifestId>& others) {
  std::vector<ManifestId> all = {id};
  all.insert(all.end(), others.begin(), others.end());
  return "[cascade] " + std::to_string(all.size()) + " plugins have a manifest called " +
         brief(name, max_description_chars) + ". Ask the user which one is meant, unless the task says so:\n" +
         lines_of(conversation, all);
}

constexpr std::size_t is_long_from = 2'048;

// Calls `see` with each run of letters and digits until it returns false; returns whether it never did.
template <typename See>
bool all_words(std::string_view text, const See& see) {
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && letters::is_letter_or_digit(text[end])) ++end;
    if (end > at && !see(text.substr(at, end - at))) return false;
    at = end + 1;
  }
  return true;
}

}  // namespace

bool is_called(std::string_view text, std::string_view name) {
  return is_called_in(letters::to_lower(text), letters::to_lower(name));
}

bool holds_whole(std::string_view text, std::string_view name, bool (*goes_on)(char)) {
  for (std::size_t at = text.find(name); at != std::string_view::npos; at = text.find(name, at + 1)) {
    const std::size_t end = at + name.size();
    if ((at == 0 || !goes_on(text[at - 1])) && (end == text.size() || !goes_on(text[end]))) return true;
  }
  return false;
}

std::optional<ManifestId> called_agent(const Registry& registry, std::string_view text) {
  const std::string lowered = letters::to_lower(text);
  std::optional<ManifestId> found;
  std::size_t longest = 0;
  const WordsOfPrompt words(lowered);
  for (std::uint32_t i = 0; i < registry.size(); ++i) {
    const ManifestView view = registry[ManifestId{i}];
    if (view.kind != Kind::agent || view.document || view.name.size() <= longest) continue;
    const std::string name = letters::to_lower(view.name);
    if (!words.may_hold(name) || !is_called_in(lowered, name) || registry.shadowed_in_favour_of(view.id)) continue;
    found = view.id;  // "reviewer" is part of "security-reviewer"
    longest = view.name.size();
  }
  return found;
}

std::optional<CalledCommand> called_command(const Registry& registry, std::string_view text) {
  text = letters::trim_left(text);
  if (text.size() < 2 || text.front() != '/') return std::nullopt;
  text = text.substr(1, text.find('\n') - 1);
  const std::size_t end = std::min(text.find_first_of(" \t\r"), text.size());
  const std::string_view name = text.substr(0, end);
  if (name.empty() || client::is_entry_name(name)) return std::nullopt;
  std::optional<CalledCommand> found;
  for (const ManifestId id : registry.candidates(name)) {
    if (registry[id].kind == Kind::agent || registry[id].document) continue;
    if (found) return std::nullopt;
    found = CalledCommand{id, letters::trim(text.substr(end))};
  }
  return found;
}

std::function<std::string(std::string_view)> filler(const Conversation& conversation, ManifestId id,
                                                    std::string_view arguments) {
  const ManifestView manifest = conversation.registry[id];
  client::CallArguments call{
      std::string(manifest.name), std::string(arguments),
      client::split_arguments(conversation.registry.field(id, "arguments").value_or(std::string_view())),
      conversation.event.session_id};
  for (std::string& name : call.declared) name.erase(std::remove(name.begin(), name.end(), ','), name.end());
  const client::Placeholders& rules =
      manifest.kind == Kind::command
          ? client::placeholders_of(conversation.workspace.roots()[manifest.root].path, manifest.path)
          : client::usual_dialect().placeholders;
  return [&rules, call = std::move(call)](std::string_view text) { return client::fill_arguments(text, rules, call); };
}

Result<Layer> make_command_layer(Conversation& conversation, std::string_view task, const std::string& recipient,
                                 const Cost& limit) {
  const auto called = called_command(conversation.registry, task);
  if (!called || !conversation.is_open(called->id) || !conversation.refusal(called->id).empty()) return Layer();
  const ManifestView manifest = conversation.registry[called->id];
  return make_layer(conversation, {.roots = {symbol_of(manifest)},
                                   .recipient = recipient,
                                   .limit = limit,
                                   .head = "[cascade] " + symbol_text(manifest) + ", which this task calls" +
                                           (called->arguments.empty() ? "" : "; its arguments are filled in") + ".\n\n",
                                   .decision = "called",
                                   .rewrite = filler(conversation, called->id, called->arguments)});
}

bool runs_apart(const Registry& registry, ManifestId id) {
  return registry[id].kind != Kind::agent && registry.field(id, "context") == "fork";
}

bool runs_commands(const Conversation& conversation, ManifestId id) {
  const auto holds_commands = conversation.event.client->runs_commands;
  if (holds_commands == nullptr) return false;
  const ManifestView manifest = conversation.registry[id];
  for (std::uint32_t i = 0; i < conversation.registry.whole_sections(id); ++i) {
    const auto text = conversation.workspace.read(manifest, conversation.registry.section(id, i));
    if (text && holds_commands(*text)) return true;
  }
  return false;
}

std::string how_to_start(Conversation& conversation, ManifestId id, std::string_view arguments) {
  const ManifestView manifest = conversation.registry[id];
  const client::Dialect& client = *conversation.event.client;
  const bool is_apart = runs_apart(conversation.registry, id);
  const bool client_calls = is_installed(conversation, manifest) && client.entry_call != nullptr;
  if (!is_apart && (!client_calls || !may_be_called(conversation, id) || !runs_commands(conversation, id))) return {};
  const std::string given = brief(arguments, max_arguments_chars),
                    call = "/" + name_of(manifest) + (given.empty() ? "" : " " + given);
  const std::string why =
      is_apart ? "It runs in a subagent of its own: " : "Its text holds commands that are run when it is called: ";
  if (client_calls && !may_be_called(conversation, id)) return why + "ask the user to type " + call + ".";
  if (client_calls)
    return why + client.entry_call(name_of(manifest)) + (given.empty() ? "" : " and args \"" + given + "\"") + ".";
  if (client.subagents.name.empty()) return {};
  return why + in_a_subagent(conversation, manifest, call);
}

bool is_sent_as_typed(const Conversation& conversation, const ManifestView& manifest) {
  return is_typed(conversation.event.prompt, manifest) && is_installed(conversation, manifest);
}

std::vector<std::uint64_t> sent_by_client(const Conversation& conversation, const ManifestView& manifest) {
  std::vector<std::uint64_t> hashes;
  if (!is_installed(conversation, manifest)) return hashes;
  const bool sent =
      is_typed(conversation.event.prompt, manifest) ||
      (manifest.kind == Kind::skill &&
       transcript::has_sent_skill(conversation.event.transcript_path, conversation.workspace.folder(manifest)));
  for (std::uint32_t i = 0; sent && i < manifest.sections; ++i)
    hashes.push_back(conversation.registry.section(manifest.id, i).content_hash);
  return hashes;
}

std::vector<ManifestId> of_same_name(const Registry& registry, ManifestId id) {
  std::vector<ManifestId> others;
  const ManifestView own = registry[id];
  if (!is_among(registry, id)) return others;
  const std::string_view name = without_plugin(own);
  for (std::uint32_t i = 0; i < registry.size(); ++i) {
    const ManifestView other = registry[ManifestId{i}];
    if (other.id != id && other.kind == own.kind && other.plugin != own.plugin && is_among(registry, other.id) &&
        without_plugin(other) == name)
      others.push_back(other.id);
  }
  return others;
}

std::string which_of_them(Conversation& conversation, ManifestId id) {
  const Registry& registry = conversation.registry;
  const std::string_view name = without_plugin(registry[id]);
  const std::string& prompt = conversation.event.prompt;
  const bool is_whole = name.size() != registry[id].name.size() && holds_name(prompt, registry[id].name);
  if (is_whole || !is_ordered(prompt, name)) return {};
  std::vector<ManifestId> others = of_same_name(registry, id);
  std::erase_if(others, [&](ManifestId other) {
    return listing::standing(registry, other, conversation.switches()) == listing::Standing::off;
  });
  return others.empty() ? std::string() : which(conversation, name, id, others);
}

std::string which_agent(Conversation& conversation, const std::string& type, std::string_view text) {
  const Registry& registry = conversation.registry;
  text = beginning_bytes(text, max_task_bytes);
  const std::string lowered = letters::to_lower(text);
  const auto has = [&](std::string_view part) { return lowered.find(part) != std::string::npos; };
  if (type.empty() && !has("@") && !has("agent") && !has(" as ")) return {};
  for (std::uint32_t i = 0; i < registry.size(); ++i) {
    const ManifestView agent = registry[ManifestId{i}];
    if (agent.kind != Kind::agent || !is_among(registry, agent.id)) continue;
    const std::string_view name = without_plugin(agent);
    const bool is_called_here = type == name || (has(letters::to_lower(name)) && is_called(text, name));
    const bool is_whole = name.size() != agent.name.size() && holds_name(text, agent.name);
    if (!is_called_here || is_whole) continue;
    const std::vector<ManifestId> others = of_same_name(registry, agent.id);
    if (!others.empty()) return which(conversation, name, agent.id, others);
  }
  return {};
}

std::string lines_of(const Conversation& conversation, const std::vector<ManifestId>& ids) {
  std::string lines;
  for (std::size_t i = 0; i < ids.size() && i < most_lines; ++i) {
    const ManifestView manifest = conversation.registry[ids[i]];
    const bool is_twice = std::ranges::any_of(ids, [&](ManifestId other) {
      return other != ids[i] && symbol_of(conversation.registry[other]) == symbol_of(manifest);
    });
    lines += "- " + symbol_text(manifest);
    if (is_twice) lines += " in " + brief(file_of(conversation.workspace, manifest), max_listed_path_chars);
    if (!manifest.description.empty()) lines += ": " + brief(manifest.description, max_description_chars);
    lines += "\n";
  }
  if (ids.size() > most_lines) lines += "- and " + std::to_string(ids.size() - most_lines) + " more\n";
  return lines;
}

WordsOfPrompt::WordsOfPrompt(std::string_view text) : is_long_(text.size() >= is_long_from) {
  if (!is_long_) return;
  all_words(text, [&](std::string_view word) {
    words_.push_back(word);
    return true;
  });
  letters::sort_once(words_);
}

bool WordsOfPrompt::may_hold(std::string_view name) const {
  return !is_long_ ||
         all_words(name, [&](std::string_view word) { return std::binary_search(words_.begin(), words_.end(), word); });
}

}  // namespace cascade::hook
