// Names of coding agents: programs that read skills, this client among them.
#pragma once

#include <string_view>

namespace cascade::client {

// Whether a program that reads skills is called so: "claude-code", "Gemini CLI", "github_copilot". Words that name much
// else ("continue") are left out. Any case; "-", "_" and a blank are one. O(log of the table).
bool is_coding_agent(std::string_view name);

}  // namespace cascade::client
