// A lease ends with its owner; some owners end as soon as the command that took it.
#include <catch2/catch.hpp>

#include "leases/calls.h"

using cascade::lease::ends_with_its_command;
using cascade::lease::owner_text;
using Words = std::vector<std::string>;

TEST_CASE("a shell that has one line to do, and a program that only runs another one, end with the command") {
  for (const Words& words : {Words{"sh", "-c", "cascade lease take x"}, Words{"/bin/bash", "-lc", "x"},
                             Words{"bash", "-e", "-c", "x"}, Words{"timeout", "5", "cascade"},
                             Words{"xargs", "cascade"}, Words{"/usr/bin/sudo", "cascade"}, Words{"npx", "cascade"}})
    CHECK(ends_with_its_command(words));
}

TEST_CASE("a shell at work, a script and any other program go on") {
  for (const Words& words : {Words{"-bash"}, Words{"bash"}, Words{"/bin/zsh", "-i"}, Words{"sh", "check.sh", "-c"},
                             Words{"bash", "--rcfile", "c"}, Words{"python3", "-c", "x"}, Words{}})
    CHECK_FALSE(ends_with_its_command(words));
  CHECK(owner_text(12, {"/bin/sh", "-c", "secret"}) == "sh -c, process 12");
  CHECK(owner_text(12, {}) == "a program, process 12");
}
