#include "architecture/source_tree.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

namespace cascade::architecture {
namespace {

namespace fs = std::filesystem;

fs::path absolute(const std::string& path) { return fs::path(CASCADE_SOURCE_DIR) / path; }

std::string in_repository(const fs::path& path) {
  return fs::path(path).lexically_relative(CASCADE_SOURCE_DIR).generic_string();
}

bool is_source(const fs::path& path) { return path.extension() == ".h" || path.extension() == ".cpp"; }

}  // namespace

std::string read_text(const std::string& path) {
  std::ifstream in(absolute(path), std::ios::binary);
  std::string text;
  std::array<char, 1 << 16> part;
  do {  // not by iterators: unoptimised, a character takes ten calls, and these tests read the tree many times
    in.read(part.data(), part.size());
    text.append(part.data(), static_cast<std::size_t>(in.gcount()));
  } while (in);
  return text;
}

bool exists(const std::string& path) { return fs::exists(absolute(path)); }

std::vector<std::string> entries(const std::string& folder) {
  std::vector<std::string> names;
  if (!fs::is_directory(absolute(folder))) return names;
  for (const auto& entry : fs::directory_iterator(absolute(folder))) names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<SourceFile> sources_below(const std::string& folder) {
  std::vector<SourceFile> files;
  if (!fs::is_directory(absolute(folder))) return files;
  for (const auto& entry : fs::recursive_directory_iterator(absolute(folder))) {
    if (!entry.is_regular_file() || !is_source(entry.path())) continue;
    const std::string path = in_repository(entry.path());
    if (folder == "src" && path.find("/tests/") != std::string::npos) continue;
    files.push_back({path, read_text(path)});
  }
  std::sort(files.begin(), files.end(), [](const SourceFile& a, const SourceFile& b) { return a.path < b.path; });
  return files;
}

std::vector<Include> includes_of(const SourceFile& file) {
  std::vector<Include> found;
  std::uint32_t number = 0;
  for (const std::string& line : lines_of(file.text)) {
    ++number;
    const std::size_t word = line.find("include");
    if (line.empty() || line[0] != '#' || word == std::string::npos) continue;
    const std::size_t open = line.find_first_of("<\"", word);
    if (open == std::string::npos) continue;
    const std::size_t close = line.find_first_of(">\"", open + 1);
    if (close == std::string::npos) continue;
    found.push_back({file.path, number, line.substr(open + 1, close - open - 1), line[open] == '<'});
  }
  return found;
}

std::vector<std::string> words_of(std::string_view text) {
  std::istringstream in{std::string(text)};
  return {std::istream_iterator<std::string>(in), std::istream_iterator<std::string>()};
}

std::vector<std::string> tracked_files() {
  const std::string git = "git -c safe.directory='*' -C '" CASCADE_SOURCE_DIR "' ";
  std::vector<std::string> files =
      lines_of(output_of(git + "-c core.quotePath=off ls-files --cached --others --exclude-standard 2>/dev/null"));
  if (!files.empty()) return files;
  for (auto it = fs::recursive_directory_iterator(CASCADE_SOURCE_DIR); it != fs::recursive_directory_iterator(); ++it) {
    const std::string path = in_repository(it->path());
    if (path == "build" || path == ".git") it.disable_recursion_pending();
    if (it->is_regular_file()) files.push_back(path);
  }
  return files;
}

std::string output_of(const std::string& command) {
  std::FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) return {};
  std::string out;
  char buffer[4096];
  for (std::size_t n; (n = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;) out.append(buffer, n);
  return ::pclose(pipe) == 0 ? out : std::string();
}

std::vector<std::string> objects_of_src(const std::string& build) {
  constexpr std::string_view out = " -o ", place = "src/CMakeFiles/";
  std::vector<std::string> found;
  for (const std::string& line : lines_of(read_text(build + "/compile_commands.json"))) {
    const std::size_t begin = line.find(out) + out.size();
    if (line.find("\"command\"") == std::string::npos || line.find(out) == std::string::npos) continue;
    if (line.compare(begin, place.size(), place) == 0)
      found.push_back(line.substr(begin, line.find(' ', begin) - begin));
  }
  return found;
}

std::string listed(const std::vector<std::string>& faults) {
  std::string text;
  for (const std::string& fault : faults) text += (text.empty() ? "" : "\n") + fault;
  return text;
}

}  // namespace cascade::architecture
