#include "postgres/cluster.h"

#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace cascade::test {
namespace {

// Of the newest version that is installed; empty: none is.
std::string programs() {
  std::string found;
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator("/usr/lib/postgresql", ignored))
    if (std::filesystem::exists(entry.path() / "bin/initdb")) found = std::max(found, (entry.path() / "bin").string());
  return found;
}

}  // namespace

std::string Cluster::absent() { return programs().empty() ? "postgresql-15 is not installed" : ""; }

bool Cluster::run(const std::string& command) const {
  // The server refuses to run as root.
  const std::string user = ::geteuid() == 0 ? "setpriv --reuid=nobody --clear-groups " : "";
  return std::system(("cd / && " + user + command + " >> " + folder_.path + "/log 2>&1").c_str()) == 0;
}

Cluster::Cluster(const std::string& settings, const std::string& port) : settings_(settings), port_(port) {
  std::filesystem::permissions(folder_.path, std::filesystem::perms(0755));
  if (::geteuid() == 0 && std::system(("chown nobody " + folder_.path).c_str()) != 0)
    throw std::runtime_error("the folder cannot be given away");
  std::ofstream(folder_.path + "/log").close();
  std::filesystem::permissions(folder_.path + "/log", std::filesystem::perms(0666));
  if (!run(programs() + "/initdb -D " + folder_.path + "/data -U cascade -A trust --no-sync --no-locale -E UTF8"))
    throw std::runtime_error("initdb failed");
  if (!start() || !run(programs() + "/createdb -h " + folder_.path + " -p " + port_ + " -U cascade cascade"))
    throw std::runtime_error("the server does not start");
}

bool Cluster::start() {
  // A server that was killed leaves children behind, which hold its memory for a moment.
  for (int i = 0; i < 20; ++i) {
    if (start_once()) return true;
    ::usleep(200'000);
  }
  return false;
}

bool Cluster::start_once() {
  return run(programs() + "/pg_ctl -D " + folder_.path + "/data -w -l " + folder_.path + "/server.log -o \"-k " +
             folder_.path + " -c listen_addresses='' -c fsync=off -c port=" + port_ + " -c max_connections=150 " +
             settings_ + "\" start");
}

bool Cluster::stop(const std::string& how) {
  return run(programs() + "/pg_ctl -D " + folder_.path + "/data -w -m " + how + " stop");
}

void Cluster::kill() {
  long first = 0;
  std::ifstream(folder_.path + "/data/postmaster.pid") >> first;
  if (first <= 1) return;
  // Its children end with it, but not at once; a new server waits until they are gone.
  ::kill(static_cast<pid_t>(first), SIGKILL);
  const std::string shown = "/proc/" + std::to_string(first);
  for (int i = 0; i < 100 && std::filesystem::exists(shown); ++i) ::usleep(10'000);
}

Cluster::~Cluster() { static_cast<void>(stop("immediate")); }

}  // namespace cascade::test
