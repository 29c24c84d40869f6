#include "client/built_in.h"
#include "client/events.h"

#include <catch2/catch.hpp>

namespace cascade::client {

TEST_CASE("the client's own agents are known, by their exact names") {
  CHECK(is_builtin_agent("general-purpose"));
  CHECK(is_builtin_agent("Explore"));
  CHECK_FALSE(is_builtin_agent("explore"));
  CHECK_FALSE(is_builtin_agent(""));
}

TEST_CASE("tools are known with their standing") {
  CHECK(find_tool("Read")->standing == ToolStanding::available);
  CHECK(find_tool("Task")->standing == ToolStanding::alias);
  CHECK(find_tool("LS")->instead == "Glob");
  CHECK(find_tool("read") == nullptr);
  CHECK(find_tool("Zzz") == nullptr);
}

TEST_CASE("hook events are known, and whether they look at a matcher") {
  CHECK(find_event("PreToolUse")->matches());
  CHECK_FALSE(find_event("Stop")->matches());
  CHECK(find_event("PreToolCall") == nullptr);
}

TEST_CASE("slash commands of the client are known") {
  CHECK(is_builtin_command("compact"));
  CHECK_FALSE(is_builtin_command("ship"));
}

}  // namespace cascade::client
