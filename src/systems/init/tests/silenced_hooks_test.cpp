// Settings that keep the client from calling our hooks are found, an administrator's among them.
#include <catch2/catch.hpp>

#include "cli/hook_entries.h"
#include "unit/memory_tree.h"

using namespace cascade;

namespace {

#ifdef _WIN32
const std::string managed = "C:/Program Files/ClaudeCode/managed-settings";
#elif defined(__APPLE__)
const std::string managed = "/Library/Application Support/ClaudeCode/managed-settings";
#else
const std::string managed = "/etc/claude-code/managed-settings";
#endif

std::string said(const files::MemoryTree& tree) {
  cli::Environment environment;
  environment.user.home = "/home/u";
  environment.user.folder = "/home/u/.claude";
  std::string text;
  for (const cli::SilencedHooks& one : cli::find_silenced_hooks(tree, environment))
    text += one.path + " " + std::string(one.key) + (one.managed ? " managed" : "") + "\n";
  return text;
}

}  // namespace

TEST_CASE("an administrator's settings may leave the user's hooks uncalled") {
  files::MemoryTree tree;
  CHECK(said(tree) == "");
  tree.write(managed + ".json", R"({"allowManagedHooksOnly": false})");
  CHECK(said(tree) == "");
  tree.write(managed + ".json", R"({"allowManagedHooksOnly": true})");
  CHECK(said(tree) == managed + ".json allowManagedHooksOnly managed\n");
  tree.write(managed + ".json", R"({"disableAllHooks": true, "allowManagedHooksOnly": true})");
  CHECK(said(tree) == managed + ".json disableAllHooks managed\n");
}

TEST_CASE("a file of the administrator's folder counts as the file beside it") {
  files::MemoryTree tree;
  tree.write(managed + ".d/20-hooks.json", R"({"allowManagedHooksOnly": true})");
  tree.write(managed + ".d/.hidden.json", R"({"disableAllHooks": true})");
  CHECK(said(tree) == managed + ".d/20-hooks.json allowManagedHooksOnly managed\n");
}

TEST_CASE("our own entries among the managed ones are called all the same") {
  files::MemoryTree tree;
  tree.write(managed + ".json",
             R"({"allowManagedHooksOnly": true, "hooks": {"UserPromptSubmit": [{"hooks": [
                 {"type": "command", "command": "/usr/bin/cascade hook"}]}]}})");
  CHECK(said(tree) == "");
}

TEST_CASE("the key of an administrator means nothing in a user's settings") {
  files::MemoryTree tree;
  tree.write("/home/u/.claude/settings.json", R"({"allowManagedHooksOnly": true})");
  CHECK(said(tree) == "");
  tree.write("/home/u/.claude/settings.json", R"({"disableAllHooks": true})");
  CHECK(said(tree) == "/home/u/.claude/settings.json disableAllHooks\n");
}
