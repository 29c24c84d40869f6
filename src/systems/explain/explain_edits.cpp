// A log is read only if the folder's path stands in it, because a user has logs of many projects. Relative paths in a
// log that names the folder are taken from its top. Which tool wrote does not matter: lines that an agent only looked
// for are not among those that a change adds.
#include "explain/explain_edits.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "client/transcript/formats.h"
#include "files/paths.h"
#include "files/tree.h"

namespace cascade::cli {
namespace {

constexpr std::uint64_t most_log_bytes = 256 << 20, longest_log = 64 << 20;

struct AgentLog {
  const transcript::Format* format = nullptr;
  std::string path;
  std::int64_t modified = 0;
};

// The latest first.
std::vector<AgentLog> agent_logs_of(const Environment& environment, const files::Tree& tree) {
  std::vector<AgentLog> logs;
  for (const transcript::Format* format : transcript::formats()) {
    const std::string folder = log_folder(environment, *format);
    if (folder.empty()) continue;
    for (transcript::LogFile& file : format->list(tree, folder)) {
      const auto stamp = tree.stat(file.path);
      if (stamp) logs.push_back({format, std::move(file.path), stamp->modified_ns});
    }
  }
  std::sort(logs.begin(), logs.end(), [](const AgentLog& a, const AgentLog& b) {
    return a.modified != b.modified ? a.modified > b.modified : a.path < b.path;
  });
  return logs;
}

// The path from the repository's top; empty: it lies elsewhere.
std::string path_below(const std::string& top, const std::string& path) {
  const std::string whole = files::normalise(files::is_absolute(path) ? path : files::join(top, path));
  return files::is_within(top, whole) && whole.size() > top.size() ? whole.substr(top.size() + 1) : std::string();
}

void read_log(const transcript::Format& format, std::string_view text, const std::string& top,
              comprehension::AgentEdits& edits) {
  const transcript::See see = [&](const transcript::Happened& one) {
    if (one.kind != transcript::Happening::call) return;
    const transcript::CallFacts facts = transcript::facts_of(one.tool, one.value);
    for (const std::string& path : facts.paths)
      if (const std::string below = path_below(top, path); !below.empty())
        for (const std::string& written : facts.texts) edits.add(below, written);
  };
  static_cast<void>(transcript::read_lines(format, text, see));
}

}  // namespace

comprehension::AgentEdits edits_of_agents(const Environment& environment, const std::string& top) {
  comprehension::AgentEdits edits;
  if (top.empty()) return edits;
  const std::string folder = files::normalise(top);
  const files::DiskTree tree;
  std::uint64_t read = 0;
  for (const AgentLog& log : agent_logs_of(environment, tree)) {
    const auto text = tree.read(log.path, longest_log);
    if (!text) continue;
    read += text->size();
    if (text->find(folder) != std::string::npos) read_log(*log.format, *text, folder, edits);
    if (read > most_log_bytes) break;
  }
  return edits;
}

}  // namespace cascade::cli
