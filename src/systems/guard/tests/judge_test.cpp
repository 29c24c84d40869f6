#include "guard/tests/judged_session.h"

#include <catch2/catch.hpp>

using namespace cascade;
using namespace cascade::repository;

TEST_CASE("writing in the session's own work tree is silent, elsewhere it is refused") {
  Session session;
  CHECK(session("git commit -am x && git push") == "silent");
  CHECK(session("git commit -am x", "/w/app/src") == "silent");
  CHECK(session("git commit -am x", "/w/lib") == "deny");
  CHECK(session("git -C ../lib stash") == "deny");
  CHECK(session("GIT_DIR=../lib/.git git tag v1") == "deny");
  CHECK(session("git --work-tree=../lib checkout -f") == "deny");
  CHECK(session("cd ../app-wt && git add -A") == "deny");
  CHECK(session("cd ../link && git commit -am x") == "deny");
  CHECK(session("git ci -am x") == "silent");
  CHECK(session("git tolib -am x") == "deny");
}

TEST_CASE("reading is free everywhere") {
  Session session;
  for (const char* line :
       {"git -C ../lib log", "git -C ../lib branch -a", "git -C ../lib tag --list", "git -C ../lib stash list",
        "git -C ../lib config user.email", "git -C ../lib remote -v", "git -C ../lib fetch",
        "git -C ../lib push --dry-run", "git -C ../lib worktree list", "git -C \"$X\" diff", "git -C ../lib clean -n",
        "git -C ../lib submodule foreach git status"})
    CHECK(session(line) == "silent");
  session.world.repositories["/w/app"].config.emplace_back("alias.st", "status -sb");
  CHECK(session("git -C \"$X\" st") == "silent");
  CHECK(session("for d in */; do git -C \"$d\" st; done") == "silent");
  CHECK(session("git -C \"$X\" ci -am x") == "ask");
}

TEST_CASE("what is known only when it runs is asked, unless git is asked") {
  Session session;
  CHECK(session("git -C \"$X\" commit -am x") == "ask");
  CHECK(session("git push \"$REMOTE\" HEAD") == "ask");
  CHECK(session("eval \"$X\"") == "ask");
  CHECK(session("git commit -m 'unfinished") == "ask");
  CHECK(session("find .. -name .git -execdir git commit -am x \\;") == "ask");
  session.settings.asks_git = true;
  CHECK(session("git -C \"$X\" commit -am x") == "silent");
  CHECK(session("ls | xargs -I{} git -C {} commit -am x") == "ask");
}

TEST_CASE("pushes go where the session's pushes went") {
  Session session;
  CHECK(session("git push origin HEAD") == "silent");
  CHECK(session("git push ssh://git@github.com/acme/app feature") == "silent");
  CHECK(session("git push origin $(git branch --show-current)") == "silent");
  CHECK(session("git subtree push --prefix public origin gh-pages") == "silent");
  CHECK(session("git subtree push -P public ../lib gh-pages") == "deny");
  CHECK(session("git push fork HEAD") == "deny");
  CHECK(session("git push https://github.com/acme/lib HEAD") == "deny");
  CHECK(session("git remote set-url origin ../lib && git push") == "deny");
  CHECK(session("git -c remote.origin.pushurl=../lib push") == "deny");
  session.world.repositories["/w/app"].config[0].second = "https://github.com/acme/lib";
  CHECK(session("git push") == "deny");  // the remote was turned to another address meanwhile
}

