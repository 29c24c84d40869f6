// One plugin for every client: the same folder holds each client's manifest, one visible skill, and how to call Cascade
// (docs/plugin.md). Seen with Claude Code 2.1.329, Codex 0.169.0, Gemini CLI 0.61.0, Copilot CLI 1.0.102.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cascade::client {

struct PluginFile {
  std::string path;  // below the plugin's folder
  std::string text;
  bool executable = false;
};

struct PluginCall {
  std::string version;
  std::string hooks;    // hooks/hooks.json, as the client's settings have them
  std::string program;  // absolute; empty: the folder has its own, bin/cascade
};

// By path. Which files are read by whom stands in docs/plugin.md.
std::vector<PluginFile> plugin_files(const PluginCall& call);

// How hooks call a program that the plugin brings along: a shell line. Caches of clients may drop mode bits, and the
// script mends them.
constexpr std::string_view plugin_hook = R"(sh "${CLAUDE_PLUGIN_ROOT}/bin/run" hook)";
constexpr std::string_view plugin_program = "bin/cascade", plugin_library = "library",
                           plugin_vocabulary = "share/cascade/o200k.bin";

}  // namespace cascade::client
