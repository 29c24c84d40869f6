// Packs one layer into text, with the ledger entry that describes it.
#pragma once

#include <cascade/bundle.h>
#include <cascade/hook.h>
#include <cascade/registry.h>

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "client/dialect.h"
#include "hook/event.h"

namespace cascade::hook {

// The whole text is `head`, the packed sections and `tail`, and stays within `limit`. `held`: content hashes that the
// recipient has from elsewhere, besides those in the ledger.
struct LayerRequest {
  std::vector<Symbol> roots{};
  std::string recipient{};  // whose memory counts: "main" or a subagent
  std::string task{};       // for the sections' relevance; empty: all are equally relevant
  Cost limit{};
  std::string head{}, tail{};
  std::string decision{};  // recorded in the ledger
  std::uint32_t score = 0;
  std::vector<std::uint64_t> held{};
  std::vector<std::uint64_t> within{};  // only these hashes, if that costs little; empty: any
  std::vector<Quote> quotes{};          // compete with the sections
  // Applied to the first root's packed text before it is counted; may be empty.
  std::function<std::string(std::string_view)> rewrite{};
};

// The cleaned text and its ledger entry. If there is nothing to send, the text is empty: `fits` is false if even the
// mandatory part exceeds the limit, and true if the recipient already holds everything.
struct Layer {
  std::string text;
  session::Entry entry;
  bool fits = true;
};
Result<Layer> make_layer(Conversation& conversation, const LayerRequest& request);

// The ledger entry for a bundle: its certificate and its pieces. The caller adds the recipient, the decision and the
// cost of the whole text.
session::Entry injection_of(const Registry& registry, const std::vector<Symbol>& roots, const Bundle& bundle);

// Whether the manifest claims a place in every session (metadata.cascade-pinned: "true"). A project's or plugin's may
// not without the user's leave, nor have the name of one of the client's own agents.
bool claims_pin(const Registry& registry, ManifestId id);
// Whether the manifest says that its text is for one turn (metadata.cascade-serves: turn): no compaction brings it
// back.
bool serves_one_turn(const Registry& registry, ManifestId id);
// Whether the manifest is an agent that has the name of one of the client's built-in agents.
bool claims_client_name(const Registry& registry, ManifestId id, const client::Dialect& client);

// Whether such a claim is granted. The user's own manifests and Cascade's built-in ones need no leave; any other needs
// the user to have allowed its file.
bool is_granted(const Workspace& workspace, const HookOptions& options, ManifestId id);

// A claim by a manifest that needs the user's leave.
struct Claim {
  std::string what, path;  // path: absolute
};
std::vector<Claim> claims_of(const Workspace& workspace);

// The absolute path of the manifest's file.
std::string file_of(const Workspace& workspace, const ManifestView& manifest);

// How much one injection may cost in the main conversation, and in the subagent that the tool's input describes and
// that acts as `agent`, if there is one: the configured budget, or a share of the model's window, in o200k tokens and
// UTF-16 units. The model is the configured one, or else the one that the event, the ledger or the transcript names;
// for a subagent, the tool's input and the manifest come first. An unknown model is taken to have a window of 200,000
// o200k tokens.
Cost prompt_allowance(const Conversation& conversation);
Cost agent_allowance(const Conversation& conversation, std::optional<ManifestId> agent, std::uint32_t max_chars);

// The token limit of one layer for a model by name. An empty or unknown name counts as 200,000 o200k tokens.
TokenCount prompt_limit(const HookOptions& options, const std::string& model);
TokenCount agent_limit(const HookOptions& options, const std::string& model);

}  // namespace cascade::hook
