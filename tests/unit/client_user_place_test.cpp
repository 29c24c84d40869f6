#include <catch2/catch.hpp>

#include "client/settings_files.h"

using cascade::client::user_place;

namespace {

std::string said(const cascade::client::UserPlace& place) {
  return place.home + " " + place.folder + " " + place.state;
}

}  // namespace

TEST_CASE("the client keeps what is the user's in its folder, or where CLAUDE_CONFIG_DIR says") {
  CHECK(said(user_place("/home/u", std::nullopt, "/w")) == "/home/u /home/u/.claude /home/u/.claude.json");
  CHECK(said(user_place("/home/u", "/etc/c/", "/w")) == "/home/u /etc/c /etc/c/.claude.json");
  CHECK(said(user_place("", "/etc/c", "")) == " /etc/c /etc/c/.claude.json");
  CHECK(said(user_place("", std::nullopt, "/w")) == "  ");
}

TEST_CASE("CLAUDE_CONFIG_DIR is taken as it is, from where the client was started") {
  CHECK(said(user_place("/home/u", "c/../d", "/w")) == "/home/u /w/d /w/d/.claude.json");
  CHECK(said(user_place("/home/u", "~/c", "/w")) == "/home/u /w/~/c /w/~/c/.claude.json");
  CHECK(said(user_place("/home/u", "", "/w")) == "/home/u /w /home/u/.claude.json");
  CHECK(said(user_place("/home/u", "c", "")) == "/home/u /home/u/.claude /home/u/.claude.json");
}
