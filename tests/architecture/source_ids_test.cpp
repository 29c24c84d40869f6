// Caches are keyed by the sources of the program, so that none survives a change of what it depends on
// (cmake/source_id.cmake).
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "architecture/source_tree.h"
#include "scratch_folder.h"

using namespace cascade::architecture;
namespace fs = std::filesystem;

namespace {

// A small tree of sources with its two identities.
struct Sources {
  cascade::test::ScratchFolder folder;

  Sources() {
    put("manifest/head.cpp", "int head;\n");
    put("validate/rules/ct_paths.cpp", "int paths;\n");
  }
  void put(const std::string& file, const std::string& text) {
    const fs::path path = folder.path + "/src/" + file;
    fs::create_directories(path.parent_path());
    std::ofstream(path) << text;
  }
  // The value of the constant; empty where the script does not define it.
  std::string id(const std::string& name) const {
    const std::string out = folder.path + "/ids.cpp";
    output_of("cmake -DSOURCE='" + folder.path + "/src' -DOUTPUT='" + out +
              "' -P '" CASCADE_SOURCE_DIR "/cmake/source_id.cmake'");
    std::ifstream in(out);
    const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    const std::string sign = "::" + name + " = \"";
    const std::size_t at = text.find(sign);
    return at == std::string::npos ? std::string() : text.substr(at + sign.size(), 16);
  }
};

}  // namespace

TEST_CASE("a changed rule lets the index be, and is another program for what was found before") {
  Sources sources;
  const std::string source = sources.id("source_id"), program = sources.id("program_id");
  REQUIRE(source.size() == 16);
  REQUIRE(program.size() == 16);
  sources.put("validate/rules/ct_paths.cpp", "int other_paths;\n");
  CHECK(sources.id("source_id") == source);
  CHECK(sources.id("program_id") != program);
}

TEST_CASE("a change in what parses is another source for both caches, and the old text the old one") {
  Sources sources;
  const std::string source = sources.id("source_id"), program = sources.id("program_id");
  sources.put("manifest/head.cpp", "int other_head;\n");
  CHECK(sources.id("source_id") != source);
  CHECK(sources.id("program_id") != program);
  sources.put("manifest/head.cpp", "int head;\n");
  CHECK(sources.id("source_id") == source);
  CHECK(sources.id("program_id") == program);
}
