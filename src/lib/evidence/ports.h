// The ports that a command line plainly takes or frees.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "shell/trace.h"

namespace cascade::evidence {

// How a server of a known name is told its port (servers.tsv).
struct Server {
  std::string_view program, verb;  // verb: a word that must follow; empty: none need to
  std::string_view options;        // whose value is a port, or ends in ":PORT"
  bool has_operand = false;        // an operand may be one as well
  std::string_view usual = {};     // the port without any word about it, if a taken one makes the server fail
};
std::span<const Server> servers() noexcept;

// Sees the programs of one line in order.
class Ports {
 public:
  void see(const shell::Call& call);

  // The ports that the line listens on, or whose server it stops; each once, in order.
  const std::vector<std::string>& used() const noexcept { return used_; }
  // Whether it stops servers by their name (pkill -f next-server), so that it is unknown whose they are.
  bool stops_by_name() const noexcept { return stops_by_name_; }

 private:
  void add(std::string_view port);
  bool stops(const shell::Call& call);
  void look_up(const shell::Call& call);
  void stop_by_name(const shell::Call& call);
  bool forwards(const shell::Call& call);
  const Server* serve(const shell::Call& call);
  void read_variables(const shell::Call& call);

  std::vector<std::string> used_;
  std::vector<std::string> looked_up_;  // by lsof and fuser: a kill may follow
  bool stops_by_name_ = false;
};

}  // namespace cascade::evidence
