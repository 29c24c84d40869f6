#include "library/library_tree.h"

#include <sys/wait.h>
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

namespace cascade::library {
namespace {

namespace fs = std::filesystem;

const fs::path root = CASCADE_SOURCE_DIR;

std::vector<std::string> words_of(const std::string& text) {
  std::istringstream in(text);
  return {std::istream_iterator<std::string>(in), {}};
}

// The value of `key:` in the frontmatter, at any indentation; empty where it is missing.
std::string value_of(const std::vector<std::string>& lines, const std::string& key) {
  for (std::size_t i = 1; i < lines.size() && lines[i] != "---"; ++i) {
    const std::size_t begin = lines[i].find_first_not_of(' ');
    if (begin != std::string::npos && lines[i].compare(begin, key.size() + 2, key + ": ") == 0)
      return lines[i].substr(begin + key.size() + 2);
  }
  return {};
}

Manifest read_manifest(const std::string& path) {
  const std::vector<std::string> lines = lines_of(read_text(path));
  const fs::path file = path;
  Manifest manifest;
  manifest.path = path;
  manifest.name = (file.filename() == "SKILL.md" ? file.parent_path().filename() : file.stem()).string();
  manifest.layer = value_of(lines, "cascade-layer");
  manifest.domain = value_of(lines, "cascade-domain");
  for (const char* key : {"cascade-skills", "cascade-agents", "cascade-commands"})
    for (const std::string& name : words_of(value_of(lines, key))) manifest.references.push_back(name);
  return manifest;
}

}  // namespace

std::vector<Manifest> manifests() {
  std::vector<std::string> paths;
  for (const char* folder : {"skills", "agents", "commands"})
    for (const auto& entry : fs::recursive_directory_iterator(root / folder))
      if (entry.path().extension() == ".md" &&
          (std::string(folder) != "skills" || entry.path().filename() == "SKILL.md"))
        paths.push_back(fs::relative(entry.path(), root).generic_string());
  std::sort(paths.begin(), paths.end());
  std::vector<Manifest> found;
  for (const std::string& path : paths) found.push_back(read_manifest(path));
  return found;
}

std::string read_text(const std::string& path) {
  std::ifstream in(root / path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

Answer answer_of(const std::string& command) {
  Answer answer;
  FILE* pipe = popen(("cd '" + root.string() + "' && " + command).c_str(), "r");
  if (pipe == nullptr) return {"", -1};
  char buffer[4096];
  for (std::size_t got; (got = fread(buffer, 1, sizeof buffer, pipe)) > 0;) answer.out.append(buffer, got);
  const int status = pclose(pipe);
  answer.exit = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return answer;
}

std::string listed(const std::vector<std::string>& faults) {
  std::string text;
  for (const std::string& fault : faults) text += fault + "\n";
  return text;
}

}  // namespace cascade::library
