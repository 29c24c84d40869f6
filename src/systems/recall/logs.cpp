#include "recall/search.h"

#include <algorithm>
#include <map>
#include <memory>

#include "files/atomic_write.h"
#include "files/paths.h"
#include "syntax/yaml.h"
#include "text/ascii.h"
#include "text/lines.h"

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
  std::ranges::sort(logs, [](const Log& a, const Log& b) { return a.file.path < b.file.path; });
  return logs;
}

std::set<std::string> forgotten_sessions(const files::Tree& tree, const std::string& path) {
  std::set<std::string> sessions;
  const auto text = tree.read(path, most_bytes);
  for (const std::string_view line : letters::lines(text ? std::string_view(*text) : std::string_view()))
    if (!line.empty()) sessions.emplace(line);
  return sessions;
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

namespace cascade::cli {

std::string forgotten_path(const Environment& environment) { return files::join(environment.state, "past.forgotten"); }

Result<past::Index> renewed_past(const Environment& environment, const route::Tables& tables, const past::See& see,
                                 bool always) {
  if (environment.state.empty())
    return Error{ErrorCode::not_found, "there is no folder for state", {}, "set HOME or XDG_STATE_HOME"};
  const files::DiskTree tree;
  const std::vector<past::Log> logs =
      past::find_logs(tree, [&](const transcript::Format& format) { return log_folder(environment, format); });
  auto old = past::Index::open(environment.state);
  if (old && !always && past::is_current(*old, logs)) return old;
  const past::IsKept is_kept = past::keep_all_but(tree, past::forgotten_sessions(tree, forgotten_path(environment)));
  const std::string bytes = past::make_index(tree, tables, logs, old ? &*old : nullptr, is_kept, see);
  if (auto made = files::make_directories(environment.state); !made) return made.error();
  if (auto done = files::write_atomically(files::join(environment.state, past::index_name), bytes, 0600); !done)
    return done.error();
  return past::Index::open(environment.state);
}

}  // namespace cascade::cli
