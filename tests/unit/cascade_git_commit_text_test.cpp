// Commit objects as git writes them, and as nobody should.
#include "cascade_git/commit_changes.h"

#include <catch2/catch.hpp>

#include <limits>
#include <string>

namespace cascade::git {
namespace {

const std::string tree_line = "tree " + std::string(40, 'a') + "\n";
const std::string author_line = "author Ann <ann@example.org> 1700000000 +0100\n";
const std::string committer_line = "committer Bob <bob@example.org> 1700000001 -0230\n";

CommitText commit_of(const std::string& text) {
  const auto commit = read_commit(text);
  REQUIRE(commit);
  return *commit;
}

Signature signature(const std::string& line) {
  return commit_of(tree_line + "author " + line + "\n" + committer_line + "\nx\n").author;
}

TEST_CASE("commit: its tree, parents, people, times and subject") {
  const CommitText commit =
      commit_of(tree_line + "parent " + std::string(40, 'b') + "\nparent " + std::string(40, 'c') + "\n" + author_line +
                committer_line + "\nThe subject\n\nThe body\n");
  CHECK(commit.tree.hex() == std::string(40, 'a'));
  REQUIRE(commit.parents.size() == 2);
  CHECK(commit.parents[0].hex() == std::string(40, 'b'));
  CHECK(commit.parents[1].hex() == std::string(40, 'c'));
  CHECK(commit.author.name == "Ann");
  CHECK(commit.author.mail == "ann@example.org");
  CHECK(commit.author.time == 1'700'000'000);
  CHECK(commit.committer.name == "Bob");
  CHECK(commit.committer.time == 1'700'000'001);
  CHECK(commit.subject == "The subject");
  CHECK(commit.notes.empty());
}

TEST_CASE("commit: longer names of objects are none") {
  CHECK_FALSE(read_commit("tree " + std::string(64, 'a') + "\n" + author_line + committer_line + "\nx\n"));
}

TEST_CASE("commit: what is no commit is none") {
  for (const std::string& text :
       {std::string(), std::string("tree"), std::string("tree \n"), "tree " + std::string(39, 'a') + "\n",
        "tree " + std::string(40, 'g') + "\n", "blob " + std::string(40, 'a') + "\n", "\n" + tree_line,
        tree_line + "parent " + std::string(41, 'b') + "\n", tree_line + "parent \n" + author_line})
    CHECK_FALSE(read_commit(text));
}

TEST_CASE("commit: it may end anywhere behind its tree") {
  CHECK(commit_of(tree_line).subject.empty());
  CHECK(commit_of("tree " + std::string(40, 'a')).parents.empty());
  CHECK(commit_of(tree_line + author_line).author.name == "Ann");
  CHECK(commit_of(tree_line + author_line + committer_line).subject.empty());
  CHECK(commit_of(tree_line + author_line + committer_line + "\n\n\nlate").subject == "late");
}

TEST_CASE("commit: headers of several lines hide nobody and are no message") {
  const CommitText commit = commit_of(tree_line + author_line + committer_line +
                                      "gpgsig -----BEGIN PGP SIGNATURE-----\n \n author Eve <eve@example.org> 1 +0000\n"
                                      " -----END PGP SIGNATURE-----\nencoding ISO-8859-1\n\nSigned\n");
  CHECK(commit.author.name == "Ann");
  CHECK(commit.subject == "Signed");
}

TEST_CASE("commit: a person whose line is broken") {
  CHECK(signature("Ann").name == "Ann");
  CHECK(signature("Ann").mail.empty());
  CHECK(signature("Ann <ann@example.org").mail.empty());
  CHECK(signature("<ann@example.org> 5 +0000").name.empty());
  CHECK(signature("<ann@example.org> 5 +0000").mail == "ann@example.org");
  CHECK(signature("  Ann  B  < ann@example.org > 5 +0000").name == "Ann  B");
  CHECK(signature("  Ann  B  < ann@example.org > 5 +0000").mail == "ann@example.org");
  CHECK(signature("J\xC3\xB6rg <j@example.org> 5 +0000").name == "J\xC3\xB6rg");
  CHECK(signature("Ann <a> <b> 7 +0000").time == 7);  // the time is behind the last >
}

TEST_CASE("commit: a time that cannot be read is 0") {
  CHECK(signature("Ann <a> -86400 +0000").time == -86'400);
  CHECK(signature("Ann <a> 9223372036854775807 +0000").time == std::numeric_limits<std::int64_t>::max());
  CHECK(signature("Ann <a> 9223372036854775808 +0000").time == 0);
  CHECK(signature("Ann <a> soon").time == 0);
  CHECK(signature("Ann <a>").time == 0);
}

std::string notes_of(const std::string& body) {
  std::string all;
  for (const std::string& note : commit_of(tree_line + author_line + committer_line + "\nSubject\n\n" + body).notes)
    all += note + "|";
  return all;
}

TEST_CASE("commit: lines that name commits, requests and people are noted") {
  CHECK(notes_of("This reverts commit abc.\nIn a sentence: This reverts commit abc.\n") == "This reverts commit abc.|");
  CHECK(notes_of("(cherry picked from commit abc)\r\n") == "(cherry picked from commit abc)|");
  CHECK(notes_of("See merge request a/b!7") == "See merge request a/b!7|");
  CHECK(notes_of("Reviewed-by: Bob <b>\n\nCo-authored-by: Eve <e>\n") ==
        "Reviewed-by: Bob <b>|Co-authored-by: Eve <e>|");
  CHECK(notes_of("  Signed-off-by: Ann <a>  \n") == "Signed-off-by: Ann <a>|");
}

TEST_CASE("commit: a line with a colon is not yet a person") {
  CHECK(notes_of("Note: it works\nsee-also:no blank\nfile-2: x\n-b: x\na b-c: x\n").empty());
  CHECK(notes_of(std::string(31, 'a') + "-by: x\n").empty());
  CHECK(notes_of("tr\xC3\xA4ger-von: x\n").empty());
}

TEST_CASE("commit: people in plenty do not hide the revert behind them") {
  std::string body;
  for (int i = 0; i < 100; ++i) body += "Acked-by: P" + std::to_string(i) + "\n";
  const std::string notes = notes_of(body + "This reverts commit abc.\n");
  CHECK(notes.find("P19|") != std::string::npos);
  CHECK(notes.find("P20|") == std::string::npos);
  CHECK(notes.find("This reverts commit abc.|") != std::string::npos);
}

TEST_CASE("commit: what is shown of a message has an end") {
  CHECK(commit_of(tree_line + author_line + "\n" + std::string(100'000, 's')).subject == std::string(300, 's'));
  CHECK(notes_of("Acked-by: " + std::string(1'000, 'p')) == "Acked-by: " + std::string(290, 'p') + "|");
}

}  // namespace
}  // namespace cascade::git
