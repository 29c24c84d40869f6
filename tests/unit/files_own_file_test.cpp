#include "files/process.h"

#include <catch2/catch.hpp>
#include <filesystem>

namespace cascade::files {
namespace {

TEST_CASE("the running program is found, also as the place of what is linked into it") {
  CHECK(std::filesystem::path(program_file()).stem() == "unit_files");
  CHECK(std::filesystem::exists(program_file()));
  CHECK(own_file() == program_file());
}

}  // namespace
}  // namespace cascade::files
