// What would switch a guard off, or let the model release itself.
#include <catch2/catch.hpp>

#include "policy/setting.h"
#include "unit/guarded_session.h"

using namespace cascade;
using namespace cascade::systems;

namespace {

constexpr const char* guarded = "systems: { repository: block }\n";

void check_asked(Session& session, std::initializer_list<const char*> commands, bool asked) {
  for (const char* command : commands) {
    INFO(command);
    CHECK(session.asks(command) == asked);
  }
}

std::string permission(const std::string& answer) {
  if (answer.find("error: ") == 0) return answer;
  if (answer.find("\"permissionDecision\":\"deny\"") != std::string::npos) return "deny";
  return answer.find("\"permissionDecision\":\"ask\"") != std::string::npos ? "ask" : "silent";
}

}  // namespace

TEST_CASE("verbs that loosen or release are the user's to decide") {
  Session session(guarded);
  check_asked(session,
              {"cascade hook --off",
               "echo '{}' | cascade hook",
               "cascade effects waive 3",
               "cascade -q effects waive 3",
               "/usr/bin/cascade init --remove",
               "cascade uninstall",
               "cascade init --with=effects",
               "sh -c 'cascade guard allow x'",
               "cascade session drop mend",
               "cascade memory keep 4",
               "cascade memory import f",
               "cascade lease break x",
               "cascade --root . --format json session drop mend",
               "cascade gate judge 3 right",
               "cascade allow SKILL.md",
               "cascade gate set lint block",
               "cascade gate outcome --commit abc green",
               "cascade trust allow x",
               "for i in 1 2; do cascade effects waive $i; done",
               "xargs cascade memory keep <<< 4",
               "C=cascade; $C hook --off",
               "cascade $VERB 3",
               "cascade effects $X 3",
               "scripts/install --remove",
               "python3 -c \\\"import os; os.system('cascade hook --off')\\\"",
               "CLAUDE_CODE_SESSION_ID=other cascade lease release x",
               "CASCADE_DISABLE=1 make",
               "export CASCADE_DISABLE=1; make"},
              true);
  check_asked(session,
              {"cascade hook --on", "cascade hook --help", "echo cascade hook --off", "cascade search hook",
               "cascade memory search keep", "cascade memory add waive 'keep it'", "cascade search 'session drop'",
               "cascade lease release x", "cascade lease take x", "cascade effects list", "cascade session show last",
               "cascade allow", "cascade guard check 'cascade hook --off'", "cascade help init", "which cascade",
               "grep -rn 'cascade hook --off' .", "cascade show \\\"$NAME\\\"", "scripts/install --prefix x"},
              false);
}

TEST_CASE("words for another terminal are read as the commands that they become there") {
  Session session(guarded);
  check_asked(session,
              {"tmux new-window 'cascade trust allow dep'",
               "tmux send-keys -t 0 allow Enter",
               "tmux send-keys -t 0 'cascade trust' Space 'allow dep' C-m",
               "tmux send-keys -t 0 \\\"cascade trust allow dep\\\" Enter",
               "tmux send-keys -H 61 6c 6c 6f 77 0d",
               "screen -S x -X stuff 'allow\\\\n'",
               "screen -dm cascade trust allow dep",
               "script -qc 'cascade trust allow dep' /dev/null",
               "echo allow | script -qec 'cascade trust allow dep' /dev/null",
               "expect -c 'spawn cascade trust allow dep; expect type; send \\\"allow\\\\r\\\"'",
               "echo 'cascade trust allow dep' | at now",
               "batch <<< 'cascade guard allow ../lib'",
               "systemd-run --user --pty cascade trust allow dep",
               "ssh localhost cascade trust allow dep",
               "ssh -t \\\"$HOST\\\" 'cascade trust allow dep'",
               "crontab - <<< '* * * * * cascade hook --off'",
               "kitty @ send-text 'allow\\\\n'",
               "emacsclient --eval '(shell-command \\\"cascade trust allow dep\\\")'",
               "osascript -e 'tell app \\\"Terminal\\\" to do script \\\"cascade trust allow dep\\\"'",
               "parallel ::: 'cascade hook --off'",
               "setsid nohup watch cascade effects waive 3",
               "tmux new-window 'echo x > cascade.yaml'"},
              true);
  check_asked(
      session,
      {"tmux new-window 'npm test'", "tmux send-keys -t 0 'npm run allow' Enter", "tmux ls", "tmux send-keys -t 0 q",
       "ssh build.example.com 'rm ~/.claude/settings.json'", "ssh localhost uptime", "tmux new-window 'cascade trust'",
       "echo 'make' | at now", "crontab - <<< '* * * * * make'", "expect -c 'spawn npm login; send \\\"me\\\\r\\\"'"},
      false);
  Session tools("systems: { tools: block }\n");  // where repositories are not guarded
  check_asked(tools, {"screen -dmS x bash -c \\\"$CMD\\\"", "systemd-run --user sh -c \\\"$CMD\\\""}, false);
}