TEST_CASE("a push without a remote is told with what git would take for it, or that it takes nothing") {
  Session session;
  std::vector<std::pair<std::string, std::string>>& config = session.world.repositories["/w/app"].config;
  const std::string nothing = "`git push` names no remote, and /w/app has none";
  const auto begins = [&](const std::string& line, const std::string& text) {
    const std::string reason = session.reason(line);
    CHECK(reason.substr(0, text.size()) == text);
    CHECK(reason.find("/w/app/") == std::string::npos);
  };
  const auto began_anew = [&] {
    session.expectations = {*expect_directory("/w/app", Source::began, session.world, session.world.tree)};
  };
  config = {{"remote.up.url", "https://github.com/acme/up"}, {"remote.fork.url", "https://github.com/dev/app"}};
  began_anew();
  CHECK(session.expectations.front().addresses.empty());
  CHECK(session("git push") == "deny");
  begins("git push", nothing +
                         " to fall back on: none of up, fork is origin, and neither "
                         "branch.feature.pushRemote, remote.pushDefault nor branch.feature.remote is set");
  begins("git push origin", "`git push origin` would push to origin, which is neither a remote of /w/app nor");
  config.emplace_back("remote.pushdefault", "fork");
  begins("git push", "`git push` would push to github.com/dev/app.");
  config.emplace_back("branch.feature.pushremote", "up");
  begins("git push", "`git push` would push to github.com/acme/up.");
  began_anew();
  CHECK(session("git push") == "silent");

  config = {{"remote.origin.url", "../bare.git/"}};
  session.world.tree.write("/w/bare.git/HEAD", "");
  begins("git push", "`git push` would push to /w/bare.git.");
  began_anew();
  CHECK(session("git push") == "silent");
  CHECK(session("git push ../bare HEAD") == "silent");
  session.world.tree.write("/w/bare/.git/HEAD", "");  // another one
  CHECK(session("git push") == "silent");
  CHECK(session("git push ../bare HEAD") == "deny");

  config.clear();
  began_anew();
  CHECK(session("git push") == "ask");
  CHECK(session.reason("cd src && git push") == nothing + ", so git pushes nothing.");
  CHECK(session("jj git push") == "deny");
  CHECK(session("git remote add origin https://github.com/acme/app && git push") == "ask");
  begins("git remote add origin https://github.com/acme/app && git push", "`git push` would push to github.com/");
}

TEST_CASE("a protected branch is not moved, pushed to or deleted") {
  Session session;
  for (const char* line :
       {"git push origin HEAD:main", "git push origin :main", "git push --all", "git branch -f main",
        "git branch -D main", "git checkout main && git commit -am x", "git switch main && git merge feature",
        "git update-ref refs/heads/main HEAD", "git fetch origin +main:main", "git checkout -B main",
        "git checkout - && git reset --hard HEAD~1", "git rebase feature main"})
    CHECK(session(line) == "deny");
  for (const char* line :
       {"git merge main", "git rebase main", "git push origin main:backup", "git checkout main && git log",
        "git checkout main && git switch -c next && git commit -am x",
        "git checkout main -- src/main.c && git commit -am x"})
    CHECK(session(line) == "silent");
  session.expectations.push_back({Source::allowed, "", "", "", "main", "", {}, {}, true});
  CHECK(session("git push origin HEAD:main") == "silent");
}

TEST_CASE("an option may be abbreviated or taken back, and programs of git's own rewrite branches, too") {
  Session session;
  for (const char* line :
       {"git push --mirr origin", "git push --del origin main", "git push --dry-run --no-dry-run origin HEAD:main",
        "git push -n --no-dry-r origin HEAD:main", "git branch --del main", "git branch --forc main HEAD",
        "git checkout --det && git branch --mov main old", "git filter-repo --force --invert-paths --path x",
        "git switch main && git quiltimport", "git http-push https://github.com/acme/lib main"})
    CHECK(session(line) == "deny");
  CHECK(session("git commit -m x --auth='N <n@x.example>'") == "ask");
  for (const char* line : {"git push --dry origin HEAD:main", "git push --force origin HEAD",
                           "git push --forc origin HEAD", "git branch --no-merged main", "git filter-repo --analyze",
                           "git commit --am --no-edit", "git switch --forc feature"})
    CHECK(session(line) == "silent");
}

TEST_CASE("what cannot be read before it runs is asked about: settings of a file, lines that a program prints") {
  Session session;
  for (const char* line :
       {"git -c include.path=../evil push", "git config include.path ../evil && git push",
        "git config set --local includeIf.gitdir:/w/.path ../evil && git push",
        "git for-each-ref --format='git branch -D %(refname:short)' refs/heads | sh",
        "awk '{print \"git -C ../lib rm \" $1}' list | sh", "sed 's/^/git rm /' list | tee log | bash",
        "make-refs | git update-ref --stdin", "git clone . ../lib/sub", "git worktree add ../lib/wt -b x"})
    CHECK(session(line) == "ask");
  CHECK(session("git config set remote.origin.pushurl ../lib && git push") == "deny");
  for (const char* line :
       {"git config include.path ../theme && git commit -am x", "./configure.sh | sh", "git log --format=%s | sh",
        "git commit -am 'tell what git push does' && make-script | sh", "git worktree add .worktrees/x -b x",
        "git worktree add ../beside -b x", "git clone . ../beside"})
    CHECK(session(line) == "silent");
}

