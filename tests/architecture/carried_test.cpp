// What the program weighs: its file, the tables that the build computes, and how often the compiler starts for all of
// src. carried.txt keeps each figure, so that what was saved once stays saved, and what grows is decided by somebody.
#include <catch2/catch.hpp>

#include <cstdint>
#include <filesystem>
#include <map>

#include "architecture/source_tree.h"

namespace cascade::architecture {
namespace {

constexpr const char* weights = "tests/architecture/carried.txt";

// "program 23000000" a line, by its first word.
std::map<std::string, std::string> recorded_rows() {
  std::map<std::string, std::string> rows;
  for (const std::string& line : lines_of(read_text(weights)))
    if (const std::size_t blank = line.rfind(' '); line[0] != '#' && blank != std::string::npos)
      rows[line.substr(0, blank)] = line.substr(blank + 1);
  return rows;
}

std::map<std::string, std::uint64_t> weighed() {
  const std::filesystem::path program = CASCADE_BINARY, build = program.parent_path();
  return {{"program bytes", std::filesystem::file_size(program)},
          {"learned table bytes", std::filesystem::file_size(build / "src/learned_table.cpp")},
          {"lexicon table bytes", std::filesystem::file_size(build / "src/lexicon_table.cpp")},
          {"dictionary table bytes", std::filesystem::file_size(build / "src/dictionary_table.cpp")},
          {"compilations", objects_of_src(build.string()).size()}};
}

TEST_CASE("program, tables and compilations weigh what is recorded, within a twentieth") {
  const auto rows = recorded_rows();
  REQUIRE(rows.count("build") == 1);
  if (rows.at("build") != CASCADE_BUILT_AS) {
    WARN("skipped: recorded for " << rows.at("build") << ", and this is " << CASCADE_BUILT_AS);
    return;
  }
  const auto figures = weighed();
  CHECK(rows.size() == figures.size() + 1);
  for (const auto& [name, figure] : figures) {
    INFO(name << ": write what it is now into " << weights << " if it is meant to be so");
    REQUIRE(rows.count(name) == 1);
    const std::uint64_t was = std::stoull(rows.at(name));
    CHECK(figure * 20 >= was * 19);
    CHECK(figure * 20 <= was * 21);
  }
}

}  // namespace
}  // namespace cascade::architecture
