#include "events/event_session.h"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <thread>
#include <utility>
#include <vector>

#include "client/dialect.h"
#include "client/tables.h"
#include "events/judges.h"
#include "files/atomic_write.h"
#include "files/file_lock.h"
#include "files/tree.h"
#include "hook/clean.h"
#include "hook/event.h"
#include "hook/layer.h"
#include "policy/setting.h"
#include "system/system.h"
#include "workspace/configuration.h"

namespace cascade::systems {

bool is_task_notification(const hook::EventInput& event) {
  return event.kind == hook::EventKind::prompt && event.prompt.rfind("<task-notification>", 0) == 0;
}

void add_line(std::string& text, std::string_view line) {
  if (!text.empty() && !line.empty()) text += '\n';
  text += line;
}

void say_at_end(EventSession& session, policy::Mode mode, const std::string& text) {
  if (text.empty() || mode == policy::Mode::shadow) return;
  add_line(mode == policy::Mode::block ? session.lines.context : session.lines.notice,
           "[cascade] " + hook::clean(text));
}

EventSession::EventSession(Surroundings surroundings, const HookEvent& event, std::string_view json,
                           std::function<void(const Error&)> log)
    : surroundings_(std::move(surroundings)),
      event_(event),
      json_(json),
      log_(std::move(log)),
      policies_(surroundings_.users_file, configuration_reader()) {
  if (surroundings_.library)
    surroundings_.library = [library = std::move(surroundings_.library), this] {
      WorkspaceOptions options = library();
      options.read_configuration = configuration_reader();
      return options;
    };
}

files::ReadText EventSession::configuration_reader() {
  return [this](const std::string& path, std::uint64_t max_bytes) { return configurations_.read(path, max_bytes); };
}

const client::EventInput& EventSession::event() const noexcept { return event_.input->event; }

bool EventSession::is_of_usual_client() const noexcept { return event_.client == client::usual_dialect().name; }

bool EventSession::has_memory() const noexcept {
  return !surroundings_.state_directory.empty() && !event().session_id.empty();
}

session::Ledger& EventSession::ledger() const { return event_.input->ledger(surroundings_.state_directory); }

const std::string& EventSession::project() const noexcept {
  return surroundings_.project_directory.empty() ? event_.working_directory : surroundings_.project_directory;
}

policy::Mode EventSession::mode(policy::SystemKey system) {
  const Result<policy::Policy>& here = policy();
  return here ? here->mode_of(system) : policy::Mode::off;
}

namespace {

bool hears(const core::System& system, client::EventKind event, policy::Role role) {
  return system.hear != nullptr && std::ranges::any_of(system.switches, [&](std::string_view name) {
           return policy::is_heard(name, event, role);
         });
}

constexpr std::size_t most_lines = 3;
constexpr std::uint32_t most_of_line = 400;

// The files in which the client of this event reads hooks; a user's folder that a variable names is not known here.
std::vector<client::HookPlace> hook_files(const EventSession& session, const std::vector<std::string>& directories) {
  const client::Dialect& client = *session.event().client;
  std::vector<client::HookPlace> files;
  for (const std::string& directory : directories)
    for (client::HookPlace& file : client::hook_files_of_project(client, directory)) files.push_back(std::move(file));
  const std::string name(client.settings.user_file);
  const std::string& own = session.surroundings().client_folder;
  if (&client == &client::usual_dialect() && !own.empty())
    files.push_back({&client, own + name.substr(std::min(name.find('/'), name.size()))});
  else if (client.settings.home_variable.empty() && !session.surroundings().home.empty() && name.ends_with(".json"))
    files.push_back({&client, files::join(session.surroundings().home, name)});
  return files;
}

// Files that nobody reads are looked for only as a session begins: that costs some hundred calls of the system.
std::vector<Diagnostic> faults_here(EventSession& session, const WorkspaceOptions& where, bool begins) {
  workspace::SettingPlaces places;
  // As the workspace writes it, so that what is told twice has one path.
  places.directories = {files::is_absolute(where.directory)
                            ? where.directory
                            : files::DiskTree().real_path(".").value_or(where.directory)};
  if (!session.project().empty() && session.project() != where.directory)
    places.directories.push_back(session.project());
  places.users_file = session.surroundings().users_file;
  places.home = where.home;
  places.is_allowed = where.is_allowed;
  if (begins) places.hook_files = hook_files(session, places.directories);
  const files::ReadingTree tree(session.configuration_reader());
  const std::vector<Diagnostic> problems =
      session.workspace == nullptr ? std::vector<Diagnostic>() : session.workspace->problems();
  return begins ? workspace::setting_faults(tree, places, problems)
                : workspace::read_setting_faults(tree, places, problems);
}

// Among the lines of an earlier notice of this session.
bool is_told(EventSession& session, const std::string& line) {
  if (!session.has_memory()) return false;
  const std::vector<session::Entry>& entries = session.ledger().entries();
  return std::ranges::any_of(entries, [&](const session::Entry& entry) {
    return entry.event == session::Event::fault && entry.note.find(line) != std::string::npos;
  });
}

// What is wrong and was not told in this session; empty if the event is none that tells.
std::vector<std::string> faulty_settings(EventSession& session, const WorkspaceOptions& where) {
  using client::EventKind;
  const EventKind kind = session.event().kind;
  std::vector<std::string> lines;
  if (kind != EventKind::prompt && kind != EventKind::session_start) return lines;
  const bool begins = kind == EventKind::session_start || !session.has_memory() || session.ledger().entries().empty();
  for (const Diagnostic& fault : faults_here(session, where, begins))
    if (std::string line = hook::brief(workspace::fault_line(fault), most_of_line); !is_told(session, line))
      lines.push_back(std::move(line));
  return lines;
}

// For the screen: the first ones, and where the others are.
std::string shown(const std::vector<std::string>& lines) {
  std::string text;
  for (std::size_t i = 0; i < std::min(lines.size(), most_lines); ++i) text += (i == 0 ? "cascade: " : "\n") + lines[i];
  if (lines.size() > most_lines) text += "\nand " + std::to_string(lines.size() - most_lines) + " more: cascade doctor";
  return text;
}

// Notes that these lines were told, those behind "and 4 more" as well: they do not come one after the other.
void note_told(EventSession& session, const std::vector<std::string>& lines) {
  if (!session.has_memory() || lines.empty()) return;
  constexpr std::size_t most_noted = 100;
  session::Entry entry{.event = session::Event::fault, .written_at = session.now()};
  for (std::size_t i = 0; i < std::min(lines.size(), most_noted); ++i) add_line(entry.note, lines[i]);
  if (const auto kept = session.ledger().append(std::move(entry)); !kept) session.log(kept.error());
}

constexpr std::size_t most_files = 5'000, most_read_bytes = 8 << 20;  // the most that is read while the prompt waits

// A `.claude` below the working directory counts once the prompt names a file beside it: the innermost.
std::string folder_in_play(const files::Tree& tree, const std::string& directory, std::string_view prompt) {
  constexpr std::string_view around = " \t\r\n\"'`()[]<>,;", behind = ".:!?";
  constexpr std::size_t most_paths = 16;
  std::size_t paths = 0;
  for (std::size_t at = 0;
       (at = prompt.find_first_not_of(around, at)) != std::string_view::npos && paths < most_paths;) {
    const std::size_t end = std::min(prompt.find_first_of(around, at), prompt.size());
    std::string_view word = prompt.substr(at, end - at);
    at = end;
    if (word.find('/') == std::string_view::npos) continue;
    ++paths;
    if (word.front() == '@') word.remove_prefix(1);
    while (!word.empty() && behind.find(word.back()) != std::string_view::npos) word.remove_suffix(1);
    std::string folder = files::normalise(files::join(directory, std::string(word)));
    for (; folder != directory && files::is_within(directory, folder); folder = std::string(files::parent(folder)))
      if (const auto stamp = tree.stat(files::join(folder, std::string(client::usual_folder)));
          stamp && stamp->directory)
        return folder;
  }
  return directory;
}

// Given roots are relative to the program's folder, which is also used if the working directory no longer exists.
WorkspaceOptions place_of(const EventSession& session, WorkspaceOptions options, bool is_fixed) {
  const std::string& directory = session.described().working_directory;
  const files::DiskTree tree;
  for (Root& root : options.roots)
    if (auto real = tree.real_path(root.path)) root.path = std::move(*real);
  options.client = session.described().client;
  if (tree.stat(directory)) {
    const client::EventInput& event = session.event();
    options.directory = folder_in_play(tree, directory, event.task ? event.task->prompt : event.prompt);
  }
  if (!is_fixed) options.freshness = Freshness::partial;
  options.log = {};
  options.most_files = most_files;
  options.most_bytes = most_read_bytes;
  options.check_later = true;
  return options;
}

// A separate process indexes a large tree, one at a time, while the prompt continues.
void index_in_background(const std::string& program, const WorkspaceOptions& options) {
  constexpr std::int64_t least_seconds = 30;  // after one that failed: it must not run again at every prompt
  if (options.cache_directory.empty() || !files::make_directories(options.cache_directory)) return;
  std::vector<std::string> words = {program, "--quiet"};
  for (const Root& root : options.roots) words.insert(words.end(), {"--root", root.path});
  if (options.default_roots) words.insert(words.end(), {"--root", "default"});
  words.emplace_back("index");
  static_cast<void>(
      files::start_detached(words, options.directory, background_lock(options.cache_directory), least_seconds));
}

// One prompt reads, holding a lock, and whoever comes after it waits for the index that it writes; who waited in vain
// goes without. A file marks a build from its start to its end: if it is there though nobody holds the lock, that build
// did not end in time, and nothing is built for a minute, except in the background.
class WaitingBuild {
 public:
  explicit WaitingBuild(WorkspaceOptions& options) : directory_(options.directory), cache_(options.cache_directory) {
    if (cache_.empty()) return;
    options.building = [this, begin = std::move(options.building)] {
      auto may = claim();
      return may && begin ? begin() : may;
    };
  }
  WaitingBuild(const WaitingBuild&) = delete;
  WaitingBuild& operator=(const WaitingBuild&) = delete;
  // A build that memory was too short for has ended, too: only one that was killed leaves its mark.
  ~WaitingBuild() {
    try {
      if (begun_) end(false);
    } catch (const std::exception&) {  // the mark stays for a minute
    }
  }
  // `answered`: a mark that was left has had its effect.
  void end(bool answered) {
    if (begun_ || (answered && is_marked())) static_cast<void>(files::remove_file(mark()));
    begun_ = false;
    lock_.reset();
  }