TEST_CASE("the own copy of a protected branch may follow its remote") {
  Session session;
  for (const char* line :
       {"git fetch origin main:main", "git fetch origin main:main feature:feature", "git checkout main && git pull",
        "git switch main; git pull origin main", "git checkout main && git pull --ff-only && git switch feature",
        "git checkout main && git pull --rebase", "git gc", "git pack-refs --all", "git maintenance run",
        "git fetch origin refs/heads/main:refs/heads/main", "git switch main && git pull --prune origin"})
    CHECK(session(line) == "silent");
  for (const char* line :
       {"git fetch -f origin main:main", "git fetch origin +main:main", "git fetch origin feature:main",
        "git fetch fork main:main", "git fetch ../lib main:main", "git checkout main && git pull fork main",
        "git checkout main && git pull origin feature", "git checkout main && git pull --no-ff",
        "git checkout main && git pull ../lib main", "git checkout main && git merge feature"})
    CHECK(session(line) == "deny");
  for (const char* line :
       {"git switch main && git merge --ff-only origin/main", "git switch main && git fetch && git merge origin/main",
        "git switch main && git reset --hard origin/main", "git switch main && git rebase @{u}",
        "git branch -f main origin/main", "git checkout -B main origin/main",
        "git switch -C main refs/remotes/origin/main", "git pull origin main:main"})
    CHECK(session(line) == "silent");
  for (const char* line :
       {"git switch main && git merge --no-ff origin/main", "git switch main && git merge origin/feature",
        "git switch main && git merge fork/main", "git switch main && git reset --hard fork/main",
        "git switch main && git rebase --exec true origin/main", "git branch -f main fork/main",
        "git branch -M main origin/main", "git pull origin feature:main", "git pull origin +main:main",
        "git pull fork main:main"})
    CHECK(session(line) == "deny");
  session.world.is_ahead = true;
  for (const char* line : {"git switch main && git reset --hard origin/main", "git branch -f main origin/main"})
    CHECK(session(line) == "deny");
  CHECK(session("git switch main && git merge --ff-only origin/main") == "silent");
  CHECK(session("git checkout main && git pull") == "deny");
  CHECK(session("git checkout main && git pull --ff-only") == "silent");
  session.settings.asks_git = true;  // git tells whether it is a fast-forward
  CHECK(session("git checkout main && git pull") == "silent");
}

TEST_CASE("an author whom the history does not know is asked about") {
  Session session;
  CHECK(session("git commit -am x --author='N <n@x.example>'") == "ask");
  CHECK(session("GIT_AUTHOR_EMAIL=n@x.example git commit -am x") == "ask");
  CHECK(session("git -c user.email=n@x.example commit -am x") == "ask");
  CHECK(session("git config user.email n@x.example && git commit -am x") == "ask");
  CHECK(session("git commit -am x --author=Ann") == "silent");
  CHECK(session("git commit --amend --no-edit") == "silent");
}

TEST_CASE("gh is judged by the repository that it names") {
  Session session;
  CHECK(session("gh pr create --fill") == "silent");
  CHECK(session("gh pr create -f -R acme/lib") == "deny");
  CHECK(session("gh pr view 7 -R acme/lib") == "silent");
  CHECK(session("gh issue close 3 --repo github.com/Acme/App") == "silent");
  CHECK(session("GH_REPO=acme/lib gh pr merge 3") == "deny");
  CHECK(session("gh pr review https://github.com/acme/lib/pull/7 --approve") == "deny");
  CHECK(session("gh api repos/acme/lib/issues") == "silent");
  CHECK(session("gh api repos/acme/lib/issues -f title=x") == "deny");
  CHECK(session("gh api -X PATCH repos/acme/app/git/refs/heads/main -f sha=x") == "deny");
  CHECK(session("cd ../lib && gh pr merge 3") == "deny");
}

