// Files that an edit or a line writes.
#include "guard/tests/judged_session.h"

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>

#include "evidence/written_files.h"
#include "files/run_program.h"

using namespace cascade;
using namespace cascade::repository;

TEST_CASE("files outside are asked about, links resolved") {
  Session session;
  CHECK(session.file("src/main.c") == "silent");
  CHECK(session.file("/t/plan.md") == "silent");
  CHECK(session.file("/w/lib/../app/README.md") == "silent");
  CHECK(session.file("/w/lib/lib.c") == "ask");
  CHECK(session.file("/w/link/lib.c") == "ask");
  CHECK(session.file("/w/app-wt/a") == "ask");
  CHECK(session.file("/home/dev/a") == "ask");
}

TEST_CASE("what a line writes is judged as an Edit of the same file") {
  Session session;
  for (const char* line : {"echo x > ../lib/lib.c",
                           "cat >> ../lib/x <<< y",
                           "rm -rf ../lib",
                           "rm ../lib/lib.c",
                           "sed -i s/a/b/ ../lib/lib.c",
                           "sed -i.bak -e s/a/b/ ../lib/lib.c",
                           "perl -pi -e s/a/b/ ../lib/lib.c",
                           "tar xf x.tar -C ../lib",
                           "tar czf ../lib/x.tgz .",
                           "tar -cf ../lib/x.tar src",
                           "tar --create --file=../lib/x.tar src",
                           "tar -xzf x.tgz --directory=../lib",
                           "cd ../lib && tar xf x.tar",
                           "unzip x.zip -d ../lib",
                           "cp a ../lib/b",
                           "cp -t ../lib a b",
                           "mv ../lib/lib.c .",
                           "mv a ../lib/",
                           "ln -sf /dev/null ../lib/lib.c",
                           "tee ../lib/x < y",
                           "touch ../lib/x",
                           "find . -fprintf ../lib/x %p",
                           "find . -fls ../lib/x",
                           "git merge-file ../lib/lib.c a b",
                           "git -C .. interpret-trailers --in-place --trailer a:b lib/lib.c",
                           "npm pack --pack-destination ../lib",
                           "python3 -m venv ../lib/env",
                           "truncate -s 0 ../lib/lib.c",
                           "dd if=a of=../lib/lib.c",
                           "rsync -a ./ ../lib/",
                           "install -m 755 a ../lib/b",
                           "chmod +x ../lib/lib.c",
                           "chmod -R 755 ../lib",
                           "find ../lib -delete",
                           "find ../lib -name x -exec rm {} +",
                           "curl -o ../lib/x https://x.example",
                           "cd ../lib && curl -O https://x.example/a",
                           "wget -P ../lib https://x.example/a",
                           "patch -d ../lib -p1 < x.patch",
                           "cd ../lib && patch -p1 < x.patch",
                           "patch ../lib/lib.c x.patch",
                           "7z x a.7z -o../lib",
                           "sort -o ../lib/x y",
                           "black ../lib",
                           "gofmt -w ../lib",
                           "clang-format -i ../lib/lib.c",
                           "prettier --write ../lib",
                           "sd a b ../lib/lib.c",
                           "rm ../lib/*.c",
                           "ex -sc wq ../lib/lib.c",
                           "sh -c 'echo x > ../lib/x'",
                           "printf x | sponge ../lib/x",
                           "gzip ../lib/lib.c"}) {
    INFO(line);
    CHECK(session(line) == "ask");
  }
  for (const char* line : {"echo x > src/x",
                           "rm -rf build",
                           "sed -i s/a/b/ src/main.c",
                           "sed -n s/a/b/p ../lib/lib.c",
                           "cat ../lib/lib.c > x",
                           "cp ../lib/lib.c src/",
                           "cp -r ../lib/. vendor",
                           "tar xf ../lib/x.tar",
                           "tar cf x.tar ../lib",
                           "tar tf ../lib/x.tar",
                           "diff ../lib/lib.c src/main.c > d",
                           "rm -rf /t/x",
                           "echo x > /t/x",
                           "make > /dev/null 2>&1",
                           "rsync -a ../lib/ lib",
                           "scp a host:/srv/b",
                           "rsync -a dist/ host:/srv/",
                           "curl https://x.example",
                           "find ../lib -name x",
                           "black --check ../lib",
                           "echo x > \"$OUT\"",

                           "chmod 755 src/main.c",
                           "touch -d 2020-01-01 src/x",
                           "unzip -l ../lib/x.zip",
                           "git clone ../lib /t/c && sed -i s/a/b/ /t/c/lib.c",
                           "gzip -c ../lib/lib.c > x.gz",
                           "patch --dry-run -d ../lib < x",
                           "ls 2>/dev/null"}) {
    INFO(line);
    CHECK(session(line) == "silent");
  }
}

