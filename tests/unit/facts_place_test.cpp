#include <catch2/catch.hpp>

#include "facts/fact.h"
#include "memory_tree.h"

using namespace cascade;
using namespace cascade::recall;

TEST_CASE("a project is its origin, however that is written, from any folder and work tree") {
  files::MemoryTree tree;
  tree.write("/home/ana/app/.git/config",
             "[core]\n\tbare = false\n[remote \"origin\"]\n\turl = git@Host.example:acme/app.git ; ours\n");
  tree.write("/home/ana/app/src/main.c", "");
  tree.write("/home/ana/side/.git", "gitdir: /home/ana/app/.git/worktrees/side\n");
  tree.write("/home/ana/app/.git/worktrees/side/commondir", "../..\n");
  for (const char* const folder : {"/home/ana/app", "/home/ana/app/src", "/home/ana/side"})
    CHECK(place_of(folder, "/home/u", "", tree).project == "host.example/acme/app");
}

TEST_CASE("a submodule is a project of its own, also in a folder that is called as git calls its own") {
  files::MemoryTree tree;
  tree.write("/home/ana/app/.git/config", "[remote \"origin\"]\n\turl = git@host.example:acme/app.git\n");
  tree.write("/home/ana/app/worktrees/lib/.git", "gitdir: ../../.git/modules/worktrees/lib\n");
  tree.write("/home/ana/app/.git/modules/worktrees/lib/config",
             "[remote \"origin\"]\n\turl = git@host.example:acme/lib.git\n");
  CHECK(place_of("/home/ana/app/worktrees/lib", "/home/u", "", tree).project == "host.example/acme/lib");
}

TEST_CASE("a project with an origin by path is that path, without the ending of a bare repository") {
  files::MemoryTree tree;
  tree.write("/home/ana/app/.git/config", "[remote \"origin\"]\n\turl = ../bare.git\n");
  tree.write("/home/ana/bare.git/HEAD", "");
  CHECK(place_of("/home/ana/app", "/home/u", "", tree).project == "/home/ana/bare");
}

TEST_CASE("without an origin a project is its work tree, without a repository the folder") {
  files::MemoryTree tree;
  tree.write("/home/ana/app/.git/config", "[core]\n");
  tree.write("/home/ana/app/src/main.c", "");
  tree.write("/home/ana/loose/notes", "");
  CHECK(place_of("/home/ana/app/src", "", "", tree).project == "/home/ana/app");
  CHECK(place_of("/home/ana/loose", "", "", tree).project == "/home/ana/loose");
}

TEST_CASE("a user is git's user.email: the repository's before the user's own") {
  files::MemoryTree tree;
  tree.write("/home/ana/app/.git/config", "[user]\n  email = \"Ada@Example.com\" # here\n");
  tree.write("/home/ana/lib/.git/config", "");
  tree.write("/home/u/.gitconfig", "[User]\n\tname = Ada\n\temail = ada@home.example\n");
  tree.write("/config/git/config", "[user]\nemail=ada@config.example\n");
  CHECK(place_of("/home/ana/app", "/home/u", "", tree).user == "ada@example.com");
  CHECK(place_of("/home/ana/lib", "/home/u", "", tree).user == "ada@home.example");
  CHECK(place_of("/home/ana/lib", "/home/v", "/config", tree).user == "ada@config.example");
  CHECK(place_of("/home/ana/lib", "/home/v", "", tree).user.empty());
}

TEST_CASE("dates are days of the calendar, and a day ends with its last second") {
  for (const char* const day : {"1970-01-02", "2000-02-29", "2024-02-29", "2025-12-31", "2026-03-01"})
    CHECK(date_of(*begin_of_day(day)) == day);
  CHECK(*end_of_day("2024-02-29") - *begin_of_day("2024-02-29") == 86'399);
  for (const char* const wrong : {"", "2025-02-29", "2025-13-01", "2025-1-1", "tomorrow..", "2025/01/01"})
    CHECK_FALSE(begin_of_day(wrong));
}
