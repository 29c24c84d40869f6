// A note on this machine that a conversation holds a lease on a server. It decides nothing. Without it, a call that
// needs no lease does not ask the server, and the end of its turn releases nothing.
#pragma once

#include <string>

namespace cascade::lease {

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
