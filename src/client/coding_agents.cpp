#include "client/coding_agents.h"

#include <algorithm>
#include <iterator>
#include <string>

#include "text/ascii.h"

namespace cascade::client {
namespace {

// clang-format off
constexpr std::string_view names[] = {  // by bytes
    "aider", "amazon-q", "amp", "antigravity", "auggie", "augment", "chatgpt", "claude", "claude-ai", "claude-api",
    "claude-code", "claude-cowork", "claude-desktop", "claude.ai", "cline", "codebuddy", "codex", "codex-cli",
    "copilot", "copilot-cli", "crush", "cursor", "cursor-cli", "devin", "gemini", "gemini-cli", "github-copilot",
    "github-copilot-cli", "goose", "hermes-agent", "iflow", "iflow-cli", "junie", "kilo", "kilo-code", "kilocode",
    "kimi", "kimi-cli", "kimi-code", "kiro", "kiro-cli", "mistral-vibe", "openai-codex", "openclaw", "opencode",
    "openhands", "qoder", "qwen", "qwen-code", "roo", "roo-code", "roocode", "trae", "vs-code", "vscode", "warp",
    "windsurf", "zed", "zencoder"};
// clang-format on

constexpr bool is_in_order() {
  for (std::size_t i = 1; i < std::size(names); ++i)
    if (!(names[i - 1] < names[i])) return false;
  return true;
}
static_assert(is_in_order());

}  // namespace

bool is_coding_agent(std::string_view name) {
  std::string folded = letters::to_lower(name);
  std::replace_if(
      folded.begin(), folded.end(), [](char c) { return c == ' ' || c == '_'; }, '-');
  return std::binary_search(std::begin(names), std::end(names), std::string_view(folded));
}

}  // namespace cascade::client
