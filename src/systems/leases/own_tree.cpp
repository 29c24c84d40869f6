// Detects that two subagents get the same files. An agent that is about to start has no id yet, so the files that its
// prompt names are leased as "work:FILE" under the id of the call. When a subagent of that type starts, it takes over
// the oldest such call (note_event.cpp), and it releases the leases when its turn ends.
#include "leases/own_tree.h"

#include "events/event_session.h"

#include <algorithm>

#include "client/names.h"
#include "events/tools.h"
#include "files/paths.h"
#include "git/expected.h"
#include "hook/event.h"
#include "leases/calls.h"
#include "text/ascii.h"

namespace cascade::systems {
namespace {

constexpr std::size_t most_touched = 50;

// "`src/a.cpp:12`," is src/a.cpp.
std::string_view bare(std::string_view word) {
  const std::string_view around = "`'\"()[]{}<>,;*@";
  while (!word.empty() && around.find(word.front()) != std::string_view::npos) word.remove_prefix(1);
  while (!word.empty() && (around.find(word.back()) != std::string_view::npos || word.back() == '.' ||
                           word.back() == ':' || word.back() == '!' || word.back() == '?'))
    word.remove_suffix(1);
  for (std::size_t colon = word.rfind(':'); colon != std::string_view::npos && colon + 1 < word.size();
       colon = word.rfind(':')) {
    if (!std::all_of(word.begin() + static_cast<std::ptrdiff_t>(colon) + 1, word.end(), letters::is_digit)) break;
    word = word.substr(0, colon);
  }
  return word;
}

bool has_suffix(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  const std::size_t dot = name.rfind('.');
  return dot != std::string_view::npos && dot > 0 && dot + 1 < name.size() && letters::is_letter(name[dot + 1]);
}

bool is_a_file(const std::string& path, bool has_slash, const files::Tree& tree) {
  if (const auto found = tree.stat(path)) return !found->directory;
  return has_slash && has_suffix(path) && tree.stat(std::string(files::parent(path))).has_value();
}

bool can_write(const std::string& agent, const std::string& directory, const Surroundings& surroundings) {
  if (client::tool_names::is_reading_agent(agent)) return false;  // the client's own agents that only read (2.1.328)
  const auto tools = tools_of(agent, directory, surroundings);
  if (!tools) return true;
  return std::any_of(tools->begin(), tools->end(),
                     [](const std::string& tool) { return tool == "*" || client::tool_names::writes_files(tool); });
}

}  // namespace

std::vector<std::string> named_files(std::string_view text, const std::string& directory, const files::Tree& tree) {
  std::vector<std::string> found;
  for (std::size_t begin = 0; begin < text.size() && found.size() < most_touched;) {
    std::size_t end = begin;
    while (end < text.size() && !letters::is_space(text[end])) ++end;
    const std::string_view word = bare(text.substr(begin, end - begin));
    begin = end + 1;
    const bool has_slash = word.find('/') != std::string_view::npos;
    if (word.size() > 1'000 || word.find("://") != std::string_view::npos || (!has_slash && !has_suffix(word)))
      continue;
    const std::string path = repository::real_path_of(files::join(directory, word), tree);
    if (is_a_file(path, has_slash, tree)) found.push_back(path);
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

Result<std::vector<std::string>> contested_files(const hook::EventInput& event, const policy::Policy& policy,
                                                 const Surroundings& surroundings) {
  const std::vector<std::string> none;
  if (!event.task || policy.mode_of("leases") != policy::Mode::block) return none;
  const files::DiskTree tree;
  const std::string& directory = event.working_directory;
  const std::string& type = event.task->type;
  if (!hook::text_of(event.tool_input, "isolation").empty() ||
      repository::work_tree_root(repository::real_path_of(directory, tree), tree).empty() ||
      !can_write(type, directory, surroundings))
    return none;
  const std::vector<std::string> files =
      named_files(event.task->prompt + "\n" + event.task->description, directory, tree);
  if (files.empty()) return none;
  const auto store = policy::store_of(policy);
  if (!store) return store.error();
  LeaseDemand demand{event.session_id, event.tool_use_id, {}, type, false, *store};
  for (const std::string& file : files) demand.resources.push_back("work:" + file);
  auto taken = begin_work(demand, surroundings);
  if (!taken) return taken.error();
  for (std::string& resource : *taken) resource = resource.substr(5);
  return taken;
}

namespace {

// On a fault, no contested files are known: the agent starts in this tree and waits at the file.
std::vector<std::string> contested_here(EventSession& session) {
  if (!session.event().task || session.mode("leases") != policy::Mode::block) return {};
  const Result<policy::Policy>& policy = session.policy();
  if (!policy) return {};
  auto found = contested_files(session.event(), *policy, session.surroundings());
  if (found) return *std::move(found);
  session.log(found.error());
  return {};
}

}  // namespace

void prepare_contested_files(EventSession& session, Workspace&, HookOptions& options) {
  options.contested_files = contested_here(session);
}

}  // namespace cascade::systems