TEST_CASE("a file elsewhere is written by many doors") {
  Session session;
  for (const char* line : {"find ../lib -type f -exec rm {} +",
                           "find ../lib -name '*.c' -exec sed -i s/a/b/ {} \\;",
                           "find src ../lib -exec chmod 600 {} +",
                           "find -L ../lib -execdir rm {} \\;",
                           "find ../lib -type f | xargs rm",
                           "find ../lib -type f -print0 | xargs -0 -n 1 rm -f",
                           "find ../lib -type f | grep -v x | xargs -I{} rm {}",
                           "for f in $(find ../lib -name x); do rm \"$f\"; done",
                           "fd . ../lib -x rm",
                           "rm ../lib/$NAME",
                           "echo x > ../lib/log-$(date +%F)",
                           "git archive -o ../lib/x.tar HEAD",
                           "git archive --output=../lib/x.tar HEAD",
                           "git format-patch -o ../lib HEAD~1",
                           "git format-patch --output-directory ../lib HEAD~1",
                           "git bundle create ../lib/x.bundle HEAD",
                           "git diff --output=../lib/x.diff",
                           "git log --output ../lib/x.log -p",
                           "git show --output=../lib/x HEAD",
                           "git checkout-index --prefix=../lib/ -a",
                           "git fast-export --export-marks=../lib/m main",
                           "git init --separate-git-dir ../lib/x.git new",
                           "cd ../lib && git -C /w/app archive -o /w/lib/x.tar HEAD",
                           "split -b 1k src/main.c ../lib/part-",
                           "csplit -f ../lib/x src/main.c 10",
                           "sed -n 'w ../lib/x' src/main.c",
                           "sed 's/a/b/w ../lib/x' src/main.c",
                           "sed -e p -e 's/a/b/gw ../lib/x' src/main.c",
                           "awk '{ print > \"../lib/x\" }' src/main.c",
                           "awk '{ print $1 >> \"../lib/x\" }' src/main.c",
                           "printf 'w ../lib/x\\nq\\n' | ed -s src/main.c",
                           "ed -s ../lib/lib.c <<< 'w'",
                           "gcc -o ../lib/x src/main.c",
                           "go build -o ../lib/x ./...",
                           "zip -r ../lib/x.zip src",
                           "pandoc -o ../lib/x.pdf README.md",
                           "shuf -o ../lib/x a",
                           "uniq a ../lib/x",
                           "xxd -r a ../lib/x"}) {
    INFO(line);
    CHECK(session(line) == "ask");
  }
  for (const char* line : {"find . -name '*.o' -exec rm {} +",
                           "find -name '*.o' -delete",
                           "find src -type f | xargs sed -i s/a/b/",
                           "find ../lib -type f | xargs grep x",
                           "find ../lib -type f -exec cat {} + > all",
                           "find \"$X\" -exec rm {} +",
                           "rm -f build/$NAME",
                           "rm /t/$NAME",
                           "echo x > \"$X\"",
                           "git archive -o x.tar HEAD",
                           "git archive HEAD | tar x -C /t/x",
                           "git format-patch -1 --stdout > x",
                           "git diff --output=x.diff",
                           "git -C ../lib diff --stat",
                           "git bundle verify ../lib/x.bundle",
                           "git log --oneline ../lib",
                           "sed -n 's/window ../x/p' src/main.c",
                           "sed 's/show ../lib/a/' src/main.c",
                           "awk '$1 > \"b\"' ../lib/lib.c",
                           "awk '{ print > \"/dev/stderr\" }' a",
                           "split -b 1k src/main.c part-",
                           "gcc -o x ../lib/lib.c",
                           "zip x.zip ../lib/lib.c",
                           "go build ./..."}) {
    INFO(line);
    CHECK(session(line) == "silent");
  }
}

