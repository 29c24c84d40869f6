#include "guard/tests/judged_session.h"

#include <catch2/catch.hpp>

using namespace cascade;
using namespace cascade::repository;

TEST_CASE("what a line does in a work tree that it adds is done to the branch there") {
  Session session;
  CHECK(session("git worktree add /t/wt main && cd /t/wt && git commit -am x") == "deny");
  CHECK(session("git worktree add /t/main && git -C /t/main commit -am x") == "deny");
  CHECK(session("git worktree add ../x main; cd ../x; git merge feature") == "deny");
  CHECK(session("git worktree add -b topic /t/wt main && cd /t/wt && git commit -am x") == "silent");
  CHECK(session("git worktree add --detach /t/wt main && cd /t/wt && git commit -am x") == "silent");
  CHECK(session("git worktree add /t/wt feature && cd /t/wt && git commit -am x && git push") == "silent");
  CHECK(session("git worktree add /t/wt main && git commit -am x") == "silent");
  CHECK(session("git worktree add -b topic /t/wt && cd /t/wt && git checkout main && git commit -am x") == "deny");
  CHECK(session("git worktree add -b topic /t/wt && cd /t/wt && git push origin HEAD:main") == "deny");
}

TEST_CASE("a work tree that the session adds to its own repository is its own for its life") {
  Session session;
  const auto made = [&](const std::string& line) {
    Judge judge(session.expectations, session.settings, session.world, session.world.tree);
    REQUIRE(judge.command(line, "/w/app"));
    std::string text;
    for (const Expected& one : judge.made()) {
      CHECK(one.source == Source::linked);
      CHECK(one.addresses == session.expectations.front().addresses);
      text += one.work_tree + " " + one.common_dir + "|";
    }
    return text;
  };
  for (const char* line :
       {"git worktree add ../rel", "git worktree add --detach ../rel", "git worktree add -d ../rel HEAD~1",
        "git worktree add -b next ../rel", "git worktree add -B next ../rel origin/main",
        "git worktree add -f ../rel wt", "git worktree add --no-checkout ../rel",
        "git worktree add --lock --reason 'a b' ../rel", "cd src && git worktree add ../../rel",
        "git -C /w/app worktree add ../rel && cd ../rel && git commit -am x",
        "git worktree add --orphan -b pages ../rel"})
    CHECK(made(line) == "/w/rel /w/app/.git|");
  CHECK(made("git worktree add .trees/a && git worktree add .trees/b") ==
        "/w/app/.trees/a /w/app/.git|/w/app/.trees/b /w/app/.git|");
  CHECK(made("git worktree add ../lib; true") == "");                 // a folder with something in it
  CHECK(made("git worktree add \"$X\"") == "");                       // layer two notes it
  CHECK(made("git -C ../lib worktree add ../lib-wt || true") == "");  // not of its own repository
  CHECK(session("git worktree add ../lib; cd ../lib && git commit -am x") == "deny");
  Facts added = session.world.repositories["/w/app-wt"];
  added.work_tree = "/w/rel";
  added.git_dir = "/w/app/.git/worktrees/rel";
  session.world.repositories["/w/rel"] = added;
  session.world.tree.write("/w/rel/.git", "");
  CHECK(session("cd ../rel && git commit -am x") == "deny");  // somebody else's
  session.expectations.push_back(linked_to(session.expectations.front(), "/w/rel"));
  for (const char* line :
       {"cd ../rel && git commit -am x", "git -C ../rel push", "echo x > ../rel/x && git -C ../rel add -A",
        "git worktree remove --force ../rel", "git -C ../rel reset --hard HEAD~1", "git worktree lock ../rel"})
    CHECK(session(line) == "silent");
  CHECK(made("git worktree move ../rel ../rel2") == "/w/rel2 /w/app/.git|");
  CHECK(session("git -C ../rel push https://github.com/acme/lib HEAD") == "deny");
  CHECK(session("git -C ../rel push origin HEAD:main") == "deny");
  CHECK(session("cd ../app-wt && git commit -am x") == "deny");
  added.work_tree = "/t/rel";
  session.world.repositories["/t/rel"] = added;
  session.world.tree.write("/t/rel/.git", "");
  CHECK(session("git -C /t/rel commit -am x") == "silent");  // in a folder for temporary files
  CHECK(session("git -C /t/rel push origin HEAD:main") == "deny");
}
