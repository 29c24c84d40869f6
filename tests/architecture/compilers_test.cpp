// scripts/terminal.sh starts no more compilers at a time than there is memory for: a group of the demo's takes up to a
// GB.
#include <catch2/catch.hpp>
#include <fstream>

#include "architecture/source_tree.h"
#include "scratch_folder.h"

using namespace cascade;

namespace {

// For eight processors, on a machine and in a container that say this of their memory; empty: they say nothing.
std::string compilers(const std::string& machine, const std::string& container) {
  const test::ScratchFolder folder;
  const auto file = [&](const char* name, const std::string& text) {
    if (!text.empty()) std::ofstream(folder.path + name) << text;
    return "'" + folder.path + name + "'";
  };
  return architecture::output_of("bash -euo pipefail -c \". '" CASCADE_SOURCE_DIR
                                 "/scripts/terminal.sh'; compilers 8 " +
                                 file("/meminfo", machine) + " " + file("/memory.max", container) + "\" 2>&1");
}

}  // namespace

TEST_CASE("a build starts as many compilers as memory is there for, and at least one") {
  CHECK(compilers("MemTotal: 66000000 kB\nMemAvailable: 64000000 kB\n", "max\n") == "8\n");
  CHECK(compilers("MemTotal: 8000000 kB\nMemAvailable: 3900000 kB\n", "") == "3\n");
  CHECK(compilers("MemAvailable: 64000000 kB\n", "2147483648\n") == "2\n");
  CHECK(compilers("MemAvailable: 3900000 kB\n", "64000000000\n") == "3\n");
  CHECK(compilers("MemAvailable: 300000 kB\n", "max\n") == "1\n");
  CHECK(compilers("", "") == "8\n");
}
