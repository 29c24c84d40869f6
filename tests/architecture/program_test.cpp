// What the program does before main and what it needs to start: each such thing is paid for by every prompt.
#include <catch2/catch.hpp>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <set>
#include <sstream>

#include "architecture/source_tree.h"

namespace cascade::architecture {
namespace {

constexpr const char* recorded = "tests/architecture/program_start.txt";

// Lines of the record that begin with `word`, without it.
std::vector<std::string> recorded_as(std::string_view word) {
  std::vector<std::string> found;
  for (const std::string& line : lines_of(read_text(recorded)))
    if (line.compare(0, word.size() + 1, std::string(word) + " ") == 0) found.push_back(line.substr(word.size() + 1));
  return found;
}

bool is_built_to_be_measured() {
#ifdef CASCADE_SANITIZED
  WARN("skipped: a sanitized program starts otherwise");
  return false;
#else
  return true;
#endif
}

// "_GLOBAL__sub_I_arguments.cpp" of a line of nm.
std::vector<std::string> constructors(const std::string& listing) {
  constexpr std::string_view mark = "_GLOBAL__sub_I_";
  std::vector<std::string> found;
  for (const std::string& line : lines_of(listing))
    if (const std::size_t at = line.find(mark); at != std::string::npos) found.push_back(line.substr(at + mark.size()));
  for (std::string& name : found)  // the compiler may split a function into a warm and a cold part
    if (name.size() > 5 && name.compare(name.size() - 5, 5, ".cold") == 0) name.resize(name.size() - 5);
  std::sort(found.begin(), found.end());
  return found;
}

// "libstdc++.so.6" of "0x01 (NEEDED) Shared library: [libstdc++.so.6]".
std::vector<std::string> libraries(const std::string& listing) {
  std::vector<std::string> found;
  for (const std::string& line : lines_of(listing)) {
    const std::size_t open = line.find('['), close = line.find(']');
    if (line.find("(NEEDED)") != std::string::npos && close != std::string::npos)
      found.push_back(line.substr(open + 1, close - open - 1));
  }
  return found;
}

std::string not_in(const std::vector<std::string>& found, const std::vector<std::string>& known) {
  std::vector<std::string> faults;
  for (const std::string& name : found)
    if (std::find(known.begin(), known.end(), name) == known.end()) faults.push_back(name);
  return listed(faults);
}

TEST_CASE("constructors and libraries are read from the listings of nm and readelf") {
  CHECK(constructors("0043 t _GLOBAL__sub_I_b.cpp\n0042 T main\n0041 t _GLOBAL__sub_I_a.cpp\n") ==
        std::vector<std::string>{"a.cpp", "b.cpp"});
  CHECK(libraries(" 0x1 (NEEDED)  Shared library: [libc.so.6]\n 0x2 (FLAGS) NOW\n") ==
        std::vector<std::string>{"libc.so.6"});
  CHECK(not_in({"a", "b"}, {"a"}) != "");
}

TEST_CASE("nothing runs before the program's main that is not on record") {
  if (!is_built_to_be_measured()) return;
  const std::vector<std::string> found = constructors(output_of("nm '" CASCADE_BINARY "' 2>/dev/null"));
  if (found.empty()) WARN("skipped: nm found no symbols in the program");
  CHECK(not_in(found, recorded_as("constructor")) == "");
}

TEST_CASE("the program needs no shared library, or those on record where it is linked dynamically") {
  if (!is_built_to_be_measured()) return;
  CHECK(not_in(libraries(output_of("readelf -dW '" CASCADE_BINARY "' 2>/dev/null")), recorded_as("library")) == "");
}

// What readelf -lW says of a program's segments.
struct Segments {
  std::vector<std::string> types, flags;  // "LOAD", "R E"
  std::vector<std::string> sections;      // of each segment: " .got .data "

