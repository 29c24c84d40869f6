// Banned and withheld manifests are hidden from the router or reserved for calls by name, then the prompt is ranked. If
// the best answer to one of its needs requires a program or file that is missing here, the prompt is ranked again, up
// to four times. Only the best answers are checked, since each check looks at the disk.
#include "hook/routing.h"

#include <algorithm>
#include <iterator>

#include "client/built_in.h"
#include "files/folder.h"
#include "files/paths.h"
#include "files/process.h"
#include "files/tree.h"
#include "hook/agent_layer.h"
#include "hook/called_agent.h"
#include "prompt/parts.h"
#include "resolve/resolve.h"
#include "text/ascii.h"
#include "text/names.h"

namespace cascade::hook {
namespace {

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
  return names.empty() ||
         std::ranges::any_of(names, [&](const std::string& name) { return files::matches_glob(path, name); });
}

// What the manifests that come first for a need lack here.
std::vector<std::string> lacking_of(const Place& place, const Registry& registry, const Routing& routing) {
  std::vector<std::string> all;
  const auto add = [&](const Match& match) {
    if (is_called(routing, match.id)) return;
    for (std::string& need : missing(requirements_of(registry, match.id), place.directory, place.search_path))
      all.push_back(std::move(need));
  };
  for (const Match& match : routing.loaded) add(match);
  for (const Need& need : routing.needs)
    if (need.decision == Decision::offer) add(need.matches.front());
  if (routing.needs.empty() && !routing.offered.empty()) add(routing.offered.front());
  return all;
}

// What the user lets Cascade offer and not load comes behind the others, unless it is called by name.
void offer_only(const Place& place, const Registry& registry, std::string_view prompt, const Routing& whole,
                Routing& routing) {
  const auto loads = [&](const Match& match) {
    return is_called(whole, match.id) ||
           (listing::standing(registry, match.id, place.switches()) == listing::Standing::open &&
            suits_paths(registry, match.id, prompt, place.directory));
  };
  for (Need& need : routing.needs)
    if (need.decision == Decision::load && !loads(need.matches.front())) need.decision = Decision::offer;
  const auto first = std::stable_partition(routing.loaded.begin(), routing.loaded.end(), loads);
  if (first == routing.loaded.end()) return;
  routing.offered.insert(routing.offered.end(), first, routing.loaded.end());
  routing.loaded.erase(first, routing.loaded.end());
  if (routing.loaded.empty() && routing.decision == Decision::load) routing.decision = Decision::offer;
}

// Finds those of the manifests that the prompt calls by name which nobody may have, or which a model may not start.
void find_closed(const Place& place, const Registry& registry, Routed& routed) {
  for (const ManifestId id : routed.report.routing.called) {
    if (client::is_entry_name(registry[id].name)) continue;
    if (listing::is_off(registry, id, place.switches()))
      routed.denied.push_back(id);
    else if (place.by_model && !listing::may_be_named(listing::standing(registry, id, place.switches())))
      routed.for_user.push_back(id);
  }
}

// Whoever calls one thing by its name wants that, and is told why it does not come; others are no answer to it.
void offer_nothing_instead(Routed& routed) {
  Routing& routing = routed.report.routing;
  if ((routed.denied.empty() && routed.for_user.empty()) || !routing.loaded.empty() || !routing.needs.empty()) return;
  routing.offered.clear();
  routing.left_out.clear();
  routing.decision = Decision::silence;
}

// The agent that the prompt calls, or whose role it gives out ("act as the X agent"), and does not refuse.
std::optional<ManifestId> agent_called_in(const Place& place, const Registry& registry, const Query& query,
                                          const Routing& routing) {
  if (!query.kinds.empty() && std::ranges::find(query.kinds, Kind::agent) == query.kinds.end()) return std::nullopt;
  const auto is_hidden = [&](ManifestId id) {
    return std::binary_search(query.hidden.begin(), query.hidden.end(), id);
  };
  for (const ManifestId id : routing.called)
    if (registry[id].kind == Kind::agent && !is_hidden(id)) return id;
  if (query.text.find("gent") == std::string_view::npos) return std::nullopt;
  const auto agent = called_agent(registry, prompt::only_said(query.text, prompt::read_parts(query.text)));
  const bool may = agent && !is_hidden(*agent) && !is_refused(routing, *agent) &&
                   !listing::is_off(registry, *agent, place.switches());
  return may ? agent : std::nullopt;
}

// The client's model knows an installed agent by its name and needs no word about it. Any other comes before what
// merely scores well.
void take_agent(const Place& place, const Registry& registry, ManifestId agent, Routing& routing) {
  const bool installed = is_installed(*place.client, place.workspace, registry[agent]);
  if (installed && is_called(routing, agent)) return;
  std::vector<Match>& loaded = routing.loaded;
  if (!installed) std::erase_if(loaded, [&](const Match& match) { return !is_called(routing, match.id); });
  if (std::ranges::none_of(loaded, [&](const Match& match) { return match.id == agent; }))
    loaded.insert(loaded.begin(), {agent, 0, {}});
  routing.offered.clear();
  routing.left_out.clear();
  routing.needs.clear();
  routing.decision = Decision::load;
}

RoutingReport ask(const Router& router, const Query& query, bool explained) {
  if (explained) return router.explain(query);
  RoutingReport report;
  report.routing = router.rank(query);
  return report;
}

// Asks again while what would be said needs what is not here. If everything that comes first lacks something, nothing
// is said.
void ask_for_present(const Place& place, const Registry& registry, const Router& router, bool explained,
                     Routed& routed) {
  constexpr int rounds = 4;
  Routing& routing = routed.report.routing;
  for (int round = 0;; ++round) {
    std::vector<std::string> lacking = lacking_of(place, registry, routing);
    if (lacking.empty()) return;
    if (round == rounds) break;
    std::move(lacking.begin(), lacking.end(), std::back_inserter(routed.asked.lacking));
    routed.report = ask(router, routed.asked, explained);
  }
  Routing silent;
  silent.called = std::move(routing.called);
  silent.refused = std::move(routing.refused);
  silent.ranked = std::move(routing.ranked);
  silent.refuses_all = routing.refuses_all;
  silent.refuses_that = routing.refuses_that;
  routing = std::move(silent);
  routed.report.needs.clear();
}

// If anything that is loaded, offered or left out is withheld by its author or the user, adds all withheld manifests to
// the query, which must then be ranked again, and returns true. Only then are all manifests looked at: in most
// libraries none is withheld.
bool withhold(const Registry& registry, const Routing& routing, const listing::Switches& switches, Query& query) {
  const auto is_withheld = [&](const Match& match) {
    return !listing::may_be_named(listing::standing(registry, match.id, switches));
  };
  const std::vector<Match>* const all_said[] = {&routing.loaded, &routing.offered, &routing.left_out, &routing.ranked};
  const bool any = std::ranges::any_of(
      all_said, [&](const std::vector<Match>* said) { return std::ranges::any_of(*said, is_withheld); });
  if (!any) return false;
  const listing::Withheld all = listing::withheld(registry, switches);
  insert_sorted(query.only_by_name, all.by_name);
  insert_sorted(query.hidden, all.off);
  return true;
}

// What nobody may be told of is not ranked either.
void rank_only_open(const Place& place, const Registry& registry, const Router& router, Routed& routed) {
  Routing shown;
  shown.ranked = routed.report.routing.ranked;
  Query query = routed.asked;
  if (shown.ranked.empty() || !withhold(registry, shown, place.switches(), query)) return;
  if (place.by_model) insert_sorted(query.hidden, query.only_by_name);
  routed.report.routing.ranked = router.rank(query).ranked;
}

void find_unsafe(const Place& place, const Registry& registry, const std::vector<Match>& matches,
                 std::vector<Unsafe>& unsafe) {
  for (const Match& match : matches) {
    if (letters::find_first(unsafe, &Unsafe::id, match.id) != nullptr) continue;
    std::string why = place.switches().fault(registry[match.id]);
    if (!why.empty()) unsafe.push_back({match.id, std::move(why), match.score});
  }
}

// What is not safe is neither loaded nor named.
void keep_unsafe_out(const Place& place, const Registry& registry, Routed& routed) {
  Routing& routing = routed.report.routing;
  std::vector<std::vector<Match>*> said{&routing.loaded, &routing.offered, &routing.left_out};
  for (Need& need : routing.needs) said.push_back(&need.matches);
  for (const std::vector<Match>* matches : said) find_unsafe(place, registry, *matches, routed.unsafe);
  if (routed.unsafe.empty()) return;
  const auto is_out = [&](const Match& match) {
    return letters::find_first(routed.unsafe, &Unsafe::id, match.id) != nullptr;
  };
  for (std::vector<Match>* matches : said) std::erase_if(*matches, is_out);
  for (Need& need : routing.needs)
    if (need.matches.empty()) need.decision = Decision::silence;
  if (routing.loaded.empty()) routing.decision = routing.offered.empty() ? Decision::silence : Decision::offer;
}

constexpr std::size_t most_roots = 3;
constexpr std::size_t most_unsafe = 32;  // passed over; who has more of them gets nothing

// What is taken for a prompt whose answer brings no text.
std::vector<Match> guesses(const Routing& routing) {
  std::vector<Match> taken;
  for (const Need& need : routing.needs)
    if (need.decision == Decision::offer) taken.push_back(need.matches.front());
  if (taken.empty() && !routing.offered.empty()) taken.push_back(routing.offered.front());
  if (taken.empty() && !routing.ranked.empty()) taken.push_back(routing.ranked.front());
  return taken;
}

// What is not safe goes into the task's lines. Whoever ignores the gate takes the best of what is safe.
Routing route_safely(const Place& place, const Router& router, Gate gate, Query& query, request::Task& task) {
  const Registry registry = place.workspace.registry();
  while (task.unsafe.size() <= most_unsafe) {
    Routed routed = route_here(place, router, query);
    Routing& routing = routed.report.routing;
    task.closed = closed_lines(place, registry, routed);
    if (gate == Gate::ignored && routing.loaded.empty()) find_unsafe(place, registry, guesses(routing), routed.unsafe);
    for (const Unsafe& unsafe : routed.unsafe) {
      task.unsafe.push_back(line_of(registry, unsafe));
      insert_sorted(query.hidden, {unsafe.id});
    }
    if (gate == Gate::kept || routed.unsafe.empty() || !routing.loaded.empty()) return std::move(routing);
  }
  return {};
}

// A walk of the work tree ends after so many entries: a tree that is larger has files of all kinds.
constexpr std::size_t most_entries = 20'000, most_depth = 12;

bool is_any(const std::vector<std::string>& patterns, std::string_view path) {
  return std::ranges::any_of(patterns, [&](const std::string& pattern) {
    return files::matches_glob(pattern, path) || files::matches_glob("**/" + pattern, path);
  });
}

bool has_match(const std::vector<std::string>& patterns, const std::string& root, const std::string& below,
               std::size_t depth, std::size_t& left) {
  const auto entries = files::DiskTree().list(files::join(root, below));
  if (!entries) return false;
  for (const files::Entry& entry : *entries) {
    if (left == 0) return true;
    --left;
    const std::string path = files::join(below, entry.name);
    if (entry.type == files::EntryType::file && is_any(patterns, path)) return true;
  }
  for (const files::Entry& entry : *entries)
    if (entry.type == files::EntryType::directory && depth < most_depth && entry.name != ".git" &&
        entry.name != "node_modules" && has_match(patterns, root, files::join(below, entry.name), depth + 1, left))
      return true;
  return false;
}

std::vector<std::string> patterns_of(std::string_view written) {
  std::vector<std::string> patterns;
  while (!written.empty()) {
    std::size_t end = 0;
    for (bool inside = false; end < written.size() && (inside || written[end] != ','); ++end)
      inside = written[end] == '{' || (inside && written[end] != '}');  // a comma in "*.{ts,tsx}" separates nothing
    std::string_view one = letters::trim(written.substr(0, end));
    if (one.starts_with("./")) one.remove_prefix(2);
    if (const std::size_t open = one.find('{'), close = one.find('}', open); close != std::string_view::npos) {
      std::string_view choices = one.substr(open + 1, close - open - 1);
      while (true) {
        const std::size_t comma = std::min(choices.find(','), choices.size());
        patterns.push_back(
            std::string(one.substr(0, open)).append(choices.substr(0, comma)).append(one.substr(close + 1)));
        if (comma == choices.size()) break;
        choices.remove_prefix(comma + 1);
      }
    } else if (!one.empty()) {
      patterns.emplace_back(one);
    }
    written.remove_prefix(std::min(end + 1, written.size()));
  }
  return patterns;
}

}  // namespace

