#include <catch2/catch.hpp>

#include <string>

#include "workspace/installed_plugins.h"

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
  const InstalledPlugins plugins = installed_plugins(tree, "/c");
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