TEST_CASE("a branch that another work tree has checked out stays where it is, also as a file") {
  Session session;
  session.world.tree.write("/w/app/.git/HEAD", "ref: refs/heads/feature\n");
  session.world.tree.write("/w/app/.git/worktrees/wt/HEAD", "ref: refs/heads/wt\n");
  session.world.tree.write("/w/app/.git/worktrees/wt/gitdir", "/w/app-wt/.git\n");
  session.expectations = {*expect_directory("/w/app-wt", Source::began, session.world, session.world.tree)};
  for (const char* line : {"git update-ref refs/heads/feature HEAD", "echo 1234 > ../app/.git/refs/heads/feature",
                           "printf 'update refs/heads/feature HEAD' | git update-ref --stdin",
                           "git fetch -u . wt:feature", "git branch -M wt feature", "cp x ../app/.git/HEAD",
                           "echo x > ../lib/.git/refs/heads/develop", "echo x > ../lib/.git/packed-refs"}) {
    INFO(line);
    CHECK(session(line, "/w/app-wt") == "deny");
  }
  for (const char* line : {"git update-ref refs/heads/topic HEAD", "git commit -am x", "git branch -D feature",
                           "echo x > ../app/.git/refs/heads/topic", "echo x > ../app/.git/worktrees/wt/HEAD"}) {
    INFO(line);
    CHECK(session(line, "/w/app-wt") == "silent");
  }
  session.expectations.push_back(*expect_directory("/w/app", Source::allowed, session.world, session.world.tree));
  CHECK(session("git update-ref refs/heads/feature HEAD", "/w/app-wt") == "silent");
}

TEST_CASE("options of programs that no table knows write where their names say so") {
  Session session;
  for (const char* line :
       {"mytool --output ../lib/a", "mytool --output=../lib/a", "mytool --out-dir ../lib/out", "mytool -o ../lib/a",
        "newpack --pack-destination ../lib/p", "gen --log-file=../lib/gen.log", "cov run --report-dir ../lib/r",
        "x --dest ../lib/d", "cargo build --target-dir ../lib/t", "some_tool --save_to ../lib/s"}) {
    INFO(line);
    CHECK(session(line) == "ask");
  }
  for (const char* line : {"mytool --output json", "mytool --output src/a", "mytool --output /t/a",
                           "mytool --input ../lib/a", "grep -o ../lib/a README.md", "ssh -o Include=../lib/a host",
                           "mytool --config ../lib/a", "docker build --output type=local,dest=../lib .",
                           "mytool --output https://x.example/a", "mytool --target ../lib"}) {
    INFO(line);
    CHECK(session(line) == "silent");
  }
}

TEST_CASE("a link in place of a branch moves it, and what lies behind a link is judged from then on") {
  Session session;
  CHECK(session("ln -sf feature .git/refs/heads/main") == "deny");
  CHECK(session("ln -s ../lib here; git -C here tag x") == "deny");
  CHECK(session("ln -s ../lib/lib.c here.c; echo x > here.c") == "ask");
  CHECK(session("ln -s src here; echo x > here/a") == "silent");
}

TEST_CASE("a folder of mktemp is new: what is made, pushed to and removed there is nobody's") {
  Session session;
  session.settings.temporary.push_back("/tmp");
  for (const char* line : {"d=$(mktemp -d) && git clone -q . \"$d\" && cd \"$d\" && git commit -m x && rm -rf \"$d\"",
                           "r=$(mktemp -d)/r.git; git init -q --bare \"$r\"; git push -q \"$r\" HEAD:refs/heads/main",
                           "git init -q --bare /t/r.git && git push -q /t/r.git feature:main",
                           "cd $(mktemp -d); git init; git commit -m x"}) {
    INFO(line);
    CHECK(session(line) == "silent");
  }
  CHECK(session("git clone git@github.com:acme/app.git /t/c; cd /t/c && git push origin HEAD:main") == "deny");
}

