// 100 everyday lines and the ports that they take.
#include <catch2/catch.hpp>

#include <sstream>

#include "evidence/ports.h"
#include "read_text.h"
#include "shell/trace.h"
#include "source_folder.h"

using namespace cascade;
using namespace cascade::evidence;

namespace {

struct Anywhere final : shell::Surroundings {
  bool is_directory(const std::string&) const override { return true; }
  std::optional<std::string> top_level(const std::string&) const override { return std::nullopt; }
  std::optional<std::string> variable(std::string_view) const override { return std::nullopt; }
  bool follows_elsewhere() const override { return true; }
};

std::string ports_of(const std::string& line) {
  Ports ports;
  shell::trace(line, "/w", Anywhere(), [&](const shell::Call& call) { ports.see(call); });
  std::string text = ports.stops_by_name() ? "*" : "";
  for (const std::string& port : ports.used()) text += (text.empty() ? "" : " ") + port;
  return text.empty() ? "-" : text;
}

}  // namespace

TEST_CASE("everyday lines take the ports that they plainly use, and no others") {
  std::istringstream lines(test::read_text(test::source_folder() + "/tests/unit/everyday_lines.tsv"));
  std::size_t all = 0, needless = 0, missed = 0;
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line[0] == '#') continue;
    ++all;
    const std::size_t tab = line.find('\t');
    const std::string expected = line.substr(0, tab), found = ports_of(line.substr(tab + 1));
    INFO(line.substr(tab + 1));
    CHECK(found == expected);
    needless += found != expected && found != "-" ? 1 : 0;
    missed += found != expected && found == "-" ? 1 : 0;
  }
  CHECK(all == 100);
  CHECK(needless == 0);
  CHECK(missed == 0);
}

TEST_CASE("a kill that names no port frees none, and a port is a number") {
  CHECK(ports_of("kill $PID; lsof -i :3000") == "-");
  CHECK(ports_of("P=$(lsof -ti:3000); kill -9 $P") == "3000");
  CHECK(ports_of("lsof -ti:3000,3001") == "-");
  CHECK(ports_of("pkill -f 'my-sync --port 3000'") == "3000");
  CHECK(ports_of("npm run dev -- --port \"$PORT\"") == "-");
  CHECK(ports_of("npm run dev -- --port 0") == "-");
  CHECK(ports_of("npm run dev -- --port 123456") == "-");
  CHECK(ports_of("npm run dev --port") == "-");
  CHECK(ports_of("docker run -p 3000 img") == "-");  // the machine chooses
  CHECK(ports_of("PORT=3000 node a.js & PORT=3000 node b.js") == "3000");
}
