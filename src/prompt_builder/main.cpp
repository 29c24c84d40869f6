// cascade-prompts OUTPUT ROOT FILE...: learns from files of prompts about the library at ROOT and writes the table as a
// C++ source. Run by the build.
#include <cascade/workspace.h>

#include <cinttypes>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>

#include "route/learn/lessons.h"

namespace {

using namespace cascade;

int fail(const std::string& what) {
  std::fprintf(stderr, "cascade-prompts: %s\n", what.c_str());
  return 1;
}

// False after the first file with a fault; all its faults are printed then.
bool read_files(char** begin, char** end, std::vector<route::TaughtPrompts>& files) {
  for (char** path = begin; path != end; ++path) {
    std::ifstream in(*path, std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    if (!in.good() && !in.eof()) return false;
    route::WrittenPrompts parsed = route::parse_prompts(text);
    for (const std::string& fault : parsed.faults) std::fprintf(stderr, "%s:%s\n", *path, fault.c_str());
    if (!parsed.faults.empty()) return false;
    files.push_back({*path, std::move(parsed.prompts)});
  }
  return true;
}

// A prompt for a manifest that the library lacks is an error: a name was mistyped, or its manifest renamed.
Result<std::string> learn_all(const std::string& root, const std::vector<route::TaughtPrompts>& files) {
  WorkspaceOptions options;
  options.roots = {{root, Scope::project}};
  auto workspace = Workspace::open(options);
  if (!workspace) return workspace.error();
  const Registry registry = workspace->registry();
  const ReadSection read = [&](const ManifestView& manifest, const SectionView& section) {
    return workspace->read(manifest, section);
  };
  std::vector<std::string> unknown;
  auto lessons = route::lessons_of(files, registry, route::by_section(registry, read), unknown);
  if (!lessons) return lessons.error();
  if (!unknown.empty()) return Error{ErrorCode::not_found, unknown.front() + " is not in the library", "", ""};
  return route::learn(*lessons);
}

bool write(const char* path, const std::string& bytes) {
  std::ofstream out(path, std::ios::binary);
  out << "#include \"route/learned.h\"\n\nnamespace cascade::route {\nnamespace {\n\nconstexpr std::uint64_t words[] = "
         "{\n";
  for (std::size_t at = 0; at < bytes.size(); at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data() + at, sizeof(word));
    char text[32];
    std::snprintf(text, sizeof(text), "0x%" PRIx64 ",%s", word, at % 64 == 56 ? "\n" : "");
    out << text;
  }
  out << "\n};\n\n}  // namespace\n\nstd::string_view learned_bytes() noexcept {\n"
      << "  return {reinterpret_cast<const char*>(words), sizeof(words)};\n}\n\n}  // namespace cascade::route\n";
  out.close();
  return static_cast<bool>(out);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) {
    std::fprintf(stderr, "usage: cascade-prompts OUTPUT ROOT FILE...\n");
    return 2;
  }
  std::vector<route::TaughtPrompts> files;
  if (!read_files(argv + 3, argv + argc, files)) return fail("the prompts cannot be read");
  const auto bytes = learn_all(argv[2], files);
  if (!bytes) return fail(bytes.error().message);
  return write(argv[1], *bytes) ? 0 : fail(std::string(argv[1]) + ": cannot write it");
}