  std::string of(std::string_view type) const {
    for (std::size_t i = 0; i < types.size() && i < sections.size(); ++i)
      if (types[i] == type) return sections[i];
    return {};
  }
  bool any_is(std::string_view type, std::string_view letters) const {
    for (std::size_t i = 0; i < types.size(); ++i)
      if (types[i] == type &&
          std::all_of(letters.begin(), letters.end(), [&](char c) { return flags[i].find(c) != std::string::npos; }))
        return true;
    return false;
  }
};

Segments segments(const std::string& listing) {
  Segments found;
  enum { before, headers, mapping } at = before;
  for (const std::string& line : lines_of(listing)) {
    if (line.find("Type ") != std::string::npos && line.find(" Flg ") != std::string::npos) at = headers;
    if (line.find("Segment Sections") != std::string::npos) at = mapping;
    std::istringstream words(line);
    std::string word, flags;
    std::vector<std::string> all;
    while (words >> word) all.push_back(word);
    if (at == headers && all.size() >= 8 && all[1].compare(0, 2, "0x") == 0) {
      for (std::size_t i = 6; i + 1 < all.size(); ++i) flags += all[i];
      found.types.push_back(all[0]);
      found.flags.push_back(flags);
    } else if (at == mapping && !all.empty() && std::isdigit(static_cast<unsigned char>(all[0][0])) != 0) {
      found.sections.emplace_back(" ");
      for (std::size_t i = 1; i < all.size(); ++i) found.sections.back() += all[i] + " ";
    }
  }
  return found;
}

TEST_CASE("segments are read from the listing of readelf") {
  const Segments found = segments(
      "  Type  Offset VirtAddr PhysAddr FileSiz MemSiz Flg Align\n"
      "  LOAD      0x0 0x4 0x4 0xe 0xe R E 0x1000\n  GNU_RELRO 0x0 0x1 0x1 0x9 0x9 R   0x1\n"
      " Section to Segment mapping:\n  Segment Sections...\n   00     .text .got \n   01     .got \n");
  CHECK(found.of("GNU_RELRO") == " .got ");
  CHECK(found.any_is("LOAD", "RE"));
  CHECK_FALSE(found.any_is("LOAD", "W"));
  CHECK(found.of("GNU_STACK").empty());
}

TEST_CASE(
    "the static program's tables of addresses are read-only once it runs, and nothing can be written and executed") {
  if (!is_built_to_be_measured()) return;
  if (!libraries(output_of("readelf -dW '" CASCADE_BINARY "' 2>/dev/null")).empty()) return;  // another's flags
  const Segments found = segments(output_of("LC_ALL=C readelf -lW '" CASCADE_BINARY "' 2>/dev/null"));
  REQUIRE(found.any_is("LOAD", "RE"));
  CHECK_FALSE(found.any_is("LOAD", "WE"));
  CHECK(found.any_is("GNU_STACK", "RW"));
  CHECK_FALSE(found.any_is("GNU_STACK", "E"));
  std::string loaded;
  for (std::size_t i = 0; i < found.types.size() && i < found.sections.size(); ++i)
    if (found.types[i] == "LOAD") loaded += found.sections[i];
  for (const char* table : {" .got ", " .got.plt ", " .data.rel.ro ", " .init_array ", " .fini_array "}) {
    INFO(table);
    if (loaded.find(table) != std::string::npos) CHECK(found.of("GNU_RELRO").find(table) != std::string::npos);
  }
}

// The sources that an object was made of, a line each: of a group of files those that its unit includes.
std::string sources_of(const std::filesystem::path& build, const std::string& object) {
  const std::string unit = (build / object.substr(0, object.size() - 2)).string();  // without ".o"
  return object.find("/Unity/") != std::string::npos ? read_text(unit) : object;
}

// Names of files do not tell: a small folder is compiled with others, and an earlier build's objects may lie about.
TEST_CASE("the modules that read what somebody else wrote guard their stack") {
  const std::filesystem::path build = std::filesystem::path(CASCADE_BINARY).parent_path();
  std::string guarded;
  for (const std::string& object : objects_of_src(build.string())) {
    if (object.find("/cascade_readers.dir/") == std::string::npos &&
        object.find("/cascade_reading_systems.dir/") == std::string::npos)
      continue;
    const std::string symbols = output_of("nm '" + (build / object).string() + "' 2>/dev/null");
    if (symbols.find(" U __stack_chk_fail") != std::string::npos) guarded += sources_of(build, object) + "\n";
  }
  for (const std::string module : {"text", "unicode", "syntax", "shell", "client", "manifest", "recall"}) {
    INFO(module);
    CHECK(guarded.find("/" + module + "/") != std::string::npos);
  }
}

// src/programs/cascade/quick_start.cpp: without it a hook waits half a millisecond more on a virtual machine.
TEST_CASE("the verbs that clients wait for do not ask the processor what it is, where the C library's start is known") {
#if defined(__x86_64__) && defined(__GLIBC__) && __GLIBC__ == 2 && __GLIBC_MINOR__ == 36
  if (!is_built_to_be_measured()) return;
  if (!libraries(output_of("readelf -dW '" CASCADE_BINARY "' 2>/dev/null")).empty()) return;  // a loader starts it
  const std::string symbols = output_of("nm '" CASCADE_BINARY "' 2>/dev/null");
  CHECK(symbols.find(" T __wrap___libc_start_main\n") != std::string::npos);
#else
  WARN("skipped: another C library, which starts the program itself");
#endif
}

// The functions that a linker's list names whole: "_Znwm" of "*(.text._Znwm)".
std::vector<std::string> functions_in(const std::string& list) {
  constexpr std::string_view begin = "    *(.text.", end = ")";
  std::vector<std::string> found;
  for (const std::string& line : lines_of(list)) {
    if (line.compare(0, begin.size(), begin) != 0 || line.find('*', begin.size()) != std::string::npos) continue;
    found.push_back(line.substr(begin.size(), line.size() - begin.size() - end.size()));
  }
  return found;
}

bool is_inlined_as_listed() {
#if defined(NDEBUG) && defined(__GNUC__) && !defined(__clang__)
  return true;
#else
  return false;  // another compiler, or another level, makes other functions of the same sources
#endif
}

TEST_CASE("the list of what an answer runs names the program's functions") {
  CHECK(functions_in("    *(.text._Znwm)\n    *(.text._Zcut*)\n    *libc.a:exit.o(.text)\n") ==
        std::vector<std::string>{"_Znwm"});
  const std::vector<std::string> named = functions_in(read_text("cmake/hot_path.ld"));
  CHECK(named.size() > 500);
  if (!is_inlined_as_listed()) return;
  if (output_of("readelf -SW '" CASCADE_BINARY "' 2>/dev/null").find(" .text.hot_path ") == std::string::npos) {
    WARN("skipped: the program was linked without the list");
    return;
  }
  std::set<std::string> there;
  for (const std::string& line : lines_of(output_of("nm '" CASCADE_BINARY "' 2>/dev/null")))
    there.insert(line.substr(line.rfind(' ') + 1));
  const auto known =
      std::count_if(named.begin(), named.end(), [&](const auto& name) { return there.count(name) != 0; });
  INFO("scripts/hot-path makes the list again");
  CHECK(4 * static_cast<std::size_t>(known) > 3 * named.size());
}

}  // namespace
}  // namespace cascade::architecture
