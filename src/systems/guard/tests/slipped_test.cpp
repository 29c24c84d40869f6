// What layer two did not see is found afterwards, and the wrapper for git holds whatever variables are dropped. With
// the real git.
#include <catch2/catch.hpp>

#include <cstdlib>

#include "guard/judge.h"
#include "read_text.h"
#include "unit/guarded_session.h"

using namespace cascade;
using namespace cascade::systems;

namespace {

// The session's project and a repository next to it, each with one commit. `works`: git is there.
struct Neighbours : Session {
  Neighbours() : Session("systems: { repository: block }\nrepository: { git-hooks: on, protected: [main] }\n") {
    works =
        run("git init -q -b work project && git init -q -b main lib && git init -q --bare -b main bare.git && "
            "for r in project lib; do git -C $r commit -q --allow-empty -m first; done && "
            "git -C lib push -q ../bare.git main");
    std::filesystem::create_directories(program_folder("s", surroundings));
    repository::Expected began;
    began.directory = began.work_tree = path("project");
    began.common_dir = path("project/.git");
    expectations = {began};
    policy.protected_branches = {"main"};
  }
  bool run(const std::string& line) {
    const std::string whole = "cd '" + folder.path +
                              "' && export GIT_CONFIG_GLOBAL=/dev/null GIT_AUTHOR_NAME=d GIT_AUTHOR_EMAIL=d@x "
                              "GIT_COMMITTER_NAME=d GIT_COMMITTER_EMAIL=d@x GIT_CONFIG_COUNT=0; { " +
                              line + "; } > out 2>&1";
    return std::system(whole.c_str()) == 0;
  }
  // What is said after a command.
  std::string after(const std::string& line) {
    CHECK(note_references("s", expectations, {}, policy, surroundings) == "");
    INFO(line);
    CHECK(run(line));
    return moved_references("s", surroundings);
  }
  // Runs the command that is said to undo the change.
  bool undo(const std::string& said) {
    const std::size_t at = said.find("undoes it: ") + 11;
    return run(said.substr(at, said.find('\n', at) - at));
  }
  std::string head(const std::string& repository, const std::string& name) {
    run("git -C " + repository + " rev-parse -q --verify " + name + " || echo none");
    return test::read_text(path("out"));
  }

  bool works = false;
  repository::Expectations expectations;
  policy::Policy policy;
};

bool is_skipped(const Neighbours& here) {
  if (!here.works) WARN("skipped: there is no git here");
  return !here.works;
}

}  // namespace

TEST_CASE("what a command moves elsewhere is told with the command that undoes it") {
  Neighbours here;
  if (is_skipped(here)) return;
  const auto check = [&](const std::string& line, const std::string& repository, const std::string& name) {
    INFO(line);
    const std::string before = here.head(repository, name);
    const std::string said = here.after(line);
    CHECK(said.find(here.path(repository)) != std::string::npos);
    CHECK(said.find(name) != std::string::npos);
    CHECK(here.head(repository, name) != before);
    CHECK(here.undo(said));
    CHECK(here.head(repository, name) == before);
  };
  check("git -C lib commit -q --allow-empty -m second", "lib", "refs/heads/main");
  check("git -C lib update-ref refs/heads/new HEAD", "lib", "refs/heads/new");
  check("git -C lib tag v1", "lib", "refs/tags/v1");
  CHECK(here.run("git -C lib branch old && git -C lib pack-refs --all"));
  check("git -C lib branch -D old", "lib", "refs/heads/old");
  check("git -C lib commit-tree HEAD^{tree} -m x > lib/.git/refs/heads/file", "lib", "refs/heads/file");
  check("c=$(git -C lib commit-tree HEAD^{tree} -m x -p HEAD); git -C lib push -q ../bare.git $c:refs/heads/main",
        "bare.git", "refs/heads/main");
  check("git -C project update-ref refs/heads/main HEAD", "project", "refs/heads/main");  // protected
  const std::string gone = here.after("rm -rf lib");
  CHECK(gone.find("lib/.git is gone") != std::string::npos);
  CHECK(gone.find("This undoes it") == std::string::npos);
}

