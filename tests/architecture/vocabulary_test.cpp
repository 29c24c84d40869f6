// scripts/vocabulary tells the table that it makes from any other, so an old one is made anew.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "architecture/source_tree.h"
#include "scratch_folder.h"

using namespace cascade::architecture;
namespace fs = std::filesystem;

namespace {

// The script in a copy of the sources that has nothing but what it needs to look.
struct Copy {
  cascade::test::ScratchFolder folder;
  std::string table = folder.path + "/share/cascade/o200k.bin";

  Copy() {
    const std::string source = CASCADE_SOURCE_DIR;
    fs::create_directories(folder.path + "/scripts");
    for (const char* script : {"/scripts/vocabulary", "/scripts/terminal.sh"})
      fs::copy_file(source + script, folder.path + script);
    if (fs::exists(source + "/share/cascade"))
      fs::copy(source + "/share", folder.path + "/share", fs::copy_options::recursive);
  }
  bool has_table() const {
    return output_of("'" + folder.path + "/scripts/vocabulary' there 2>&1 && echo there") == "there\n";
  }
};

}  // namespace

TEST_CASE("the script that makes the token table knows it, and takes no other for it") {
  const Copy copy;
  if (!fs::exists(copy.table)) {
    CHECK_FALSE(copy.has_table());
    WARN("only a missing table is looked at: there is none (scripts/vocabulary)");
    return;
  }
  CHECK(copy.has_table());
  std::fstream(copy.table, std::ios::in | std::ios::out | std::ios::binary).seekp(8).put('\1');  // another version
  CHECK_FALSE(copy.has_table());
  fs::remove(copy.table);
  CHECK_FALSE(copy.has_table());
}