bool is_called(const Routing& routing, ManifestId id) {
  return std::ranges::find(routing.called, id) != routing.called.end();
}

bool is_refused(const Routing& routing, ManifestId id) {
  return std::binary_search(routing.refused.begin(), routing.refused.end(), id);
}

std::string line_of(const Registry& registry, const Unsafe& unsafe) {
  return to_string(symbol_of(registry[unsafe.id])) + " is not loaded, because its files are not safe: " + unsafe.why;
}

std::vector<std::string> closed_lines(const Place& place, const Registry& registry, const Routed& routed) {
  constexpr std::string_view ends[] = {" is switched off (", "): it does not come", " is for the user to start (", ")"};
  std::vector<std::string> lines;
  const auto add = [&](const std::vector<ManifestId>& ids, std::size_t first) {
    for (const ManifestId id : ids)
      if (!is_refused(routed.report.routing, id))
        lines.push_back(to_string(symbol_of(registry[id])) + std::string(ends[first]) +
                        listing::reason(registry, id, place.switches()) + std::string(ends[first + 1]));
  };
  add(routed.denied, 0);
  add(routed.for_user, 2);
  if (routed.report.routing.refuses_all)
    lines.emplace_back("the prompt refuses every skill: only what it calls by name is loaded");
  lines.insert(lines.end(), routed.unknown.begin(), routed.unknown.end());
  return lines;
}

