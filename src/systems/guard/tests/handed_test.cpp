// Lines and places that a command hands to other programs: settings, code, scripts, files that it writes first.
#include "guard/tests/judged_session.h"

using namespace cascade;
using namespace cascade::repository;

namespace {

void expect_all(Session& session, const std::string& verdict, std::initializer_list<const char*> lines) {
  for (const char* line : lines) {
    INFO(line);
    CHECK(session(line) == verdict);
  }
}

}  // namespace

TEST_CASE("what a setting or a variable makes git run is judged as a line") {
  Session session;
  expect_all(
      session, "deny",
      {"GIT_EDITOR='git -C ../lib tag x; false' git commit --allow-empty",
       "EDITOR='sh -c \"cd ../lib && git tag x\"' git commit", "export VISUAL='git -C ../lib tag x'; git commit",
       "git -c core.editor='git -C ../lib tag x' commit", "git config core.editor 'git -C ../lib tag x'",
       "GIT_EXTERNAL_DIFF='git -C ../lib tag x #' git diff", "git -c diff.a.textconv='git -C ../lib tag x' diff",
       "GIT_SSH_COMMAND='git -C ../lib tag x' git fetch", "git -c credential.helper='!git -C ../lib tag x' fetch",
       "GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=core.pager GIT_CONFIG_VALUE_0='git -C ../lib tag x' git log",
       "git fetch --upload-pack='git -C ../lib tag x; git-upload-pack'",
       "git ls-remote --upload-pack='git -C ../lib tag x' .",
       "git push --receive-pack='git -C ../lib tag x' origin HEAD", "git grep -O'git -C ../lib tag x' foo"});
  expect_all(session, "silent",
             {"GIT_EDITOR=true git commit --amend", "GIT_SEQUENCE_EDITOR=: git rebase -i --autosquash main",
              "GIT_SEQUENCE_EDITOR=\"sed -i 's/^pick/squash/'\" git rebase -i HEAD~2", "GIT_PAGER=cat git log",
              "GIT_SSH_COMMAND='ssh -o BatchMode=yes' git fetch origin", "git -c core.pager='less -S' diff",
              "git -c core.editor='code --wait' commit", "git config core.editor 'vim -u NONE'",
              "git -c credential.helper= fetch", "PAGER= git branch"});
}

TEST_CASE("addresses that settings change are followed, and asked about where they are not known") {
  Session session;
  expect_all(
      session, "deny",
      {"GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=remote.origin.pushurl GIT_CONFIG_VALUE_0=../lib git push origin HEAD",
       "export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=remote.origin.url GIT_CONFIG_VALUE_0=../lib; git push"});
  expect_all(session, "ask",
             {"git -c url.../lib.pushInsteadOf=\"$(git remote get-url origin)\" push origin HEAD",
              "GIT_CONFIG_GLOBAL=x.cfg git push", "U=../lib git --config-env=remote.origin.pushurl=U push",
              "GIT_CONFIG_PARAMETERS=\"'remote.origin.pushurl'='../lib'\" git push"});
  CHECK(session("GIT_CONFIG_GLOBAL=/dev/null git push") == "silent");
}

TEST_CASE("files that variables make git write are judged as an Edit of them") {
  Session session;
  expect_all(session, "ask",
             {"GIT_INDEX_FILE=../lib/.git/index git add src/main.c", "GIT_OBJECT_DIRECTORY=../lib/.git/objects git gc",
              "GIT_TRACE=/w/lib/lib.c git status", "GIT_COMMON_DIR=../lib/.git git tag x", "git -C ../li[b] tag x",
              "git --git-dir=../l*/.git tag x", "git for-each-repo --config=maintenance.repo commit --allow-empty"});
  expect_all(
      session, "silent",
      {"GIT_INDEX_FILE=.git/snap.idx git add -A", "GIT_INDEX_FILE=/t/idx git read-tree HEAD", "GIT_TRACE=1 git status",
       "GIT_TRACE2=/dev/stderr git log", "git for-each-repo --config=maintenance.repo status"});
}

TEST_CASE("code that writes or starts something and names a place elsewhere is asked about") {
  Session session;
  expect_all(session, "ask",
             {"node -e \"require('fs').writeFileSync('../lib/lib.c','x')\"",
              "node -e \"const p=require('path');require('fs').writeFileSync(p.resolve('..','l'+'ib','x'),'y')\"",
              "node -e \"require('child_process').execSync('git tag x',{cwd:'../lib'})\"",
              "python3 -c \"open('../lib/lib.c','a').write('x')\"",
              "python3 -c \"import subprocess as s, os; s.run(['git','commit'], cwd=os.path.join(os.pardir,'lib'))\"",
              "python3 -c \"import os;os.system('git -C ../lib tag x')\"",
              "python3 - <<'P'\nimport subprocess\nsubprocess.run(['git', '-C', '../lib', 'tag', 'x'])\nP",
              "perl -e 'chdir \"../lib\"; system(\"git tag x\")'", "awk 'BEGIN{system(\"git -C ../lib tag x\")}'",
              "printf 'import os\\nos.system(\"git -C ../lib tag x\")\\n' > t.py; python3 t.py"});
  expect_all(
      session, "silent",
      {"python3 - <<'P'\nimport pathlib\np=pathlib.Path('src/main.c')\np.write_text(p.read_text())\nP",
       "node -e \"console.log(require('../lib/package.json').version)\"",
       "node -e \"require('fs').writeFileSync('v.json', JSON.stringify(require('../lib/v.json')))\"",
       "python3 -c \"print(open('../lib/lib.c').read())\"", "perl -pi -e 's/a/b/' src/main.c",
       "python3 -c \"import os; os.makedirs('build/../out'); print('git push failed')\"",
       "awk '{print $1 > \"out.txt\"}' in.txt", "node -e \"fs.writeFileSync('a.txt', [...process.argv].join('/'))\""});
}

