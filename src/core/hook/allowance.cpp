#include "hook/allowance.h"

#include <algorithm>

#include "client/transcript/tail.h"

namespace cascade::hook {
namespace {

// Shares in millionths: 2,400 and 6,000 tokens of a window of 200,000.
constexpr TokenLimit usual_prompt{0, 12'000}, usual_agent{0, 30'000};
constexpr std::uint32_t usual_window = 200'000;

std::string model_of_conversation(const Conversation& conversation) {
  if (!conversation.options.model.empty()) return conversation.options.model;
  if (!conversation.event.model.empty()) return conversation.event.model;
  std::string model = transcript::last_model_in(conversation.event.transcript_path);  // newer than the ledger's
  return model.empty() ? conversation.ledger.model() : model;
}

std::string model_of_agent(const Conversation& conversation, std::optional<ManifestId> agent) {
  const std::string asked = conversation.event.task ? conversation.event.task->model : std::string();
  if (token_model(asked)) return asked;
  if (!agent) return model_of_conversation(conversation);
  const std::string declared(conversation.registry.field(*agent, "model").value_or(std::string_view()));
  return token_model(declared) ? declared : model_of_conversation(conversation);
}

// A fixed number of tokens is in tokens of the configured model. A share is a share of the window, in tokens of the
// model that has that window.
TokenCount allowed(const HookOptions& options, const TokenLimit& set, const TokenLimit& usual,
                   const std::string& model_name) {
  const bool is_set = set.tokens > 0 || set.share_ppm > 0;
  const TokenLimit limit = is_set ? set : usual;
  const auto model = token_model(limit.tokens > 0 ? options.model : model_name);
  const std::uint64_t tokens = tokens_of(limit, model && model->window > 0 ? model->window : usual_window);
  const std::uint64_t common = model ? to_o200k(*model, tokens) : tokens;
  return static_cast<TokenCount>(std::min<std::uint64_t>(common, unlimited - 1));
}

}  // namespace

Cost prompt_allowance(const Conversation& conversation) {
  const TokenLimit& set = conversation.options.prompt_budget;
  const std::string model = set.tokens > 0 ? std::string() : model_of_conversation(conversation);
  const std::uint32_t most = conversation.event.client->limits.context;
  return {allowed(conversation.options, set, usual_prompt, model), most - std::min(most, conversation.used)};
}

Cost agent_allowance(const Conversation& conversation, std::optional<ManifestId> agent, std::uint32_t max_chars) {
  const TokenLimit& set = conversation.options.agent_budget;
  const std::string model = set.tokens > 0 ? std::string() : model_of_agent(conversation, agent);
  return {allowed(conversation.options, set, usual_agent, model), max_chars};
}

TokenCount prompt_limit(const HookOptions& options, const std::string& model) {
  return allowed(options, options.prompt_budget, usual_prompt, model);
}

TokenCount agent_limit(const HookOptions& options, const std::string& model) {
  return allowed(options, options.agent_budget, usual_agent, model);
}

}  // namespace cascade::hook