TEST_CASE("what a session may move is not told, nor what another session was allowed") {
  Neighbours here;
  if (is_skipped(here)) return;
  CHECK(here.after("git -C project commit -q --allow-empty -m own") == "");
  CHECK(here.after("git -C lib log; git -C lib fetch -q ../bare.git; git -C lib pack-refs --all; touch lib/x") == "");
  CHECK(here.run("git -C lib commit-tree HEAD^{tree} -m other -p HEAD"));
  std::string commit = test::read_text(here.path("out"));
  commit.pop_back();
  note_allowed_change(here.path("lib/.git"), {{"refs/heads/main", commit}}, here.surroundings);
  CHECK(here.after("git -C lib update-ref refs/heads/main " + commit) == "");
  CHECK(moved_references("s", here.surroundings) == "");  // nothing was noted
  here.expectations.push_back(
      {repository::Source::named, here.path("lib"), here.path("lib/.git"), here.path("lib"), "", "", {}, {}, true});
  CHECK(here.after("git -C lib commit -q --allow-empty -m named") == "");
}

TEST_CASE("a setting that was changed while a command ran is told, however that was done") {
  Neighbours here;
  if (is_skipped(here)) return;
  here.surroundings.project_directory = here.path("project");
  CHECK(here.after("cat project/cascade.yaml || true") == "");
  const std::string said = here.after("printf 'systems: { repository: off }\\n' > project/cascade.yaml");
  CHECK(said.find("what guards this session was changed:\n- " + here.path("project/cascade.yaml")) !=
        std::string::npos);
  CHECK(here.after("touch project/cascade.yaml") == "");
  CHECK(here.after("mkdir -p project/.claude; echo '{}' > project/.claude/settings.json").find("settings.json") !=
        std::string::npos);
}

TEST_CASE("the wrapper adds the hooks to every call and hides them from who asks where hooks belong") {
  Neighbours here;
  if (is_skipped(here)) return;
  std::filesystem::create_directories(here.path("bin"));
  std::filesystem::create_directories(here.path("my hooks"));
  std::ofstream(here.path("bin/git")) << git_wrapper(here.path("bin"), here.path("my hooks"));
  std::ofstream(here.path("my hooks/reference-transaction"))
      << "#!/bin/sh\n[ \"$1\" = prepared ] && { echo asked \"$CASCADE_OWN_HOOKS\"; exit 1; }\nexit 0\n";
  CHECK(here.run("chmod +x bin/git 'my hooks/reference-transaction'"));
  const std::string with = "export PATH=\"$PWD/bin:$PATH\"; ";
  for (const char* line :
       {"git -C lib commit -q --allow-empty -m x", "GIT_CONFIG_COUNT=0 git -C lib tag v9",
        "git -C lib -c core.hooksPath=/dev/null commit -q --allow-empty -m x", "git -c Core.HooksPath= -C lib tag v9",
        "env -i PATH=\"$PATH\" git -C lib tag v9", "git -C lib --git-dir .git update-ref refs/heads/x HEAD",
        "git -C lib branch 'a'", "cd lib && git -c alias.x='!git tag v9' x"}) {
    INFO(line);
    CHECK_FALSE(here.run(with + line));
    CHECK(test::read_text(here.path("out")).find("asked") != std::string::npos);
  }
  CHECK_FALSE(here.run(with + "git -C lib -c core.hooksPath=/x/y tag v9"));
  CHECK(test::read_text(here.path("out")).find("asked /x/y") != std::string::npos);
  const std::string variables =
      "export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=core.hooksPath GIT_CONFIG_VALUE_0=\"$PWD/my hooks\"; ";
  CHECK(here.run(with + variables +
                 "cd lib && git rev-parse --git-path hooks && git config core.hooksPath"
                 " ; git config a.b 'c d' && git config a.b && git log -1 --format='%s %%'"));
  CHECK(test::read_text(here.path("out")) == ".git/hooks\nc d\nfirst %\n");
  std::filesystem::remove(here.path("my hooks/reference-transaction"));
  CHECK(here.run(with + "git -C lib tag v9"));  // Cascade is gone
}