TEST_CASE("what the line wrote into a file is followed where it runs") {
  Session session;
  expect_all(
      session, "deny",
      {"echo 'git -C ../lib tag x' > x.sh; bash x.sh", "echo 'git -C ../lib tag x' > x.sh; . ./x.sh",
       "printf '#!/bin/sh\\ngit -C ../lib tag x\\n' > x && chmod +x x && ./x",
       "mkdir -p b && printf '#!/bin/sh\\ngit -C ../lib tag x\\n' > b/ls && chmod +x b/ls && PATH=\"$PWD/b:$PATH\" ls",
       "cat <<'E' > run.sh\ncd ../lib\ngit tag x\nE\nbash run.sh", "echo 'git -C ../lib tag x' | tee x.sh; sh x.sh",
       "echo 'cd ../lib && git tag x' > .env.sh; BASH_ENV=./.env.sh bash -c true",
       "printf 'all:\\n\\t@git -C ../lib tag x\\n' | make -s -f -", "make --eval='all: ; git -C ../lib tag x'",
       "npm pkg set scripts.x='git -C ../lib tag x' && npm run x", "npx -c 'git -C ../lib tag x'",
       "tar -cf /t/x --checkpoint=1 --checkpoint-action=exec='git -C ../lib tag x' src"});
  expect_all(
      session, "ask",
      {"printf '#!/bin/sh\\ngit -C ../lib tag x\\n' > .git/hooks/post-commit",
       "sed -n '1e git -C ../lib tag x' src/main.c", "vim -es -c 'silent !git -C ../lib tag x' -c 'qa!'",
       "printf '!git -C ../lib tag x\\nq\\n' | ed -s", "sqlite3 /t/db '.shell git -C ../lib tag x'",
       "mkdir -p t && echo 'gitdir: ../../lib/.git' > t/.git && cd t && git log", "ln -s ../../lib/.git t/.git"});
  expect_all(session, "silent",
             {"echo 'git commit -am x' > x.sh; bash x.sh", "printf '#!/bin/sh\\nnpm test\\n' > .git/hooks/pre-push",
              "printf 'all:\\n\\t@cc -o x x.c\\n' | make -f -", "npm pkg set scripts.build='tsc -p .' && npm run build",
              "sed -i -e 's/one git push/x/' src/main.c", "echo node_modules >> .gitignore && git add .gitignore",
              "tar -I zstd -cf out.tar.zst src", "rsync -a -e 'ssh -p 22' dist/ web1:/srv",
              "echo \"export A=1\" > .envrc; source .envrc; git status"});
}

TEST_CASE("what a line hides from its reader is asked about before a shell reads it") {
  Session session;
  expect_all(session, "ask",
             {"echo Z2l0IHRhZyB4 | base64 -d | sh", "eval \"$(echo Z2l0IHRhZyB4 | base64 -d)\"",
              "bash -c \"$(base64 -d <<< Z2l0IHRhZyB4)\"", "echo 'tvg gnt' | tr a-z n-za-m | sh"});
  expect_all(session, "deny",
             {"git${IFS}-C${IFS}../lib${IFS}tag${IFS}x", "IFS=,; x=git,-C,../lib,tag,x; $x",
              "printf '\\147\\151\\164 -C ../lib tag x' | sh"});
  expect_all(session, "silent",
             {"eval \"$(ssh-agent -s)\"", "curl -fsSL https://example.com/install.sh | sh",
              "eval \"$(direnv hook bash)\"", "source <(kubectl completion bash)"});
}

TEST_CASE("a fetch into another repository is a write there, unless a mirror follows its own remote") {
  Session session;
  Facts mirror = facts_of("/w/mirror.git", "main", "https://github.com/acme/lib.git");
  mirror.git_dir = mirror.common_dir = "/w/mirror.git";
  mirror.work_tree.clear();
  session.world.repositories["/w/mirror.git"] = mirror;
  session.world.tree.write("/w/mirror.git/HEAD", "");
  CHECK(session("git --git-dir=../mirror.git fetch -q \"$PWD\" HEAD:refs/heads/x") == "deny");
  CHECK(session("git -C ../mirror.git fetch ../app main:x") == "deny");
  CHECK(session("git -C ../mirror.git fetch origin '+refs/heads/*:refs/heads/*'") == "silent");
}

TEST_CASE("a push of what the remote has changes no protected branch") {
  Session session;
  CHECK(session("git push origin main") == "silent");
  CHECK(session("git push -f origin main") == "deny");
  CHECK(session("make && git push origin main") == "deny");
  CHECK(session("git push origin feature:main") == "deny");
  session.settings.asks_git = true;  // git tells what would change when it pushes
  CHECK(session("make && git push origin main") == "silent");
  session.world.is_ahead = true;
  CHECK(session("git push origin main") == "deny");
}
