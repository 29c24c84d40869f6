// Questions to cascade-git and its answers (repository_facts.h, range.h, history_facts.h), on repositories that git
// makes of a stream.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "cascade_git/repository_facts.h"
#include "imported_repository.h"
#include "syntax/json.h"

namespace cascade::git {
namespace {

using Lines = std::vector<std::string>;

// `more`: members after the directory, with their comma.
Lines lines_of(const std::string& directory, const std::string& ask, const std::string& more = "") {
  const Library library;
  Lines lines;
  reply("{\"ask\":\"" + ask + "\",\"directory\":" + syntax::quote_json(directory) + more + "}",
        [&](std::string_view line) { lines.emplace_back(line); });
  return lines;
}

std::string answer_of(const std::string& directory, const std::string& ask, const std::string& more = "") {
  const Lines lines = lines_of(directory, ask, more);
  REQUIRE(lines.size() == 1);
  return lines.front();
}

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

// Every line that begins so, without its beginning.
Lines those(const Lines& lines, const std::string& begin) {
  Lines found;
  for (const std::string& line : lines)
    if (line.compare(0, begin.size(), begin) == 0) found.push_back(line.substr(begin.size()));
  return found;
}

TEST_CASE("answers: what is no question, and where there is no repository") {
  const Library library;
  for (const char* question : {"", "x", "[]", "7", "{", "null", "\"ask\""})
    CHECK(holds(answer(question), R"({"error":"broken")"));
  const test::ScratchFolder folder;
  for (const char* ask : {"repository", "previous", "author", "descends", "changes", "state", "history", "blob"})
    CHECK(holds(answer_of(folder.path, ask), R"({"error":"none")"));
  for (const char* ask : {"facts", "range", "tree", "hunks_of", "export"})
    CHECK(holds(answer_of(folder.path, ask), R"({"error":"none")"));
}

TEST_CASE("answers: an empty repository") {
  if (!has_git()) return;
  const ImportedRepository repository("");
  CHECK(holds(answer_of(repository.path(), "repository"), R"("branch":"main","branches":[])"));
  CHECK(answer_of(repository.path(), "author", R"(,"email":"a@b")") == R"({"known":true})");
  CHECK(holds(answer_of(repository.path(), "state"), R"({"head":"","state":"")"));
  CHECK(answer_of(repository.path(), "history") == R"({"commits":[]})");
  CHECK(holds(answer_of(repository.path(), "facts"), R"({"error":"empty")"));
  CHECK(holds(answer_of(repository.path(), "range", R"(,"from":"","to":"-")"), R"({"error":"to")"));
  CHECK(holds(answer_of(repository.path(), "blob", R"(,"id":"x")"), R"({"error":"broken")"));
  CHECK(holds(answer_of(repository.path(), "nonsense"), "no such question"));
}

const std::string letters = "a\nb\nc\nd\ne\nf\ng\nh\n";

// Two commits on main, and a third on side.
Stream three_commits() {
  Stream stream;
  stream.commit("Begin\n", {{"a.txt", letters}, {"src/b.txt", "one\n"}, {"run", "#!\n", "100755"}});
  stream.commit("Change\n\nThis reverts commit 0123456789.\n",
                {{"a.txt", "A" + letters.substr(1)}, {"src/b.txt", "-"}});
  stream.branch = "side";
  stream.commit("Aside\n", {{"c.txt", "see\n"}}, "from :2\n");
  return stream;
}

TEST_CASE("answers: the repository, its branches and the settings that facts hold") {
  if (!has_git()) return;
  const ImportedRepository repository(three_commits().text);
  for (const char* setting : {"user.email", "remote.origin.url", "core.hooksPath", "gc.auto"})
    repository.run({"config", setting, "1"});
  const std::string real = std::filesystem::canonical(repository.path()).string();
  const std::string found = answer_of(repository.path(), "repository");
  CHECK(holds(found, "\"git_dir\":" + syntax::quote_json(real + "/.git")));
  CHECK(holds(found, "\"work_tree\":" + syntax::quote_json(real)));
  CHECK(holds(found, R"("branch":"main","branches":["main","side"])"));
  CHECK(holds(found, R"(["user.email","1"])"));
  CHECK(holds(found, R"(["remote.origin.url","1"])"));
  CHECK(holds(found, R"(["core.hookspath","1"])"));
  CHECK_FALSE(holds(found, "gc.auto"));
  std::filesystem::create_directories(repository.path() + "/deep/er");
  CHECK(answer_of(repository.path() + "/deep/er", "repository") == found);
}

TEST_CASE("answers: who wrote here, what descends from what, and the branch before this one") {
  if (!has_git()) return;
  const ImportedRepository repository(three_commits().text);
  const auto known = [&](const std::string& ask, const std::string& more) {
    return answer_of(repository.path(), ask, more) == R"({"known":true})";
  };
  CHECK(known("author", R"(,"email":"ANN@example.org")"));
  CHECK_FALSE(known("author", R"(,"email":"ann@example.or")"));
  CHECK_FALSE(known("author", ""));
  CHECK(known("descends", R"(,"from":"main","to":"side")"));
  CHECK(known("descends", R"(,"from":"main","to":"main")"));
  CHECK_FALSE(known("descends", R"(,"from":"side","to":"main")"));
  CHECK_FALSE(known("descends", R"(,"from":"none","to":"main")"));
  CHECK(answer_of(repository.path(), "previous") == R"({"branch":""})");
  repository.run({"checkout", "-q", "-f", "side"});
  repository.run({"checkout", "-q", "main"});
  CHECK(answer_of(repository.path(), "previous") == R"({"branch":"side"})");
}

TEST_CASE("answers: submodules are folders of the work tree") {
  if (!has_git()) return;
  const ImportedRepository repository("");
  CHECK(answer_of(repository.path(), "submodules") == R"({"submodules":[]})");
  repository.write(".gitmodules", "[submodule \"m\"]\n\tpath = lib/m\n\turl = ../m\n[submodule \"n\"]\n\turl = x\n");
  const std::string real = std::filesystem::canonical(repository.path()).string();
  CHECK(answer_of(repository.path(), "submodules") == "{\"submodules\":[" + syntax::quote_json(real + "/lib/m") + "]}");
}

TEST_CASE("answers: files that differ from a revision, and what they were") {
  if (!has_git()) return;
  const ImportedRepository repository(three_commits().text);
  repository.run({"checkout", "-q", "-f", "main"});
  const auto changes = [&](const std::string& revision) {
    return answer_of(repository.path(), "changes", ",\"revision\":\"" + revision + "\"");
  };
  CHECK(holds(changes("HEAD"), R"("files":[])"));
  CHECK(holds(changes("none"), R"({"error":"revision")"));
  const std::string old_id = repository.run({"rev-parse", "HEAD:a.txt"});
  repository.write("a.txt", "other\n");
  repository.write("new.txt", "new\n");
  repository.write("noise.log", "x\n");
  repository.write(".gitignore", "*.log\n");
  std::filesystem::remove(repository.path() + "/run");
  const std::string found = changes("HEAD");
  CHECK(holds(found, R"({"path":"a.txt","id":")" + old_id + R"(","executable":false})"));
  CHECK(holds(found, R"({"path":"new.txt"})"));
  CHECK(holds(found, R"({"path":"run","id":")"));
  CHECK(holds(found, R"("executable":true)"));
  CHECK_FALSE(holds(found, "noise"));
  CHECK(holds(changes("side..."), R"({"path":"a.txt","id":")" + old_id));  // where HEAD parted from it: HEAD
  const auto blob = [&](const std::string& from) {
    return answer_of(repository.path(), "blob", ",\"id\":\"" + old_id + R"(","path":"a.txt","from":")" + from + "\"");
  };
  CHECK(blob("0") == R"({"size":16,"hex":"410a620a630a640a650a660a670a680a"})");
  CHECK(blob("14") == R"({"size":16,"hex":"680a"})");
  CHECK(blob("99") == R"({"size":16,"hex":""})");
}

TEST_CASE("answers: a file that was renamed is gone, and is new with where it came from") {
  if (!has_git()) return;
  const ImportedRepository repository(three_commits().text);
  repository.run({"checkout", "-q", "-f", "main"});
  std::filesystem::rename(repository.path() + "/a.txt", repository.path() + "/z.txt");
  const std::string found = answer_of(repository.path(), "changes", R"(,"revision":"HEAD")");
  CHECK(holds(found, R"({"path":"a.txt","id":)"));
  CHECK(holds(found, R"({"path":"z.txt","from":"a.txt"})"));
}

TEST_CASE("answers: the history oldest first, and a work tree's state is the commit's that is made of it") {
  if (!has_git()) return;
  const ImportedRepository repository(three_commits().text);
  repository.run({"checkout", "-q", "-f", "main"});
  const std::string first = repository.run({"rev-parse", "HEAD~1"}), second = repository.run({"rev-parse", "HEAD"});
  const std::string all = answer_of(repository.path(), "history");
  CHECK(all.find(first) < all.find(second));
  CHECK(holds(all, R"("subject":"Change","names":["This reverts commit 0123456789."])"));
  CHECK(holds(all, R"("subject":"Begin","names":[])"));
  CHECK_FALSE(holds(answer_of(repository.path(), "history", ",\"since\":\"" + first + "\""), "Begin"));
  CHECK(holds(answer_of(repository.path(), "history", R"(,"since":"none")"), R"({"error":"revision")"));
  CHECK(answer_of(repository.path(), "state") == "{\"head\":\"" + second + R"(","state":""})");
  repository.write("a.txt", "other\n");
  repository.write("d.txt", "new\n");
  const std::string state = answer_of(repository.path(), "state");
  const std::string hash = state.substr(state.find("\"state\":"));
  CHECK(hash.size() > 20);
  repository.run({"add", "-A"});
  CHECK(answer_of(repository.path(), "state") == state);
  repository.run({"-c", "user.name=A", "-c", "user.email=a@b", "commit", "-q", "-m", "Next"});
  CHECK(holds(answer_of(repository.path(), "history", R"(,"states":"yes")"), hash));
}

TEST_CASE("answers: a range's commits, files and hunks") {
  if (!has_git()) return;
  const ImportedRepository repository(three_commits().text);
  const Lines lines = lines_of(repository.path(), "range", R"(,"from":"main~1","to":"side")");
  REQUIRE(lines.size() > 3);
  CHECK(holds(lines.front(), "{\"range\":[\"" + repository.run({"rev-parse", "main~1"}) + "\",\"" +
                                 repository.run({"rev-parse", "side"}) + "\"]"));
  const Lines commits = those(lines, "{\"commit\":");
  REQUIRE(commits.size() == 2);  // backwards
  CHECK(holds(commits[0], R"("1","Ann","ann@example.org","Aside\n",""],"files":["c.txt"]})"));
  CHECK(holds(commits[1], R"("files":["a.txt","src/b.txt"]})"));
  CHECK(those(lines, "{\"file\":") ==
        Lines{R"(["a.txt","a.txt","M"]})", R"(["c.txt","c.txt","A"]})", R"(["src/b.txt","src/b.txt","D"]})"});
  const Lines hunks = those(lines, "{\"hunk\":");
  REQUIRE(hunks.size() == 3);
  CHECK(holds(hunks[0], R"("1","1","1","1"],"old":["a"],"new":["A"]})"));
  CHECK(holds(hunks[1], R"("0","0","1","1"],"old":[],"new":["see"]})"));
  CHECK(holds(hunks[2], R"("1","1","0","0"],"old":["one"],"new":[]})"));
  CHECK(lines.back() == "{\"end\":\"" + std::to_string(lines.size() - 1) + "\"}");
  CHECK(holds(answer_of(repository.path(), "range", R"(,"from":"x","to":"side")"), R"({"error":"from")"));
  CHECK(holds(answer_of(repository.path(), "range", R"(,"from":"","to":"x")"), R"({"error":"to")"));
}

TEST_CASE("answers: a range ends at the work tree, and from nothing it is everything") {
  if (!has_git()) return;
  const ImportedRepository repository(three_commits().text);
  repository.run({"checkout", "-q", "-f", "main"});
  CHECK(those(lines_of(repository.path(), "range", R"(,"from":"","to":"main")"), "{\"file\":") ==
        Lines{R"(["a.txt","a.txt","A"]})", R"(["run","run","A"]})"});
  repository.write("new.txt", "new\n");
  std::filesystem::permissions(repository.path() + "/a.txt", std::filesystem::perms::owner_exec,
                               std::filesystem::perm_options::add);
  const Lines lines = lines_of(repository.path(), "range", R"(,"from":"main","to":"-")");
  CHECK(those(lines, "{\"file\":") == Lines{R"(["a.txt","a.txt","M"]})", R"(["new.txt","new.txt","A"]})"});
  CHECK(those(lines, "{\"hunk\":").size() == 2);  // the mode is one
  CHECK(those(lines, "{\"commit\":").empty());
}

TEST_CASE("answers: a hunk that a revert takes back has its id as the inverse") {
  if (!has_git()) return;
  Stream stream;
  stream.commit("Begin\n", {{"a", letters}, {"b", "x\n"}});
  stream.commit("Change\n", {{"a", "a\nb\nX\nY\n" + letters.substr(8)}});
  stream.commit("More above\n", {{"a", "0\n0\na\nb\nX\nY\n" + letters.substr(8)}});
  stream.commit("Back\n", {{"a", "0\n0\n" + letters}});
  const ImportedRepository repository(stream.text);
  const auto ids = [&](const std::string& revision) {
    const Lines hunks =
        those(lines_of(repository.path(), "hunks_of", ",\"revision\":\"" + revision + "\""), "{\"hunk\":[");
    REQUIRE(hunks.size() == 1);
    return std::pair(hunks[0].substr(1, 16), hunks[0].substr(20, 16));
  };
  const auto [id, inverse] = ids("main~2");
  const auto [back, back_inverse] = ids("main");
  CHECK(id == back_inverse);
  CHECK(inverse == back);
  CHECK(id != back);
  CHECK(holds(answer_of(repository.path(), "hunks_of", R"(,"revision":"none")"), R"({"error":"revision")"));
}

TEST_CASE("answers: files of a tree by patterns") {
  if (!has_git()) return;
  Stream stream;
  stream.commit("Begin\n", {{"a.yml", "one\ntwo one\n"},
                            {"d/b.yml", "one"},
                            {"c.txt", "one\n"},
                            {"link", "a.yml", "120000"},
                            {"z.bin", std::string("one\0", 4)}});
  const ImportedRepository repository(stream.text);
  CHECK(lines_of(repository.path(), "tree", R"(,"revision":"main","patterns":["*.yml"])") ==
        Lines{R"({"file":["a.yml","one\ntwo one\n"]})", R"({"file":["d/b.yml","one"]})", R"({"end":"2"})"});
  CHECK(lines_of(repository.path(), "tree", R"(,"revision":"-","patterns":[])") == Lines{R"({"end":"0"})"});
}

TEST_CASE("answers: the files of a commit in a folder, and nothing else") {
  if (!has_git()) return;
  const ImportedRepository repository(three_commits().text);
  const test::ScratchFolder into;
  const std::string folder = R"(,"into":)" + syntax::quote_json(into.path);
  CHECK(holds(answer_of(repository.path(), "export", R"(,"revision":"none")" + folder), R"({"error":"revision")"));
  CHECK(holds(answer_of(repository.path(), "export", R"(,"revision":"side","into":"")"), R"({"error":"revision")"));
  for (const char* revision : {"main", "side"}) {  // what lies in the work tree does not count
    std::filesystem::remove_all(into.path);
    std::filesystem::create_directory(into.path);
    CHECK_FALSE(holds(
        answer_of(repository.path(), "export", ",\"revision\":\"" + std::string(revision) + "\"" + folder), "error"));
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(into.path)) names.push_back(entry.path().filename());
    std::sort(names.begin(), names.end());
    std::string listed;
    for (const std::string& name : names) listed += (listed.empty() ? "" : "\n") + name;
    CHECK(listed == repository.run({"ls-tree", "--name-only", revision}));
  }
}

TEST_CASE("answers: facts of a history, from its first commit to its end") {
  if (!has_git()) return;
  Stream stream;
  stream.commit("Begin\n",
                {{"a.txt", letters}, {".mailmap", "Ann B <ann@example.org>\n"}, {".gitattributes", "*.gen -diff\n"}});
  stream.commit("Move\n", {{"a.txt", "-"}, {"b.txt", letters + "i\n"}, {"x.gen", "made\n"}});
  stream.text += "tag v1\nfrom :1\ntagger Ann <ann@example.org> 5 +0000\n" + Stream::data("One");
  const ImportedRepository repository(stream.text);
  const Lines lines = lines_of(repository.path(), "facts", R"(,"branch":"")");
  REQUIRE(lines.size() > 8);
  CHECK(holds(lines[0], R"("main",")" + repository.run({"rev-parse", "main"}) + R"(","sha1"],"commits":2,"cut":0)"));
  CHECK(lines[1] == R"({"tags":["v1",")" + repository.run({"rev-parse", "v1^{commit}"}) + R"(","5"]})");
  const Lines commits = those(lines, "{\"commit\":");
  REQUIRE(commits.size() == 2);
  CHECK(holds(commits[0], R"(","","86400 86400 0 0 0",)"));
  CHECK(holds(commits[1], R"(","0 ","172800 172800 0 0 1",)"));
  const Lines files = those(lines, "{\"files\":");
  REQUIRE(files.size() == 2);
  CHECK(holds(files[1], " D 3 0 0 8 0 - 1,8,0,0;"));
  CHECK(holds(files[1], " A 0 5 0 0 0 b "));
  CHECK(those(lines, "{\"people\":") == Lines{R"(["Ann B","ann@example.org"]})"});
  CHECK(those(lines, "{\"renamed\":") == Lines{R"(["1 1 0"]})"});  // eight of nine lines are the old ones
  CHECK(lines.back() == "{\"end\":" + std::to_string(lines.size() - 1) + "}");
  CHECK(lines_of(repository.path(), "facts", R"(,"branch":"main")") == lines);
  CHECK(holds(answer_of(repository.path(), "facts", R"(,"branch":"none")"), R"({"error":"revision")"));
}

TEST_CASE("answers: a shallow clone's history is cut, and says what it lacks") {
  if (!has_git()) return;
  const ImportedRepository repository(three_commits().text), clone("");
  clone.run(
      {"-c", "protocol.file.allow=always", "fetch", "-q", "--depth=1", "file://" + repository.path(), "side:side"});
  const Lines lines = lines_of(clone.path(), "facts", R"(,"branch":"side")");
  REQUIRE(lines.size() > 3);
  CHECK(holds(lines[0], R"("commits":1,"cut":1)"));
  CHECK(those(lines, "{\"lost\":") == Lines{R"(["commit",")" + repository.run({"rev-parse", "main"}) + R"(",""]})"});
}

}  // namespace
}  // namespace cascade::git
