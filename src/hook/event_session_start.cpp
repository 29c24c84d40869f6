// A conversation begins, goes on, or comes back from compaction.
#include <algorithm>

#include "hook/layer.h"

namespace cascade::hook {
namespace {

constexpr std::string_view main_conversation = "main";

struct Counts {
  std::size_t skills = 0, agents = 0, commands = 0;
};

bool is_offered(const Registry& registry, const ManifestView& view) {
  return !view.document && !registry.shadowed_in_favour_of(view.id);
}

Counts count(const Registry& registry) {
  Counts counts;
  for (std::uint32_t i = 0; i < registry.size(); ++i) {
    const ManifestView view = registry[ManifestId{i}];
    if (!is_offered(registry, view)) continue;
    switch (view.kind) {
      case Kind::skill: ++counts.skills; break;
      case Kind::agent: ++counts.agents; break;
      case Kind::command: ++counts.commands; break;
    }
  }
  return counts;
}

// Manifests whose author wants them in every conversation: metadata.cascade-pinned: "true".
std::vector<Symbol> pinned(const Registry& registry) {
  std::vector<Symbol> symbols;
  for (std::uint32_t i = 0; i < registry.size(); ++i) {
    const ManifestView view = registry[ManifestId{i}];
    if (is_offered(registry, view) && registry.field(view.id, "metadata.cascade-pinned") == "true")
      symbols.push_back({view.kind, std::string(view.name)});
  }
  return symbols;
}

std::string count_of(std::size_t count, const std::string& noun) {
  return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

std::string card(const Registry& registry) {
  const Counts counts = count(registry);
  if (counts.skills + counts.agents + counts.commands == 0) return {};
  return "[cascade] " + count_of(counts.skills, "skill") + ", " + count_of(counts.agents, "agent") + " and " +
         count_of(counts.commands, "command") +
         " are at hand and are loaded when a prompt needs one. To ask for one by name, the user says: use the "
         "<name> skill. To look for one: cascade search \"<words>\".\n";
}

// What `symbols` come to within the prompt's budget; those that are gone from the library are left out.
Result<std::string> restore(Conversation& conversation, std::vector<Symbol> symbols, const std::string& decision,
                            std::uint32_t overhead) {
  symbols.erase(std::remove_if(symbols.begin(), symbols.end(),
                               [&](const Symbol& symbol) { return !conversation.registry.find(symbol); }),
                symbols.end());
  if (symbols.empty()) return std::string();
  LayerRequest request;
  request.roots = std::move(symbols);
  request.recipient = main_conversation;
  request.budget.limit = {conversation.options.prompt_budget, max_context_chars};
  request.overhead_chars = overhead;
  request.decision = decision;
  auto layer = make_layer(conversation, request);
  if (!layer) return layer.error();
  if (!*layer) return std::string();
  conversation.remember((*layer)->entry);
  return (*layer)->text;
}

std::vector<Symbol> active_symbols(const session::Ledger& ledger) {
  std::vector<Symbol> symbols;
  for (const std::string& root : ledger.active(main_conversation))
    if (auto symbol = Symbol::parse(root)) symbols.push_back(std::move(*symbol));
  return symbols;
}

}  // namespace

Result<std::string> on_session_start(Conversation& conversation) {
  const EventInput& event = conversation.event;
  // Roots that were loaded, not merely offered, in the epoch that ends now.
  std::vector<Symbol> active;
  if (event.source == "compact") active = active_symbols(conversation.ledger);
  session::Entry start;
  start.event = session::Event::start;
  start.source = event.source.empty() ? "startup" : event.source;
  conversation.remember(std::move(start));
  if (!conversation.options.state_directory.empty())
    session::prune(conversation.options.state_directory, conversation.options.now);
  // What was sent before is still in the conversation, under this id or, after a fork, under another one.
  if (event.source == "resume" || event.source == "fork") return std::string();
  const std::string head = card(conversation.registry);
  if (head.empty()) return std::string();
  std::vector<Symbol> wanted = pinned(conversation.registry);
  for (Symbol& symbol : active)
    if (std::find(wanted.begin(), wanted.end(), symbol) == wanted.end()) wanted.push_back(std::move(symbol));
  auto restored = restore(conversation, std::move(wanted), active.empty() ? "pinned" : "restored",
                          static_cast<std::uint32_t>(head.size() + 1));
  if (!restored) return restored.error();
  return inject(event, restored->empty() ? head : head + "\n" + *restored);
}

}  // namespace cascade::hook