TEST_CASE("glab, tea, hub and jj are judged as gh and git are") {
  Session session;
  for (const char* line : {"glab mr create -R acme/lib --title x",
                           "glab issue close 3 --repo group/sub/lib",
                           "cd ../lib && glab mr merge 3",
                           "glab mr note 3 -m x -R https://gitlab.example.com/acme/lib",
                           "glab mr merge https://gitlab.com/acme/lib/-/merge_requests/3",
                           "glab api projects/acme%2Flib/issues -f title=x",
                           "glab api -X DELETE projects/acme%2Flib/labels/1",
                           "glab repo delete acme/lib",
                           "glab release create v1 -R acme/lib",
                           "tea pr create --repo acme/lib --title x",
                           "tea issues close 3 -r acme/lib",
                           "hub -C ../lib commit -am x",
                           "cd ../lib && hub release create v1",
                           "hub push fork HEAD",
                           "jj -R ../lib describe -m x",
                           "cd ../lib && jj new",
                           "jj --repository ../lib git push",
                           "jj git push --remote fork",
                           "jj bookmark set main",
                           "jj git push -b main",
                           "cd ../lib && jj op restore abc",
                           "cd ../lib && jj abandon"}) {
    INFO(line);
    CHECK(session(line) == "deny");
  }
  for (const char* line : {"glab mr list -R acme/lib",
                           "glab mr view 3 -R acme/lib",
                           "glab mr create --title x",
                           "glab issue close 3 -R acme/app",
                           "glab api projects/acme%2Flib/issues",
                           "glab ci view -R acme/lib",
                           "glab auth login",
                           "tea pr list --repo acme/lib",
                           "tea login add",
                           "hub commit -am x",
                           "hub browse -- issues",
                           "hub ci-status",
                           "hub push origin HEAD",
                           "hub issue",
                           "jj log",
                           "cd ../lib && jj diff",
                           "jj -R ../lib log",
                           "jj describe -m x",
                           "jj git push",
                           "jj git fetch",
                           "jj bookmark create topic",
                           "cd ../lib && jj op log",
                           "cd ../lib && jj bookmark list",
                           "jj new main",
                           "jj git clone ../lib /t/x",
                           "jj st"}) {
    INFO(line);
    CHECK(session(line) == "silent");
  }
  for (const char* line : {"hub pull-request -m x", "cd ../lib && hub pull-request -m x -b", "hub delete acme/lib"}) {
    INFO(line);
    CHECK(session(line) == "ask");
  }
}

TEST_CASE("repositories that the session makes are its own, and their branches too") {
  Session session;
  const auto made = [&](const std::string& line) {
    Judge judge(session.expectations, session.settings, session.world, session.world.tree);
    REQUIRE(judge.command(line, "/w/app"));
    std::string text;
    for (const Expected& one : judge.made()) text += one.work_tree + " " + one.common_dir + "|";
    return text;
  };
  CHECK(made("git clone ../lib sub1") == "/w/app/sub1 /w/app/sub1/.git|");
  CHECK(made("git init x && cd x && git add .") == "/w/app/x /w/app/x/.git|");
  CHECK(made("git clone --mirror ../lib cache.git") == "/w/app/cache.git /w/app/cache.git|");
  CHECK(made("git submodule add ../lib vendor/lib") == "/w/app/vendor/lib /w/app/.git/modules/vendor/lib|");
  CHECK(made("git submodule add --name l ../lib") == "/w/app/lib /w/app/.git/modules/l|");
  CHECK(made("git clone ../lib /t/x2; git clone ../app ../lib; git init /t/x3") == "/t/x2 /t/x2/.git|");
  CHECK(made("git worktree add /t/y") == "/t/y /w/app/.git|");
  CHECK(session("git clone ../lib sub1 && cd sub1 && git commit -am x") == "silent");
  CHECK(session("git submodule add ../lib vendor/lib && git -C vendor/lib checkout -b x") == "silent");
  session.world.repositories["/w/app/sub1"] = facts_of("/w/app/sub1", "main", "/w/lib");
  session.world.tree.write("/w/app/sub1/.git/HEAD", "ref: refs/heads/main");
  CHECK(session("git -C sub1 commit -am x") == "deny");  // it was there before
  session.expectations.push_back(
      {Source::made, "/w/app/sub1", "/w/app/sub1/.git", "/w/app/sub1", "", "", {}, {}, true});
  CHECK(session("git -C sub1 commit -am x") == "silent");
  CHECK(session("echo x > sub1/x") == "silent");
  CHECK(session("git -C sub1 push") == "deny");
  Facts cache = facts_of("/w/cache.git", "main", "/w/lib");
  cache.common_dir = cache.git_dir = "/w/cache.git";
  cache.work_tree.clear();
  session.world.repositories["/w/cache.git"] = cache;
  session.world.tree.write("/w/cache.git/HEAD", "ref: refs/heads/main");
  CHECK(session("git -C ../cache.git fetch origin '+refs/heads/*:refs/heads/*'") == "silent");
  CHECK(session("git -C ../cache.git update-ref refs/heads/main HEAD") == "deny");
}

