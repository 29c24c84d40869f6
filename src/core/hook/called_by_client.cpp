#include "hook/called_by_client.h"

#include "client/transcript/tail.h"
#include "files/paths.h"
#include "hook/agent_layer.h"
#include "hook/clean.h"
#include "hook/wording.h"

namespace cascade::hook {
namespace {

constexpr std::uint32_t max_path_chars = 1'000, max_arguments_chars = 300, max_type_chars = 120;

bool may_be_called(Conversation& conversation, ManifestId id) {
  return listing::standing(conversation.registry, id, conversation.overrides()) == listing::Standing::open;
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
  const std::string path =
      files::join(conversation.workspace.folder(manifest), std::string(files::file_name(manifest.path)));
  return start + " and a prompt to do what " + brief(path, max_path_chars) + " says.";
}

// For "/name ..." the client sends the manifest's whole body.
bool is_typed(std::string_view prompt, const ManifestView& manifest) {
  if (prompt.empty() || prompt.front() != '/') return false;
  const std::string_view word = prompt.substr(1, prompt.find_first_of(" \t\n") - 1);
  return word == manifest.name || word == manifest.title ||
         word == std::string(manifest.plugin) + ":" + std::string(manifest.name);
}

}  // namespace

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

}  // namespace cascade::hook
