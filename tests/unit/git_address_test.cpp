#include <catch2/catch.hpp>

#include "git/address.h"
#include "memory_tree.h"

using namespace cascade;
using namespace cascade::repository;

namespace {

std::string normal(const std::string& address) {
  files::MemoryTree tree;
  tree.write("/remotes/lib.git/HEAD", "");
  tree.write("/w/app/.git/HEAD", "");
  tree.write("/w/app.git/HEAD", "");
  tree.write("/w/folder.git/HEAD", "");
  tree.write("/w/folder/notes", "");
  tree.link("/w/to-app", "/w/app");
  tree.link("/w/to-lib", "/remotes/lib.git");
  return normal_address(address, "/w/app", tree);
}

}  // namespace

TEST_CASE("addresses are the same however they are written") {
  for (const char* address :
       {"git@github.com:acme/app.git", "https://github.com/acme/app", "https://me:secret@GitHub.com/Acme/App.git/",
        "ssh://git@github.com:22/acme/app.git", "git://github.com/acme/app"})
    CHECK(normal(address) == "github.com/acme/app");
  CHECK(normal("git@host.example:group/sub/App.git") == "host.example/group/sub/App");
  for (const char* path :
       {"/remotes/lib.git", "/remotes/lib", "file:///remotes/lib.git/", "../../remotes/lib", "../to-lib"})
    CHECK(normal(path) == "/remotes/lib.git");
  CHECK(normal(".") == "/w/app");
}

TEST_CASE("a path is the repository that git finds there") {
  CHECK(normal("../app.git") == "/w/app.git");  // beside the work tree of this name, and another repository
  for (const char* path : {"../app", "../app/", "/w/app/.git", "file:///w/app/.git/", "../to-app"})
    CHECK(normal(path) == "/w/app");
  CHECK(normal("../folder") == "/w/folder.git");  // the folder of this name is none
  CHECK(normal("../nothing.git/") == "/w/nothing.git");
  CHECK(normal("../nothing") == "/w/nothing");
}

TEST_CASE("pushurl, insteadOf and pushInsteadOf say where a push goes") {
  const files::MemoryTree tree;
  Facts facts;
  facts.work_tree = "/w/app";
  facts.config = {{"remote.origin.url", "acme:app.git"},
                  {"remote.both.url", "acme:lib"},
                  {"remote.both.pushurl", "https://a.example/x"},
                  {"remote.read.url", "https://read.example/docs"},
                  {"url.https://github.com/acme/.insteadof", "acme:"},
                  {"url.git@write.example:.pushinsteadof", "https://read.example/"}};
  CHECK(push_addresses(facts, "origin", tree) == std::vector<std::string>{"github.com/acme/app"});
  CHECK(push_addresses(facts, "both", tree) == std::vector<std::string>{"a.example/x"});
  CHECK(push_addresses(facts, "read", tree) == std::vector<std::string>{"write.example/docs"});
  CHECK(push_addresses(facts, "acme:other", tree) == std::vector<std::string>{"github.com/acme/other"});
}

TEST_CASE("the remote of a push without one") {
  Facts facts;
  CHECK(default_remote(facts, "x") == "origin");
  CHECK(push_remote(facts, "x").empty());
  facts.config = {{"remote.only.url", "u"}};
  CHECK(default_remote(facts, "x") == "only");
  facts.config.emplace_back("branch.x.remote", "theirs");
  CHECK(default_remote(facts, "x") == "theirs");
  facts.config.emplace_back("remote.pushdefault", "mine");
  CHECK(default_remote(facts, "x") == "mine");
}

TEST_CASE("words that name a hosted repository") {
  CHECK(hosted_repository("acme/app") == "github.com/acme/app");
  CHECK(hosted_repository("git.example.org/acme/app") == "git.example.org/acme/app");
  CHECK(hosted_repository("https://github.com/acme/app/pull/3") == "github.com/acme/app");
  for (const char* deep : {"git@host.example:group/sub/App.git", "https://host.example/group/sub/App.git",
                           "ssh://git@host.example:22/group/sub/App.git", "git@host.example:/group/sub/App.git",
                           "host.example/group/sub/App"})
    CHECK(hosted_repository(deep) == "host.example/group/sub/App");  // as the guard says it, so it can be allowed
  CHECK(hosted_repository("https://host.example/acme/app/pulls/3") == "host.example/acme/app");
  CHECK_FALSE(hosted_repository("app"));
  CHECK_FALSE(hosted_repository("/acme/app"));
  CHECK_FALSE(hosted_repository("../lib"));
  CHECK_FALSE(hosted_repository("a/b/c"));
}
