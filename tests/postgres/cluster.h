// A PostgreSQL server of a test's own: Debian's, in a temporary folder, reached by a socket there and nothing else
// unless a port is asked for.
#pragma once

#include <string>

#include "scratch_folder.h"

namespace cascade::test {

class Cluster {
 public:
  // Why there can be none on this machine; empty: there can.
  static std::string absent();

  // Initialised and started. `settings`: more words of postgresql.conf, "-c ssl=on".
  explicit Cluster(const std::string& settings = "", const std::string& port = "5432");
  ~Cluster();
  Cluster(const Cluster&) = delete;
  Cluster& operator=(const Cluster&) = delete;

  bool start();
  bool stop(const std::string& how = "fast");  // "immediate": as if the machine lost its power
  void kill();                                 // kill -9 of the server and all that it started
  std::string socket_folder() const { return folder_.path; }
  std::string address() const { return "postgresql://cascade@/cascade?host=" + socket_folder(); }
  // A command as the server's user, who is not root; true: it ended with 0.
  bool run(const std::string& command) const;

 private:
  bool start_once();

  ScratchFolder folder_;
  std::string settings_, port_;
};

}  // namespace cascade::test
