// cascade-lexicon OUTPUT: compiles the router's lexicon and writes the table as a C++ source. Run by the build.
#include <cinttypes>
#include <cstdio>
#include <cstring>
#include <fstream>

#include "route/build/lexicon.h"
#include "route/build/lexicon_table.h"

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: cascade-lexicon OUTPUT\n");
    return 2;
  }
  const std::string bytes = cascade::route::write_lexicon_table(cascade::route::lexicon_text());  // a multiple of 8
  std::ofstream out(argv[1], std::ios::binary);
  out << "#include \"route/build/lexicon_table.h\"\n\nnamespace cascade::route {\nnamespace {\n\n"
      << "constexpr std::uint64_t words[] = {\n";
  for (std::size_t at = 0; at < bytes.size(); at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data() + at, sizeof(word));
    char text[32];
    std::snprintf(text, sizeof(text), "0x%" PRIx64 ",%s", word, at % 64 == 56 ? "\n" : "");
    out << text;
  }
  out << "\n};\n\n}  // namespace\n\nstd::string_view lexicon_table_bytes() noexcept {\n"
      << "  return {reinterpret_cast<const char*>(words), sizeof(words)};\n}\n\n}  // namespace cascade::route\n";
  out.close();
  if (out) return 0;
  std::fprintf(stderr, "cascade-lexicon: %s: cannot write it\n", argv[1]);
  return 1;
}
