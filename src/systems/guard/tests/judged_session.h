// A session among repositories that exist only in memory, and what the guard decides about its lines and files.
#pragma once

#include <catch2/catch.hpp>

#include "files/paths.h"
#include "guard/judge.h"
#include "unit/memory_tree.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace cascade::repository {

inline Facts facts_of(const std::string& work_tree, const std::string& branch, const std::string& url) {
  Facts facts;
  facts.git_dir = facts.common_dir = work_tree + "/.git";
  facts.work_tree = work_tree;
  facts.branch = branch;
  facts.branches = {"main", branch};
  facts.config = {{"remote.origin.url", url}, {"user.email", "dev@example.com"}, {"push.default", "current"}};
  return facts;
}

// /w/app (on feature), its worktree /w/app-wt, /w/lib; files as far as the guard looks for them.
struct World final : Git {
  files::MemoryTree tree;
  std::map<std::string, Facts> repositories;
  bool is_ahead = false;  // the local main has commits that the remote's has not

  World() {
    repositories["/w/app"] = facts_of("/w/app", "feature", "git@github.com:acme/app.git");
    repositories["/w/app"].config.emplace_back("remote.fork.url", "https://github.com/dev/app");
    repositories["/w/app"].config.emplace_back("alias.ci", "commit");
    repositories["/w/app"].config.emplace_back("alias.tolib", "!git -C ../lib commit");
    repositories["/w/lib"] = facts_of("/w/lib", "develop", "https://github.com/acme/lib.git");
    Facts worktree = facts_of("/w/app-wt", "wt", "git@github.com:acme/app.git");
    worktree.common_dir = "/w/app/.git";
    worktree.git_dir = "/w/app/.git/worktrees/wt";
    repositories["/w/app-wt"] = worktree;
    for (const char* file : {"/w/app/.git/HEAD", "/w/app/src/main.c", "/w/lib/.git/HEAD", "/w/lib/lib.c",
                             "/w/app-wt/.git", "/t/x", "/home/dev/a"})
      tree.write(file, "");
    tree.link("/w/link", "/w/lib");
  }

  Result<std::optional<Facts>> look(const Place& place) override {
    std::string where = files::join(place.directory, place.git_dir.empty() ? "." : place.git_dir);
    for (where = files::normalise(where); where != "/" && !where.empty(); where = files::parent(where))
      if (const auto found = repositories.find(where); found != repositories.end()) {
        Facts facts = found->second;
        if (!place.work_tree.empty()) facts.folder = files::normalise(files::join(place.directory, place.work_tree));
        if (facts.folder == facts.work_tree) facts.folder.clear();
        return std::optional<Facts>(facts);
      }
    return std::optional<Facts>();
  }
  Result<bool> knows_author(const Place& place, const std::string& email) override {
    const auto there = look(place);
    if (!there || !*there) return false;
    return email == "dev@example.com" || (email == "lead@example.com" && (*there)->work_tree == "/w/app");
  }
  Result<std::string> previous_branch(const Place&) override { return std::string("main"); }
  Result<bool> descends(const Place&, const std::string& from, const std::string& to) override {
    return from == "refs/heads/main" && to == "refs/remotes/origin/main" && !is_ahead;
  }
  Result<std::vector<std::string>> submodules(const Place&) override { return std::vector<std::string>{"/w/app/sub"}; }
};

struct Session {
  World world;
  Expectations expectations;
  Settings settings;

  Session() {
    expectations.push_back(*expect_directory("/w/app", Source::began, world, world.tree));
    settings.home = "/home/dev";
    settings.client_folder = "/home/dev/.claude";
    settings.temporary = {"/t"};
    settings.protected_branches = {"main"};
  }

  static std::string text(const std::vector<Finding>& findings) {
    Decision strictest = Decision::silent;
    for (const Finding& finding : findings) strictest = std::max(strictest, finding.decision);
    return strictest == Decision::deny ? "deny" : strictest == Decision::ask ? "ask" : "silent";
  }
  std::string operator()(const std::string& line, const std::string& directory = "/w/app") {
    Judge judge(expectations, settings, world, world.tree);
    REQUIRE(judge.command(line, directory));
    return text(judge.findings());
  }
  std::string file(const std::string& path) {
    Judge judge(expectations, settings, world, world.tree);
    judge.file(path, "/w/app");
    return text(judge.findings());
  }
  std::string reason(const std::string& line) {
    Judge judge(expectations, settings, world, world.tree);
    REQUIRE(judge.command(line, "/w/app"));
    return judge.findings().empty() ? "" : judge.findings().front().reason;
  }
};

}  // namespace cascade::repository