Routed route_here(const Place& place, const Router& router, Query query, bool explained) {
  const Registry registry = place.workspace.registry();
  if (query.paths.empty()) query.paths = files_at_hand(place.directory);
  insert_sorted(query.only_by_name, place.ruled_out);
  Routed routed{ask(router, query, explained), std::move(query), {}, {}, {}, {}, {}};
  Routing& routing = routed.report.routing;
  find_closed(place, registry, routed);
  if ((routing.decision != Decision::silence || !routing.left_out.empty()) &&
      withhold(registry, {routing.decision, routing.loaded, routing.offered, routing.left_out, {}, {}, {}, {}, false},
               place.switches(), routed.asked)) {
    if (place.by_model) insert_sorted(routed.asked.hidden, routed.asked.only_by_name);
    routed.report = ask(router, routed.asked, explained);
  }
  ask_for_present(place, registry, router, explained, routed);
  rank_only_open(place, registry, router, routed);
  for (RoutingReport& need : routed.report.needs)
    if (!need.routing.loaded.empty()) offer_only(place, registry, routed.asked.text, routing, need.routing);
  if (!routing.loaded.empty()) offer_only(place, registry, routed.asked.text, routing, routing);
  routed.agent = agent_called_in(place, registry, routed.asked, routing);
  if (routed.agent) take_agent(place, registry, *routed.agent, routing);
  offer_nothing_instead(routed);
  keep_unsafe_out(place, registry, routed);
  routed.unknown = unknown_calls(place, router, routed.asked.text, routing.decision != Decision::silence);
  if (routing.needs.empty()) routed.report.needs.clear();
  return routed;
}

