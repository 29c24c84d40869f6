// Opens the store of leases for one event of the client. A store on a server is asked only if this conversation may
// hold something there, which a note in the state folder says: otherwise each tool call would wait for the network.
#include "leases/calls.h"

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <optional>

#include "cli/call.h"
#include "client/names.h"
#include "events/event_session.h"
#include "events/judges.h"
#include "files/atomic_write.h"
#include "files/file_lock.h"
#include "files/folder.h"
#include "files/paths.h"
#include "files/process.h"
#include "git/expected.h"
#include "hash/content_hash.h"
#include "leases/lease.h"
#include "store/store.h"
#include "system/system.h"
#include "text/ascii.h"
#include "text/lines.h"
#include "text/names.h"
#include "text/word_set.h"
#include "text/words.h"
#include "unicode/utf8.h"

namespace cascade::lease {
namespace {

std::string_view program_of(const std::vector<std::string>& words) {
  std::string_view name = words.empty() ? std::string_view() : files::file_name(words.front());
  if (!name.empty() && name.front() == '-') name.remove_prefix(1);  // a login shell
  return name;
}

bool is_shell(std::string_view name) {
  return letters::is_one_of(name, {"sh", "bash", "dash", "zsh", "ksh", "mksh", "fish", "ash"});
}

bool is_launcher(const std::vector<std::string>& words) {
  return letters::is_one_of(program_of(words), {"node", "nodejs"}) && words.size() > 1 &&
         files::file_name(words[1]) == "cascade";
}

// "-c", and "-lc", with which a shell runs one line.
bool has_line(const std::vector<std::string>& words) {
  for (std::size_t i = 1; i < words.size() && words[i].size() > 1 && words[i].front() == '-'; ++i)
    if (words[i][1] != '-' && words[i].find('c') != std::string::npos) return true;
  return false;
}

// The process that called this program; the launcher of the npm package, which only waits for it, does not count.
std::int64_t calling_process() {
  const std::int64_t parent = files::parent_process();
  return is_launcher(files::command_line(parent)) ? files::parent_of(parent) : parent;
}

// Notes of callers are in one file for each session, with one line for each call: milliseconds since boot, agent,
// action, resource.
constexpr std::int64_t soon_ms = 20'000, most_ms = 600'000;
constexpr std::uint64_t most_bytes = 1 << 16;
constexpr int lock_patience_ms = 500;

struct Note {
  std::int64_t at = 0;
  std::string agent, what;
};

std::string what_of(const std::string& action, const std::string& resource) { return action + "\t" + resource; }

std::vector<Note> read_notes(const std::string& path) {
  std::vector<Note> notes;
  const auto text = files::DiskTree().read(path, most_bytes);
  const std::int64_t now = files::milliseconds_since_boot();
  for (const letters::Line row : letters::lines(text ? std::string_view(*text) : std::string_view())) {
    const std::string line(row);
    const std::size_t first = line.find('\t'), second = line.find('\t', first + 1);
    if (first == std::string::npos || second == std::string::npos) continue;
    Note note{std::strtoll(line.c_str(), nullptr, 10), line.substr(first + 1, second - first - 1),
              line.substr(second + 1)};
    if (note.at <= now && now - note.at < most_ms) notes.push_back(std::move(note));
  }
  return notes;
}

void write_notes(const std::string& path, const std::vector<Note>& notes) {
  std::string text;
  for (const Note& note : notes) text += std::to_string(note.at) + "\t" + note.agent + "\t" + note.what + "\n";
  static_cast<void>(files::write_atomically(path, text, 0600));
}

std::string callers_file(const std::string& state, const std::string& session) {
  return files::join(state, "lease-callers/" + std::to_string(hash::hash64(session)));
}

// Notes that the agent is about to run the command. For the main conversation nothing is noted unless a subagent of the
// session has left a note before.
void expect_caller(const std::string& state, const std::string& session, const std::string& agent,
                   const std::string& action, const std::string& resource) {
  const std::string file = callers_file(state, session);
  if (state.empty() || session.empty() || (agent + action + resource).find_first_of("\t\n") != std::string::npos)
    return;
  if (agent.empty() && !files::DiskTree().stat(file)) return;
  if (!files::make_directories(std::string(files::parent(file)))) return;
  const files::FileLock lock(file + ".lock", files::FileLock::Kind::alone, lock_patience_ms);
  std::vector<Note> notes = read_notes(file);
  notes.push_back({files::milliseconds_since_boot(), agent, what_of(action, resource)});
  write_notes(file, notes);
}

// A small file for each holder, whose name is a hash (an id of the client could hold any character) and whose text is
// the time of the last renewal. A clock that went back makes a renewal due, not overdue for ever.
constexpr std::int64_t renewal_ms = 30'000;
constexpr std::size_t most_agents = 10'000;

std::string held_folder(const std::string& state, const std::string& session) {
  return files::join(state, "held/" + std::to_string(hash::hash64(session)));
}

std::string held_file(const std::string& state, const std::string& session, const std::string& agent) {
  return files::join(held_folder(state, session), std::to_string(hash::hash64(agent)));
}

// Whether there is a note, older than half a minute or from before the machine started.
bool is_renewal_due(const std::string& state, const std::string& session, const std::string& agent) {
  const auto text = files::DiskTree().read(held_file(state, session, agent), 64);
  if (!text) return false;
  const std::int64_t age = files::milliseconds_since_boot() - std::strtoll(text->c_str(), nullptr, 10);
  return age < 0 || age >= renewal_ms;
}

// `whole`: of all agents of the session.
void remove_held(const std::string& state, const std::string& session, const std::string& agent, bool whole) {
  const std::string folder = held_folder(state, session);
  if (!whole) {
    static_cast<void>(files::remove_file(held_file(state, session, agent)));
  } else if (const auto names = files::folder_names(folder, most_agents)) {
    for (const std::string& name : *names) static_cast<void>(files::remove_file(files::join(folder, name)));
  }
  files::remove_empty_folder(folder);
}

}  // namespace

bool ends_with_its_command(const std::vector<std::string>& words) {
  const std::string_view name = program_of(words);
  if (is_shell(name)) return has_line(words);
  return letters::is_one_of(
      name, {"timeout", "xargs", "sudo", "doas", "su", "runuser", "script", "watch", "parallel", "npx", "npm", "pnpm",
             "yarn", "ssh", "setsid", "strace", "find", "flock", "unshare"});
}

std::string owner_text(std::int64_t pid, const std::vector<std::string>& words) {
  const bool has_more = words.size() > 1 && is_shell(program_of(words)) && has_line(words);
  const std::string name(program_of(words));
  return unicode::displayable(name.empty() ? "a program" : name) + (has_more ? " -c" : "") + ", process " +
         std::to_string(pid);
}

std::string take_caller(const std::string& state, const std::string& session, const std::string& action,
                        const std::string& resource) {
  const std::string file = callers_file(state, session), what = what_of(action, resource);
  if (state.empty() || session.empty() || !files::DiskTree().stat(file)) return {};
  const files::FileLock lock(file + ".lock", files::FileLock::Kind::alone, lock_patience_ms);
  std::vector<Note> notes = read_notes(file);
  const std::int64_t now = files::milliseconds_since_boot();
  auto found = notes.end();
  for (auto note = notes.begin(); note != notes.end(); ++note)
    if (note->what == what && (found == notes.end() || now - found->at > soon_ms)) found = note;
  if (found == notes.end()) return {};
  std::string agent = found->agent;
  notes.erase(found);
  write_notes(file, notes);
  return agent;
}

void note_held(const std::string& state, const std::string& session, const std::string& agent) {
  if (!files::make_directories(held_folder(state, session))) return;
  static_cast<void>(files::write_atomically(held_file(state, session, agent),
                                            std::to_string(files::milliseconds_since_boot()), 0600));
}

}  // namespace cascade::lease

