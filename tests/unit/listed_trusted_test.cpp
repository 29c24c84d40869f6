// Which repository came from elsewhere, and who trusts it.
#include <catch2/catch.hpp>

#include "listed/standing.h"
#include "memory_tree.h"

using namespace cascade;

namespace {

files::MemoryTree clone_at(const std::string& folder, const std::string& config) {
  files::MemoryTree tree;
  tree.write(folder + "/.git/HEAD", "ref: refs/heads/main\n");
  tree.write(folder + "/.git/config", config);
  tree.write(folder + "/src/a.cpp", "");
  return tree;
}

constexpr const char* with_remote = "[core]\n\tbare = false\n[remote \"origin\"]\n\turl = x\n";

}  // namespace

TEST_CASE("a repository with a remote came from elsewhere", "[trusted]") {
  CHECK(listing::clone_around(clone_at("/w/p", with_remote), "/w/p/src", "/home/u") == "/w/p");
  CHECK(listing::clone_around(clone_at("/w/p", with_remote), "/w/p", "/home/u") == "/w/p");
  CHECK(listing::clone_around(clone_at("/w/p", "[core]\n"), "/w/p/src", "/home/u").empty());
  CHECK(listing::clone_around(clone_at("/w/p", with_remote), "/w/other", "/home/u").empty());
  CHECK(listing::clone_around(clone_at("/home/u", with_remote), "/home/u/notes", "/home/u")
            .empty());  // of the home's files
  CHECK(listing::clone_around(clone_at("/w/p", with_remote), "", "/home/u").empty());
  files::MemoryTree inner = clone_at("/w/p", with_remote);
  inner.write("/w/p/own/.git/config", "[core]\n");
  CHECK(listing::clone_around(inner, "/w/p/own", "/home/u").empty());  // a repository of its own inside
}

TEST_CASE("a linked work tree belongs to its clone", "[trusted]") {
  files::MemoryTree tree = clone_at("/w/p", with_remote);
  tree.write("/w/p/.git/worktrees/fix/commondir", "../..\n");
  tree.write("/w/fix/.git", "gitdir: /w/p/.git/worktrees/fix\n");
  CHECK(listing::clone_around(tree, "/w/fix", "/home/u") == "/w/fix");
  listing::SwitchRequest request;
  request.directory = "/w/fix";
  CHECK_FALSE(listing::is_trusted(tree, request, "/w/fix"));
  request.is_allowed = [](const std::string& path) { return path == "/w/p"; };
  CHECK(listing::is_trusted(tree, request, "/w/fix"));
}

TEST_CASE("the user's word, or a client's record for it or a folder above, is trust", "[trusted]") {
  files::MemoryTree tree = clone_at("/w/p", with_remote);
  listing::SwitchRequest request;
  request.user = client::user_place("/home/u", std::nullopt, "");
  request.directory = "/w/p/src";
  CHECK_FALSE(listing::is_trusted(tree, request, "/w/p"));
  request.is_allowed = [](const std::string& path) { return path == "/w/p"; };
  CHECK(listing::is_trusted(tree, request, "/w/p"));
  request.is_allowed = [](const std::string&) { return false; };
  CHECK_FALSE(listing::is_trusted(tree, request, "/w/p"));
  tree.write("/home/u/.claude.json", "{\"projects\":{\"/w\":{\"hasTrustDialogAccepted\":true}}}");
  CHECK(listing::is_trusted(tree, request, "/w/p"));
}

TEST_CASE("named roots need no trust in the clone around them", "[trusted]") {
  listing::SwitchRequest request;
  request.directory = "/w/p";
  request.named = 2;
  const listing::Switches read = listing::read_switches(clone_at("/w/p", with_remote), request);
  CHECK(read.untrusted == "/w/p");  // for what is found there without being named
  CHECK(read.named == 2);
}