 private:
  std::string mark() const { return files::join(cache_, "waiting-build"); }

  Result<void> claim() {
    constexpr int most_looks = 600;
    constexpr std::chrono::milliseconds between(5);
    if (!files::make_directories(cache_)) return {};
    for (int look = 0; look < most_looks; ++look) {
      lock_.emplace(files::join(cache_, "reading.lock"));
      if (lock_->state() != files::FileLock::State::taken) break;
      std::this_thread::sleep_for(between);
    }
    const auto later = [&](std::string message) {
      return Error{ErrorCode::unsupported, std::move(message) + "; they are read in the background now", directory_,
                   "run cascade index to see how far it comes"};
    };
    if (lock_->state() == files::FileLock::State::taken) return later("another prompt still reads the manifests");
    if (is_marked() && is_recent()) return later("reading the manifests did not end at the last prompt");
    begun_ = files::write_sealed(mark(), {directory_}, {}, 0600).has_value();
    return {};
  }

  bool is_marked() const {
    constexpr std::uint64_t longest_path = 8'192;
    const auto found = files::DiskTree().read(mark(), longest_path);
    return found && *found == directory_;
  }

  bool is_recent() const {
    constexpr std::int64_t long_ago = 60, nanoseconds = 1'000'000'000;
    const auto stamp = files::DiskTree().stat(mark());
    return stamp && std::time(nullptr) - stamp->modified_ns / nanoseconds < long_ago;
  }

