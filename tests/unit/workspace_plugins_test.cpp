#include <catch2/catch.hpp>

#include <string>

#include "memory_tree.h"
#include "workspace/roots.h"

using namespace cascade;
using namespace cascade::workspace;

namespace {

// "/p/a /p/b", then what was wrong.
std::string on(const std::string& settings, const std::string& installed = "") {
  files::MemoryTree tree;
  tree.write("/c/plugins/installed_plugins.json",
             !installed.empty() ? installed : R"({"plugins": {"a@m": [{"installPath": "/p/a"}],
                                                            "b@m": [{"installPath": "/p/b"}]}})");
  tree.write("/p/a/x", "");
  tree.write("/p/b/x", "");
  if (!settings.empty()) tree.write("/c/settings.json", settings);
  const InstalledPlugins plugins = installed_plugins(tree, {"/home", "/c", ""}, "/w/app/src");
  std::string text;
  for (const std::string& folder : plugins.folders) text += folder + " ";
  for (const Error& fault : plugins.faults) text += fault.path + ": " + fault.message;
  return text;
}

std::string repeated(const std::string& text, int count) {
  std::string out;
  while (count-- > 0) out += text;
  return out;
}

}  // namespace

TEST_CASE("plugins are on unless the settings switch them off") {
  CHECK(on("") == "/p/a /p/b ");
  CHECK(on("{}") == "/p/a /p/b ");
  CHECK(on(R"({"enabledPlugins": {"a@m": false, "b@m": true}})") == "/p/b ");
  CHECK(on(R"({"enabledPlugins": {"a@m": true, "a@m": false}})") == "/p/b ");
}

TEST_CASE("a setting that is neither on nor off counts as off") {
  CHECK(on(R"({"enabledPlugins": {"a@m": "false", "b@m": 0}})").empty());
  CHECK(on(R"({"enabledPlugins": ["a@m"]})").empty());
}

TEST_CASE("settings that cannot be read switch every plugin off, with a fault") {
  const std::string off = R"("enabledPlugins": {"a@m": false})";
  for (const std::string& settings : {"{" + off, "{" + off + ",}", std::string("[]"),
                                      "{\"x\": " + repeated("[", 200) + repeated("]", 200) + ", " + off + "}",
                                      "{\"x\": [" + repeated("1,", 600'000) + "1], " + off + "}",
                                      "{\"x\": \"" + std::string(9 << 20, 'x') + "\", " + off + "}"}) {
    CAPTURE(settings.substr(0, 60));
    const std::string found = on(settings);
    CHECK(found.find("/p/") == std::string::npos);
    CHECK(found.find("/c/settings.json: cannot be read (") == 0);
    CHECK(found.find("every plugin counts as switched off") != std::string::npos);
  }
}

TEST_CASE("large settings that can be read are") {
  CHECK(on("{\"x\": [" + repeated("1,", 30'000) + "1], \"y\": \"" + std::string(2 << 20, 'x') +
           "\", \"enabledPlugins\": {\"a@m\": false}}") == "/p/b ");
}

TEST_CASE("a list of plugins that cannot be read names none, with a fault") {
  CHECK(on("{}", "{").find("/c/plugins/installed_plugins.json: cannot be read (") == 0);
}

namespace {

// The folders that are on in /w/app/src, with these settings of the project and of the user.
std::string on_in_project(const std::string& records, const std::string& local = "", const std::string& shared = "",
                          const std::string& of_user = "") {
  files::MemoryTree tree;
  tree.write("/c/plugins/installed_plugins.json", R"({"version": 2, "plugins": {"a@m": )" + records + "}}");
  for (const char* version : {"1", "2", "3"}) tree.write(std::string("/p/") + version + "/x", "");
  if (!local.empty()) tree.write("/w/app/.claude/settings.local.json", local);
  if (!shared.empty()) tree.write("/w/app/.claude/settings.json", shared);
  if (!of_user.empty()) tree.write("/c/settings.json", of_user);
  const InstalledPlugins plugins = installed_plugins(tree, {"/home", "/c", ""}, "/w/app/src");
  std::string text;
  for (const std::string& folder : plugins.folders) text += folder + " ";
  for (const Error& fault : plugins.faults) text += fault.path + ": " + fault.message;
  return text;
}

constexpr const char* users = R"({"scope": "user", "installPath": "/p/1"})";
constexpr const char* ours = R"({"scope": "project", "projectPath": "/w/app", "installPath": "/p/2"})";
constexpr const char* local = R"({"scope": "local", "projectPath": "/w/app", "installPath": "/p/3"})";
constexpr const char* theirs = R"({"scope": "project", "projectPath": "/w/other", "installPath": "/p/3"})";

std::string list(std::initializer_list<const char*> records) {
  std::string text;
  for (const char* record : records) text += (text.empty() ? "[" : ", ") + std::string(record);
  return text + "]";
}

}  // namespace

TEST_CASE("an installation for a project counts there, before the user's and before another project's") {
  CHECK(on_in_project(list({users, theirs})) == "/p/1 ");
  CHECK(on_in_project(list({theirs, users})) == "/p/1 ");
  CHECK(on_in_project(list({ours, users})) == "/p/2 ");
  CHECK(on_in_project(list({local, ours, users})) == "/p/3 ");
  CHECK(on_in_project(list({theirs})).empty());
  CHECK(on_in_project(R"({"scope": "project", "projectPath": "/w/ap", "installPath": "/p/1"})").empty());
  CHECK(on_in_project(list({users, R"({"scope": "user", "installPath": "/p/2"})"})) == "/p/2 ");
}

TEST_CASE("the settings of a project switch a plugin before the user's do, the local ones first") {
  const std::string off = R"({"enabledPlugins": {"a@m": false}})", on = R"({"enabledPlugins": {"a@m": true}})";
  CHECK(on_in_project(users, "", off, on).empty());
  CHECK(on_in_project(users, off, "", on).empty());
  CHECK(on_in_project(users, on, off, off) == "/p/1 ");
  CHECK(on_in_project(users, "{}", off, on).empty());
  CHECK(on_in_project(users, "", R"({"enabledPlugins": {"b@m": false}})", on) == "/p/1 ");
  CHECK(
      on_in_project(users, "", "{", on) ==
      "/w/app/.claude/settings.json: cannot be read (line 1: expected a key in double quotes or '}', found the end of "
      "the text); every plugin counts as switched off");
}

TEST_CASE("a plugin that is on and whose folder is gone is told of, one that is off is not") {
  const std::string gone = R"({"scope": "user", "installPath": "/p/9"})";
  CHECK(on_in_project(gone) == "/p/9: the plugin a@m is switched on, but its folder is gone");
  CHECK(on_in_project(gone, "", R"({"enabledPlugins": {"a@m": false}})").empty());
}
