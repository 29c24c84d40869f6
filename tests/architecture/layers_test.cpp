#include "architecture/layers.h"

#include <algorithm>
#include <catch2/catch.hpp>

namespace cascade::architecture {
namespace {

constexpr const char* small =
    "# Page\n```layers\nlow:\nmiddle: low\nhigh: low middle\nedge: @public middle\n```\nmore: text\n";

std::vector<SourceFile> one(const std::string& path, const std::string& text) { return {{path, text}}; }

std::vector<SourceFile> library() {
  std::vector<SourceFile> files = sources_below("include");
  const std::vector<SourceFile> sources = sources_below("src");
  files.insert(files.end(), sources.begin(), sources.end());
  return files;
}

std::vector<Layer> written() { return layers_in(read_text("docs/architecture.md")); }

std::set<std::string> standing() {
  std::set<std::string> modules;
  for (const SourceFile& file : library()) modules.insert(module_of_file(file.path));
  return modules;
}

TEST_CASE("a layers block is read up to its closing fence") {
  const std::vector<Layer> layers = layers_in(small);
  REQUIRE(layers.size() == 4);
  CHECK(layers[2].module == "high");
  CHECK(layers[2].may_include == std::vector<std::string>{"low", "middle"});
}

TEST_CASE("a line may name only what stands above it, once") {
  CHECK(order_faults(layers_in(small)).empty());
  CHECK(listed(order_faults(layers_in("```layers\na: b\nb:\nb: a c\n```\n"))) ==
        "a names b, which is not above it\nb names c, which is not above it\nb has two lines");
}

TEST_CASE("an include that the module's line does not list is a fault") {
  const std::vector<Layer> layers = layers_in(small);
  CHECK(unlisted(layers, one("src/w/high/a.cpp", "#include \"low/x.h\"\n#include \"high/a.h\"\n")).empty());
  CHECK(listed(unlisted(layers, one("src/w/low/a.cpp", "// one\n#include \"middle/x.h\"\n"))) ==
        "src/w/low/a.cpp:2: low may not include middle/x.h");
  CHECK(listed(unlisted(layers, one("src/w/middle/a.cpp", "#include <cascade/high.h>\n"))) ==
        "src/w/middle/a.cpp:1: middle may not include cascade/high.h");
  CHECK(unlisted(layers, one("src/w/edge/a.cpp", "#include \"cascade/high.h\"\n")).empty());
  CHECK(listed(unlisted(layers, one("src/w/edge/a.cpp", "#include \"high/a.h\"\n"))) ==
        "src/w/edge/a.cpp:1: edge may not include high/a.h");
  CHECK(listed(unlisted(layers, one("include/cascade/low.h", "#include \"cascade/high.h\"\n"))) ==
        "include/cascade/low.h:1: low may not include cascade/high.h");
  CHECK(listed(unlisted(layers, one("src/w/attic/a.cpp", ""))) == "src/w/attic/a.cpp: attic has no line");
  CHECK(listed(unlisted(layers, one("src/w/high/inner/a.cpp", ""))) ==
        "src/w/high/inner/a.cpp: high/inner has no line");
  CHECK(listed(unlisted(layers_in("```layers\nlow:\nlow/inner: low\n```\n"),
                        one("src/w/low/a.cpp", "#include \"low/inner/x.h\"\n"))) ==
        "src/w/low/a.cpp:1: low may not include low/inner/x.h");
  CHECK(listed(unlisted(layers, one("src/w/low/a.cpp", "#include \"x.h\"\n#include <vector>\n"))) ==
        "src/w/low/a.cpp:1: write \"module/x.h\"");
}

TEST_CASE("a listing that no include needs is a fault once both modules stand") {
  const std::vector<Layer> layers = layers_in(small);
  const auto files = one("src/w/high/a.cpp", "#include \"low/x.h\"\n");
  CHECK(listed(unused(layers, files, {"low", "middle", "high"})) ==
        "middle lists low and does not include it\nhigh lists middle and does not include it");
  CHECK(unused(layers, files, {"low", "high"}).empty());
}

TEST_CASE("pairs of header and source that include each other are a knot") {
  const std::vector<SourceFile> circle = {{"src/w/m/a.h", "#include \"m/b.h\"\n"},
                                          {"src/w/m/b.cpp", "#include \"m/b.h\"\n#include \"m/a.h\"\n"},
                                          {"src/w/m/c.cpp", "#include \"m/a.h\"\n"}};
  CHECK(listed(knots(circle)) == "m/a includes itself in a circle\nm/b includes itself in a circle");
}

TEST_CASE("a file lies in its module's wing, and a wing includes none that stands below it") {
  const std::vector<Wing> wings = wings_in("```wings\nlow: a b\nhigh: c\n```\n");
  REQUIRE(wings.size() == 2);
  CHECK(wing_faults(wings, one("src/high/c/x.cpp", "#include \"a/x.h\"\n#include \"c/y.h\"\n")).empty());
  CHECK(wing_faults(wings, one("src/low/a/in/x.cpp", "#include \"cascade/c.h\"\n")).empty());
  CHECK(listed(wing_faults(wings, one("src/low/b/x.cpp", "#include \"c/inner/x.h\"\n"))) ==
        "src/low/b/x.cpp:1: low may not include high");
  CHECK(listed(wing_faults(wings, one("src/high/a/x.cpp", ""))) == "src/high/a/x.cpp: not in its module's wing");
}

TEST_CASE("docs/architecture.md lists the wings from the bottom up, and each module in one") {
  const std::vector<Wing> wings = wings_in(read_text("docs/architecture.md"));
  REQUIRE(wings.size() <= 14);
  std::vector<std::string> names;
  for (const Wing& wing : wings) names.push_back(wing.name);
  std::sort(names.begin(), names.end());
  std::vector<std::string> folders;
  for (const std::string& entry : entries("src"))
    if (entry.find('.') == std::string::npos) folders.push_back(entry);
  CHECK(names == folders);
  CHECK(listed(wing_faults(wings, sources_below("src"))) == "");
}

TEST_CASE("docs/architecture.md lists the modules from the bottom up") {
  REQUIRE_FALSE(written().empty());
  CHECK(listed(order_faults(written())) == "");
}

TEST_CASE("each line of docs/architecture.md is a folder or a public header") {
  const auto modules = standing();
  for (const Layer& layer : written()) {
    INFO(layer.module);
    CHECK(modules.count(layer.module) == 1);
  }
}

TEST_CASE("every include is one that docs/architecture.md lists") {
  CHECK(listed(unlisted(written(), library())) == "");
}

TEST_CASE("docs/architecture.md lists no include that is not there") {
  CHECK(listed(unused(written(), library(), standing())) == "");
}

TEST_CASE("no two files include each other") { CHECK(listed(knots(library())) == ""); }

// What is not part of the library.
const std::set<std::string> programs = {"store",
                                        "lease",
                                        "memory",
                                        "gate",
                                        "scores",
                                        "team",
                                        "render/stored",
                                        "cli",
                                        "git",
                                        "postgres",
                                        "systems",
                                        "vocabulary_builder",
                                        "cli/posix",
                                        "cli/windows",
                                        "lexicon_builder",
                                        "prompt_builder",
                                        "documents_builder",
                                        "data_builder"};

TEST_CASE("CMakeLists.txt lists the library's modules in the order of the layers") {
  std::vector<std::string> expected;
  for (const Layer& layer : written())
    if (programs.count(layer.module) == 0) expected.push_back(layer.module);
  const std::string text = read_text("CMakeLists.txt"), opening = "set(CASCADE_MODULES";
  const std::size_t begin = text.find(opening);
  REQUIRE(begin != std::string::npos);
  const std::size_t first = begin + opening.size();
  CHECK(words_of(text.substr(first, text.find(')', first) - first)) == expected);
}

}  // namespace
}  // namespace cascade::architecture
