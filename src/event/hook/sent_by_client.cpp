#include "hook/sent_by_client.h"

#include "files/paths.h"
#include "hook/agent_layer.h"
#include "hook/transcript.h"

namespace cascade::hook {
namespace {

// For "/name ..." the client sends the manifest's whole body.
bool is_typed(std::string_view prompt, const ManifestView& manifest) {
  if (prompt.empty() || prompt.front() != '/') return false;
  const std::string_view word = prompt.substr(1, prompt.find_first_of(" \t\n") - 1);
  return word == manifest.name || word == manifest.title ||
         word == std::string(manifest.plugin) + ":" + std::string(manifest.name);
}

}  // namespace

bool is_sent_as_typed(const Conversation& conversation, const ManifestView& manifest) {
  return is_typed(conversation.event.prompt, manifest) && is_installed(conversation, manifest);
}

std::vector<std::uint64_t> sent_by_client(const Conversation& conversation, const ManifestView& manifest) {
  std::vector<std::uint64_t> hashes;
  if (!is_installed(conversation, manifest)) return hashes;
  const bool sent = is_typed(conversation.event.prompt, manifest) ||
                    (manifest.kind == Kind::skill &&
                     has_sent_skill(conversation.event.transcript_path, conversation.workspace.folder(manifest)));
  for (std::uint32_t i = 0; sent && i < manifest.sections; ++i)
    hashes.push_back(conversation.registry.section(manifest.id, i).content_hash);
  return hashes;
}

}  // namespace cascade::hook
