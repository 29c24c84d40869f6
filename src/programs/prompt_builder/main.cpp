// cascade-prompts OUTPUT ROOT FILE...: learns from files of prompts about the library at ROOT and writes the table as a
// C++ source. Run by the build.
#include <cascade/workspace.h>

#include <cstdio>
#include <fstream>
#include <iterator>

#include "route/learn/lessons.h"
#include "tables/block.h"

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
  return tables::write_source(argv[1], "route/learned.h", "learned_bytes", *bytes)
             ? 0
             : fail(std::string(argv[1]) + ": cannot write it");
}
