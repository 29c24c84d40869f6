#include "recall/logs.h"

#include <algorithm>
#include <map>
#include <memory>

#include "files/paths.h"
#include "syntax/yaml.h"
#include "text/ascii.h"

namespace cascade::past {
namespace {

constexpr std::uint64_t most_bytes = 1 << 20;

// A file with a fault says nothing: the project did not say that its sessions may be read, so they are kept out.
bool says_off(const std::string& text) {
  const auto parsed = syntax::parse_yaml(text);
  if (parsed.root.kind != syntax::NodeKind::map) return !letters::trim(text).empty();
  const syntax::Node* const key = parsed.root.find("past");
  return key != nullptr && key->text == "off";
}

}  // namespace

bool keeps_to_itself(const files::Tree& tree, std::string_view folder) {
  for (; !folder.empty(); folder = files::parent(folder)) {
    if (const auto text = tree.read(files::join(std::string(folder), "cascade.yaml"), most_bytes))
      return says_off(*text);
    if (folder == files::parent(folder)) break;
  }
  return false;
}

std::vector<Log> find_logs(const files::Tree& tree,
                           const std::function<std::string(const transcript::Format&)>& folder_of) {
  std::vector<Log> logs;
  for (const transcript::Format* format : transcript::formats()) {
    const std::string folder = folder_of(*format);
    if (folder.empty()) continue;
    for (transcript::LogFile& file : format->list(tree, folder)) {
      const auto stamp = tree.stat(file.path);
      if (!file.agent.empty() || !stamp) continue;
      logs.push_back({format, std::move(file), stamp->size, stamp->modified_ns});
    }
  }
  std::sort(logs.begin(), logs.end(), [](const Log& a, const Log& b) { return a.file.path < b.file.path; });
  return logs;
}

std::set<std::string> forgotten_sessions(const files::Tree& tree, const std::string& path) {
  std::set<std::string> sessions;
  const auto text = tree.read(path, most_bytes);
  for (std::string_view rest = text ? std::string_view(*text) : std::string_view(); !rest.empty();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    if (end > 0) sessions.emplace(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return sessions;
}

std::string forgotten_text(const std::set<std::string>& sessions) {
  std::string text;
  for (const std::string& one : sessions) text += one + "\n";
  return text;
}

IsKept keep_all_but(const files::Tree& tree, std::set<std::string> forgotten) {
  auto known = std::make_shared<std::map<std::string, bool>>();
  return [&tree, forgotten = std::move(forgotten), known](std::string_view session, std::string_view folder) {
    if (forgotten.count(std::string(session)) != 0) return false;
    const auto [at, is_new] = known->try_emplace(std::string(folder));
    if (is_new) at->second = !keeps_to_itself(tree, folder);
    return at->second;
  };
}

}  // namespace cascade::past
