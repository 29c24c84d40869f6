#include "hook/same_name.h"

#include <algorithm>

#include "files/paths.h"
#include "hook/called_agent.h"
#include "hook/clean.h"
#include "hook/wording.h"
#include "text/ascii.h"
#include "text/one_of.h"

namespace cascade::hook {
namespace {

constexpr std::uint32_t max_description_chars = 120, max_path_chars = 300;
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
  text = letters::trim(text);
  std::size_t begin = text.size();
  while (begin > 0 && letters::is_letter_or_digit(text[begin - 1])) --begin;
  return text.substr(begin);
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
    std::size_t word = 0;
    while (word < behind.size() && letters::is_letter_or_digit(behind[word])) ++word;
    if (letters::is_one_of(behind.substr(0, word), {"skill", "command", "playbook"})) return true;
  }
  return false;
}

// Whether the text has the whole name, with its plugin's, whatever it says of it.
bool holds_name(std::string_view text, std::string_view name) {
  const std::string lowered = letters::to_lower(text), wanted = letters::to_lower(name);
  const auto goes_on = [](char c) { return letters::is_name(c) || c == ':'; };
  for (std::size_t at = lowered.find(wanted); at != std::string::npos; at = lowered.find(wanted, at + 1)) {
    const std::size_t end = at + wanted.size();
    if ((at == 0 || !goes_on(lowered[at - 1])) && (end == lowered.size() || !goes_on(lowered[end]))) return true;
  }
  return false;
}

std::string which(const Conversation& conversation, std::string_view name, ManifestId id,
                  const std::vector<ManifestId>& others) {
  std::vector<ManifestId> all = {id};
  all.insert(all.end(), others.begin(), others.end());
  return "[cascade] " + std::to_string(all.size()) + " plugins have a manifest called " +
         brief(name, max_description_chars) + ". Ask the user which one is meant, unless the task says so:\n" +
         lines_of(conversation, all);
}

}  // namespace

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
  others.erase(std::remove_if(others.begin(), others.end(),
                              [&](ManifestId other) {
                                return listing::standing(registry, other, conversation.overrides()) ==
                                       listing::Standing::off;
                              }),
               others.end());
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
    const bool is_twice = std::any_of(ids.begin(), ids.end(), [&](ManifestId other) {
      return other != ids[i] && symbol_of(conversation.registry[other]) == symbol_of(manifest);
    });
    lines += "- " + symbol_text(manifest);
    if (is_twice)
      lines += " in " +
               brief(files::join(conversation.workspace.folder(manifest), std::string(files::file_name(manifest.path))),
                     max_path_chars);
    if (!manifest.description.empty()) lines += ": " + brief(manifest.description, max_description_chars);
    lines += "\n";
  }
  if (ids.size() > most_lines) lines += "- and " + std::to_string(ids.size() - most_lines) + " more\n";
  return lines;
}

}  // namespace cascade::hook
