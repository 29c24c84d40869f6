#include "trust/trust_report.h"

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>

#include "scratch_folder.h"

using namespace cascade::trust;

TEST_CASE("what was decided and what ran is read back as it was noted, whatever stands between") {
  const cascade::test::ScratchFolder folder;
  CHECK(read_log(folder.path).empty());
  LogEntry allowed;
  allowed.at = 1'700'000'000;
  allowed.action = "allow";
  allowed.item = "skill:deploy";
  allowed.path = "/lib/skills/deploy/\"odd\"\n.md";
  allowed.hash = "0123abcd";
  LogEntry ran = allowed;
  ran.action = "run";
  ran.event = "PreToolUse";
  ran.hook = "check.sh";
  ran.outcome = "refused";
  ran.why = "exit 2";
  ran.confined = true;
  REQUIRE(append_log(folder.path, allowed));
  for (const auto& file : std::filesystem::recursive_directory_iterator(folder.path))
    if (file.is_regular_file()) std::ofstream(file.path(), std::ios::app) << "no json\n[1]\n";
  REQUIRE(append_log(folder.path, ran));
  const std::vector<LogEntry> entries = read_log(folder.path);
  REQUIRE(entries.size() == 2);
  CHECK(entries[0].at == allowed.at);
  CHECK(entries[0].action == "allow");
  CHECK(entries[0].path == allowed.path);
  CHECK_FALSE(entries[0].confined);
  CHECK(entries[1].item == "skill:deploy");
  CHECK(entries[1].hash == "0123abcd");
  CHECK(entries[1].event == "PreToolUse");
  CHECK(entries[1].hook == "check.sh");
  CHECK(entries[1].outcome == "refused");
  CHECK(entries[1].why == "exit 2");
  CHECK(entries[1].confined);
}

TEST_CASE("a log that is full keeps its newer half, in order") {
  const cascade::test::ScratchFolder folder;
  LogEntry entry;
  entry.action = "run";
  entry.why = std::string(2'000, 'x');
  for (entry.at = 1; entry.at <= 200; ++entry.at) REQUIRE(append_log(folder.path, entry));
  const std::vector<LogEntry> entries = read_log(folder.path);
  REQUIRE(entries.size() > 40);
  CHECK(entries.size() < 200);
  CHECK(entries.back().at == 200);
  for (std::size_t i = 1; i < entries.size(); ++i) CHECK(entries[i].at == entries[i - 1].at + 1);
}
