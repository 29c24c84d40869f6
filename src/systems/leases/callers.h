// Tells which agent of a session runs `cascade lease take NAME` in its shell. The client tells its hooks but not the
// program itself (2.1.328). So the guard, which sees the line just before it runs, leaves a note, and the program takes
// it.
#pragma once

#include <string>

namespace cascade::lease {

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

}  // namespace cascade::lease
