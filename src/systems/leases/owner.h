// The process that a lease from a shell belongs to, and whether it lasts.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace cascade::lease {

// The process that called this program; the launcher of the npm package, which only waits for it, does not count.
std::int64_t calling_process();

// Whether a process with these words ends as soon as the command that it runs: a shell with one line to do, or a
// program that only runs another one.
bool ends_with_its_command(const std::vector<std::string>& words);

// A process in a few words: "sh -c ... (process 4711)".
std::string owner_text(std::int64_t pid, const std::vector<std::string>& words);

// Tells which agent of a session runs `cascade lease take NAME` in its shell. The client tells its hooks but not the
// program itself (2.1.328). So the guard, which sees the line just before it runs, leaves a note, and the program takes
// it.
class Callers {
 public:
  // `state`: the state folder.
  explicit Callers(std::string state) : state_(std::move(state)) {}

  // Notes that `agent` (empty: the main conversation) is about to run `cascade lease ACTION RESOURCE`. For the main
  // conversation nothing is noted unless a subagent of the session has left a note before.
  void expect(const std::string& session, const std::string& agent, const std::string& action,
              const std::string& resource) const;
  // The agent of this call; its note is removed. Of several notes the oldest counts, since calls run in the order in
  // which they were let through. But a note older than 20 seconds was most likely refused by the user, so a later one
  // is preferred.
  std::string take(const std::string& session, const std::string& action, const std::string& resource) const;

 private:
  std::string path(const std::string& session) const;
  std::string state_;
};

// A note on this machine that a conversation holds a lease on a server. It decides nothing. Without it, a call that
// needs no lease does not ask the server, and the end of its turn releases nothing.
class HeldNotes {
 public:
  // `state`: the state folder. One conversation is a session and an agent in it.
  explicit HeldNotes(std::string state) : state_(std::move(state)) {}

  void write(const std::string& session, const std::string& agent) const;  // held or renewed now
  // True if there is a note, and it is older than half a minute or from before the machine started.
  bool is_due(const std::string& session, const std::string& agent) const;
  bool has(const std::string& session, const std::string& agent, bool whole_session) const;
  void remove(const std::string& session, const std::string& agent, bool whole_session) const;

 private:
  std::string folder(const std::string& session) const;
  std::string path(const std::string& session, const std::string& agent) const;
  std::string state_;
};

}  // namespace cascade::lease