TEST_CASE("another clone of the own project next to it is like a work tree that is added") {
  Session session;
  CHECK(session("git clone git@github.com:acme/app.git ../review && cd ../review && git commit -m x") == "silent");
  CHECK(session("git clone . ../review") == "silent");
  CHECK(session("git clone . ../lib") == "ask");
  CHECK(session("git clone https://github.com/acme/lib ../new") == "ask");
}

TEST_CASE("the user's own settings of git are a file elsewhere") {
  Session session;
  session.settings.temporary.push_back("/tmp");
  for (const char* line : {"git config --global core.editor vim", "git config --global --add safe.directory '*'",
                           "git config --global --unset alias.x", "cd ../lib; git config --global user.email a@b",
                           "sudo git config --system core.pager cat"}) {
    INFO(line);
    CHECK(session(line) == "ask");
  }
  for (const char* line :
       {"git config --global user.name", "git config --global --get user.email", "git config --global --list",
        "HOME=/t/home git config --global user.name x", "export HOME=$(mktemp -d); git config --global user.name x",
        "GIT_CONFIG_GLOBAL=/t/c git config --global user.name x"}) {
    INFO(line);
    CHECK(session(line) == "silent");
  }
}

TEST_CASE("what package and hook managers install elsewhere is asked about, and where the session works not") {
  Session session;
  for (const char* line : {"npm install --prefix ../lib ./dist", "npm --prefix ../lib ci", "cd ../lib && npm i x",
                           "pnpm -C ../lib add x", "yarn --cwd ../lib install", "(cd ../lib && pre-commit install)",
                           "cd ../lib && lefthook install", "cd ../lib; husky init", "uv --directory ../lib sync",
                           "cargo -C ../lib update", "composer install -d ../lib", "python3 -m venv ../lib/.venv"}) {
    INFO(line);
    CHECK(session(line) == "ask");
  }
  for (const char* line : {"npm install", "npm ci && npm test", "pnpm add x", "yarn", "pre-commit install",
                           "npm --prefix ../lib ls", "cd ../lib && npm test", "npm --prefix src install", "uv sync",
                           "cargo build", "go mod tidy", "python3 -m venv .venv", "cd /t && npm init -y && npm i x"}) {
    INFO(line);
    CHECK(session(line) == "silent");
  }
}

TEST_CASE("a database is written unless every statement reads, and long options may have one dash") {
  Session session;
  for (const char* line : {"sqlite3 ../lib/a.db 'create table t(x)'", "sqlite3 ../lib/a.db < x.sql",
                           "sqlite3 ../lib/a.db 'select 1' 'delete from t'", "sqlite3 -batch ../lib/a.db \"$SQL\"",
                           "openssl rand -hex -out ../lib/key 16", "openssl req -x509 -keyout ../lib/k.pem -out c.pem",
                           "javac -d ../lib A.java"}) {
    INFO(line);
    CHECK(session(line) == "ask");
  }
  for (const char* line : {"sqlite3 ../lib/a.db 'select 1'", "sqlite3 ../lib/a.db .schema 'SELECT x FROM t'",
                           "sqlite3 -readonly ../lib/a.db 'x'", "sqlite3 a.db 'delete from t'",
                           "openssl x509 -in ../lib/c.pem -noout", "openssl rand -out key 16"}) {
    INFO(line);
    CHECK(session(line) == "silent");
  }
}