TEST_CASE("repositories that a line makes are its own in temporary folders only") {
  Session session;
  CHECK(session("cd /t && git init new && cd new && git commit --allow-empty -m x") == "silent");
  CHECK(session("git clone ../lib /t/copy && git -C /t/copy commit -am x") == "silent");
  CHECK(session("git clone https://github.com/acme/lib /t/copy && git -C /t/copy push") == "deny");
  CHECK(session("mkdir ../new && cd ../new && git init && git add .") == "ask");
}

TEST_CASE("another work folder of the own repository is its own, another's work tree is not") {
  Session session;
  for (const char* line : {"git --work-tree dist checkout --orphan pages && git --work-tree dist add --all && "
                           "git --work-tree dist commit -m x",
                           "GIT_WORK_TREE=dist git add -A", "export GIT_DIR=$PWD/.git GIT_WORK_TREE=.; git commit -m x",
                           "git --git-dir .git --work-tree /t/site checkout -f", "git --work-tree=. stash"})
    CHECK(session(line) == "silent");
  CHECK(session("git --work-tree=../lib checkout -f") == "deny");
  CHECK(session("git --work-tree=../app-wt checkout -f") == "deny");
  CHECK(session("GIT_WORK_TREE=/home/dev git checkout -f") == "ask");
  CHECK(session("GIT_DIR=../lib/.git GIT_WORK_TREE=. git commit -m x") == "deny");
}

TEST_CASE("a submodule is the session's own, and where it is pushed is asked") {
  Session session;
  Facts sub = facts_of("/w/app/sub", "fix", "https://github.com/acme/sub");
  sub.git_dir = sub.common_dir = "/w/app/.git/modules/sub";
  session.world.repositories["/w/app/sub"] = sub;
  session.world.tree.write("/w/app/sub/.git", "gitdir: ../.git/modules/sub\n");
  session.world.repositories["/w/app/nested"] = facts_of("/w/app/nested", "fix", "https://github.com/acme/nested");
  session.world.tree.write("/w/app/nested/.git/HEAD", "ref: refs/heads/fix\n");
  for (const char* line :
       {"git -C sub commit -am x", "cd sub && git switch -c y && git tag v1 && git stash",
        "git submodule foreach 'git commit -am x'", "echo x > sub/x", "git -C sub push origin --dry-run"})
    CHECK(session(line) == "silent");
  CHECK(session("git -C sub commit -am x --author='L <lead@example.com>'") == "silent");  // whom the project knows
  CHECK(session("git -C sub commit -am x --author='N <n@x.example>'") == "ask");
  CHECK(session("git -C sub push origin fix") == "ask");
  CHECK(session("git -C sub push origin HEAD:main") == "deny");
  CHECK(session("git -C sub push https://github.com/acme/lib fix") == "deny");
  CHECK(session("git push --recurse-submodules=on-demand origin feature") == "ask");
  CHECK(session("git -C nested commit -am x") == "deny");
  session.expectations.push_back({Source::named, "", "", "", "", "", {"github.com/acme/sub"}, {}, true});
  CHECK(session("git -C sub push origin fix") == "silent");
}

