// The client's requirements for a plugin's description, plugin.json (2.1.332).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cascade::client {

// Returns the plugin's name if the client refuses to load it because of its agents: each must be a path that ends in
// ".md", not a folder. Empty: it loads, as far as is known.
std::string refused_plugin(std::string_view plugin_json);

// One plugin for every client: the same folder holds each client's manifest, one visible skill, and a way to call
// Cascade (docs/plugin.md). Seen with Claude Code 2.1.332, Codex 0.169.0, Gemini CLI 0.61.0, Copilot CLI 1.0.102.
struct PluginFile {
  std::string path;  // relative to the plugin's folder
  std::string text;
  bool executable = false;
};

struct PluginCall {
  std::string version;
  std::string hooks;    // hooks/hooks.json, in the format of the client's settings
  std::string program;  // absolute; empty: the folder has its own, bin/cascade
};

// Sorted by path. docs/plugin.md says which client reads which file.
std::vector<PluginFile> plugin_files(const PluginCall& call);

// The shell line by which hooks call a program shipped in the plugin. Clients' caches may drop mode bits; the script
// restores them.
constexpr std::string_view plugin_hook = R"(sh "${CLAUDE_PLUGIN_ROOT}/bin/run" hook)";
constexpr std::string_view plugin_program = "bin/cascade", plugin_library = "library",
                           plugin_vocabulary = "share/cascade/o200k.bin";

}  // namespace cascade::client
