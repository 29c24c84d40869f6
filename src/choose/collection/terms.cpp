#include "collection/terms.h"

#include <algorithm>
#include <charconv>
#include <set>

#include "files/paths.h"
#include "text/ascii.h"

namespace cascade::collection {
namespace {

constexpr std::string_view skill_file = "SKILL.md";

bool is_below(std::string_view path, std::string_view folder) {
  return path == folder || (path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/');
}

}  // namespace

std::string word_of(const AcceptedFinding& accepted) {
  return accepted.rule + ":" + accepted.path + (accepted.line == 0 ? "" : ":" + std::to_string(accepted.line));
}

std::optional<AcceptedFinding> read_accepted(std::string_view word) {
  AcceptedFinding accepted;
  const std::size_t colon = std::min(word.find(':'), word.size());
  accepted.rule = word.substr(0, colon);
  word.remove_prefix(std::min(colon + 1, word.size()));
  if (const std::size_t last = word.rfind(':'); last != std::string_view::npos) {
    const char *begin = word.data() + last + 1, *end = word.data() + word.size();
    const auto [stop, fault] = std::from_chars(begin, end, accepted.line);
    if (fault == std::errc() && stop == end && accepted.line != 0) word = word.substr(0, last);
  }
  accepted.path = word;
  const bool is_rule =
      !accepted.rule.empty() && std::all_of(accepted.rule.begin(), accepted.rule.end(), letters::is_name);
  if (!is_rule || accepted.path.empty()) return std::nullopt;
  return accepted;
}

AcceptedFinding accepting(const Diagnostic& finding) { return {finding.rule, finding.at.path, finding.at.line, {}}; }

bool accepts(const AcceptedFinding& accepted, const Diagnostic& finding) noexcept {
  return accepted.rule == finding.rule && accepted.path == finding.at.path && accepted.line == finding.at.line;
}

std::string holder_of(const std::vector<FetchedFile>& files, std::string_view path) {
  const auto is_skill = [&](std::string_view folder) {
    const std::string manifest = files::join(folder, skill_file);
    return std::any_of(files.begin(), files.end(), [&](const FetchedFile& file) { return file.path == manifest; });
  };
  for (std::string_view folder = files::parent(path);; folder = files::parent(folder)) {
    if (is_skill(folder)) return std::string(folder);
    if (folder.empty()) return std::string(path);
  }
}

std::vector<std::string> paths_of(const std::vector<FetchedFile>& files, std::string_view word) {
  while (word.ends_with('/')) word.remove_suffix(1);
  if (word.empty()) return {};
  std::set<std::string> skills, pages;
  for (const FetchedFile& file : files) {
    if (is_below(file.path, word)) return {std::string(word)};
    const std::string_view name = files::file_name(file.path), folder = files::parent(file.path);
    if (name == skill_file && files::file_name(folder) == word) skills.emplace(folder);
    if (name.size() == word.size() + 3 && name.starts_with(word) && name.ends_with(".md")) pages.insert(file.path);
  }
  const std::set<std::string>& named = skills.empty() ? pages : skills;
  return {named.begin(), named.end()};
}

bool leave_out(std::vector<FetchedFile>& files, const std::vector<std::string>& paths) {
  const std::size_t before = files.size();
  const auto goes = [&](const FetchedFile& file) {
    return std::any_of(paths.begin(), paths.end(), [&](const std::string& path) { return is_below(file.path, path); });
  };
  files.erase(std::remove_if(files.begin(), files.end(), goes), files.end());
  return files.size() != before;
}

}  // namespace cascade::collection
