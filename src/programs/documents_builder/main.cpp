// cascade-documents FOLDER: writes the manual pages (man1/) and the shell completions (completions/) into FOLDER. The
// input is the program's table of verbs and the pages of docs/cli/, which are compiled into it.
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "documents_builder/page.h"

namespace {

namespace fs = std::filesystem;

bool write(const fs::path& path, const std::string& text) {
  std::error_code ignored;
  fs::create_directories(path.parent_path(), ignored);
  std::ofstream out(path, std::ios::binary);
  out << text;
  out.close();
  if (!out) std::fprintf(stderr, "cascade-documents: %s: cannot write it\n", path.c_str());
  return bool(out);
}

}  // namespace

int main(int argc, char** argv) {
  using namespace cascade::documents;
  if (argc != 2) {
    std::fprintf(stderr, "usage: cascade-documents FOLDER\n");
    return 2;
  }
  const fs::path folder = argv[1], man = folder / "man1", completions = folder / "completions";
  const Program program = describe(CASCADE_VERSION);
  bool written = write(man / "cascade.1", man_page(program));
  for (const Verb& verb : program.verbs)
    written = write(man / ("cascade-" + verb.name + ".1"), man_page(program, verb)) && written;
  written = write(completions / "cascade", bash_completion(program)) && written;
  written = write(completions / "_cascade", zsh_completion(program)) && written;
  written = write(completions / "cascade.fish", fish_completion(program)) && written;
  return written ? 0 : 1;
}