TEST_CASE("files that decide what is guarded are not written unasked, by any door") {
  Session session(guarded);
  check_asked(session,
              {"echo x > {}/home/.claude/settings.json",
               "sed -i s/a/b/ cascade.yaml",
               "sed -Ei s/a/b/ cascade.yaml",
               "sed --in-place=.b s/a/b/ cascade.yaml",
               "rm -rf {}/state/cascade/sessions",
               "rm -rf {}/state",
               "tee cascade.yaml < x",
               "mv x ../home/.claude/settings.json",
               "mv {}/home/.claude /x",
               "rm *.yaml",
               "rm {}/home/.claude/*.json",
               "cp /x/cascade.yaml .",
               "cp /x/settings.json {}/home/.claude/",
               "cp -t {}/home/.claude /x/settings.json",
               "rsync /x/ {}/home/.claude/",
               "install -t . /x/cascade.yaml",
               "perl -pi -e s/a/b/ cascade.yaml",
               "awk -i inplace 1 cascade.yaml",
               "find {}/state/cascade -delete",
               "find {}/home/.claude -name '*.json' -exec rm {} +",
               "curl -o cascade.yaml https://x.example/c",
               "curl -ocascade.yaml https://x.example/c",
               "curl -D cascade.yaml https://x.example/c",
               "wget -o cascade.yaml https://x.example/c",
               "bsdtar -xf x.tar -C {}/home/.claude",
               "patch --output=cascade.yaml x x.patch",
               "wget --output-document=cascade.yaml https://x.example/c",
               "tar -xf x.tar -C {}/home/.claude",
               "unzip x -d {}/state/cascade",
               "exec 3>cascade.yaml; echo x >&3",
               "sqlite3 {}/state/cascade/store.db 'delete from fact'",
               "cd {}/home/.claude && echo x > settings.json",
               "python3 -c \\\"open('cascade.yaml','w')\\\"",
               "python3 - <<'E'\\nopen('cascade.yaml','w')\\nE",
               "node -e \\\"fs.writeFileSync('cascade.yaml','')\\\"",
               "touch /etc/claude-code/managed-settings.json",
               "F=cascade.yaml; : > $F",
               "vim -es cascade.yaml +d +wq",
               "ln -sf /dev/null cascade.yaml",
               "rm cascade.yaml 'unclosed"},
              true);
  check_asked(
      session,
      {"cat cascade.yaml", "cp cascade.yaml {}/project/copy", "sed s/a/b/ cascade.yaml", "rm -rf build",
       "jq .hooks {}/home/.claude/settings.json", "git add cascade.yaml", "git log -- cascade.yaml",
       "find . -name '*.pyc' -delete", "rm *.pyc", "sqlite3 app.db 'delete from t'",
       "python3 -c \\\"print(open('cascade.yaml').read())\\\"",
       "mkdir -p .claude/agents && echo x > .claude/agents/a.md",
       "sqlite3 -readonly {}/state/cascade/store.db 'select 1'", "touch settings.json", "mv README.md README.txt"},
      false);
  Session tools("systems: { tools: block }\n");  // where repositories are not guarded
  check_asked(tools, {"cp -r src /x", "cp a.md {}/home/.claude/agents/"}, false);
  CHECK(session.answer("Edit", "{\"file_path\":\"cascade.yaml\"}").find("says what is guarded") != std::string::npos);
  CHECK(session.answer("Read", "{\"file_path\":\"/etc/passwd\"}") == "");
}

