#include "client/plugin.h"

#include <algorithm>

#include "client/dialect.h"
#include "syntax/put.h"

namespace cascade::client {
namespace {

bool is_file(const syntax::Node& path) { return path.text.ends_with(".md"); }

using syntax::JsonWriter;

constexpr std::string_view name = "cascade", owner = "Cascade";
constexpr std::string_view what = "Loads the skills that a task needs, and no others.";
constexpr std::string_view schemas = "https://agent-plugins.org/schemas/1.0.0/";

constexpr std::string_view entry = R"(---
name: cascade
description: Loads a ready procedure for a task by its name or by words. Use before work that may have one.
---

# Cascade

Where a note that begins with `[cascade]` stands beside this text, it has what was asked for. Else call the tool `load` of the
MCP server `cascade` with the task in the user's words, or with the name; `find` lists names. Where neither is there, the
plugin does not run: tell the user to run `cascade doctor`.
)";

constexpr std::string_view readme = R"(# Cascade

Skills, sub-agents and slash commands for coding agents, hundreds of them, of which a task gets the few that it needs. The
client lists one entry. Where the client has hooks, a prompt brings along what it needs; elsewhere the model asks the MCP server
`cascade` with the tool `load`. Nothing leaves the machine: there is no network and no model in it.

This folder was written by `cascade init --plugin`; `cascade init --plugin DIR --remove` takes it away again.
)";

std::string finished(JsonWriter& json) { return json.take() + "\n"; }

JsonWriter& put_identity(JsonWriter& json, const PluginCall& call) {
  put(json, "name", name, "version", call.version, "description", what);
  put_object(json, "author", "name", owner);
  return put(json, "license", "MIT");
}

// Writes one client's manifest; `more` adds that client's own members.
template <typename More>
std::string manifest(const PluginCall& call, const More& more) {
  JsonWriter json;
  json.begin_object();
  more(put_identity(json, call));
  return finished(json.end_object());
}

// Clients that read the Agent Plugins format reject an absolute path as a command, so a shell runs the folder's
// script.
JsonWriter& put_server(JsonWriter& json, std::string_view root, const std::vector<std::string_view>& words) {
  json.key("mcpServers").begin_object().key(name).begin_object();
  put(json, "command", "sh").key("args").begin_array().string(std::string(root) + "/bin/run").string("mcp");
  for (const std::string_view word : words) json.string(word);
  return json.end_array().end_object().end_object();
}

// In Claude Code hooks do the work; the server only offers memory's tools, which cost nothing while memory is off.
std::string claude_server() {
  JsonWriter json;
  json.begin_object();
  put_server(json, "${CLAUDE_PLUGIN_ROOT}", {"--tools", "remember,recall"});
  return finished(json.end_object());
}

std::string portable_server() {
  JsonWriter json;
  put(json.begin_object(), "$schema", std::string(schemas) + "mcp.schema.json").key("mcpServers").begin_object();
  put(json.key(name).begin_object(), "type", "stdio", "command", "sh");
  json.key("args").begin_array().string("${PLUGIN_ROOT}/bin/run").string("mcp");
  json.string("--caller-folder").end_array();  // Codex and Copilot CLI start it in the plugin's own folder
  return finished(json.end_object().end_object().end_object());
}

std::string portable_manifest(const PluginCall& call) {
  JsonWriter json;
  put(json.begin_object(), "$schema", std::string(schemas) + "plugin.schema.json");
  return finished(put_identity(json, call).end_object());
}

std::string claude_marketplace() {
  JsonWriter json;
  put(json.begin_object(), "name", name, "description", "Cascade, from this machine");
  put_object(json, "owner", "name", owner);
  put(json.key("plugins").begin_array().begin_object(), "name", name, "source", "./");
  return finished(put(json, "description", what).end_object().end_array().end_object());
}

std::string codex_marketplace() {
  JsonWriter json;
  put(put(json.begin_object(), "name", name).key("plugins").begin_array().begin_object(), "name", name);
  put_object(json, "source", "source", "local", "path", "./");
  put(json.key("policy").begin_object(), "installation", "AVAILABLE", "authentication", "ON_INSTALL");
  put(json.end_object(), "category", "Coding");
  return finished(json.end_object().end_array().end_object());
}

std::string runner(const PluginCall& call) {
  if (!call.program.empty()) return "#!/bin/sh\nexec " + quoted(call.program) + " \"$@\"\n";
  return "#!/bin/sh\n"
         "# The program beside this file. A client's cache may have dropped its mode.\n"
         "program=${0%/*}/cascade\n"
         "[ -x \"$program\" ] || chmod u+x \"$program\"\n"
         "exec \"$program\" \"$@\"\n";
}

}  // namespace

std::string refused_plugin(std::string_view plugin_json) {
  const syntax::Parsed parsed = syntax::parse_json(plugin_json);
  const syntax::Node* name = parsed.root.find("name");
  const syntax::Node* agents = parsed.root.find("agents");
  if (name == nullptr || agents == nullptr) return {};
  const bool all = agents->kind == syntax::NodeKind::list
                       ? std::ranges::all_of(agents->items, is_file)
                       : agents->kind != syntax::NodeKind::string || is_file(*agents);
  return all ? std::string() : name->text;
}

std::vector<PluginFile> plugin_files(const PluginCall& call) {
  const auto nothing = [](JsonWriter&) {};
  const auto of_codex = [](JsonWriter& json) { put(json, "skills", "./skills/", "mcpServers", "./mcp.json"); };
  const auto of_gemini = [](JsonWriter& json) { put_server(json, "${extensionPath}", {}); };
  std::vector<PluginFile> files = {
      {"README.md", std::string(readme)},
      {"bin/run", runner(call), true},
      {"hooks/hooks.json", call.hooks},
      {"plugin.json", portable_manifest(call)},
      {"mcp.json", portable_server()},
      {".claude-plugin/plugin.json", manifest(call, nothing)},
      {".claude-plugin/marketplace.json", claude_marketplace()},
      {".mcp.json", claude_server()},
      {".codex-plugin/plugin.json", manifest(call, of_codex)},
      {".agents/plugins/marketplace.json", codex_marketplace()},
      {"gemini-extension.json", manifest(call, of_gemini)},
      {"skills/cascade/SKILL.md", std::string(entry)},
  };
  std::ranges::sort(files, [](const PluginFile& a, const PluginFile& b) { return a.path < b.path; });
  return files;
}

}  // namespace cascade::client
