// The references are read from git's files; of the session's own repository also where the remotes' branches are, since
// a push moves them. They are written to a file of the session before a command and compared afterwards. Amounts are
// limited, so that a folder of many repositories makes no command late.
#include "guard/judge.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "client/names.h"
#include "files/atomic_write.h"
#include "files/paths.h"
#include "git/address.h"
#include "hash/content_hash.h"
#include "text/lines.h"
#include "text/names.h"

namespace cascade::systems {
namespace {

constexpr std::size_t most_repositories = 48, most_references = 400;
constexpr std::uint64_t most_packed = 256 * 1024, most_log = 64 * 1024, most_snapshot = 4 << 20;
constexpr std::string_view heads = "refs/heads/";

struct Watched {
  std::string common_dir;
  std::string work_tree;                            // empty: bare
  std::vector<std::string> only;                    // patterns of the references that count; empty: all
  std::map<std::string, std::string> references{};  // values by name
};

void add(std::map<std::string, std::string>& all, std::string name, std::string value) {
  while (!value.empty() && (value.back() == '\n' || value.back() == ' ')) value.pop_back();
  all[std::move(name)] = std::move(value);
}

void read_loose(const files::Tree& tree, const std::string& common_dir, const std::string& name, int depth,
                std::map<std::string, std::string>& all) {
  constexpr int deepest = 6;
  const auto entries = tree.list(files::join(common_dir, name));
  if (!entries || depth > deepest) return;
  for (const files::Entry& entry : *entries) {
    if (all.size() >= most_references) return;
    const std::string below = name + "/" + entry.name;
    if (entry.type == files::EntryType::directory) {
      read_loose(tree, common_dir, below, depth + 1, all);
    } else if (entry.name.size() < 5 || entry.name.compare(entry.name.size() - 5, 5, ".lock") != 0) {
      if (auto value = tree.read(files::join(common_dir, below), 256)) add(all, below, *std::move(value));
    }
  }
}

void read_packed(const files::Tree& tree, const std::string& common_dir, bool remotes,
                 std::map<std::string, std::string>& all) {
  const auto text = tree.read(files::join(common_dir, "packed-refs"), most_packed);
  if (!text) return;
  for (const std::string_view line : letters::lines(*text)) {
    if (all.size() >= most_references) return;
    const std::size_t blank = line.find(' ');
    if (line.empty() || line[0] == '#' || line[0] == '^' || blank == std::string_view::npos) continue;
    const std::string_view name = line.substr(blank + 1);
    if (name.starts_with(heads) || name.starts_with("refs/tags/") || (remotes && name.starts_with("refs/remotes/")))
      add(all, std::string(name), std::string(line.substr(0, blank)));
  }
}

void read_references(const files::Tree& tree, Watched& watched) {
  const bool remotes = !watched.only.empty();
  read_packed(tree, watched.common_dir, remotes, watched.references);  // a loose one counts more
  for (const char* name : {"refs/heads", "refs/tags"})
    read_loose(tree, watched.common_dir, name, 0, watched.references);
  if (remotes) read_loose(tree, watched.common_dir, "refs/remotes", 0, watched.references);
  if (auto head = tree.read(files::join(watched.common_dir, "HEAD"), 256); head && !remotes)
    add(watched.references, "HEAD", *std::move(head));
  if (auto tables = tree.read(files::join(watched.common_dir, "reftable/tables.list"), 4'096))
    add(watched.references, "reftable", *std::move(tables));
}

// A folder that is a work tree or a bare repository.
std::optional<Watched> repository_at(const files::Tree& tree, const std::string& folder) {
  const std::string inner = files::join(folder, ".git");
  const auto stamp = tree.stat(inner);
  if (stamp && stamp->directory) return Watched{inner, folder, {}};
  if (stamp) return std::nullopt;  // a linked work tree or a submodule: its branches are in the other's folder
  if (tree.stat(files::join(folder, "HEAD")) && tree.stat(files::join(folder, "objects")) &&
      tree.stat(files::join(folder, "refs")))
    return Watched{folder, "", {}};
  return std::nullopt;
}

struct Search {
  const files::Tree& tree;
  const repository::Expectations& expectations;
  std::vector<std::string> temporary;  // folders for temporary files, links resolved
  std::vector<Watched> all{};

  void look_at(const std::string& folder) {
    if (all.size() >= most_repositories) return;
    auto found = repository_at(tree, folder);
    if (!found || repository::is_temporary(temporary, expectations, found->common_dir)) return;
    repository::Facts facts;
    facts.common_dir = found->common_dir;
    facts.work_tree = found->work_tree;
    const bool known = letters::find_first(all, &Watched::common_dir, found->common_dir) != nullptr;
    const bool named = std::ranges::any_of(expectations, [&](const repository::Expected& one) {
      return one.common_dir == facts.common_dir ||
             std::ranges::find(one.addresses, repository::normal_address(facts.common_dir, "/", tree)) !=
                 one.addresses.end();
    });
    if (!known && !named && repository::find(expectations, facts) == nullptr) all.push_back(*std::move(found));
  }
  void look_below(const std::string& folder) {
    if (folder.empty() || folder == "/") return;
    if (const auto entries = tree.list(folder))
      for (const files::Entry& entry : *entries)
        if (entry.type == files::EntryType::directory && entry.name != ".git") look_at(files::join(folder, entry.name));
  }
};

// In the session's own repository only what is not its own to move: protected branches, those of other work trees, and
// the branches of other remotes.
std::optional<Watched> own_repository(const repository::Expected& began, const policy::Policy& policy,
                                      const files::Tree& tree) {
  if (began.common_dir.empty()) return std::nullopt;
  Watched own{began.common_dir, began.work_tree, {}};
  for (const std::string& pattern : policy.protected_branches) own.only.push_back(std::string(heads) + pattern);
  for (const auto& [name, address] : began.remotes)
    if (std::ranges::find(began.addresses, address) == began.addresses.end())
      own.only.push_back("refs/remotes/" + name + "/**");
  const std::string main = files::file_name(own.common_dir) == ".git" ? std::string(files::parent(own.common_dir)) : "";
  if (!main.empty() && main != began.work_tree)
    if (const auto head = tree.read(files::join(own.common_dir, "HEAD"), 256); head && head->starts_with("ref: "))
      own.only.push_back(head->substr(5, head->find('\n') - 5));
  if (own.only.empty()) return std::nullopt;
  return own;
}

std::string file_of(const std::string& session_id, const Surroundings& surroundings) {
  return files::join(program_folder(session_id, surroundings), "references");
}
std::string allowed_file(const Surroundings& surroundings) {
  return files::join(surroundings.state_directory, "git-program/allowed");
}

bool counts(const Watched& watched, const std::string& name) {
  return watched.only.empty() || std::ranges::any_of(watched.only, [&](const std::string& pattern) {
           return files::matches_glob(pattern, name);
         });
}

// The files that say what is guarded and what is allowed, each with a hash of its text: "S", path, hash. They are no
// lines of a command, so only a look at them afterwards tells that one was changed, however that was done.
std::string settings_now(const Surroundings& surroundings, const files::Tree& tree) {
  std::vector<std::string> all = {surroundings.users_file, surroundings.allowed_file};
  for (const char* name : {client::own_folder::settings, client::own_folder::local_settings, "cascade.yaml"})
    if (!surroundings.project_directory.empty()) all.push_back(files::join(surroundings.project_directory, name));
  if (!surroundings.client_folder.empty()) all.push_back(files::join(surroundings.client_folder, "settings.json"));
  std::string lines;
  for (const std::string& path : all) {
    if (path.empty()) continue;
    const auto text = tree.read(path, most_snapshot);
    lines += "S\t" + path + "\t" + (text ? hash::to_hex(hash::hash64(*text)) : "") + "\n";
  }
  return lines;
}

// Which of them are others now, one a line.
std::string changed_settings(const std::string& before, const Surroundings& surroundings, const files::Tree& tree) {
  const std::string now = settings_now(surroundings, tree);
  std::string said;
  for (const std::string_view one : letters::lines(now)) {
    const std::string line = std::string(one) + "\n", start = line.substr(0, line.rfind('\t') + 1);
    if (before.find(start) == std::string::npos || before.find(line) != std::string::npos) continue;
    said += "\n- " + start.substr(2, start.size() - 3);
  }
  return said;
}

// One line each: "R", folder and work tree; "O", a pattern; "V", a reference's name and value.
std::string written(const std::vector<Watched>& all) {
  std::string text;
  for (const Watched& one : all) {
    text += "R\t" + one.common_dir + "\t" + one.work_tree + "\n";
    for (const std::string& pattern : one.only) text += "O\t" + pattern + "\t\n";
    for (const auto& [name, value] : one.references)
      if (counts(one, name)) text += "V\t" + name + "\t" + value + "\n";
  }
  return text;
}

std::vector<Watched> read_back(const std::string& text) {
  std::vector<Watched> all;
  for (const std::string_view line : letters::lines(text)) {
    const std::size_t second = line.find('\t', 2);
    if (line.size() < 3 || second == std::string::npos) continue;
    std::string first(line.substr(2, second - 2)), rest(line.substr(second + 1));
    if (line[0] == 'R')
      all.push_back({std::move(first), std::move(rest), {}});
    else if (!all.empty() && line[0] == 'O')
      all.back().only.push_back(std::move(first));
    else if (!all.empty() && line[0] == 'V')
      add(all.back().references, std::move(first), std::move(rest));
  }
  return all;
}

const std::string* value_of(const std::map<std::string, std::string>& all, const std::string& name) {
  const auto at = all.find(name);
  return at == all.end() ? nullptr : &at->second;
}

// What the reference log says of the last change: "commit: second"; empty: nothing.
std::string deed_in_log(const Watched& watched, const std::string& name, const files::Tree& tree) {
  const auto log = tree.read(files::join(watched.common_dir, "logs/" + name), most_log);
  if (!log) return {};
  std::string text = *log;
  while (!text.empty() && text.back() == '\n') text.pop_back();
  const std::size_t tab = text.rfind('\t');
  return tab == std::string::npos || text.find('\n', tab) != std::string::npos ? std::string() : text.substr(tab + 1);
}

// The command that puts a reference back. In a work tree that has the branch checked out, files and index stay.
std::string undoing(const Watched& now, const std::string& name, const std::string* before, const std::string* after) {
  const std::string git = "git " +
                          (now.work_tree.empty() ? "--git-dir=" + repository::shell_word(now.common_dir)
                                                 : "-C " + repository::shell_word(now.work_tree)) +
                          " ";
  const std::string* head = value_of(now.references, "HEAD");
  if (name == "HEAD") {
    const bool branch = before != nullptr && before->starts_with("ref: ");
    return git + (branch ? "symbolic-ref HEAD " + before->substr(5)
                         : "update-ref --no-deref HEAD " + (before == nullptr ? std::string("-d") : *before));
  }
  if (name.starts_with("refs/remotes/") && after != nullptr) {
    const std::string rest = name.substr(13);
    const std::size_t slash = rest.find('/');
    const std::string remote = rest.substr(0, slash), branch = slash == std::string::npos ? "" : rest.substr(slash + 1);
    return git + "push " + remote +
           (before == nullptr ? " --delete " + branch : " +" + *before + ":" + std::string(heads) + branch);
  }
  if (before == nullptr) return git + "update-ref -d " + name + " " + *after;
  const bool checked_out = !now.work_tree.empty() && head != nullptr && *head == "ref: " + name;
  if (checked_out && after != nullptr) return git + "reset --soft " + *before;
  return git + "update-ref " + name + " " + *before + (after == nullptr ? "" : " " + *after);
}

std::string short_id(const std::string* value) {
  return value == nullptr              ? std::string("nothing")
         : value->starts_with("ref: ") ? value->substr(5)
                                       : value->substr(0, 12);
}

}  // namespace

std::string note_references(const std::string& session_id, const repository::Expectations& expectations,
                            const std::vector<std::string>& places, const policy::Policy& policy,
                            const Surroundings& surroundings) {
  const repository::Expected* began = repository::beginning(expectations);
  if (began == nullptr || session_id.empty() || surroundings.state_directory.empty()) return {};
  std::string before = moved_references(session_id, surroundings);
  const files::DiskTree tree;
  Search search{tree, expectations, temporary_folders(surroundings, tree)};
  if (auto own = own_repository(*began, policy, tree)) search.all.push_back(*std::move(own));
  const std::string& root = began->work_tree.empty() ? began->directory : began->work_tree;
  for (const std::string& place : places) {
    const std::string real = repository::real_path_of(place, tree);
    const std::string around = repository::work_tree_root(real, tree);
    search.look_at(around.empty() ? real : around);
  }
  search.look_below(std::string(files::parent(root)));
  search.look_below(root);
  for (Watched& one : search.all) read_references(tree, one);
  static_cast<void>(files::write_atomically(file_of(session_id, surroundings),
                                            written(search.all) + settings_now(surroundings, tree), 0600));
  return before;
}

std::string moved_references(const std::string& session_id, const Surroundings& surroundings) {
  if (session_id.empty() || surroundings.state_directory.empty()) return {};
  const files::DiskTree tree;
  const std::string path = file_of(session_id, surroundings);
  const auto text = tree.read(path, most_snapshot);
  if (!text) return {};
  static_cast<void>(files::remove_file(path));
  const std::string allowed = tree.read(allowed_file(surroundings), most_packed).value_or("");
  std::string said;
  for (const Watched& before : read_back(*text)) {
    if (!tree.stat(before.common_dir)) {
      said += "\n- " + before.common_dir +
              " is gone, with all its branches. No command of git brings it back: only a copy "
              "or a clone of its remote does";
      continue;
    }
    Watched now{before.common_dir, before.work_tree, before.only};
    read_references(tree, now);
    std::vector<std::string> names;
    for (const auto& [name, value] : before.references) names.push_back(name);
    for (const auto& [name, value] : now.references)
      if (!before.references.contains(name)) names.push_back(name);
    for (const std::string& name : names) {
      const std::string* was = value_of(before.references, name);
      const std::string* is = value_of(now.references, name);
      const bool same = (was == nullptr) == (is == nullptr) && (was == nullptr || *was == *is);
      if (same || !counts(before, name)) continue;
      const std::string key = before.common_dir + "\t" + name + "\t" + (is == nullptr ? "" : *is) + "\n";
      if (allowed.find(key) != std::string::npos) continue;
      const std::string deed = deed_in_log(now, name, tree);
      // Fetching from another remote is reading.
      if (name.starts_with("refs/remotes/") && deed.find("push") == std::string::npos) continue;
      if (name == "reftable") {
        said += "\n- " + before.common_dir + ": references were changed; git reflog there shows them";
        continue;
      }
      said += "\n- " + (now.work_tree.empty() ? now.common_dir : now.work_tree) + ": " + name + " went from " +
              short_id(was) + " to " + short_id(is) + (deed.empty() ? "" : " (" + deed + ")") +
              ". This undoes it: " + undoing(now, name, was, is);
    }
  }
  const std::string loosened = changed_settings(*text, surroundings, tree);
  const std::string settings = loosened.empty()
                                   ? std::string()
                                   : "While this command ran, what guards this session was changed:" + loosened +
                                         "\nTell the user now, with the command, and leave it to them what to do.";
  if (said.empty()) return settings;
  return settings + (settings.empty() ? "" : "\n") +
         "While this command ran, something was changed where this session may not write, and git did not ask the "
         "guard "
         "first:" +
         said +
         "\nIf the command did it, tell the user now and let them decide about undoing it. If somebody else did, leave "
         "it "
         "as it is.";
}

void note_line(const std::string& path, const std::string& lines) {
  constexpr std::size_t most_kept = 64 * 1024;
  std::string text = files::DiskTree().read(path, most_packed).value_or("");
  if (text.size() > most_kept) text.erase(0, text.find('\n', text.size() - most_kept / 2) + 1);
  static_cast<void>(files::make_directories(std::string(files::parent(path))));
  static_cast<void>(files::write_atomically(path, text + lines, 0600));
}

void note_allowed_change(const std::string& common_dir, const std::vector<Reference>& changes,
                         const Surroundings& surroundings) {
  std::string lines;
  for (const Reference& change : changes) lines += common_dir + "\t" + change.name + "\t" + change.value + "\n";
  note_line(allowed_file(surroundings), lines);
}

}  // namespace cascade::systems