TEST_CASE("a hook or a branch of a repository that is not known is asked about") {
  Session session;
  for (const char* line : {"mv h $(git remote get-url origin)/hooks/post-receive", "cat x > \"$R/hooks/update\"",
                           "cp x \"$(cat where)/refs/heads/main\"", "sed -i /x/d $R/packed-refs",
                           "install -m 755 h \"$R/.git/hooks/pre-push\"", "ln -sf /t/h $R/hooks/post-update"}) {
    INFO(line);
    CHECK(session(line) == "ask");
  }
  for (const char* line :
       {"cp h .git/hooks/pre-commit", "cp h \"$(git rev-parse --show-toplevel)/.git/hooks/pre-commit\"",
        "cp a \"$OUT/hooks/useThing.ts\"", "cat \"$R/hooks/update\"", "cp x \"$OUT/heads/main\""}) {
    INFO(line);
    CHECK(session(line) == "silent");
  }
}

TEST_CASE("code that moves a branch by its file, or writes git's settings, is asked about") {
  Session session;
  for (const char* line : {"python3 -c \"open('.git/refs/heads/main','w').write('x')\"",
                           "node -e \"require('fs').writeFileSync('.git/refs/heads/main', 'x')\"",
                           "node -e \"require('fs').appendFileSync('.git/config', '[alias] x = !y')\""}) {
    INFO(line);
    CHECK(session(line) == "ask");
  }
  for (const char* line : {"python3 -c \"open('n','w').write(open('.git/refs/heads/main').read())\"",
                           "python3 -c \"open('.git/refs/heads/feature','w').write('x')\"",
                           "node -e \"fs.writeFileSync('n', fs.readFileSync('.git/config'))\""}) {
    INFO(line);
    CHECK(session(line) == "silent");
  }
}

TEST_CASE("a help text tells which options are written, by their other names or by what it says of them") {
  const char* help =
      "usage: tool [-w FILE] [-f FORMAT]\n\n"
      "  -w, --write-to=FILE    use FILE\n"
      "  -s FILE, --out FILE    the page\n"
      "  -d, --database <PATH>  the database\n"
      "  -e PATH  Save the report below PATH\n"
      "  -f, --format FORMAT    Output format\n"
      "  -t, --to DIR           Output directory\n"
      "  -k string\n    \tWrite the key to this file\n"
      "  -r, --read <FILE>\n          Reads from there\n"
      "  -p, --profile FILE     the profile that is read\n"
      "  -l, --log-level N      how much is said\n"
      "--dump-config            \n";
  CHECK(evidence::written_options(help) == "-w --write-to -s --out -e -t --to -k --dump-config");
}

TEST_CASE("an installed program is asked which of its options are written, confined and once") {
  if (!files::can_confine()) {
    WARN("skipped: programs cannot be confined here");
    return;
  }
  std::string folder = "/var/tmp/cascade-help-XXXXXX";
  REQUIRE(::mkdtemp(folder.data()) != nullptr);
  const auto writes = [&](const char* text) {
    std::ofstream(folder + "/tool") << "#!/bin/sh\n" << text;
    std::filesystem::permissions(folder + "/tool", std::filesystem::perms::owner_all);
  };
  writes(
      "echo x > /var/tmp/cascade-help-was-written || echo '  -z, --zone FILE  Save the zone there'\n"
      "[ \"$1\" != sub ] || echo '  -q FILE  Store the queue'\n");
  shell::Call call;
  call.program = "tool";
  call.words = {shell::Value{"tool"}, shell::Value{"sub"}, shell::Value{"-z"}, shell::Value{"/srv/x"}};
  const HelpPlace place{folder + "/kept", folder, {"/srv"}};
  const files::DiskTree tree;
  CHECK(options_by_help(call, place, tree) == "-z --zone -z --zone -q");
  CHECK_FALSE(std::filesystem::exists("/var/tmp/cascade-help-was-written"));
  CHECK(std::distance(std::filesystem::directory_iterator(folder + "/kept"), {}) == 1);
  CHECK(options_by_help(call, {folder + "/other", folder, {folder}}, tree).empty());  // of the session's own folder
  call.words.front().text = "./tool";
  CHECK(options_by_help(call, {folder + "/other", folder, {}}, tree).empty());
  std::filesystem::remove_all(folder);
}