TEST_CASE("a clone of the own remote pushes there, and the project's protected branches stay protected") {
  Session session;
  Facts site = facts_of("/w/app/site", "gh-pages", "https://github.com/acme/app");
  session.world.repositories["/w/app/site"] = site;
  session.world.tree.write("/w/app/site/.git/HEAD", "ref: refs/heads/gh-pages\n");
  CHECK(session("git -C site commit -am x && git -C site push origin gh-pages") == "silent");
  CHECK(session("git -C site push origin HEAD:main") == "deny");
  CHECK(session("git -C site push https://github.com/acme/lib gh-pages") == "deny");
  const std::string clone = "git clone git@github.com:acme/app /t/site && cd /t/site && ";
  CHECK(session(clone + "git commit -am x && git push origin HEAD:gh-pages") == "silent");
  CHECK(session(clone + "git push origin HEAD:main") == "deny");
  session.expectations.push_back({Source::made, "/w/pages", "/w/pages/.git", "/w/pages", "", "", {}, {}, true});
  session.world.tree.write("/w/pages/.git/HEAD", "ref: refs/heads/gh-pages\n");
  session.world.repositories["/w/pages"] = facts_of("/w/pages", "gh-pages", "ssh://git@github.com/acme/app.git");
  CHECK(session("git -C ../pages push origin gh-pages") == "silent");
  CHECK(session("git -C ../pages push origin gh-pages:main") == "deny");
  CHECK(session("git -C ../pages push https://github.com/acme/lib gh-pages") == "deny");
}

TEST_CASE("filter-branch moves the branches that it names") {
  Session session;
  for (const char* line :
       {"git filter-branch -f --msg-filter cat HEAD~1..HEAD", "git filter-branch --tree-filter ls",
        "git filter-branch --env-filter true -- feature", "git filter-branch --msg-filter cat main..HEAD"})
    CHECK(session(line) == "silent");
  for (const char* line :
       {"git filter-branch --msg-filter cat -- --all", "git filter-branch --msg-filter cat main",
        "git filter-branch --msg-filter cat -- --branches", "git filter-branch --msg-filter cat -- HEAD~1..main"})
    CHECK(session(line) == "deny");
}

TEST_CASE("remotes that the session made are its own") {
  Session session;
  for (const char* line :
       {"git init --bare srv.git && git clone srv.git c && cd c && git commit --allow-empty -m x && "
        "git push origin main",
        "git init --bare srv.git && git push srv.git HEAD:main",
        "git init --bare t/srv.git && git clone t/srv.git t/c && cd t/c && git commit -am x && git push origin HEAD",
        "git init --bare srv.git && git remote add t srv.git && git push t HEAD:main",
        "git clone --bare . b.git && git push b.git :main"})
    CHECK(session(line) == "silent");
  CHECK(session("git init --bare srv.git && git push ../lib HEAD:x") == "deny");
  CHECK(session("git clone . ../lib; git -C ../lib commit -am x") == "deny");
  CHECK(session("git init && git switch main && git commit -am x") == "deny");
  session.expectations.push_back(
      {Source::made, "/w/app/srv.git", "/w/app/srv.git", "/w/app/srv.git", "", "", {}, {}, false});
  CHECK(session("git push ./srv.git HEAD:main") == "silent");
  CHECK(session("git push ./srv HEAD:main") == "deny");  // no srv.git lies here that git would take for it
  CHECK(session("git push ./other.git HEAD:main") == "deny");
}

TEST_CASE("in a folder for temporary files a repository with a remote is judged") {
  Session session;
  Facts plain = facts_of("/t/plain", "main", "x"), other = facts_of("/t/other", "main", "https://github.com/acme/lib");
  plain.config.clear();
  session.world.repositories["/t/plain"] = plain;
  session.world.repositories["/t/other"] = other;
  for (const char* head : {"/t/plain/.git/HEAD", "/t/other/.git/HEAD"}) session.world.tree.write(head, "");
  CHECK(session("git -C /t/plain commit -am x") == "silent");
  CHECK(session("git -C /t/other commit -am x") == "deny");
  session.expectations.push_back({Source::made, "/t/other", "/t/other/.git", "/t/other", "", "", {}, {}, true});
  CHECK(session("git -C /t/other commit -am x") == "silent");
  // Where the session itself began, the folder is no folder for temporary files.
  session.settings.temporary = {"/w"};
  CHECK(session("git -C /w/lib commit -am x") == "deny");
  session.expectations.front().directory = "/w/app";
  session.settings.temporary = {"/"};
  CHECK(session("git -C ../lib commit -am x") == "deny");
}