namespace cascade::systems {
namespace {

using lease::Answer;

// The refusal, with what the model can do instead.
std::string sentence(const std::string& resource, const Answer& answer, bool waited) {
  const std::string holder =
      answer.other.resource.empty() ? std::string("free by now") : "held by " + lease::describe(answer.other);
  if (answer.state == Answer::State::lost)
    return "this conversation lost " + resource + " (five idle minutes, or `cascade lease break`); it is " + holder +
           ". Look at its state anew before you go on: calling again takes it, or waits for it";
  return resource + " is " + holder +
         (answer.ahead > 0 ? ", and " + std::to_string(answer.ahead) + " wait before" : std::string()) +
         (waited ? ". It was waited for, 20 seconds. " : ". ") +
         "Do something else first and try again, use another one, or ask the user to run: cascade lease break " +
         resource;
}

// What others hold of a kind ("port:*"), if a command may stop any of it.
Result<std::vector<std::string>> held_by_others(lease::Leases& leases, const std::string& kind,
                                                const lease::Holder& holder) {
  const std::string prefix = kind.substr(0, kind.size() - 1);
  const auto all = leases.list();
  if (!all) return all.error();
  std::vector<std::string> refusals;
  for (const lease::Lease& one : *all) {
    const bool own = one.holder.session == holder.session && one.holder.agent == holder.agent;
    if (own || !one.alive || one.left_ms <= 0 || one.resource.compare(0, prefix.size(), prefix) != 0) continue;
    refusals.push_back("this stops servers by their name, and it may stop the one on " + one.resource +
                       ", which is held by " + lease::describe(one) +
                       ". Stop your own by its port (fuser -k PORT/tcp) or process id, or ask the user to run: cascade "
                       "lease break " +
                       one.resource);
  }
  return refusals;
}

constexpr std::size_t most_touched = 50;

// "`src/a.cpp:12`," is src/a.cpp.
std::string_view bare(std::string_view word) {
  constexpr std::string_view around = ".:!?`'\"()[]{}<>,;*@";
  word.remove_prefix(std::min(word.find_first_not_of(around.substr(4)), word.size()));
  word = word.substr(0, word.find_last_not_of(around) + 1);  // npos + 1 is 0
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

// The server of a tool that drives a browser ("mcp__playwright__browser_click"); empty for any other tool.
std::string browser_of(const std::string& tool) {
  constexpr std::string_view prefix = "mcp__";
  const std::size_t end = tool.find("__", prefix.size());
  if (tool.compare(0, prefix.size(), prefix) != 0 || end == std::string::npos) return {};
  const std::string server = letters::to_lower(tool.substr(prefix.size(), end - prefix.size()));
  for (const char* word : {"playwright", "browser", "chrome", "puppeteer", "selenium", "webdriver", "firefox"})
    if (server.find(word) != std::string::npos) return server;
  return tool.compare(end + 2, 8, "browser_") == 0 ? server : std::string();
}

// The action and the resource of `cascade lease take NAME`; nothing for any other call, or if its words are unknown.
std::optional<std::pair<std::string, std::string>> lease_call(const shell::Call& call) {
  if (call.program != "cascade") return std::nullopt;
  std::vector<std::string> words;
  for (std::size_t i = 1; i < call.words.size(); ++i) {
    const shell::Value& word = call.words[i];
    if (!word.known) return std::nullopt;
    if (word.text == "--wait" || word.text == "--purpose" || word.text == "--format")
      ++i;
    else if (!word.text.empty() && word.text[0] != '-')
      words.push_back(word.text);
  }
  const auto verb = std::ranges::find(words, "lease");
  if (words.end() - verb < 3) return std::nullopt;
  return std::pair(verb[1], verb[2]);
}

class Leases final : public CallJudge {
 public:
  explicit Leases(JudgedCall& call) : call_(call), leased_(call.event, call.policy, call.tree) {}

  void see(const shell::Call& call, const repository::GitWords*) override { leased_.see(call); }
  Result<void> judge() override { return leased_.take(call_.surroundings, call_.verdicts); }

 private:
  JudgedCall& call_;
  Leased leased_;
};

}  // namespace

Result<std::vector<std::string>> take_leases(const LeaseDemand& demand, const Surroundings& surroundings) {
  std::vector<std::string> refusals;
  const std::string& state = surroundings.state_directory;
  const bool on_server = !demand.store.empty();
  if (on_server && demand.resources.empty() && !lease::is_renewal_due(state, demand.session, demand.agent))
    return refusals;
  auto leases = lease::Leases::open(surroundings.store_options(demand.store, !demand.resources.empty()));
  if (!leases && leases.error().code == ErrorCode::not_found && demand.resources.empty()) return refusals;
  if (!leases) return leases.error();
  const lease::Holder holder = own_holder(surroundings.client_process, demand.session, demand.agent);
  if (auto renewed = leases->renew(holder); !renewed) return renewed.error();
  if (on_server && demand.resources.empty()) lease::note_held(state, demand.session, demand.agent);
  // All resources of a call share one time of waiting.
  std::int64_t left = demand.waits ? lease::patience_ms : 0;
  for (const std::string& resource : demand.resources) {
    if (resource.ends_with(":*")) {
      auto others = held_by_others(*leases, resource, holder);
      if (!others) return others.error();
      refusals.insert(refusals.end(), others->begin(), others->end());
      continue;
    }
    const std::int64_t begin = files::milliseconds_since_boot();
    const auto answer = leases->take({resource, holder, demand.purpose}, left);
    if (!answer) return answer.error();
    left = std::max<std::int64_t>(left - (files::milliseconds_since_boot() - begin), 0);
    if (on_server && answer->state == Answer::State::held) lease::note_held(state, demand.session, demand.agent);
    if (answer->state == Answer::State::held) continue;
    refusals.push_back(sentence(resource, *answer, demand.waits));
    break;
  }
  return refusals;
}

Result<std::vector<std::string>> begin_work(const LeaseDemand& demand, const Surroundings& surroundings) {
  auto leases = lease::Leases::open(surroundings.store_options(demand.store, true));
  if (!leases) return leases.error();
  const lease::Holder holder =
      own_holder(surroundings.client_process, demand.session, std::string(lease::starting) + demand.agent);
  std::vector<lease::Claim> claims;
  for (const std::string& resource : demand.resources) claims.push_back({resource, holder, demand.purpose});
  auto others = leases->claim_all(claims);
  // If the agent never starts, the end of the main conversation's turn releases it.
  if (others && others->empty() && !demand.store.empty())
    lease::note_held(surroundings.state_directory, demand.session, "");
  return others;
}

lease::Holder own_holder(std::int64_t client_process, const std::string& session, const std::string& agent) {
  lease::Holder holder{session, agent, client_process > 0 ? client_process : lease::calling_process()};
  holder.started = files::process_start(holder.pid);
  if (holder.started == 0) holder.pid = 0;  // in another container: only time ends the lease
  return holder;
}

// What leases hear of the client, and what they add to `cascade session show`.
using client::EventKind;

// A subagent that starts takes over the leases of the oldest call for its type; a caller whose turn is over gives up
// its own.
Result<client::Answer> hear_callers(EventSession& session) {
  const client::EventInput& event = session.event();
  const bool begins = event.kind == EventKind::subagent_start;
  const bool ends = event.kind == EventKind::subagent_stop || event.kind == EventKind::turn_end ||
                    event.kind == EventKind::session_end;
  if (!session.is_of_usual_client() || !session.has_memory() || !(begins || ends)) return client::Answer();
  const auto& policy = session.policy();
  if (!policy) return policy.error();
  const policy::Mode mode = policy->mode_of("leases");
  if (mode == policy::Mode::off || (begins && (mode != policy::Mode::block || event.agent_id.empty())))
    return client::Answer();
  const auto store = policy::store_of(*policy);
  if (!store) return store.error();
  const bool whole_session = event.kind == EventKind::session_end, on_server = !store->empty();
  const std::string agent = begins || event.kind == EventKind::subagent_stop ? event.agent_id : std::string();
  const std::string& state = session.surroundings().state_directory;
  if (on_server &&
      !files::DiskTree().stat(whole_session ? lease::held_folder(state, event.session_id)
                                            : lease::held_file(state, event.session_id, begins ? "" : agent)))
    return client::Answer();
  auto leases = lease::Leases::open(session.surroundings().store_options(*store, false, whole_session));
  if (!leases && leases.error().code == ErrorCode::not_found) return client::Answer();
  if (!leases) return leases.error();
  if (begins) {
    if (on_server) lease::note_held(state, event.session_id, agent);
    const auto taken = leases->take_over(event.session_id, event.agent_type, agent);
    return taken ? Result<client::Answer>(client::Answer()) : taken.error();
  }
  const auto released = leases->release_all(event.session_id, agent, whole_session);
  if (!released) return released.error();
  if (on_server) lease::remove_held(state, event.session_id, agent, whole_session);
  return client::Answer();
}

// Who held the resources that the session used. The store is opened only if it exists.
core::SessionPart lease_part(const cli::Environment& environment, const std::string& id) {
  std::vector<rendering::LeaseUse> uses;
  const auto place = cli::configured_store(environment, false, true);
  auto leases = place ? lease::Leases::open(*place) : Result<lease::Leases>(place.error());
  const auto events = leases ? leases->history(id) : Result<std::vector<lease::Event>>(leases.error());
  core::SessionPart part;
  if (events)
    uses = rendering::lease_uses(*events, std::time(nullptr));
  else if (events.error().code != ErrorCode::not_found)
    part.fault = "it is not known who held what: " + events.error().message;
  part.text = rendering::lease_uses_text(uses, id);
  part.key = "leases";
  part.write = [uses = std::move(uses)](syntax::JsonWriter& json) { rendering::write_lease_uses(json, uses); };
  return part;
}

// An agent that is about to start has no id yet, so the files that its prompt names are leased as "work:FILE" under the
// id of the call. When a subagent of that type starts, it takes over the oldest such call.

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
  letters::sort_once(found);
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

// On a fault, no contested files are known: the agent starts in this tree and waits at the file.
void prepare_contested_files(EventSession& session, Workspace&, HookOptions& options) {
  if (!session.event().task || session.mode("leases") != policy::Mode::block || !session.policy()) return;
  auto found = contested_files(session.event(), *session.policy(), session.surroundings());
  if (found)
    options.contested_files = *std::move(found);
  else
    session.log(found.error());
}

Leased::Leased(const hook::EventInput& event, const policy::Policy& policy, const files::Tree& tree)
    : event_(event), policy_(policy) {
  if (policy.mode_of("leases") == policy::Mode::off) return;
  bool is_declared = false;
  for (const policy::Declared& declared : policy.declared)
    for (const std::string& pattern : declared.tools)
      if (letters::matches_wildcard(pattern, event.tool_name)) {
        add(declared.name);
        is_declared = true;
      }
  if (const std::string browser = browser_of(event.tool_name); !browser.empty() && !is_declared)
    add("browser:" + browser + "@" + event.session_id);
  for (const std::string& file : written_files(event))
    add("path:" + repository::real_path_of(files::join(event.working_directory, file), tree));
}

void Leased::add(std::string resource) {
  if (std::ranges::find(resources_, resource) == resources_.end()) resources_.push_back(std::move(resource));
}

void Leased::see(const shell::Call& call) {
  if (policy_.mode_of("leases") == policy::Mode::off || call.words.empty()) return;
  if (const auto own = lease_call(call)) calls_.push_back(*own);
  ports_.see(call);
  for (const std::string& port : ports_.used()) add("port:" + port);
  if (ports_.stops_by_name()) add("port:*");
  for (const policy::Declared& declared : policy_.declared) {
    if (declared.bash.empty() || !letters::matches_wildcard(declared.bash.front(), call.program)) continue;
    const bool all = std::all_of(declared.bash.begin() + 1, declared.bash.end(), [&](const std::string& pattern) {
      return std::any_of(call.words.begin() + 1, call.words.end(),
                         [&](const shell::Value& word) { return letters::matches_wildcard(pattern, word.text); });
    });
    if (all) add(declared.name);
  }
}

Result<void> Leased::take(const Surroundings& surroundings, std::vector<Verdict>& verdicts) const {
  const policy::Mode mode = policy_.mode_of("leases");
  if (mode == policy::Mode::off || is_refused(verdicts)) return {};
  for (const auto& [action, resource] : calls_)
    lease::expect_caller(surroundings.state_directory, event_.session_id, event_.agent_id, action, resource);
  std::vector<std::string> sorted = resources_;  // always in one order, so that no two callers wait for each other
  std::ranges::sort(sorted);
  const auto store = policy::store_of(policy_);
  const auto kept = store ? take_leases({event_.session_id, event_.agent_id, std::move(sorted), event_.tool_name,
                                         mode == policy::Mode::block, *store},
                                        surroundings)
                          : Result<std::vector<std::string>>(store.error());
  if (!kept && mode == policy::Mode::block) return kept.error();
  const auto reasons =
      kept ? *kept : std::vector{"it is not known who holds what this call needs: " + kept.error().message};
  for (const std::string& reason : reasons) verdicts.push_back({"leases", mode, repository::Decision::deny, reason});
  return {};
}

Judge leases(JudgedCall& call) { return std::make_unique<Leases>(call); }

}  // namespace cascade::systems
