// Words that a program hands to another terminal, session or host.
#include <catch2/catch.hpp>

#include "shell/trace.h"

#include <string>

using namespace cascade::shell;

namespace {

struct Desk final : Surroundings {
  explicit Desk(bool given) : follows(given) {}
  bool is_directory(const std::string&) const override { return true; }
  std::optional<std::string> top_level(const std::string&) const override { return std::nullopt; }
  std::optional<std::string> variable(std::string_view) const override { return std::nullopt; }
  bool follows_elsewhere() const override { return follows; }
  bool follows;
};

// The programs that are met in another session, each as "directory: words"; "!" before what was typed, "@" before what
// runs on another host. What is met in the line's own session is left out.
std::string elsewhere(const std::string& line) {
  std::string text;
  const Trace traced = trace(line, "/w", Desk(true), [&](const Call& call) {
    if (call.session == Session::own || call.words.empty()) return;
    if (!text.empty()) text += "; ";
    text += call.typed ? "!" : call.session == Session::other_host ? "@" : "";
    text += call.directory.empty() ? "?:" : call.directory + ":";
    for (const Value& word : call.words) text += " " + (word.known ? word.text : "${_}");
  });
  return text + (traced.complete ? "" : " (not all)");
}

// The programs of the line's own session.
std::string here(const std::string& line, bool follows = true) {
  std::string text;
  trace(line, "/w", Desk(follows), [&](const Call& call) {
    if (call.session != Session::own || call.words.empty()) return;
    text += text.empty() ? "" : "; ";
    for (const Value& word : call.words) text += (&word == &call.words.front() ? "" : " ") + word.text;
  });
  return text;
}

}  // namespace

TEST_CASE("what another terminal is told to start is followed, in the caller's directory") {
  for (const char* line : {"tmux new-window 'a b'",
                           "tmux neww -d -n x 'a b'",
                           "tmux -L other new-session -d -s x a b",
                           "tmux new-w -t s: a b",
                           "tmux split-window -h 'a b'",
                           "tmux run-shell 'a b'",
                           "tmux run -b 'a b'",
                           "tmux if-shell 'a b' 'display yes'",
                           "tmux pipe-pane -o 'a b'",
                           "tmux bind-key x run-shell 'a b'",
                           "tmux set-hook -g session-created \"run-shell 'a b'\" \\; new-window 'a b'",
                           "tmux display-popup -E 'a b'",
                           "tmate new-window 'a b'",
                           "byobu new-window 'a b'",
                           "screen -dmS x a b",
                           "screen -S x -X screen a b",
                           "zellij run -- a b",
                           "zellij -s x run --floating -- a b",
                           "zellij action new-pane -- a b",
                           "dtach -n /s -Ez a b",
                           "abduco -n x a b",
                           "kitty @ launch --type=tab a b",
                           "kitten @ --to unix:/s launch a b",
                           "wezterm cli spawn -- a b",
                           "wezterm start -- a b",
                           "xterm -hold -e a b",
                           "xterm -e 'a b'",
                           "gnome-terminal -- a b",
                           "konsole -e a b",
                           "alacritty -e a b",
                           "foot a b",
                           "echo 'a b' | at now",
                           "at now + 1 minute <<< 'a b'",
                           "batch <<< 'a b'",
                           "batch <<'E'\na b\nE",
                           "tsp a b",
                           "nq a b",
                           "pueue add 'a b'",
                           "i3-msg exec 'a b'",
                           "openvt -- a b",
                           "expect -c 'spawn a b; interact'",
                           "expect <<'E'\nspawn a b\nexpect eof\nE",
                           "socat - EXEC:'a b'",
                           "sudo -u me tmux new-window 'a b'",
                           "sh -c \"tmux new-window 'a b'\"",
                           "nohup tmux new-window 'a b' &"}) {
    INFO(line);
    CHECK(elsewhere(line).find("/w: a b") != std::string::npos);
  }
  CHECK(elsewhere("tmux new-window -c /x 'git push'") == "/x: git push");
  CHECK(elsewhere("A=1 tmux new-window 'cd sub && git push' ; git log") == "/w/sub: git push");
  for (const char* line :
       {"systemd-run --user a b", "systemd-run --user --pty --unit=x -p X=y a b", "crontab - <<< '* * * * * a b'",
        "echo '@daily a b' | crontab -", "ssh localhost a b", "ssh -t -p 22 me@127.0.0.1 'a b'", "ssh ::1 a b",
        "ssh localhost <<'E'\na b\nE", "machinectl shell me@ a b", "nsenter -t 1 -m a b"}) {
    INFO(line);
    CHECK(elsewhere(line).find("?: a b") != std::string::npos);
  }
}

