// Routes a prompt for a conversation. Banned and withheld manifests are hidden from the router or reserved for calls by
// name, then the prompt is ranked. If the best answer to one of its needs requires a program or file that is
// missing here, that is reported to the router and the prompt is ranked again, up to four times. Only the best answers
// are checked, since each check looks at the disk.
#include "hook/routing.h"

#include <algorithm>

#include "files/folder.h"
#include "files/glob.h"
#include "files/paths.h"
#include "files/program_path.h"
#include "files/tree.h"
#include "request/withhold.h"
#include "route/requirements.h"

namespace cascade::hook {
namespace {

// The manifests that the conversation ruled out earlier.
std::vector<ManifestId> ruled_out_before(const Conversation& conversation) {
  std::vector<ManifestId> ids;
  for (const std::string& root : conversation.ledger.ruled_out())
    if (const auto symbol = Symbol::parse(root))
      if (const auto id = conversation.registry.find(*symbol)) ids.push_back(*id);
  return ids;
}

bool is_program_there(std::string_view name, std::string_view search_path) {
  if (search_path.empty() || name.empty() || name.find('/') != std::string_view::npos) return true;
  const files::DiskTree tree;
  const std::string file = std::string(name) + std::string(files::program_ending);
  while (true) {
    const std::size_t end = search_path.find(files::path_separator);
    const std::string folder = files::from_native(std::string(search_path.substr(0, end)));
    if (files::is_absolute(folder)) {
      const auto stamp = tree.stat(files::join(folder, file));
      if (stamp && !stamp->directory) return true;
    }
    if (end == std::string_view::npos) return false;
    search_path.remove_prefix(end + 1);
  }
}

// A path that leads out of the working directory is not a manifest's concern and is not looked at.
bool is_file_there(std::string_view path, const std::string& directory) {
  if (directory.empty() || path.empty() || path.front() == '/' || path.find("..") != std::string_view::npos)
    return true;
  if (path.find_first_of("*?[") == std::string_view::npos)
    return files::DiskTree().stat(files::join(directory, std::string(path))).has_value();
  const std::vector<std::string> names = files_at_hand(directory);
  return names.empty() || std::any_of(names.begin(), names.end(),
                                      [&](const std::string& name) { return files::matches_glob(path, name); });
}

// What the manifests that come first for a need lack here.
std::vector<std::string> lacking_of(const Conversation& conversation, const Routing& routing) {
  std::vector<std::string> all;
  const auto add = [&](const Match& match) {
    if (is_called(routing, match.id)) return;
    for (std::string& need : missing(route::requirements_of(conversation.registry, match.id),
                                     conversation.event.working_directory, conversation.options.search_path))
      all.push_back(std::move(need));
  };
  for (const Match& match : routing.loaded) add(match);
  for (const Need& need : routing.needs)
    if (need.decision == Decision::offer) add(need.matches.front());
  if (routing.needs.empty() && !routing.offered.empty()) add(routing.offered.front());
  return all;
}

}  // namespace

bool is_called(const Routing& routing, ManifestId id) {
  return std::find(routing.called.begin(), routing.called.end(), id) != routing.called.end();
}

bool is_refused(const Routing& routing, ManifestId id) {
  return std::binary_search(routing.refused.begin(), routing.refused.end(), id);
}

Routing route_prompt(Conversation& conversation, const Router& router, Query query) {
  constexpr int rounds = 4;  // if every ranked manifest of a library lacks something, stay silent
  query.limit = 0;
  request::insert_sorted(query.only_by_name, ruled_out_before(conversation));
  Routing routing = router.rank(query);
  if (routing.decision != Decision::silence &&
      request::withhold(conversation.registry, routing, conversation.overrides(), query))
    routing = router.rank(query);
  for (int round = 0;; ++round) {
    std::vector<std::string> lacking = lacking_of(conversation, routing);
    if (lacking.empty()) return routing;
    if (round == rounds) break;
    query.lacking.insert(query.lacking.end(), lacking.begin(), lacking.end());
    routing = router.rank(query);
  }
  Routing silent;
  silent.called = std::move(routing.called);
  silent.refused = std::move(routing.refused);
  return silent;
}

std::vector<std::string> files_at_hand(const std::string& directory) {
  constexpr std::size_t most = 400;
  if (directory.empty()) return {};
  return files::folder_names(directory, most).value_or(std::vector<std::string>());
}

std::vector<std::string> missing(const std::vector<std::string_view>& needs, const std::string& directory,
                                 const std::string& search_path) {
  std::vector<std::string> lacking;
  for (const std::string_view need : needs)
    if ((need.substr(0, 4) == "bin:" && !is_program_there(need.substr(4), search_path)) ||
        (need.substr(0, 5) == "file:" && !is_file_there(need.substr(5), directory)))
      lacking.emplace_back(need);
  return lacking;
}

}  // namespace cascade::hook
