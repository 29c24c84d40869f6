// Which agent of a session runs `cascade lease take NAME` in its shell. The client tells its hooks and not the program
// itself (2.1.328), so the guard, which sees the line just before it runs, leaves a note, and the program takes it.
#pragma once

#include <string>

namespace cascade::cli {

class LeaseCallers {
 public:
  // `state`: the state folder.
  explicit LeaseCallers(std::string state) : state_(std::move(state)) {}

  // `agent` (empty: the main conversation) is about to run `cascade lease ACTION RESOURCE`. Nothing is kept of the main
  // conversation where no subagent of the session ever came.
  void expect(const std::string& session, const std::string& agent, const std::string& action,
              const std::string& resource) const;
  // Whose call this one is, and the note is gone. Of several the oldest, as they run in the order in which they were
  // let through; but one of more than 20 seconds ago was most likely refused by the user, and a later one counts.
  std::string take(const std::string& session, const std::string& action, const std::string& resource) const;

 private:
  std::string path(const std::string& session) const;
  std::string state_;
};

}  // namespace cascade::cli
