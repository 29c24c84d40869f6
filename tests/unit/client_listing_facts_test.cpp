#include <catch2/catch.hpp>

#include "client/installers.h"
#include "client/plugin.h"
#include "client/settings_files.h"
#include "memory_tree.h"

using namespace cascade;

TEST_CASE("a use counts half after a week and a tenth at least") {
  files::MemoryTree tree;
  tree.write("/home/u/.claude.json",
             R"({"skillUsage":{"new":{"usageCount":2,"lastUsedAt":1000000000000},
                 "week":{"usageCount":2,"lastUsedAt":999395200000},"old":{"usageCount":2,"lastUsedAt":1000},
                 "day":{"usageCount":1,"lastUsedAt":999913600000},"three days and a half":{"usageCount":3,"lastUsedAt":999697600000.5},
                 "ten days":{"usageCount":1,"lastUsedAt":999136000000},"tomorrow":{"usageCount":1,"lastUsedAt":1000086400000},
                 "words":{"usageCount":"9","lastUsedAt":"never"},"less":{"usageCount":-4,"lastUsedAt":1000000000000},
                 "odd":7}})");
  const auto usage = client::SkillUsage::read(tree, client::user_place("/home/u", std::nullopt, ""), 1'000'000'000);
  CHECK(usage.score("new") == 2'000'000);
  CHECK(usage.score("week") == 1'000'000);
  CHECK(usage.score("old") == 200'000);
  // Near 2^(-1/7), 2^(-1/2), 2^(-10/7).
  CHECK(usage.score("day") == 907'563);
  CHECK(usage.score("three days and a half") == 3 * 707'107);
  CHECK(usage.score("ten days") == 371'848);
  CHECK(usage.score("tomorrow") == 1'000'000);
  CHECK(usage.score("words") == 0);
  CHECK(usage.score("less") == 0);
  CHECK(usage.score("odd") == 0);
  CHECK(usage.score("nobody") == 0);
}

TEST_CASE("MCP servers are those of the folder and of the user") {
  files::MemoryTree tree;
  tree.write("/w/.mcp.json", R"({"mcpServers":{"b":{},"a":{}}})");
  tree.write("/home/u/.claude.json", R"({"mcpServers":{"c":{}},"projects":{"/w":{"mcpServers":{"d":{},"a":{}}}}})");
  CHECK(client::mcp_servers(tree, client::user_place("/home/u", std::nullopt, ""), "/w") ==
        std::vector<std::string>{"a", "b", "c", "d"});
  CHECK(client::mcp_servers(tree, client::UserPlace{}, "/nowhere").empty());
}

TEST_CASE("a plugin that names a folder of agents is refused as a whole") {
  CHECK(client::refused_plugin(R"({"name":"p","agents":"./agents/"})") == "p");
  CHECK(client::refused_plugin(R"({"name":"p","agents":["./a.md","./agents"]})") == "p");
  for (const char* loads :
       {R"({"name":"p"})", R"({"name":"p","agents":["./a.md"]})", R"({"name":"p","agents":"./a.md"})", "["})
    CHECK(client::refused_plugin(loads).empty());
}
