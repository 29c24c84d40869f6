// What the user names is one place to fetch from, and nothing that git or a shell would do more with.
#include <catch2/catch.hpp>

#include "library/shelf.h"
#include "unit/memory_tree.h"

using namespace cascade;
using namespace cascade::collection;

namespace {

std::string source(const std::string& word) {
  files::MemoryTree tree;
  tree.write("/w/mine/skills/a/SKILL.md", "x");
  tree.write("/w/acme/tools/skills/a/SKILL.md", "x");
  tree.write("/home/u/theirs/SKILL.md", "x");
  const auto read = read_source(word, "/w", "/home/u", tree);
  if (!read) return read.error().message;
  return read->address + " | " + read->identity + " | " + read->name;
}

std::string row(const std::string& mode, const std::string& size, const std::string& path) {
  return mode + " blob 3b18e512dba79e4c8300dd08aeb37f8e728b8dad " + size + "\t" + path + std::string(1, '\0');
}

std::string taken(const std::string& listed) {
  const auto entries = read_tree_entries(listed);
  if (!entries) return "refused " + entries.error().path;
  std::string text;
  for (const TreeEntry& entry : entries->taken) text += entry.path + " ";
  for (const std::string& path : entries->left_out) text += "without " + path + " ";
  return text;
}

}  // namespace

TEST_CASE("a repository on GitHub, an address and a folder are sources") {
  CHECK(source("Acme/Tools") == "https://github.com/Acme/Tools | github.com/acme/tools | Tools");
  CHECK(source("https://github.com/acme/tools.git") ==
        "https://github.com/acme/tools.git | github.com/acme/tools | tools");
  CHECK(source("git@git.example:team/tools") == "git@git.example:team/tools | git.example/team/tools | tools");
  CHECK(source("ssh://git@git.example/team/tools/") ==
        "ssh://git@git.example/team/tools/ | git.example/team/tools | tools");
  CHECK(source("./acme/tools") == "/w/acme/tools | /w/acme/tools | tools");
  CHECK(source("mine") == "/w/mine | /w/mine | mine");
  CHECK(source("~/theirs") == "/home/u/theirs | /home/u/theirs | theirs");
}

TEST_CASE("what makes git start, ask or read more is no source") {
  for (const char* word : {"http://git.example/x", "git://git.example/x", "ftp://x/y", "HTTPS://git.example/x"})
    CHECK(source(word) == "libraries are fetched by https, ssh or file alone");
  CHECK(source("ext::sh -c id") == "this is no place to fetch from");
  CHECK(source("ext::id") == "git's helpers for transport are not started");
  CHECK(source("--upload-pack=id") == "this is no place to fetch from");
  CHECK(source("https://u:secret@git.example/x") == "an address with a password in it would be written down");
  CHECK(source("nowhere") == "\"nowhere\" is neither a repository's address nor a folder");
  CHECK(source("./nowhere") == "there is no such folder");
  CHECK(source("") == "this is no place to fetch from");
}

TEST_CASE("names and revisions are plain words") {
  for (const char* name : {"tools", "a.b-c_d", "7"}) CHECK(is_library_name(name));
  for (const char* name : {"", ".", "..", ".git", "a/b", "-a", "a b", "a\nb", "\xC3\xA4"})
    CHECK(!is_library_name(name));
  CHECK(!is_library_name(std::string(65, 'a')));
  for (const char* ref : {"main", "v1.2", "feature/x", "0adb21d"}) CHECK(is_ref(ref));
  for (const char* ref : {"", "-f", "+main", "a..b", "main:x", "a b", "a^", "@{-1}"}) CHECK(!is_ref(ref));
}

TEST_CASE("a path that no file may have refuses the whole, before anything is read") {
  CHECK(taken(row("100644", "12", "skills/a/SKILL.md") + row("100755", "3", "a.sh")) == "a.sh skills/a/SKILL.md ");
  for (const char* path : {"../x", "a/../x", "/etc/x", ".git/config", "a/.GIT/hooks/x", "a//x", "a/./x", "a\\x", "a\nx",
                           "a\x1b[2Jx", "git~1/config", ".git./x", "a\xff",
                           "\xE2\x80\xAE"
                           "x",
                           ""}) {
    INFO(path);
    CHECK(taken(row("100644", "1", path)) == "refused " + std::string(path));
  }
  CHECK(taken(row("100644", "1", std::string(300, 'a'))) == "refused " + std::string(300, 'a'));
  CHECK(taken(row("100644", "1", "a") + row("100644", "1", "a")) == "refused a");
}

TEST_CASE("large files and other repositories are left out by name, and what is too much is refused") {
  CHECK(taken(row("100644", "41943040", "film.mp4") + row("160000", "-", "sub") + row("100644", "1", "a")) ==
        "a without film.mp4: 40 MiB without sub: another repository ");
  std::string many;
  for (int i = 0; i < 20; ++i) many += row("100644", "16000000", "f" + std::to_string(i));
  CHECK(taken(many) == "refused ");
  CHECK(read_tree_entries("nonsense").error().code == ErrorCode::malformed);
}

TEST_CASE("a link stays within its library") {
  CHECK(link_target("skills/a/x.md", "../b/y.md") == "skills/b/y.md");
  CHECK(link_target("x", "a/../b") == "b");
  for (const char* text : {"/etc/passwd", "../../../x", "../..", "", "a\\b"}) {
    INFO(text);
    CHECK(!link_target("skills/x", text) == true);
  }
}
