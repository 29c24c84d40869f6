#include "hook/called_command.h"

#include <algorithm>

#include "client/arguments.h"
#include "client/entry_skill.h"
#include "hook/wording.h"
#include "text/ascii.h"

namespace cascade::hook {

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

Result<std::optional<Layer>> make_command_layer(Conversation& conversation, std::string_view task,
                                                const std::string& recipient, const Cost& limit) {
  const auto called = called_command(conversation.registry, task);
  if (!called || !conversation.is_open(called->id)) return std::optional<Layer>();
  const ManifestView manifest = conversation.registry[called->id];
  LayerRequest request;
  request.roots = {symbol_of(manifest)};
  request.recipient = recipient;
  request.limit = limit;
  request.head = "[cascade] " + symbol_text(manifest) + ", which this task calls" +
                 (called->arguments.empty() ? "" : "; its arguments are filled in") + ".\n\n";
  request.decision = "called";
  request.rewrite = filler(conversation, called->id, called->arguments);
  auto layer = make_layer(conversation, request);
  if (!layer) return layer.error();
  if (layer->text.empty()) return std::optional<Layer>();
  return std::optional<Layer>(*std::move(layer));
}

}  // namespace cascade::hook
