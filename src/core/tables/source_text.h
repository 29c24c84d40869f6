// A block as a C++ source, for the programs of the build that make tables: the program then has the table in its file
// and reads it in place, with nothing to find or to open at run time.
#pragma once

#include <cinttypes>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <string>

namespace cascade::tables {

// Writes the function `function`, which `header` declares in the namespace cascade::route and which returns `bytes`.
// REQUIRES: their number is a multiple of 8. Words and not bytes, since compilers read them several times as fast.
inline bool write_source(const char* path, const char* header, const char* function, const std::string& bytes) {
  std::ofstream out(path, std::ios::binary);
  out << "#include \"" << header << "\"\n\nnamespace cascade::route {\nnamespace {\n\n"
      << "constexpr std::uint64_t words[] = {\n";
  for (std::size_t at = 0; at < bytes.size(); at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data() + at, sizeof(word));
    char text[32];
    std::snprintf(text, sizeof(text), "0x%" PRIx64 ",%s", word, at % 64 == 56 ? "\n" : "");
    out << text;
  }
  out << "\n};\n\n}  // namespace\n\nstd::string_view " << function << "() noexcept {\n"
      << "  return {reinterpret_cast<const char*>(words), sizeof(words)};\n}\n\n}  // namespace cascade::route\n";
  out.close();
  return static_cast<bool>(out);
}

}  // namespace cascade::tables