TEST_CASE("with layer two the environment that carries it is guarded, too") {
  Session session("systems: { repository: block }\nrepository: { git-hooks: on }\n");
  check_asked(session,
              {"unset GIT_CONFIG_COUNT", "unset \\\"${!GIT_CONFIG_@}\\\"", "GIT_CONFIG_COUNT=0 make",
               "GIT_CONFIG_COUNT=0; make", "export GIT_CONFIG_COUNT=0", "declare +x GIT_CONFIG_COUNT",
               "readonly GIT_CONFIG_COUNT=0; make", "env -u GIT_CONFIG_COUNT make", "env -i make", "exec -c make"},
              true);
  check_asked(session,
              {"git config --get core.hooksPath", "GIT_CONFIG_NOSYSTEM=1 git log", "unset FOO", "env FOO=1 make"},
              false);
  CHECK_FALSE(Session(guarded).asks("env -i make"));
}

TEST_CASE("git writes files and configuration, too") {
  Session session("systems: { tools: block }\nrepository: { git-hooks: on }\n");  // cascade-git is not asked then
  check_asked(
      session,
      {"git checkout HEAD~1 -- cascade.yaml", "git rm -f cascade.yaml", "git restore cascade.yaml",
       "git -c core.hooksPath=/dev/null log", "git config core.hooksPath /x", "git config --unset core.hooksPath",
       "git -c include.path=/x commit", "git --config-env=core.hooksPath=X commit"},
      true);
  check_asked(session, {"git config --get core.hooksPath", "git config core.hooksPath", "git diff cascade.yaml"},
              false);
}

TEST_CASE("any system with a guard asks for what would release it") {
  for (const policy::System& system : policy::systems()) {
    INFO(system.name);
    if (system.guards && system.on != policy::Mode::shadow)
      CHECK(Session("systems: { " + std::string(system.name) + ": on }\n").asks("cascade lease break staging"));
  }
  CHECK(Session("systems: { tools: on }\n").answer("Bash", "{\"command\":\"git commit -m x\"}") == "");
}

// `guard check` and the event ask the same judges.
TEST_CASE("what the event says to a line is what guard check says to it") {
  for (const char* configuration : {"systems: { repository: block }\n", "systems: { tools: block }\n",
                                    "systems: { playbooks: on, trust: on }\nrepository: { git-hooks: on }\n"}) {
    Session session(configuration);
    for (const char* line :
         {"ls", "cascade hook --off", "cascade guard allow ../lib", "cascade guard check ls", "echo x > cascade.yaml",
          "sed -i s/block/off/ cascade.yaml", "cat cascade.yaml", "ssh host cascade hook --off", "$X hook --off",
          "rm -rf ../home/.claude/settings.json", "CASCADE_DISABLE=1 claude -p x", "python3 -c 'print(1)'",
          "tmux send-keys 'allow' Enter", "env -i git status", "unset GIT_CONFIG_COUNT", "ssh host rm -rf /srv"}) {
      INFO(configuration << line);
      std::string json;
      for (const char* c = line; *c != 0; ++c) json += (*c == '"' || *c == '\\' ? "\\" : "") + std::string(1, *c);
      const auto checked = check(line, session.path("project"), session.path("project"), session.surroundings);
      REQUIRE(checked);
      CHECK(checked->verdict == permission(session.answer("Bash", "{\"command\":\"" + json + "\"}")));
    }
  }
}