  std::string directory_, cache_;
  std::optional<files::FileLock> lock_;
  bool begun_ = false;
};

// The answer is given without an unreadable file or folder, and the cause is logged.
void log_unread(const EventSession& session, const Workspace& workspace) {
  for (const Diagnostic& problem : workspace.problems())
    if (problem.rule == "ID009")
      return session.log({ErrorCode::unreadable, "not read: " + problem.message, problem.at.path, problem.help});
}

class Answering {
 public:
  Answering(EventSession& session, const Program& program) : session_(session), program_(program) {}

  void answer() {
    if (session_.described().answered)
      if (const auto text = from_library(); !text) session_.log(text.error());
    if (!was_written_ && session_.event().client != nullptr)
      if (const std::string text = hook::write_answer(session_.event(), words()); !text.empty()) write(text);
    if (was_written_) note_told(session_, faults_);
  }

 private:
  // Asked for once, when the library's answer is made: it may ask twice, and not at all if it fails before.
  const client::Answer& words() {
    if (words_) return *words_;
    words_ = what_systems_say(session_);
    if (session_.event().client == nullptr) return *words_;
    faults_ = faulty_settings(session_, place_of(session_, program_.library, program_.keeps_freshness));
    hook::join(session_.event(), *words_, {.notice = shown(faults_)});
    return *words_;
  }