TEST_CASE("a branch, a setting and a hook are changed by their files as well") {
  Session session;
  session.world.tree.write("/w/app/.git/packed-refs", "# pack-refs\nabc refs/heads/main\ndef refs/heads/feature\n");
  session.world.tree.write("/w/app/.git/config", "[remote \"origin\"]\n\turl = git@github.com:acme/app.git\n");
  CHECK(session("sed -i '/main/d' .git/packed-refs") == "deny");
  CHECK(session("rm .git/refs/heads/main") == "deny");
  CHECK(session("sed -i 's/a/b/' ../lib/.git/config") == "deny");
  CHECK(session("printf 'x' > ../lib/.git/hooks/pre-commit") == "deny");
  CHECK(session("sed -i 's/a/b/' .git/config") == "ask");
  CHECK(session("printf '[core]\\n\\tfsmonitor = true\\n' >> .git/config") == "ask");
  CHECK(session("printf '#!/bin/sh\\nexit 0\\n' > .git/hooks/pre-commit") == "silent");
  const auto writes = [&](const std::string& path, const std::string& text) {
    Judge judge(session.expectations, session.settings, session.world, session.world.tree);
    judge.file(path, "/w/app", &text);
    return Session::text(judge.findings());
  };
  for (const char* text : {"[core]\n\thooksPath = x\n", "fsmonitor = ./x", "[alias]\n\tci = commit\n", "\tx = !rm -r y",
                           "pushurl = ../lib", "[include]\n\tpath = x\n", "[url \"x\"]\n\tinsteadOf = y\n", ""})
    CHECK(writes(".git/config", text) == "ask");
  for (const char* text : {"[user]\n\tname = me\n", "[branch \"x\"]\n\tmerge = refs/heads/x\n",
                           "[remote \"origin\"]\n\turl = git@github.com:acme/app.git\n"})
    CHECK(writes(".git/config", text) == "silent");
  CHECK(writes(".git/hooks/pre-push", "#!/bin/sh\ngit -C ../../../lib commit -am x\n") == "ask");
  CHECK(writes("../lib/.git/hooks/pre-push", "#!/bin/sh\n") == "deny");
  session.settings.protected_branches.clear();
  CHECK(session("sed -i '/main/d' .git/packed-refs") == "silent");
}

TEST_CASE("a tree that is moved or copied stays the session's own") {
  Session session;
  session.expectations.push_back(linked_to(session.expectations.front(), "/w/app-wt"));
  session.world.tree.write("/w/app-wt/.git", "gitdir: /w/app/.git/worktrees/wt\n");
  CHECK(session("mv ../app-wt ../moved && git worktree repair ../moved && git -C ../moved commit -am x") == "silent");
  CHECK(session("git worktree add ../w1 && mv ../w1 ../w2 && git worktree repair ../w2 && git -C ../w2 commit -am x") ==
        "silent");
  CHECK(session("cp -r . /t/copy && cd /t/copy && git commit -am x && git push origin HEAD:x") == "silent");
  CHECK(session("cp -r ../lib copy && git -C copy commit -am x") == "silent");
  CHECK(session("cp -r ../lib copy && git -C copy push") == "deny");
  CHECK(session("cp -r . ../copy && cd ../copy && git commit -am x") == "ask");
  CHECK(session("mv ../lib ../moved && git -C ../moved commit -am x") == "ask");
}

TEST_CASE("a line is judged to its end, however long it is") {
  Session session;
  session.world.repositories["/w/app"].config.emplace_back("alias.do", "!bash -c");
  session.world.repositories["/w/app"].config.emplace_back(
      "alias.padded", "!: " + std::string(400, 'x') + "; cd ../lib && git commit -am x");
  for (const std::size_t size : {0, 300, 3'000, 30'000}) {
    const std::string pad = ": " + std::string(size, 'x') + "; ", deed = "cd ../lib && git commit -am x";
    for (const std::string& line :
         {pad + deed, "git bisect run bash -c '" + pad + deed + "'", "git do '" + pad + deed + "'",
          "git bisect run sh -c \"" + pad + deed + "\"", "git rebase -x '" + pad + deed + "' main",
          "git rebase --exec='" + pad + deed + "' main", "sh -c '" + pad + deed + "'", "eval '" + pad + deed + "'",
          "env -S \"sh -c '" + pad + deed + "'\"", "find . -exec sh -c '" + pad + deed + "' \\;",
          "xargs -I{} sh -c '" + pad + deed + "'", "git filter-branch --tree-filter '" + pad + deed + "' feature",
          "git difftool -x '" + pad + deed + "'", std::string("git padded"), "echo '" + pad + deed + "' | bash"}) {
      INFO(line.substr(0, 60) << " + " << size);
      CHECK(session(line) == "deny");
    }
  }
}

