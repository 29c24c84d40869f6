#include "route/surroundings.h"

#include <algorithm>

#include "route/stems.h"

namespace cascade::route {
namespace {

struct Sign {
  std::string_view ending, word;
};

// Endings of file names; those with a dot in front are extensions.
constexpr Sign signs[] = {
    {".py", "python"},
    {"pyproject.toml", "python"},
    {"requirements.txt", "python"},
    {".ts", "typescript"},
    {".tsx", "react"},
    {"tsconfig.json", "typescript"},
    {".js", "javascript"},
    {".jsx", "react"},
    {"package.json", "javascript"},
    {".rs", "rust"},
    {"Cargo.toml", "rust"},
    {".go", "golang"},
    {"go.mod", "golang"},
    {".java", "java"},
    {"pom.xml", "java"},
    {".kt", "kotlin"},
    {".swift", "swift"},
    {".rb", "ruby"},
    {"Gemfile", "ruby"},
    {".php", "php"},
    {"composer.json", "php"},
    {".cs", "csharp"},
    {".csproj", "dotnet"},
    {".c", "c"},
    {".cpp", "cplusplus"},
    {".cc", "cplusplus"},
    {".hpp", "cplusplus"},
    {"CMakeLists.txt", "cmake"},
    {".ex", "elixir"},
    {".exs", "elixir"},
    {".scala", "scala"},
    {".jl", "julia"},
    {".R", "r"},
    {".tex", "latex"},
    {".sql", "sql"},
    {".tf", "terraform"},
    {"Dockerfile", "docker"},
    {"compose.yaml", "docker"},
    {"docker-compose.yml", "docker"},
    {"Chart.yaml", "helm"},
    {".vue", "vue"},
    {".svelte", "svelte"},
    {".dart", "flutter"},
    {".sol", "solidity"},
    {".sh", "bash"},
    {".ipynb", "notebook"},
    {".ps1", "powershell"},
};

bool ends_with(std::string_view path, std::string_view ending) {
  if (path.size() < ending.size() || path.substr(path.size() - ending.size()) != ending) return false;
  const std::size_t at = path.size() - ending.size();
  return ending.front() == '.' ? at > 0 : at == 0 || path[at - 1] == '/';
}

}  // namespace

std::vector<std::string_view> languages_of(const std::vector<std::string>& paths) {
  std::vector<std::string_view> words;
  for (const std::string& path : paths)
    for (const Sign& sign : signs)
      if (ends_with(path, sign.ending)) words.push_back(sign.word);
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

void favour(const Tables& tables, const Weights& weights, const std::vector<std::string>& paths,
            std::vector<Ranked>& order) {
  constexpr std::uint16_t about = 300;  // per mille, of what the manifest is for
  if (paths.empty() || order.empty()) return;
  std::vector<std::uint8_t> favoured(tables.entries.size, 0);
  Stemmer stemmer;
  for (const std::string_view word : languages_of(paths)) {
    std::uint32_t term = tables.find(stemmer.stem(word));
    if (term != none && tables.terms[term].meaning < tables.terms.size) term = tables.terms[term].meaning;
    if (term == none) continue;
    for (const Posting& posting : tables.read(tables.postings, tables.terms[term].postings))
      if (posting.strong >= about && posting.entry() < favoured.size()) favoured[posting.entry()] = 1;
  }
  for (Ranked& ranked : order)
    if (favoured[ranked.entry] != 0)
      ranked.score += static_cast<std::uint32_t>(std::uint64_t{ranked.score} * weights.surroundings / 1000);
  std::sort(order.begin(), order.end(), [](const Ranked& a, const Ranked& b) {
    return a.score != b.score ? a.score > b.score : a.entry < b.entry;
  });
}

}  // namespace cascade::route