Result<bool> add_prompt_root(const Place& place, request::Task& task, Gate gate) {
  auto router = place.workspace.router();
  if (!router) return router.error();
  const Registry registry = place.workspace.registry();
  Query query;
  query.text = task.prompt;
  query.limit = 1;
  query.evidence = false;
  query.caution = parse_caution(place.workspace.preferences().caution).value_or(Caution::normal);
  for (const Symbol& symbol : task.request.exclude)
    if (const auto id = registry.find(symbol)) insert_sorted(query.hidden, {*id});
  task.unsafe.clear();
  const Routing routing = route_safely(place, *router, gate, query, task);
  task.decision = routing.decision;
  task.named.clear();
  task.left_out.clear();
  task.beside.clear();
  task.of_prompt = 0;
  std::vector<Match> taken = routing.loaded;
  if (taken.empty()) {
    for (const Match& match : routing.offered) task.named.push_back(symbol_of(registry[match.id]));
    taken = guesses(routing);
    if (task.named.empty() && !taken.empty() && task.unsafe.empty())
      task.named.push_back(symbol_of(registry[taken.front().id]));
    if (gate == Gate::kept || taken.empty()) return false;
  }
  for (const Match& match : taken) {
    const Symbol symbol = symbol_of(registry[match.id]);
    std::vector<Symbol>& roots = task.request.roots;
    if (std::ranges::find(roots, symbol) != roots.end()) continue;
    (task.of_prompt < most_roots ? roots : task.left_out).push_back(symbol);
    if (task.of_prompt < most_roots) ++task.of_prompt;
  }
  if (!routing.loaded.empty())
    for (const Match& match : routing.offered) task.beside.push_back(symbol_of(registry[match.id]));
  task.router = *std::move(router);
  return true;
}