  bool write(std::string_view text) {
    was_written_ = true;
    return program_.write(text);
  }

  HookOptions options(Workspace& workspace) {
    HookOptions options = program_.options(workspace);
    options.state_directory = session_.surroundings().state_directory;
    options.now = session_.now();
    options.deliver = [this](std::string_view text) { return write(text); };
    for (const core::System* const system : core::systems())
      if (system->prepare != nullptr) system->prepare(session_, workspace, options);
    session_.allowance = hook::prompt_limit(options, session_.event().model);
    return options;
  }

  Result<std::string> from_library() {
    WorkspaceOptions where = place_of(session_, program_.library, program_.keeps_freshness);
    where.read_configuration = session_.configuration_reader();
    WaitingBuild build(where);
    auto workspace = Workspace::open(where);
    const auto index_later = [&](const Error& error) {
      const bool too_much = error.code == ErrorCode::unsupported;
      // stale: a file that is to be loaded has changed, and there are too many to look at all of them.
      if (too_much || error.code == ErrorCode::stale) index_in_background(session_.surroundings().own_program, where);
      build.end(false);
      session_.workspace = nullptr;
      return error;
    };
    if (!workspace) return index_later(workspace.error());
    build.end(true);  // the index is written; looked for once, since every hook comes here
    log_unread(session_, *workspace);
    session_.workspace = &*workspace;
    auto text = hook::answer_event(*workspace, options(*workspace), session_.described(), [this] { return words(); });
    if (!text) return index_later(text.error());
    build.end(false);
    // What was not looked at may have changed: of a large tree a prompt sees only the first part.
    if (workspace->report().outdated || workspace->report().partial)
      index_in_background(session_.surroundings().own_program, where);
    was_written_ = true;  // or there is nothing to say
    session_.workspace = nullptr;
    return text;
  }

  EventSession& session_;
  const Program& program_;
  std::optional<client::Answer> words_;
  std::vector<std::string> faults_;
  bool was_written_ = false;
};

}  // namespace

client::Answer what_systems_say(EventSession& session) {
  std::vector<client::Answer> said;
  for (const core::System* const system : core::systems()) {
    if (!hears(*system, session.event().kind, policy::Role::says)) continue;
    if (auto words = system->hear(session))
      said.push_back(*std::move(words));
    else
      session.log(words.error());
  }
  client::Answer all;
  session.lines.notice = hook::beginning(session.lines.notice, most_units);
  hook::join(session.event(), all, session.lines);
  for (const client::Answer& words : said) hook::join(session.event(), all, words);
  return all;
}

void tell_systems(EventSession& session) {
  for (const core::System* const system : core::systems()) {
    const client::EventKind event = session.event().kind;
    if (!hears(*system, event, policy::Role::notes) || hears(*system, event, policy::Role::says)) continue;
    if (const auto noted = system->hear(session); !noted) session.log(noted.error());
  }
}

void answer_event(EventSession& session, const Program& program) {
  Answering(session, program).answer();
  tell_systems(session);
}

}  // namespace cascade::systems