TEST_CASE("what is typed into another terminal is followed as its shell would read it") {
  for (const char* line :
       {"tmux send-keys 'a b' Enter", "tmux send -t s:0.1 'a b' C-m", "tmux send-keys -t s a Space b Enter",
        "tmux send-keys -l 'a b'", "tmux set-buffer 'a b'", "echo 'a b' | tmux load-buffer -",
        "screen -S x -X stuff 'a b\\n'", "screen -S x -p 0 -X stuff $'a b\\r'", "zellij action write-chars 'a b'",
        "kitty @ send-text 'a b\\n'", "wezterm cli send-text --no-paste 'a b'", "xdotool type --delay 5 'a b'",
        "ydotool type 'a b'", "wtype 'a b'", "dtach -p /s <<< 'a b'",
        "expect -c 'spawn x; expect q {send \"a b\\r\"}'"}) {
    INFO(line);
    CHECK(elsewhere(line).find("!?: a b") != std::string::npos);
  }
  CHECK(elsewhere("tmux send-keys a l l o w Enter") == "!?: allow");
  // It need not be a command at all.
  CHECK(elsewhere("tmux send-keys \"it's fine\" Enter").find("(not all)") == std::string::npos);
  CHECK(elsewhere("tmux send-keys Escape ':wq' Enter") == "!?: :wq");
}

TEST_CASE("what is typed as numbers of bytes is told as a text that cannot be read") {
  const auto is_told = [](const char* line) {
    bool told = false;
    trace(line, "/w", Desk(true),
          [&](const Call& call) { told = told || (call.kind == Call::Kind::text && call.typed); });
    return told;
  };
  for (const char* line : {"tmux send-keys -H 61 20 62 0d", "zellij -s x action write 97 32 98 13"})
    CHECK(is_told(line));
  for (const char* line : {"tmux new-window \"bash -c \\\"$X\\\"\"", "screen -dmS x bash -c \"$X\""})
    CHECK_FALSE(is_told(line));
}

TEST_CASE("another host's commands are told apart, and a host may be unknown") {
  CHECK(elsewhere("ssh build.example.com 'git -C /srv pull'") == "@?: git -C /srv pull");
  CHECK(elsewhere("ssh \"$HOST\" make") == "@?: make");
  CHECK(elsewhere("ssh build.example.com tmux send-keys a Space b Enter") ==
        "@?: tmux send-keys a Space b Enter; !?: a b");
}

TEST_CASE("what only looks or waits hands nothing on") {
  for (const char* line : {"tmux ls", "tmux kill-session -t x", "tmux capture-pane -p", "tmux attach -t x",
                           "tmux new-session -d -s x", "screen -ls", "screen -r x", "screen -S x -X quit",
                           "zellij list-sessions", "ssh localhost", "at -l", "crontab -l", "crontab file",
                           "systemd-run --version", "kitty", "wezterm ls-fonts", "expect file.exp", "xterm"}) {
    INFO(line);
    CHECK(elsewhere(line) == "");
  }
}

TEST_CASE("what runs in the line's own place keeps its directory and session") {
  for (const char* line : {"script -qc 'a b' /dev/null",
                           "script --command='a b' out",
                           "script -q out a b",
                           "hyperfine 'a b'",
                           "hyperfine -w 3 'x' 'a b'",
                           "concurrently 'a b' 'x'",
                           "nodemon --exec 'a b'",
                           "ls | entr -r a b",
                           "watchexec -e rs -- a b",
                           "nix-shell -p git --run 'a b'",
                           "nix develop -c a b",
                           "conda run -n env a b",
                           "mise exec -- a b",
                           "direnv exec . a b",
                           "op run -- a b",
                           "aws-vault exec p -- a b",
                           "sshpass -p x a b",
                           "fakeroot a b",
                           "chrt 1 a b",
                           "valgrind --tool=x a b",
                           "perf stat a b",
                           "dbus-run-session -- a b",
                           "parallel ::: 'a b'",
                           "parallel a {} ::: b"}) {
    INFO(line);
    CHECK(here(line).find("a b") != std::string::npos);
    CHECK(here(line, false).find("a b") != std::string::npos);
  }
  CHECK(here("tmux new-window 'a b'", false) == "tmux new-window a b");
}
