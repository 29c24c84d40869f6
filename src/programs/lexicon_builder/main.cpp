// cascade-lexicon LEXICON DICTIONARY FILE...: compiles the router's lexicon, and its dictionary of other languages from
// the files, and writes each table as a C++ source. Run by the build.
#include <cstdio>
#include <fstream>
#include <iterator>

#include "route/build/lexicon.h"
#include "tables/block.h"

namespace {

bool write(const char* path, const char* header, const char* function, const std::string& bytes) {
  const bool written = cascade::tables::write_source(path, header, function, bytes);
  if (!written) std::fprintf(stderr, "cascade-lexicon: %s: cannot write it\n", path);
  return written;
}

// The texts of all files, one after the other.
std::string text_of(char** begin, char** end) {
  std::string text;
  for (char** path = begin; path != end; ++path) {
    std::ifstream in(*path, std::ios::binary);
    text.append(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  }
  return text;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) {
    std::fprintf(stderr, "usage: cascade-lexicon LEXICON DICTIONARY FILE...\n");
    return 2;
  }
  const std::string lexicon = cascade::route::write_lexicon_table(cascade::route::lexicon_text());
  if (!write(argv[1], "route/records.h", "lexicon_table_bytes", lexicon)) return 1;
  const auto dictionary = cascade::route::write_dictionary_table(text_of(argv + 3, argv + argc));
  if (!dictionary) {
    std::fprintf(stderr, "cascade-lexicon: %s\n", dictionary.error().message.c_str());
    return 1;
  }
  return write(argv[2], "route/words.h", "dictionary_bytes", *dictionary) ? 0 : 1;
}
