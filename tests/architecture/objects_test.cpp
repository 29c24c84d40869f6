// What the compiled library may not contain: code that runs before main, and variables that outlive a call.
#include <catch2/catch.hpp>
#include <string_view>

#include "architecture/source_tree.h"

namespace cascade::architecture {
namespace {

struct ObjectSection {
  std::string object, section;
};

// The sections of `readelf -SW` over an archive. Only those that hold something are listed.
std::vector<ObjectSection> sections_in(std::string_view listing) {
  std::vector<ObjectSection> found;
  std::string object;
  for (const std::string& line : lines_of(listing)) {
    if (line.compare(0, 6, "File: ") == 0) {
      const std::size_t open = line.rfind('('), close = line.rfind(')');
      object = line.substr(open + 1, close - open - 1);
      continue;
    }
    const std::size_t bracket = line.find("] ");
    if (line.compare(0, 3, "  [") != 0 || line[3] == 'N' || bracket == std::string::npos) continue;
    const std::vector<std::string> words = words_of(line.substr(bracket + 2));
    // name type address offset size ...
    if (words.size() > 4 && words[4].find_first_not_of('0') != std::string::npos) found.push_back({object, words[0]});
  }
  return found;
}

bool starts_with(std::string_view text, std::string_view prefix) { return text.substr(0, prefix.size()) == prefix; }

bool runs_before_main(std::string_view section) {
  return starts_with(section, ".init_array") || starts_with(section, ".ctors");
}

bool is_variable(std::string_view section) {
  // Constants that need relocation, and the compiler's own pointers to the exception handler and to the types caught.
  if (starts_with(section, ".data.rel.ro") || starts_with(section, ".data.rel.local.DW.ref.")) return false;
  for (const std::string_view prefix : {".data.", ".bss.", ".tdata", ".tbss"})
    if (starts_with(section, prefix)) return true;
  return section == ".data" || section == ".bss";
}

// Empty where the library was built with a sanitizer, which adds sections of its own, or where readelf is missing.
std::vector<ObjectSection> library_sections() {
#ifdef CASCADE_SANITIZED
  WARN("skipped: a sanitized library has sections of the sanitizer");
  return {};
#else
  std::vector<ObjectSection> found = sections_in(output_of("readelf -SW '" CASCADE_LIBRARY "' 2>/dev/null"));
  if (found.empty()) WARN("skipped: readelf did not read the library");
  return found;
#endif
}

constexpr const char* sample =
    "\nFile: libx.a(a.cpp.o)\nSection Headers:\n"
    "  [Nr] Name              Type            Address          Off    Size   ES Flg Lk Inf Al\n"
    "  [ 0]                   NULL            0000000000000000 000000 000000 00      0   0  0\n"
    "  [ 1] .text             PROGBITS        0000000000000000 000040 000000 00  AX  0   0  1\n"
    "  [ 7] .bss._ZN1a7counterE NOBITS        0000000000000000 000090 000004 00  WA  0   0  4\n"
    "  [11] .init_array       INIT_ARRAY      0000000000000000 0000a0 000008 08  WA  0   0  8\n";

TEST_CASE("sections are read from readelf's listing, empty ones left out") {
  const std::vector<ObjectSection> found = sections_in(sample);
  REQUIRE(found.size() == 2);
  CHECK(found[0].object == "a.cpp.o");
  CHECK(is_variable(found[0].section));
  CHECK(runs_before_main(found[1].section));
  CHECK_FALSE(is_variable(".data.rel.ro._ZTV1x"));
}

TEST_CASE("nothing in the library runs before main") {
  std::vector<std::string> faults;
  for (const ObjectSection& at : library_sections())
    if (runs_before_main(at.section)) faults.push_back(at.object + ": " + at.section);
  CHECK(listed(faults) == "");
}

TEST_CASE("the library has no variables, neither global nor static in a function") {
  std::vector<std::string> faults;
  for (const ObjectSection& at : library_sections())
    if (is_variable(at.section)) faults.push_back(at.object + ": " + at.section);
  CHECK(listed(faults) == "");
}

}  // namespace
}  // namespace cascade::architecture