std::string nothing_for_prompt(const request::Task& task, std::string_view anyway) {
  const bool offers = task.decision == Decision::offer && !task.named.empty();
  const std::string closed = letters::joined(task.closed, "; ");
  if (!closed.empty() && !offers) return closed;
  if (task.named.empty())
    return task.unsafe.empty() ? "nothing matches this prompt" : "what fits this prompt is not safe";
  const std::string names = letters::joined(task.named, ", ", [&](const Symbol& symbol) { return to_string(symbol); });
  if (offers)
    return "only an offer: a conversation is told of " + names + " and gets no text; " + std::string(anyway) +
           " takes the first" + (closed.empty() ? "" : "; " + closed);
  return "nothing clearly fits this prompt; " + std::string(anyway) + " takes the best guess, " + names;
}

void insert_sorted(std::vector<ManifestId>& ids, const std::vector<ManifestId>& more) {
  ids.insert(ids.end(), more.begin(), more.end());
  letters::sort_once(ids);
}

bool suits_paths(const Registry& registry, ManifestId id, std::string_view prompt, const std::string& directory) {
  const auto written = registry.field(id, "paths");
  if (!written || letters::trim(*written).empty()) return true;
  const std::vector<std::string> patterns = patterns_of(*written);
  constexpr std::string_view ends = " \t\r\n`'\"()[]<>,;:";
  for (std::size_t at = 0; at < prompt.size();) {
    const std::size_t end = std::min(prompt.find_first_of(ends, at), prompt.size());
    std::string_view word = prompt.substr(at, end - at);
    while (!word.empty() && (word.back() == '.' || word.back() == '?' || word.back() == '!')) word.remove_suffix(1);
    if (word.find('.') != std::string_view::npos && is_any(patterns, word.substr(word.starts_with("./") ? 2 : 0)))
      return true;
    at = end + 1;
  }
  std::size_t left = most_entries;
  return !directory.empty() && has_match(patterns, directory, "", 0, left);
}

bool has_file_named(const std::string& directory, const std::string& name) {
  constexpr std::size_t looked_at = 5'000;
  std::size_t left = looked_at;
  return has_match({name, name + ".*", name + "/**"}, directory, "", 0, left) && left > 0;
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