TEST_CASE("what people are shown of a line ends between two characters, with its quotes closed") {
  Session session;
  const std::string reason =
      session.reason("git -C ../lib commit -m '" + std::string(294, 'a') + "\xC3\xA4\xC3\xB6 b'");
  CHECK(reason.find("a\xC3\xA4...'. If /w/lib") != std::string::npos);
}

TEST_CASE("what is not followed to its end is asked about") {
  Session session;
  const auto times = [](int count, const std::string& text) {
    std::string all;
    for (int i = 0; i < count; ++i) all += text;
    return all;
  };
  std::string nested = "git -C ../lib commit -am x", deep = nested;
  for (int i = 0; i < 30; ++i) nested = "( " + nested + " )";
  for (int i = 0; i < 70; ++i) deep = "{ " + deep + "; }";
  CHECK(session(nested) == "deny");
  for (const bool asks_git : {false, true}) {
    session.settings.asks_git = asks_git;
    for (const std::string& line :
         {times(5'000, "ls; ") + "cd ../lib && rm lib.c", times(2'500, "cd src; cd ..; ") + "rm ../lib/lib.c",
          times(2'000, "if x; then y; fi; ") + "rm ../lib/lib.c", deep,
          "a=x; " + times(40, "a=$a$a; ") + "rm ../lib/lib.c",
          "set -- x y; " + times(40, "set -- \"$@\" \"$@\"; ") + "rm ../lib/lib.c",
          std::string("a=x; for i in 1 2 3 4 5 6 7 8 9; do a=\"$a$a$a$a$a$a\"; done; $a")}) {
      INFO(line.substr(0, 60));
      CHECK(session(line) != "silent");
    }
  }
  CHECK(session("coproc X { cd ../lib; git commit -am x; }") == "deny");
  CHECK(session("coproc X ( cd ../lib && git commit -am x )") == "deny");
  CHECK(session("coproc git -C ../lib commit -am x") == "deny");
  CHECK(session(times(300, "ls; ") + "git commit -am x") == "silent");
  CHECK(session("git commit -m \"$(cat <<'EOF'\n" + std::string(200'000, 'x') + "\nEOF\n)\"") == "silent");
}

TEST_CASE("a refusal names both places and the command as it was probably meant") {
  Session session;
  CHECK(
      session.reason("git -C ../lib commit -am 'a b'") ==
      "`git commit` would write to /w/lib (branch develop, pushes to github.com/acme/lib). This session works in "
      "/w/app "
      "(branch feature, pushes to github.com/acme/app).\nTo do it there: git -C /w/app commit -am 'a b'. If /w/lib is "
      "intended, the user can name it in a prompt or run: cascade guard allow /w/lib");
  CHECK(
      session.reason("GIT_DIR=../lib/.git GIT_WORK_TREE=. git tag v1").find("would write to /w/lib (branch develop") !=
      std::string::npos);
}

TEST_CASE("a prompt names places, unless it rules them out") {
  const auto places = [](std::string_view prompt) {
    std::string all;
    for (const NamedWord& word : named_words(prompt))
      if (word.is_place) all += word.text + "|";
    return all;
  };
  CHECK(places("Commit it in ../lib, please") == "../lib|");
  CHECK(places("See https://github.com/acme/lib/pull/3.") == "https://github.com/acme/lib/pull/3|");
  CHECK(places("do it in \"../my lib\" as well") == "../my lib|");
  CHECK(places("Fix the lib repository, then go on") == "lib|");
  CHECK(places("Do not touch ../lib, only ../docs") == "../docs|");
  CHECK(places("Leave acme/lib alone. Change (src/a.c).") == "src/a.c|");
  CHECK(places("```\ncd ../lib\n```\ngo on") == "");
}
